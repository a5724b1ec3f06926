"""Statement cards against the text: the spots of a statement hold what it says, an absence is nowhere told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.next_year import prove_in_year
from ingest.proof_finder import ProofFinder
from knowledge.bank import phrase_key
from knowledge.dates import find_dates
from knowledge.figures import figures_of
from knowledge.numerals import find_numerals
from knowledge.quantities import find_quantities
from knowledge.records import Passage, PolicyText
from knowledge.rules.card import Proof
from knowledge.rules.load import family_of
from knowledge.rules.proven import Spot
from knowledge.sentences import split_sentences
from knowledge.statements.card import Absence, Statement, StatementFile
from knowledge.statements.load import bundled_statements
from knowledge.statements.proven import PolicyStatements, ProvenStatement, RefusedStatement

_SMALL = 1
"""'een' is an article more often than a number."""

_SWAPPED = str.maketrans(".,", ",.")
"""Thousands and decimals are written the other way round in English."""

_NUMBER_OF_SECTION = re.compile(r"^\W*(\d+(?:\.\d+)*)\.?\s+")
_REFERENCE = re.compile(r"\b(?:hoofdstuk|paragraaf|bijlage|chapter|section|annex)\s+(\d+)\b(?![.,]\d)", re.IGNORECASE)
"""A section that a card names by a number that could as well be an amount."""

_ANY_YEAR = 2000
"""Completes a day without a year, only to see that it is one."""


@dataclass(frozen=True)
class _Sentence:
    """A sentence as it is shown, and as phrases are looked for in it."""

    text: str
    key: str


def prove_statements(text: PolicyText, files: Sequence[StatementFile] | None = None) -> PolicyStatements:
    """The statements that hold for a policy, and those that its text does not bear out. Default: the bundled cards."""
    family = family_of(text.policy.id, text.policy.year)
    cards = [each for each in (bundled_statements() if files is None else files) if each.policy == family]
    finders = {own: ProofFinder(text, is_other_year=not own) for own in (True, False)}
    sentences = list(_sentences(text)) if cards else []
    outcomes = [outcome for file in cards for outcome in _outcomes(file, text, sentences, finders)]
    return PolicyStatements(
        policy_id=text.policy.id,
        proven=tuple(each for each in outcomes if isinstance(each, ProvenStatement)),
        refused=tuple(each for each in outcomes if isinstance(each, RefusedStatement)),
    )


@dataclass(frozen=True)
class OfFamily:
    """A statement that a policy proves, and the policy family whose card it is."""

    family: str
    proven: ProvenStatement


def prove_with(text: PolicyText, files: Sequence[StatementFile], finder: ProofFinder) -> list[OfFamily]:
    """Those cards of `files`, of whatever policy, that a finder of the text proves."""
    sentences = list(_sentences(text))
    finders = {True: finder, False: finder}
    return [
        OfFamily(file.policy, outcome)
        for file in files
        for outcome in _outcomes(file, text, sentences, finders)
        if isinstance(outcome, ProvenStatement)
    ]


def _outcomes(
    file: StatementFile, text: PolicyText, sentences: Sequence[_Sentence], finders: Mapping[bool, ProofFinder]
) -> Iterator[ProvenStatement | RefusedStatement]:
    finder = finders[text.policy.year in file.years]
    for card in file.cards:
        yield prove_in_year(card, file.years, text, lambda each: _prove(each, text, sentences, finder))


def _prove(
    card: Statement | Absence, text: PolicyText, sentences: Sequence[_Sentence], finder: ProofFinder
) -> ProvenStatement | RefusedStatement:
    spots, reasons = _spots(card.proofs, finder)
    reasons += _told(card, sentences) if isinstance(card, Absence) else []
    if not reasons:
        reasons = _unproven(card, spots, text)
    if reasons:
        return RefusedStatement(statement_id=card.id, reasons=tuple(reasons))
    return ProvenStatement(policy_id=text.policy.id, card=card, spots=tuple(spots))


def _spots(proofs: Sequence[Proof], finder: ProofFinder) -> tuple[list[Spot], list[str]]:
    found = [finder.spot(proof) for proof in proofs]
    return [spot for spot in found if isinstance(spot, Spot)], [reason for reason in found if isinstance(reason, str)]


def shown_with_headings(text: PolicyText, spot: Spot) -> str:
    """A spot as it is cited, with the lead-in and the headings that it stands under, without their numbers."""
    passage = _passage(text, spot)
    part = passage.part_at(spot.start)
    lead = " ".join(text.text[span.start : span.end] for span in (*passage.lead, *part.lead))
    start = max(text.text.rfind("\n", 0, spot.start) + 1, passage.start)
    end = text.text.find("\n", spot.end)
    line = text.text[start : min(end if end >= 0 else len(text.text), passage.end)]
    headings = " ".join(_NUMBER_OF_SECTION.sub("", heading) for heading in passage.heading_path)
    return f"{headings} {lead} {line}"


def _numbers(text: PolicyText, spot: Spot) -> set[str]:
    """The numbers of the sections that a spot stands in."""
    found = map(_NUMBER_OF_SECTION.match, _passage(text, spot).heading_path)
    return {match[1] for match in found if match}


def _passage(text: PolicyText, spot: Spot) -> Passage:
    return next(passage for passage in text.passages if passage.id == spot.passage_id)


def _unproven(card: Statement | Absence, spots: Sequence[Spot], text: PolicyText) -> list[str]:
    """The figures, days, addresses and counted words of a card that stand in none of its spots.

    The number of a section that a spot stands in proves only where the card names that section.
    """
    source = " ".join([*(shown_with_headings(text, spot) for spot in spots), text.policy.title, str(text.policy.year)])
    numbers = {number for spot in spots for number in _numbers(text, spot)}
    figures = set(figures_of(source)) | {number for number in numbers if "." in number}
    items = card.items if isinstance(card, Statement) else ()
    counts = {numeral.value for numeral in find_numerals(source)} | {len(items)}
    missing: list[str] = []
    for said in (card.says, *items):
        nl, en = (_REFERENCE.sub(lambda m: "" if m[1] in numbers else m[0], told) for told in (said.nl, said.en))
        missing += [figure for figure in figures_of(nl) if figure not in figures]
        missing += [figure for figure in figures_of(en) if not {figure, figure.translate(_SWAPPED)} & figures]
        missing += [
            said.nl[numeral.start : numeral.end]
            for numeral in find_numerals(said.nl)
            if numeral.spelled and numeral.value > _SMALL and numeral.value not in counts
        ]
    return [f"{figure!r} stands in no spot" for figure in dict.fromkeys(missing)]


_KINDS = {"eur": "{eur}", "percent": "{percent}"}


def _told(absence: Absence, sentences: Sequence[_Sentence]) -> list[str]:
    """The first sentence that would tell what an absence says is not told."""
    wanted = [[_phrases(part) for part in entry.split(" + ")] for entry in absence.lacks]
    told = (
        f"it is told: {sentence.text[:100]!r}"
        for sentence in sentences
        if any(all(any(_stands(sentence, phrase) for phrase in part) for part in parts) for parts in wanted)
    )
    return list(islice(told, 1))


def _phrases(part: str) -> list[str]:
    """The alternatives of a part as they are looked for; the names of figures stay as they are."""
    return [phrase_key(each) for each in part.split("|")]


def _sentences(text: PolicyText) -> Iterator[_Sentence]:
    for passage in text.passages:
        for span in split_sentences(text.text, passage.start, passage.end):
            shown = " ".join(text.text[span.start : span.end].split())
            yield _Sentence(shown, phrase_key(shown))


def _stands(sentence: _Sentence, phrase: str) -> bool:
    if phrase in _KINDS.values():
        return any(_KINDS.get(quantity.unit) == phrase for quantity in find_quantities(sentence.text))
    if phrase == "{date}":
        return next(find_dates(sentence.text, year=_ANY_YEAR), None) is not None
    if phrase == "{number}":
        return re.search(r"\d", sentence.text) is not None
    return phrase in sentence.key
