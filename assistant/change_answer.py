"""Answers to "what changed with respect to last year", from the two editions, where both are on file.

Where only one is, such a question is answered like any other: from what the policy itself says of changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.citations import CitationBook, unsupported
from assistant.draft import Draft
from assistant.editions import family
from assistant.policy_years import policy_years
from assistant.quoting import cell
from assistant.record import Turn
from assistant.scope import Understanding
from assistant.turn import Language
from knowledge.changes.compare import compare
from knowledge.changes.moved_figures import moved_figures
from knowledge.changes.records import MovedFigure
from knowledge.changes.sentences import Sentence
from knowledge.changes.wording import same_but_year
from knowledge.dutch import STOP_WORDS, fold, stem, words
from knowledge.records import Policy, PolicyText

MOST_TOLD = 6
MOST_ANSWER_WORDS = 180
MOST_SAME = 2
LEAST_LETTERS = 5
"""A shorter word is not taken for the beginning of another."""
LEAST_TOPIC_SHARE, SURE_TOPIC_SHARE = 0.5, 0.8
"""Share of the topic's words that a change holds to be about it, and that what stayed the same does."""

_CHANGED = re.compile(
    r"\b(?:gewijzigd\w*|wijzigingen|wijzigt|veranderd\w*|verander\w*|nieuw|nieuws|aangepast\w*|anders|"
    r"verschil\w*|vervallen|verplaatst|changed?|changes|new|different|differences?)\b"
)
_OTHER_EDITION = re.compile(
    r"\b(?:ten opzichte van|t\.?o\.?v\.?|vergeleken|vorig\w*|voorgaand\w*|eerder\w* (?:jaar|beleid|versie)|"
    r"(?:dan|sinds) (?:in )?(?:20\d\d|vorig)|20\d\d|dit jaar|volgend jaar|last year|previous|compared|since|"
    r"this year|next year)\b"
)
_GENERAL = re.compile(
    r"\b(?:wat is er (?:\w+ ){0,2}(?:nieuw|veranderd|gewijzigd|anders)|"
    r"(?:de|belangrijkste) (?:wijzigingen|veranderingen)|"
    r"wat verandert er|what(?:'s| is| has) (?:new|changed)|what are the (?:main )?changes)\b"
)
_NO_TOPIC = frozenset(
    map(
        stem,
        """wijziging wijzigingen wijzigt gewijzigd gewijzigde verandering veranderingen veranderd veranderde verandert
        veranderen nieuw nieuwe nieuws aangepast anders verschil verschillen opzichte vergeleken vorig vorige voorgaand
        voorgaande jaar beleid inkoopbeleid zorginkoopbeleid editie versie belangrijkste sinds tov eerder eerdere ander
        tussen ten iets between change changes changed new different difference differences compared last previous
        year policy since main with respect""".split(),
    )
)

_TEXT: dict[Language, dict[str, str]] = {
    "nl": {
        "some": "Dit is op dit punt veranderd in het inkoopbeleid voor {new}, ten opzichte van dat voor {old}:",
        "all": "Dit zijn de belangrijkste wijzigingen in het inkoopbeleid voor {new}, ten opzichte van dat voor {old}:",
        "changed": "{title}: was {old}; is nu {new}",
        "added": "{title}: nieuw is {new}",
        "removed": "{title}: vervallen is {old}",
        "more": "Er zijn nog {count} andere wijzigingen.",
        "same": "Op dit punt zegt het inkoopbeleid voor {new} hetzelfde als dat voor {old}:",
    },
    "en": {
        "some": "This has changed on this point in the procurement policy for {new}, compared with that for {old}:",
        "all": "These are the main changes in the procurement policy for {new}, compared with that for {old}:",
        "changed": "{title}: was {old}; is now {new}",
        "added": "{title}: new is {new}",
        "removed": "{title}: no longer there is {old}",
        "more": "There are {count} other changes.",
        "same": "On this point the procurement policy for {new} says the same as that for {old}:",
    },
}


