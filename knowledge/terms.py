"""Lengths of time in a text with the side to which they run: "binnen drie weken na de dag van verzending".

A closed grammar of Dutch and English, pure. A length without a direction ("zes weken bedenktijd",
"3 weken geleden") is no term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from knowledge.date_words import NUMBERS, RANGE_BEFORE, choice
from knowledge.records import Term

Unit = Literal["day", "week", "month", "year", "working_day"]
Direction = Literal["within", "after", "before"]

HALF_YEAR_MONTHS = 6

_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"werkdag(?:en)?|(?:working|business)\s+days?", "working_day"),
    (r"(?:kalender)?dag(?:en)?|(?:calendar\s+)?days?", "day"),
    (r"week|weken|weeks", "week"),
    (r"(?:kalender)?maand(?:en)?|(?:calendar\s+)?months?", "month"),
    (r"jaar|jaren|years?", "year"),
)
_PHRASE = re.compile(
    rf"""(?<![\w/-])(?<!\d[.,])
    (?:(?:(?P<within>binnen|within)|(?P<at_latest>uiterlijk|(?:niet|no|not)\s+later\s+(?:dan|than))
      |(?P<at_most>maximaal|hoogstens|ten\s+hoogste|at\s+most|no\s+more\s+than)|(?P<behind>na|after))\s+)?
    (?P<length>
      (?:(?:een|a)\s+)?(?P<half>half\s+(?:jaar|(?:a\s+)?year))
      | (?:(?P<figures>\d{{1,3}})|(?P<words>{choice(NUMBERS)}))(?:\s*\(\s*\w+\s*\))?\s*
        (?P<unit>{"|".join(pattern for pattern, _ in _UNITS)})
    )(?![\w-])
    (?:\s+(?:
      (?P<alone>(?P<early>van\s+tevoren|tevoren|vooraf|eerder|earlier|in\s+advance|beforehand)|later)
      | (?P<clause>(?P<clause_ahead>voordat)|nadat)
      | (?P<dutch>(?P<maybe_for>voor)|(?P<ahead>voorafgaand\s+aan|v(?:óó|o\u0301o\u0301)r)|na|vanaf)
      | (?P<english>(?P<ahead_en>before|prior\s+to)|after|from|following|of)
    )(?!\w))?""",
    re.IGNORECASE | re.VERBOSE,
)
_MORE_BEFORE = re.compile(r"\b(?:en|and)\s+$", re.IGNORECASE)
_LASTING_BEFORE = re.compile(r"\b(?:gedurende|for|during|elke|iedere|every|per)\s+(?:de\s+|the\s+)?$", re.IGNORECASE)
_ENGLISH_LEADS = frozenset({"within", "no later than", "not later than", "at most", "no more than"})
_WORD = re.compile(r"\s*([^\s.,;:?!()]+)")
_CLAUSE_ENDS = frozenset(
    """moet moeten kan kunnen kun mag mogen wordt worden is zijn was waren ben bent heb hebt heeft hebben had
    dient dienen zal zullen wil willen te en of maar dan dus om dat die binnen uiterlijk and or but then must can may
    shall should will would are were has have to that within""".split()
)
_SUBJECTS = frozenset("ik wij we u jij je hij zij ze het i you it he she they".split())


def find_terms(text: str) -> Iterator[tuple[Term, int, int]]:
    """The terms of `text` in order, each with its offsets.

    `Term.text` is the whole phrase, its direction and anchor in it. A length between two numbers
    ("4 tot 6 weken") is left out, and so is one of zero.
    """
    at = 0
    while match := _PHRASE.search(text, at):
        at = match.end("length")
        direction = None if _is_no_term(text, match) else _direction(match)
        amount, unit = _length(match)
        if direction is None or not amount:
            continue
        anchor = ""
        if _counts_from_anchor(match):
            anchor, at = _anchor(text, match)
        elif match["alone"]:
            at = match.end()
        yield (
            Term(amount=amount, unit=unit, direction=direction, anchor=anchor, text=text[match.start() : at]),
            match.start(),
            at,
        )


def _is_no_term(text: str, match: re.Match[str]) -> bool:
    in_front, before_length = text[: match.start()], text[: match.start("length")]
    return bool(
        RANGE_BEFORE.search(before_length)
        or (match["half"] and _MORE_BEFORE.search(before_length))
        or (match["maybe_for"] and _LASTING_BEFORE.search(in_front))
    )


def _direction(match: re.Match[str]) -> Direction | None:
    if match["early"]:
        return "before"
    if match["alone"]:
        return "after"
    counts = _counts_from_anchor(match)
    if counts and (match["maybe_for"] or match["ahead"] or match["ahead_en"] or match["clause_ahead"]):
        return "before"
    if match["within"] or match["at_latest"] or (counts and match["at_most"]):
        return "within"
    return "after" if counts or match["behind"] else None


def _counts_from_anchor(match: re.Match[str]) -> bool:
    """Whether the word behind the length leads to what is counted from."""
    if match["maybe_for"]:  # "binnen twee weken voor mijn praktijk": for, not before
        return not (match["within"] or match["at_most"])
    if (match["english"] or "").lower() == "of":  # "zes weken of langer": Dutch for or
        return (match["within"] or match["at_latest"] or match["at_most"] or "").lower() in _ENGLISH_LEADS
    return bool(match["clause"] or match["dutch"] or match["english"])


def _length(match: re.Match[str]) -> tuple[int, Unit]:
    if match["half"]:
        return HALF_YEAR_MONTHS, "month"
    unit = next(unit for pattern, unit in _UNITS if re.fullmatch(pattern, match["unit"], re.IGNORECASE))
    return int(match["figures"]) if match["figures"] else NUMBERS[match["words"].lower()], unit


def _anchor(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The words behind the phrase up to the end of their clause, and where they end."""
    at, words = match.end(), 0
    ends = _CLAUSE_ENDS - {"of"} if match["english"] else _CLAUSE_ENDS
    whole_clause = bool(match["clause"])
    while word := _WORD.match(text, at):
        said = word[1].lower()
        # A clause of its own ("nadat ik ...", "after I have ...") has its verb in it.
        whole_clause = whole_clause or (not words and said in _SUBJECTS)
        if "\n" in word[0] or (said in ends and not whole_clause):
            break
        at, words = word.end(), words + 1
    return text[match.end() : at].strip(), at
