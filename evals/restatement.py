"""Is a restatement complete, and is it in our own words?

A restatement must hold every date, amount, percentage, number, address and proper name of its
original, and no run of `RUN_WORDS` words in common with it but for titles and names of standards
(headings, and names set in *italics*).

Run: python -m evals.restatement ORIGINAL RESTATEMENT [--faults FILE]
FAULTS (YAML, token: right reading) lists optical faults of the original; the right reading is
what the restatement must hold ('' drops the token).
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

RUN_WORDS = 12
LONGEST_NAME_WORDS = 20
"""Italics longer than this are prose, not the name of a standard."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s)\]|>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[a-z]+\.)+nl\b(?:/\S*)?", re.IGNORECASE
)
_TOKEN = re.compile(rf"{_ADDRESS.pattern}|\w+(?:[.,:/'’-]\w+)*", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:\d{1,2} )?(?:januari|februari|maart|april|mei|juni|juli|augustus"
    r"|september|oktober|november|december)\b(?: \d{4})?"
)


@dataclass(frozen=True)
class Comparison:
    """What is lacking in a restatement, and which runs of words it copied."""

    missing: tuple[str, ...]
    copied: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing is missing and nothing is copied."""
        return not self.missing and not self.copied


def compare(original: str, restatement: str, faults: dict[str, str] | None = None) -> Comparison:
    """Facts of `original` that `restatement` lacks, and the runs of words that they share."""
    readings = {key.lower(): value for key, value in (faults or {}).items()}
    source, own = _mend(original), _mend(_without_front_matter(restatement))
    return Comparison(tuple(_missing(source, own, readings)), tuple(_copied(source, own)))


def _missing(source: str, own: str, readings: dict[str, str]) -> Iterator[str]:
    held = {_bare(token) for token in _TOKEN.findall(own)}
    folded = " ".join(_fold(own).split())
    seen: set[str] = set()
    for token in [*_facts(source), *_DATE.findall(" ".join(_fold(source).split()))]:
        wanted = readings.get(token.lower().strip(".,;:)"), token)
        key = _bare(wanted)
        if not key or key in seen:
            continue
        seen.add(key)
        if key not in held and not _stands_in(_fold(wanted).strip(".,;:()'’"), folded):
            yield wanted


def _stands_in(wanted: str, folded: str) -> bool:
    pattern = re.escape(wanted).replace(r"\ ", r"\s+")
    return re.search(rf"(?<![\w]){pattern}(?![\w])", folded) is not None


def _facts(text: str) -> Iterator[str]:
    """Addresses, tokens with a digit, abbreviations and names inside a sentence."""
    for line in text.splitlines():
        body = re.sub(r"^\s*(?:[-•*°®.¢e]\s+)?(?:\d{1,2}(?:\.\d+)*\.?\s+)?", "", line)
        if re.search(r"\t\d{1,3}\s*$", body):  # a line of the table of contents
            continue
        previous = "."
        for match in _TOKEN.finditer(body):
            token = match.group()
            if _is_fact(
                token, at_start=previous.rstrip(" (\"'‘“*[").endswith((".", "?", "!", ":", "\t")) or match.start() == 0
            ):
                yield token
            previous = body[: match.end() + 1]


def _is_fact(token: str, *, at_start: bool) -> bool:
    if _ADDRESS.fullmatch(token) or any(c.isdigit() for c in token):
        return True
    capitals = sum(c.isupper() for c in token)
    return capitals >= 2 or (capitals == 1 and token[0].isupper() and not at_start and len(token) > 2)


def _copied(source: str, own: str) -> Iterator[str]:
    runs = set(_windows(source))
    shown_until = -1
    for block in _own_prose(own):
        words = _words(block)
        for i in range(len(words) - RUN_WORDS + 1):
            window = tuple(words[i : i + RUN_WORDS])
            if window in runs and i > shown_until:
                yield " ".join(window)
                shown_until = i + RUN_WORDS
        shown_until = -1


def _own_prose(own: str) -> Iterator[str]:
    """The restatement without headings and without names in italics, a paragraph at a time."""
    for block in re.split(r"\n\s*\n", own):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        prose = re.sub(r"(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)", _drop_name, "\n".join(lines))
        yield from prose.split("\x00")


def _drop_name(match: re.Match[str]) -> str:
    return "\x00" if len(match.group(1).split()) <= LONGEST_NAME_WORDS else match.group(1)


def _windows(block: str) -> Iterator[tuple[str, ...]]:
    words = _words(block)
    for i in range(len(words) - RUN_WORDS + 1):
        yield tuple(words[i : i + RUN_WORDS])


def _words(text: str) -> list[str]:
    return [_bare(token) for token in _TOKEN.findall(text)]


def _mend(text: str) -> str:
    """Addresses split over lines and escapes put right, link lines dropped."""
    text = unicodedata.normalize("NFC", text).replace("\\", "")
    text = re.sub(r"(?m)^(?:mailto:|https?://)\S*$\n?", "", text)
    text = re.sub(r"@[ \t]*\n[ \t]*", "@", text)
    return re.sub(r"\bwww\.[ \t]*\n[ \t]*", "www.", text)


def _without_front_matter(text: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").lower()


def _bare(token: str) -> str:
    return _fold(token).strip(".,;:()'-/")


def main(arguments: list[str] | None = None) -> int:
    """Print what is missing and what is copied; 0 when the restatement is sound, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("original", type=Path)
    parser.add_argument("restatement", type=Path)
    parser.add_argument("--faults", type=Path)
    given = parser.parse_args(arguments)
    faults = yaml.safe_load(given.faults.read_text("utf-8")) if given.faults else {}
    found = compare(given.original.read_text("utf-8"), given.restatement.read_text("utf-8"), faults)
    for name, values in (("missing", found.missing), ("copied", found.copied)):
        for value in values:
            print(f"{name}: {value}")
    print(f"{len(found.missing)} missing, {len(found.copied)} copied runs of {RUN_WORDS} words")
    return 0 if found.is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
