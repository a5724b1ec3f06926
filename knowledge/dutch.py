"""Dutch words: folding, stemming, compounds, and a quote's place in a text.

Folding changes the length of a text. Offsets, such as those of `find_quote`, always count in the
text as it was given.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection
from functools import lru_cache

import Stemmer

STEMMER_NAME = "dutch"
STEMMER_VERSION: str = Stemmer.version()
"""Another version may stem otherwise, so an index is tied to it."""

PART_LETTERS = 4
"""The shortest part of a compound: with three, 'zorgaanbieder' falls apart into 'aan' and others."""

LONGEST_WORD_LETTERS = 64
"""Longer words are not Dutch; splitting takes time that grows with the square of the length."""

LINKS = ("", "s", "en", "e")
"""What may stand between two parts of a compound."""

STOP_WORDS = frozenset(
    """
    aan al alle als altijd ben bent bij daar dan dat de deze die dit doe doen doet door dus een en er gaan
    gaat geen graag had hallo heb hebben hebt heeft hem hen het hier hij hoe hoi hun iemand iets ik in is ja je jij
    jouw jullie kan kun kunnen kunt maar mag me mee met mij mijn mogen moet moeten naar nee niet nog nu of om omdat
    ons onze ook op over per te toch toe tot u uit uw van veel via voor waar waarom wanneer want waren was wat we
    wel welk welke wie wij wil willen wilt word worden wordt zal ze zich zij zijn zo zou zouden zullen

    am an and any are as at be been but by can could did do does for from get had has have her his how i if
    into it its may must my no not or our please shall should so than that the their them there these they this
    to us want was were what when where which who why will with would you your
    """.split()  # a list this long reads better as text
)
"""Dutch and English words that say nothing about the subject. 'a' is not one: contracts are called A, B and C."""

_QUOTES = dict.fromkeys(map(ord, "‘’‚‛`´′ʹʼ＇"), "'") | dict.fromkeys(map(ord, "“”„‟″«»＂"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_LETTERS = dict(zip(map(ord, "æœøßıłđð"), ("ae", "oe", "o", "ss", "i", "l", "d", "d"), strict=True))
_PLAIN = _LETTERS | _QUOTES | _DASHES
_MAY_BE_HIDDEN = re.compile("[^\x00-\xac\xae-\xff]")
"""The soft hyphen and everything beyond Latin-1: no other letter of Latin-1 is a mark or hidden."""

_ATOM = r"(?:\d+(?:[.,:]\d+)+|[^\W_]+(?:'[^\W_]+)*)"
_WORD = re.compile(rf"{_ATOM}(?:-{_ATOM})*")

_Split = tuple[int, int, tuple[int, ...], tuple[str, ...]]
"""Number of parts, linking letters, negative lengths of the parts from the last on, and the parts."""

_stemmers = threading.local()


def fold(text: str) -> str:
    """`text` in lower case without accents, ligatures, hidden characters and typographic quotes or dashes.

    Idempotent. Accents that a scanner put on the wrong letter vanish with the right ones.
    """
    if text.isascii():
        return text.lower().replace("`", "'")  # the same, and ten times as fast
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES)).lower()  # a loose accent may be a quote
    folded = unicodedata.normalize("NFD", folded)
    return unicodedata.normalize("NFKC", _MAY_BE_HIDDEN.sub(_if_seen, folded)).translate(_PLAIN)


def _if_seen(match: re.Match[str]) -> str:
    """A character, but for an accent of its own or a hidden one."""
    return "" if unicodedata.category(match.group()) in ("Mn", "Me", "Cf") else match.group()


def words(text: str) -> list[str]:
    """The folded words and numbers of `text`, in order; a hyphenated word is followed by its parts.

    Numbers keep their points, commas and colons ('300.000', '2.7', '17:00').
    """
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        found.append(word)
        if "-" in word:
            found.extend(word.split("-"))
    return found


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    stemmer = getattr(_stemmers, "dutch", None)
    if stemmer is None:  # a stemmer is not safe to share between threads
        stemmer = _stemmers.dutch = Stemmer.Stemmer(STEMMER_NAME)
    return str(stemmer.stemWord(word))


def split_compound(word: str, vocabulary: Collection[str]) -> tuple[str, ...]:
    """The parts of a folded compound without their linking letters; empty where it cannot be split.

    Every part has at least `PART_LETTERS` letters and stands in `vocabulary` (folded words); the
    last part, which bears the inflection, may stand there as its stem. The fewest parts win, then
    the fewest linking letters, then the longest last part. Pass a set: each look-up is a hash.
    """
    if not 2 * PART_LETTERS <= len(word) <= LONGEST_WORD_LETTERS or not word.isalpha():
        return ()
    end = len(word)
    splits: dict[int, _Split] = {end: (0, 0, (), ())}
    for start in range(end - PART_LETTERS, -1, -1):
        best = min(_splits_from(word, start, splits, vocabulary), default=None)
        if best is not None:
            splits[start] = best
    return splits[0][3] if 0 in splits else ()


def _splits_from(word: str, start: int, splits: dict[int, _Split], vocabulary: Collection[str]) -> list[_Split]:
    """The ways to split `word[start:]`, given the best for every later start."""
    end = len(word)
    ways: list[_Split] = []
    for stop in range(start + PART_LETTERS, end + 1):
        part = word[start:stop]
        if (start, stop) == (0, end) or not _is_part(part, vocabulary, is_last=stop == end):
            continue
        for link in LINKS:
            after = stop + len(link)
            if after not in splits or not word.startswith(link, stop) or (link and after == end):
                continue
            count, links, lengths, parts = splits[after]
            ways.append((count + 1, links + len(link), (*lengths, -len(part)), (part, *parts)))
    return ways


def _is_part(part: str, vocabulary: Collection[str], *, is_last: bool) -> bool:
    if part in STOP_WORDS:
        return False
    return part in vocabulary or (is_last and stem(part) in vocabulary)


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Start and end (excluded) in `text` of the first place where `quote` stands; None where it does not.

    Any run of white space equals any other; everything else must be the same, accents and case included.
    """
    pieces = quote.split()
    if not pieces:
        return None
    match = re.search(r"\s+".join(map(re.escape, pieces)), text)
    return match.span() if match else None
