"""A model's prose taken apart: its sentences with their labels, its clauses, and what it puts between quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.sentences import split_sentences

LABELS = re.compile(r"\[(\d{1,3})\]")
_LABEL_RUN = r"(?:\s*\[\d{1,3}\])+"
_LABELS_BEHIND = re.compile(rf"(?<=\S)([.!?]+)([\"”’)]*)({_LABEL_RUN})")
_QUOTES = re.compile(r"“([^”]*)”|„([^”“]*)[”“]|\"([^\"]*)\"|«([^»]*)»|‘([^’\s]+(?:\s[^’]*)?)’(?!\w)")
_CLAUSE = re.compile(r"[;,–—]\s*|\s+(?:maar|echter|terwijl|en|but|while|whereas|however|and)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is shown, with its labels."""

    text: str

    @property
    def labels(self) -> tuple[int, ...]:
        """The labels in order, each once."""
        return tuple(dict.fromkeys(int(label) for label in LABELS.findall(self.text)))

    @property
    def bare(self) -> str:
        """The sentence without labels and bold marks."""
        return " ".join(LABELS.sub(" ", self.text).replace("**", "").split())

    @property
    def own_words(self) -> str:
        """The sentence without labels and without what it quotes."""
        return _QUOTES.sub(" … ", self.bare)


def tidy(prose: str) -> str:
    """Prose with its labels before the full stop that they belong to, and white space folded within a line."""
    joined = "\n".join(" ".join(line.split()) for line in prose.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", _LABELS_BEHIND.sub(lambda m: f"{m[2]} {m[3].strip()}{m[1]}", joined))


def sentences_of(prose: str) -> list[Sentence]:
    """The sentences of tidied prose, in order."""
    return [Sentence(prose[span.start : span.end]) for span in split_sentences(prose, 0, len(prose))]


def whole_sentences(begun: str) -> list[Sentence]:
    """The sentences of prose that is still being written which are certain to be whole: the last one never is."""
    return sentences_of(tidy(begun))[:-1]


def quotes_in(text: str) -> list[str]:
    """What stands between quotation marks; an apostrophe is none."""
    return [" ".join(next(part for part in found if part is not None).split()) for found in _quoted(text)]


def _quoted(text: str) -> Iterator[tuple[str | None, ...]]:
    for match in _QUOTES.finditer(text):
        yield match.groups() if any(part is not None for part in match.groups()) else ("",)


def clauses_of(text: str) -> list[str]:
    """A sentence cut where a new clause may begin; numbers and dates stay whole."""
    pieces, start = [], 0
    for match in _CLAUSE.finditer(text):
        mark = text[match.start()]
        is_in_number = mark in ",:" and text[match.start() - 1 : match.start()].isdigit() and not match.group()[1:]
        if is_in_number and text[match.end() : match.end() + 1].isdigit():
            continue
        pieces.append(text[start : match.start()])
        start = match.end()
    return [piece.strip() for piece in [*pieces, text[start:]] if piece.strip(" .!?")]


def is_ended(prose: str) -> bool:
    """Whether prose ends as a text does, not in the middle of a sentence."""
    return re.search(rf"[.!?][\"”’)*]*$|{_LABEL_RUN}\s*$", prose.strip()) is not None