@dataclass(frozen=True)
class _Told:
    """A sentence of the old edition and its counterpart (None where there is none), under its section's headings."""

    title: str
    headings: str
    old: Sentence | None
    new: Sentence | None
    figures: tuple[MovedFigure, ...] = ()

    @property
    def text(self) -> str:
        """What both say."""
        return " ".join(each.text for each in (self.old, self.new) if each is not None)

    @property
    def weight(self) -> int:
        """0 to 3: figures that moved come first, then addresses, then what came or went, then other wordings."""
        if self.figures:
            return 1 if all(figure.kind == "address" for figure in self.figures) else 0
        return 3 if self.old and self.new else 2


@dataclass(frozen=True)
class _Editions:
    """Two editions of a policy: their sentences, changed and the same, and the words that both hold."""

    old: PolicyText
    new: PolicyText
    changed: tuple[_Told, ...]
    same: tuple[_Told, ...]
    vocabulary: frozenset[str]


@dataclass(frozen=True)
class ChangeTeller:
    """Tells what changed between editions of the policies of one snapshot. Safe to call from several threads."""

    texts: dict[str, PolicyText]
    _known: dict[tuple[str, str], _Editions] = field(default_factory=dict, compare=False, repr=False)

    def tell(self, turn: Turn) -> Turn:
        """The turn with its answer, where it asks what changed and both editions are on file; else as it is."""
        if turn.status is not None or turn.understanding is None or not asks_changes(turn.question):
            return turn
        pair = self._compared(turn.question, turn.understanding.policies)
        if pair is None:
            return turn
        editions = self._editions(*pair)
        topic = _topic(turn.question, turn.understanding.policies)
        if not topic:
            return self._answered(turn, editions, sorted(editions.changed, key=lambda each: each.weight), "all")
        changed, best = _about(topic, editions.changed, editions.vocabulary)
        same, best_same = _about(topic, editions.same, editions.vocabulary)
        if best >= max(best_same, LEAST_TOPIC_SHARE):
            return self._answered(turn, editions, changed, "some")
        if best_same >= SURE_TOPIC_SHARE:
            return self._answered(turn, editions, same[:MOST_SAME], "same")
        return turn

    def _compared(self, question: str, policies: Sequence[Policy]) -> tuple[PolicyText, PolicyText] | None:
        """The older and the newer edition; None where the question is not about two on file of one policy."""
        if len({family(policy) for policy in policies}) != 1:
            return None
        on_file = (text.policy for text in self.texts.values())
        editions = {each.year: each.id for each in on_file if family(each) == family(policies[0])}
        asked = max(policy.year for policy in policies)
        named = sorted({int(year) for year in re.findall(r"\b20\d\d\b", question)})
        if len(named) > 1:
            old, new = named[0], named[-1]
        elif named and named[0] not in policy_years(question):  # "ten opzichte van 2027"
            old = named[0]
            new = asked if asked > old else min((year for year in editions if year > old), default=old)
        else:
            new = asked
            old = max((year for year in editions if year < new), default=new)
        if old == new or old not in editions or new not in editions:
            return None
        return self.texts[editions[old]], self.texts[editions[new]]

    def _editions(self, old: PolicyText, new: PolicyText) -> _Editions:
        key = (old.policy.id, new.policy.id)
        if key not in self._known:
            self._known[key] = _compare(old, new)
        return self._known[key]

    def _answered(self, turn: Turn, editions: _Editions, found: Sequence[_Told], opening: str) -> Turn:
        wording, book = _TEXT[turn.language], CitationBook(self.texts)
        years = {"old": editions.old.policy.year, "new": editions.new.policy.year}
        lines = [wording[opening].format(**years), ""]
        told = 0
        for each in found[:MOST_TOLD]:
            line = f"- {_line(each, wording, book, editions)}"
            if told and len(" ".join([*lines, line]).split()) > MOST_ANSWER_WORDS:
                break
            lines.append(line)
            told += 1
        more = wording["more"].format(count=len(found) - told) if opening == "all" and len(found) > told else ""
        text = "\n".join([*lines, *(["", more] if more else [])])
        if not told or unsupported(text, book.citations, self.texts, computed=[f"{years} {more}"]):
            return turn
        return replace(
            turn,
            status="answered",
            draft=Draft(text),
            citations=tuple(book.citations),
            understanding=_of_both(turn.understanding, editions),
        )


