"""How often a fact that a sentence tells is read from it: sentences by an author who saw no phrase.

Run: python -m evals.fact_reading [--show]

Of `facts_told/*.jsonl` the rows of the half "unseen" are seen by nobody who tunes; `--show` prints what went wrong in
the seen half alone. A sentence tells that its fact is so, is not so, or names an option; or it leaves the fact open.
Right: read as told. Silent: nothing is decided, so that it is asked back. Opposite: another value is taken for told.
Of a sentence that leaves its fact open: right where nothing is decided, concluded where something is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from assistant.facts import AskerFacts, read_facts
from assistant.language import detect_language
from assistant.prose.phrases import Lexicon
from knowledge.rules.card import FactValue
from knowledge.rules.load import COMMON, bundled_cards

TOLD = Path(__file__).parent / "facts_told"
OPTIONS = TOLD / "options.yaml"
TODAY = dt.date(2026, 11, 28)
"""The day on which the sentences were written; what they call 'vorig jaar' is counted from it."""
TOLD_VALUES: Mapping[str, FactValue | None] = {"true": True, "false": False, "open": None}

Found = Literal["right", "silent", "opposite", "concluded"]


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """The sentences whose fact the cards can hold, each with the family of its policy."""
    for path in sorted(TOLD.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["says"] in TOLD_VALUES or _options()[path.stem][row["fact"]][row["says"]] is not None:
                yield path.stem, row


def outcome(family: str, row: Mapping[str, Any]) -> Found:
    """What the reading of a sentence makes of the fact that it tells."""
    read = facts_in(family, row["text"]).known().get(row["fact"])
    if row["says"] == "open":
        return "right" if read is None else "concluded"
    if read is None:
        return "silent"
    return "right" if read == _value(family, row) else "opposite"


def facts_in(family: str, text: str) -> AskerFacts:
    """The facts of a family that a text tells, as an answer reads them."""
    return read_facts(text, _lexicons()[family], today=TODAY, language=detect_language(text))


def measure() -> dict[tuple[str, str], Counter[str]]:
    """Counts of what was found, by half and by tag: 'told', 'open', the family and what the sentence says."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for family, row in rows():
        found = outcome(family, row)
        says = row["says"] if row["says"] in TOLD_VALUES else "option"
        for tag in {"open" if says == "open" else "told", says, family}:
            counts[row["half"], tag][found] += 1
    return counts


def _value(family: str, row: Mapping[str, Any]) -> FactValue | None:
    says = row["says"]
    return TOLD_VALUES[says] if says in TOLD_VALUES else _options()[family][row["fact"]][says]


@cache
def _options() -> dict[str, dict[str, dict[str, str | None]]]:
    """By family and fact the options of the cards that the labels of the sentences mean."""
    read: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(OPTIONS.read_text("utf-8"))
    return {
        family: {
            fact: {label: None if value == "none" else value for label, value in labels.items()}
            for fact, labels in facts.items()
        }
        for family, facts in read.items()
    }


@cache
def _lexicons() -> dict[str, Lexicon]:
    """By family the words of its facts; facts common to all are read with those of the first."""
    found = {cards.policy: Lexicon(cards.facts) for cards in bundled_cards()}
    return {COMMON: next(iter(found.values())), **found}


def main() -> None:
    """Print a line a tag, or what went wrong in the seen half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the sentences of the seen half that went wrong")
    arguments = parser.parse_args()
    if arguments.show:
        for family, row in rows():
            if row["half"] == "seen" and (found := outcome(family, row)) != "right":
                print(f"{found:9s} {family} {row['fact']} {row['says']}: {row['text']}")
        return
    for (half, tag), counts in sorted(measure().items()):
        whole = counts.total()
        shares = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        print(f"{half:6s} {tag:24s} {counts['right'] / whole:.3f} of {whole}: {shares}")


if __name__ == "__main__":
    main()
