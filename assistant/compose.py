"""Evidence to a draft answer made of quotes: the fact, the sentence or the list that answers.

No sentence of an answer is made up: what is not quoted names where the quote stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.citations import CitationBook
from assistant.draft import Draft, ask_scope
from assistant.evidence import Evidence
from assistant.measures import Measure, asked_measures, holds_measure
from assistant.own_changes import own_changes
from assistant.planning import LAST_DAY, standing
from assistant.purposes import wants_address
from assistant.question import Asked
from assistant.quoted.held import Held
from assistant.quoted.leading import Weighed, row_held, weigh
from assistant.quoted.outcome import outcome_record
from assistant.quoted.telling import tell
from assistant.quoted.told import Told
from assistant.quoting import cell, list_text, policy_name, quoted, source_line, window
from assistant.row_answer import SURE_UNIT, best_facts, from_facts
from assistant.turn import Citation, Language
from assistant.units import LEAST_TOLD, NEAR_SHARE, Unit, holds_figure
from assistant.whole_lists import whole_list
from knowledge.addresses import ADDRESS, holds_address
from knowledge.dates import find_dates
from knowledge.records import PolicyText

MAX_ALTERNATIVES, MAX_UNITS = 4, 3
MAX_QUOTED_WORDS = 110
"""No further unit is quoted once this many words are."""
NEAREST_SHARE = 0.2
"""Sentences within this share of the likeliest are shown where none is a sure answer."""
SAME_TEXT = 92
"""Two quotes this alike (0 to 100) say the same, be it for another policy."""


def compose(
    evidence: Evidence,
    texts: dict[str, PolicyText],
    book: CitationBook,
    language: Language,
    today: dt.date,
    *,
    least_unit: float = 0.0,
    least_told: float = LEAST_TOLD,
) -> Draft:
    """The draft answer to `evidence.question` on the day `today`; its quotes are entered in `book`.

    `least_unit`: how likely the best sentence must be at least to answer. `least_told`: how likely it must be that one
    of all does; below `LEAST_TOLD` the draft is partly an answer: what comes nearest.
    """
    told = Told(evidence.question, today, language)
    able = [unit for unit in evidence.units if answers_kind(evidence.asked, unit)]
    weighed = weigh(of_measure(evidence.question, evidence.asked, able), told, texts)
    units = weighed.units
    if (changes := own_changes(evidence, texts)) is not None:
        return Draft(list_text(changes, texts, book, language))
    facts = best_facts(evidence, weighed)
    if facts:
        draft = from_facts(facts, evidence, texts, book, language, today)
        held = row_held(facts[0].fact, told) if len(facts) == 1 else None
        return draft if held is None else _led(draft, held, book.citations[0], evidence, language)
    likely = sum(unit.score for unit in units)
    if likely < least_told or units[0].score < least_unit:
        return Draft(None)
    if likely < LEAST_TOLD:
        return _nearest(evidence, units, texts, book, language, today)
    alternatives = _alternatives(evidence, units)
    if weighed.held is not None and not alternatives:
        quotes = _quotes(_best_units(evidence, units, texts), evidence, texts, book, language, today)
        return _led(Draft(quotes), weighed.held, book.cite(units[0].hit.passage, units[0].span), evidence, language)
    if (listed := whole_list(evidence.asked, units, texts)) is not None:
        return Draft(list_text(listed, texts, book, language))
    if alternatives:
        return _side_by_side(alternatives, texts, book, language)
    return Draft(_quotes(_best_units(evidence, units, texts), evidence, texts, book, language, today))


def _nearest(
    evidence: Evidence,
    units: Sequence[Unit],
    texts: dict[str, PolicyText],
    book: CitationBook,
    language: Language,
    today: dt.date,
) -> Draft:
    """What comes nearest where no sentence is a sure answer: shown, and nothing concluded from it."""
    if (listed := whole_list(evidence.asked, units, texts)) is not None:
        return Draft(list_text(listed, texts, book, language), partly=True)
    best = _best_units(evidence, units, texts, share=NEAREST_SHARE)
    return Draft(_quotes(best, evidence, texts, book, language, today), partly=True)


def own_contact(
    evidence: Evidence, texts: dict[str, PolicyText], book: CitationBook, language: Language, today: dt.date
) -> Draft | None:
    """The address that the policy itself gives, in a row or in a sure sentence; None where no address is asked for."""
    if not wants_address(evidence.question):
        return None
    facts = best_facts(evidence, Weighed((), None))
    if facts and all(each.fact.kind == "contact" for each in facts):
        return from_facts(facts, evidence, texts, book, language, today)
    is_sure = evidence.units and evidence.units[0].score >= SURE_UNIT and holds_address(evidence.units[0].text)
    return compose(evidence, texts, book, language, today) if is_sure else None


def _led(draft: Draft, held: Held, citation: Citation, evidence: Evidence, language: Language) -> Draft:
    """A draft behind the sentence that tells what comes of what it quotes."""
    sentence = tell(held, evidence.question, language)
    record = outcome_record(held, sentence, language, citation.label)
    return replace(draft, text=f"{cell(sentence)} [{citation.label}]\n\n{draft.text}", results=(record,))


def answers_kind(asked: Asked, unit: Unit) -> bool:
    """Whether a unit can be the answer by its kind: an amount asked for needs a figure, and a question is none."""
    if asked.amount and not asked.yes_no and not holds_figure(unit.text):
        return False
    return not unit.text.rstrip().endswith("?") or unit.opens


def of_measure(question: str, asked: Asked, units: Sequence[Unit]) -> list[Unit]:
    """The units that hold a measure asked for; all of them where the likeliest does, or where none is asked for."""
    measures = asked_measures(question) if asked.amount and not asked.yes_no else ()
    if not measures or not units or _holds_any(units[0], measures):
        return list(units)
    return [unit for unit in units if _holds_any(unit, measures)]


def _holds_any(unit: Unit, measures: Collection[Measure]) -> bool:
    """Whether a unit holds one of the measures; a row may have it in its column's heading, a lead-in in its items."""
    if "\t" in unit.text or unit.text.rstrip().endswith(":"):
        return True
    return any(holds_measure(unit.text, measure) for measure in measures)


