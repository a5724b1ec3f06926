"""What a model may word an answer from: the composed answer, its citations and what was computed, by label."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.language import function_words
from assistant.model.figures import Figures, all_figures, figures_in
from assistant.model.likeness import Content, content_of, denials, main_clauses
from assistant.model.prose import LABELS
from assistant.turn import Citation, Language
from knowledge.dutch import words
from knowledge.sentences import split_sentences

_KEPT = re.compile(r"^(?:Bron|Source|Let op|Please note|Zet in het onderwerp[^:]*|Put in the subject line[^:]*): ")
"""Paragraphs that stay as they are: the source, a warning, the subject line that a policy wants."""
_ESCAPED = re.compile(r"\\([*_`<>\[\]#])")
_TOLD = ("sentence", "then", "steps", "notes")
_TOLD_OF_CRITERION = ("name", "needs", "given", "distance", "told", "note")


@dataclass(frozen=True)
class Statement:
    """One thing that the evidence says, in one sentence or two, with what it can be compared by."""

    sentences: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """Its words."""
        return " ".join(self.sentences)

    @cached_property
    def content(self) -> Content:
        """Its content words."""
        return content_of(self.text)

    @cached_property
    def language(self) -> Language:
        """English where it has more English function words than Dutch ones."""
        dutch, english = function_words(words(self.text))
        return "en" if english > dutch else "nl"

    @cached_property
    def figures(self) -> Figures:
        """Its figures."""
        return figures_in(self.text)

    @cached_property
    def denials(self) -> int:
        """How many of its words deny."""
        return denials(self.text)

    @cached_property
    def clauses(self) -> tuple[Statement, ...]:
        """Its clauses."""
        clauses = (clause for sentence in self.sentences for clause in main_clauses(sentence))
        return tuple(Statement((clause,)) for clause in clauses)


@dataclass(frozen=True)
class Behind:
    """The evidence behind the labels of one sentence. `naming`: titles, insurers, years and headings."""

    quotes: tuple[str, ...]
    told: tuple[str, ...]
    naming: tuple[str, ...]

    @cached_property
    def figures(self) -> Figures:
        """Every figure that may be used."""
        return all_figures((*self.quotes, *self.told, *self.naming))

    @cached_property
    def naming_figures(self) -> Figures:
        """The figures of titles and headings: they may stand with any statement."""
        return all_figures(self.naming)

    @cached_property
    def naming_content(self) -> Content:
        """The words of titles and headings: they say what every statement is about."""
        return content_of(" ".join(self.naming))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words, folded."""
        return frozenset(words(" ".join((*self.quotes, *self.told, *self.naming))))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What the evidence says, a sentence, row or item each, and every two that follow each other."""
        return tuple(Statement(said) for source in (*self.told, *self.quotes) for said in _statements(source))


@dataclass(frozen=True)
class Material:
    """Everything for one answer. `body`: paragraphs of the composed answer to be worded; `kept`: those that stay."""

    question: str
    language: Language
    body: tuple[str, ...]
    kept: tuple[str, ...]
    citations: tuple[Citation, ...]
    results: tuple[Mapping[str, object], ...] = ()
    _behind: dict[frozenset[int], Behind] = field(default_factory=dict, compare=False, repr=False)

    @property
    def labels(self) -> frozenset[int]:
        """The labels that there are."""
        return frozenset(citation.label for citation in self.citations)

    @property
    def lead(self) -> str:
        """The first paragraph: the answer itself."""
        return self.body[0] if self.body else ""

    @property
    def verdicts(self) -> frozenset[str]:
        """The verdicts of rules."""
        return frozenset(str(result.get("verdict")) for result in self.results)

    def behind(self, labels: Collection[int]) -> Behind:
        """The evidence that a sentence with these labels may use: their quotes, and what was told of their policies."""
        key = frozenset(labels)
        if key not in self._behind:
            self._behind[key] = self._gathered(key)
        return self._behind[key]

    def as_data(self, **more: object) -> str:
        """The material as JSON, in which no text can pass for anything but a value."""
        data = {
            "question": self.question,
            "language": self.language,
            "answer": list(self.body),
            "computed": [{"told": _told(result), "labels": result.get("citations")} for result in self.results],
            "evidence": [_as_evidence(citation) for citation in self.citations],
        }
        return json.dumps(data | more, ensure_ascii=False, indent=1)

    def _gathered(self, labels: frozenset[int]) -> Behind:
        cited = [citation for citation in self.citations if citation.label in labels]
        policies = {citation.policy_id for citation in cited}
        same = {citation.label for citation in self.citations if citation.policy_id in policies}
        told = [text for text, borne in _with_labels(self.body) if borne & same or not borne]
        for result in self.results:
            if set(_as_labels(result.get("citations"))) & same:
                told += _told(result)
        naming = {
            text: None
            for citation in cited
            for text in (citation.policy_title, citation.insurer, str(citation.year), *citation.heading_path)
        }
        return Behind(tuple(citation.quote for citation in cited), tuple(told), tuple(naming))


def read_material(
    question: str,
    language: Language,
    text: str,
    citations: Sequence[Citation],
    results: Sequence[Mapping[str, object]] = (),
) -> Material:
    """The material of a composed answer."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return Material(
        question=question,
        language=language,
        body=tuple(_ESCAPED.sub(r"\1", part) for part in paragraphs if not _KEPT.match(part)),
        kept=tuple(part for part in paragraphs if _KEPT.match(part)),
        citations=tuple(citations),
        results=tuple(results),
    )


def _with_labels(paragraphs: Sequence[str]) -> list[tuple[str, set[int]]]:
    """Each paragraph with its labels; one without any goes with the one before it."""
    found: list[tuple[str, set[int]]] = []
    for paragraph in paragraphs:
        borne = {int(label) for label in LABELS.findall(paragraph)}
        plain = LABELS.sub(" ", paragraph).replace("**", "")
        found.append((plain, borne or (found[-1][1] if found else set())))
    return found


def _statements(source: str) -> Iterable[tuple[str, ...]]:
    for line in source.splitlines():
        subject, tab, rest = line.partition("\t")
        told = rest if tab else line
        opening = f"{subject.strip()}: " if tab else ""
        pieces = [
            opening + told[span.start : span.end].replace("\t", " – ") for span in split_sentences(told, 0, len(told))
        ]
        yield from ((piece,) for piece in pieces)
        yield from itertools.pairwise(pieces)


def _told(result: Mapping[str, object]) -> list[str]:
    """What a result says in words."""
    told = [text for name in _TOLD for text in _texts(result.get(name))]
    criteria = result.get("criteria")
    for criterion in criteria if isinstance(criteria, list | tuple) else ():
        told += [text for name in _TOLD_OF_CRITERION for text in _texts(criterion.get(name))]
    return told


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for text in value if isinstance(text, str)] if isinstance(value, list | tuple) else []


def _as_labels(value: object) -> list[int]:
    return [label for label in value if isinstance(label, int)] if isinstance(value, list | tuple) else []


def _as_evidence(citation: Citation) -> dict[str, object]:
    return {
        "label": citation.label,
        "policy": citation.policy_title,
        "insurer": citation.insurer,
        "year": citation.year,
        "section": " > ".join(citation.heading_path) or citation.section,
        "quote": citation.quote,
    }