def _of_both(understanding: Understanding | None, editions: _Editions) -> Understanding | None:
    """The understanding with both editions as its scope, and the newer one's year."""
    if understanding is None:
        return None
    ids = (editions.new.policy.id, editions.old.policy.id)
    scope = understanding.scope.model_copy(update={"policy_ids": ids, "year": editions.new.policy.year})
    return replace(understanding, scope=scope)


def asks_changes(question: str) -> bool:
    """Whether a question asks what one edition of a policy says otherwise than another."""
    folded = fold(question)
    return bool(_GENERAL.search(folded) or (_CHANGED.search(folded) and _OTHER_EDITION.search(folded)))


def _topic(question: str, policies: Sequence[Policy]) -> frozenset[str]:
    """The words of the question that say on which point; none where it asks for all that changed."""
    asked = {stem(word) for word in words(question) if word not in STOP_WORDS and not word.isdigit()}
    named = (name for each in policies for name in (each.title, each.insurer, *each.labels, *each.care))
    scope = {stem(word) for name in named for word in words(name)}
    return frozenset(asked - _NO_TOPIC - scope)  # "voor apotheken" says whom it is for, and no point of the policy


def _compare(old: PolicyText, new: PolicyText) -> _Editions:
    comparison = compare(old, new)
    changed: list[_Told] = []
    same: list[_Told] = []
    for pair in comparison.sections:
        section = pair.new or pair.old
        headings = " ".join(section.path) if section else ""
        for one, other in pair.sentences:
            told = _Told(section.title if section else "", headings, one, other)
            if one is None or other is None:
                changed.append(told)
            elif same_but_year(one.text, other.text, comparison.years):
                same.append(told)
            else:
                figures = moved_figures(one.text, other.text, years=comparison.years)
                changed.append(replace(told, figures=figures))
    held = frozenset(stem(word) for text in (old, new) for word in words(text.text))
    return _Editions(old, new, tuple(changed), tuple(same), held)


def _about(topic: frozenset[str], among: Sequence[_Told], vocabulary: frozenset[str]) -> tuple[list[_Told], float]:
    """Those that hold the most of the topic's words, and the share that they hold; a word in a heading counts half."""
    shares = [0.0] * len(among)
    for number, each in enumerate(among):
        own = _held(topic, each.text, vocabulary)
        if own:
            shares[number] = (len(own) + 0.5 * len(_held(topic - own, each.headings, vocabulary))) / len(topic)
    best = max(shares, default=0.0)
    return [each for each, share in zip(among, shares, strict=True) if share == best > 0], best


def _held(topic: frozenset[str], text: str, vocabulary: frozenset[str]) -> frozenset[str]:
    """The words of the topic that a text holds.

    One that stands in neither policy is found by the word that it begins with: "telefoonnummer" by "telefoon".
    """
    own = {stem(word) for word in words(text)}
    loose = {word for word in topic - own if word not in vocabulary}
    return frozenset(
        (topic & own)
        | {word for word in loose if any(len(each) >= LEAST_LETTERS and word.startswith(each) for each in own)}
    )


def _line(told: _Told, wording: Mapping[str, str], book: CitationBook, editions: _Editions) -> str:
    if told in editions.same:
        new, old = (_quote(each, text, book) for each, text in ((told.new, editions.new), (told.old, editions.old)))
        return f"{cell(told.title)}: {new} {old[old.rindex('[') :]}"
    old = _quote(told.old, editions.old, book)
    new = _quote(told.new, editions.new, book)
    kind = "changed" if told.old and told.new else "added" if told.new else "removed"
    return wording[kind].format(title=cell(told.title), old=old, new=new)


def _quote(sentence: Sentence | None, text: PolicyText, book: CitationBook) -> str:
    """The sentence between quotation marks with its mark; empty where there is none."""
    if sentence is None:
        return ""
    passage = next((each for each in text.passages if each.id == sentence.passage_id), text.passages[0])
    cited = book.cite(passage, sentence.span)
    shown = text.text[sentence.span.start : min(sentence.span.end, cited.end)]
    return f"“{cell(shown)}” [{cited.label}]"