def mailbox_of(draft: Draft, cited: Collection[str]) -> tuple[str, str] | None:
    """Policy id and address where a draft gives one mailbox, of one policy; None where it does not."""
    boxes = {match.group() for match in ADDRESS.finditer(draft.text or "") if "@" in match.group()}
    return (*cited, *boxes) if len(boxes) == 1 and len(cited) == 1 else None  # type: ignore[return-value]  # one of each


def _best_units(
    evidence: Evidence, units: Sequence[Unit], texts: dict[str, PolicyText], *, share: float = NEAR_SHARE
) -> list[Unit]:
    """The likeliest unit and those within this share of it, in a comparison one for each policy."""
    if evidence.understanding.compares:
        return [units[0]]
    text = texts[units[0].hit.passage.policy_id].text
    chosen, words = [units[0]], _shown_words(units[0], text)
    for unit in units[1:]:
        if len(chosen) == MAX_UNITS or unit.score < share * units[0].score:
            break
        if unit.hit.passage.policy_id != units[0].hit.passage.policy_id:
            continue
        if any(_tells_again(unit, other, text) for other in chosen):
            continue
        words += _shown_words(unit, text)
        if words > MAX_QUOTED_WORDS:
            break
        chosen.append(unit)
    return chosen


def _shown_words(unit: Unit, text: str) -> int:
    shown = window(unit, text)
    return len(text[shown.start : shown.end].split())


def _tells_again(unit: Unit, other: Unit, text: str) -> bool:
    """Whether `unit` says what `other` says, or what is quoted with the one holds the other."""
    one, two = window(unit, text), window(other, text)
    return fuzz.ratio(unit.text, other.text) >= SAME_TEXT or (one.start < two.end and two.start < one.end)


def _alternatives(evidence: Evidence, units: Sequence[Unit]) -> list[Unit]:
    """Units of other policies under the same kind of heading that are as good as the best but say otherwise."""
    if len(evidence.understanding.scope.policy_ids) == 1:
        return []
    best = units[0]
    found = {best.hit.passage.policy_id: best}
    for unit in units[1:]:
        passage = unit.hit.passage
        if unit.score < NEAR_SHARE * best.score or passage.policy_id in found:
            continue
        if fuzz.ratio(unit.text, best.text) < SAME_TEXT or _figures(unit.text) != _figures(best.text):
            found[passage.policy_id] = unit
    return list(found.values()) if len(found) > 1 else []


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _side_by_side(units: Sequence[Unit], texts: dict[str, PolicyText], book: CitationBook, language: Language) -> Draft:
    lines = [
        f"- {policy_name(texts[u.hit.passage.policy_id].policy)}: {quoted(u, texts, book)}"
        for u in units[:MAX_ALTERNATIVES]
    ]
    return Draft(
        "\n".join(lines), ask_scope([u.hit.passage.policy_id for u in units[:MAX_ALTERNATIVES]], texts, language)
    )


def _quotes(
    units: Sequence[Unit],
    evidence: Evidence,
    texts: dict[str, PolicyText],
    book: CitationBook,
    language: Language,
    today: dt.date,
) -> str:
    """The units one below the other, with what their last days mean today, and where they stand."""
    lines = []
    for unit in units:
        last_days = [date for date, _, _ in find_dates(unit.text) if date.bound in LAST_DAY]
        told = standing(last_days, unit.text, today, language) if evidence.asked.when else ""
        lines.append(f"{quoted(unit, texts, book, evidence.question)}{told}")
    policy = texts[units[0].hit.passage.policy_id].policy
    return "\n\n".join((*lines, source_line(policy, [unit.hit.passage for unit in units], language)))
