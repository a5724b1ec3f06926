"""Mending a query before search: typing errors, lost spaces, and compounds typed as separate words.

A mend never takes the typed word away from the search: it stands beside it with a lower weight,
because a word that no policy holds may still be a right one. Words of e-mail addresses, links,
numbers and codes are left as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.dutch import LONGEST_WORD_LETTERS, PART_LETTERS, STOP_WORDS, fold, split_compound, stem, words
from knowledge.near_words import LEAST_LETTERS, NearWords

TWO_ERRORS_LETTERS = 8
"""From this length on a word may hold two errors; shorter ones are as near to another real word."""
ENGLISH_LETTERS = 5
"""The shortest word of an English question that is looked at: the policies know few English words."""
SHORT_QUESTION_WORDS = 4
"""Up to this length one English word makes a question English, else two."""
RELIABLE_COUNT = 3
"""A word that stands only in questions is taken for right from this count on: who asks makes errors too."""
DOUBTFUL_LETTERS = 7
"""From this length on a word known from questions alone may be an error for a word `FAR_MORE_COMMON`."""
FAR_MORE_COMMON = 40

ONE_ERROR_WEIGHT, TWO_ERRORS_WEIGHT = 0.8, 0.6
"""What a correction counts beside the typed word, whose own weight is 1."""
SPACE_WEIGHT = 0.7
"""The same for words that were typed together, and for a compound that was typed apart."""
SECOND_SHARE = 0.6
"""What the second correction of a word counts, as a share of the first."""

JOINED_LETTERS = 3
"""The shortest part of a compound that was typed apart, where both parts are words."""
REMEMBERED_WORDS = 20_000

_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"@|://|^www\.|\w\.[a-z]{2,}", re.IGNORECASE)
_PIECE = re.compile(r"\w+(?:['’\-‐‑.,:]\w+)*")
_GLUED_NUMBER = re.compile(r"(\d+)([a-z]{3,})|([a-z]{3,})(\d{4})")
"""A number before a word, or a year behind one; 'covid19' and the like are names."""
_ENGLISH = frozenset(
    """the and you your my our are what when where which who how can must not for do does did with to if will would
    have has please should there any they their it could from be been by this that these those about""".split()
)
"""No Dutch words among them."""
_GLUED = frozenset(
    """de het een van voor met naar bij niet geen mijn ons onze jullie wij kan mag wil moet hoe wat wie waar wanneer
    welk welke dat die dit over wordt worden""".split()
)
"""What is typed against the word beside it. Prepositions of two letters are mostly a verb's own ('opvragen')."""
_PREFIXES = frozenset({"voor", "bij", "over"})
"""These begin verbs too: the word behind must be long, and no form of a verb."""


@dataclass(frozen=True)
class Piece:
    """A word of a query: where it stands (`end` excluded) and how it folds."""

    start: int
    end: int
    word: str


@dataclass(frozen=True)
class Mend:
    """What a stretch of a query (`end` excluded) should have been, and the words to search for besides."""

    start: int
    end: int
    text: str
    terms: Mapping[str, float] = field(default_factory=dict)


class Speller:
    """Knows the words of the policies and of those who ask about them. Safe to share between threads."""

    def __init__(self, texts: Iterable[str], names: Iterable[str] = (), asked: Iterable[str] = ()) -> None:
        """Learn words and how common they are.

        `texts`: Dutch policies, whose words are right. `names`: of concepts and organisations, in any
        language, common misspellings among them. `asked`: questions, which hold errors themselves.
        """
        by_language: tuple[list[str], list[str]] = ([], [])
        for question in asked:
            by_language[_is_english(question.lower().split())].append(question)
        written, named, dutch, english = (_count_words(each) for each in (texts, names, *by_language))
        self._counts = written + named + dutch + english
        self._written = frozenset(written) | STOP_WORDS
        often = {word for spoken in (dutch, english) for word, count in spoken.items() if count >= RELIABLE_COUNT}
        trusted = self._written | set(named) | often
        self._trusted = frozenset(trusted)
        self._stems = frozenset(stem(word) for word in trusted if len(word) >= LEAST_LETTERS)
        self._parts = frozenset(word for word in trusted | self._stems if len(word) >= PART_LETTERS)
        self._dutch = NearWords(_among(written + named + dutch, trusted))
        self._english = NearWords(_among(named + english, trusted))
        self._known: dict[str, bool] = {}
        self._last: tuple[str, list[Mend]] = ("", [])
        self._corrections: dict[tuple[str, bool, int], tuple[str, ...]] = {}

    def correct(self, word: str) -> tuple[str, ...]:
        """The folded Dutch words that `word` was likely meant to be, likeliest first.

        Empty where the word is known, too short, no word (a number, a code), or far from every known one.
        """
        folded = fold(word)
        return self._corrected(folded, 1) or self._corrected(folded, 2)

    def expand(self, query: str) -> dict[str, float]:
        """Words to search for besides those of `query`, each with its weight (above 0, below 1)."""
        terms: dict[str, float] = {}
        for mend in self._mends(query):
            for word, weight in mend.terms.items():
                if word not in STOP_WORDS:
                    terms[word] = max(weight, terms.get(word, 0.0))
        return terms

    def mended(self, query: str) -> str:
        """`query` with the likeliest words in place of the wrong ones; as it was given where nothing is wrong."""
        text = unicodedata.normalize("NFC", query)
        mends = self._mends(text)
        for mend in reversed(mends):
            text = f"{text[: mend.start]}{mend.text}{text[mend.end :]}"
        return text if mends else query

    def _mends(self, query: str) -> list[Mend]:
        """The mends of `query`, in order, without overlap; their places count in its composed form.

        Those of the last query are remembered: a search asks for them several times.
        """
        last, mends = self._last
        if last != query:
            mends = self._found_mends(query)
            self._last = (query, mends)  # one assignment, so that threads see a pair that belongs together
        return mends

    def _found_mends(self, query: str) -> list[Mend]:
        text = unicodedata.normalize("NFC", query)
        pieces = list(_pieces(text))
        is_english = _is_english([piece.word for piece in pieces])
        mends: list[Mend] = []
        place = 0
        while place < len(pieces):
            joined = None if is_english else self._joined(text, pieces[place : place + 2])
            mend = joined or (self._mend_english(pieces[place]) if is_english else self._mend(pieces[place]))
            if mend is not None:
                mends.append(mend)
            place += 2 if joined else 1
        return mends

    def _joined(self, text: str, pair: Sequence[Piece]) -> Mend | None:
        """The compound that was typed as two words; None where they are none."""
        if len(pair) < 2 or not text[pair[0].end : pair[1].start].isspace():
            return None
        first, second = (piece.word for piece in pair)
        if self._is_known(first) and self._is_known(second):
            are_words = min(len(first), len(second)) >= JOINED_LETTERS and not {first, second} & STOP_WORDS
            if not are_words or second.endswith("en"):  # mostly a verb: 'zorg inkopen'
                return None
        for compound in (first + second, f"{first}s{second}"):
            if len(compound) >= 2 * JOINED_LETTERS and compound in self._trusted:
                return Mend(pair[0].start, pair[1].end, compound, {compound: SPACE_WEIGHT})
        return None

    def _mend_english(self, piece: Piece) -> Mend | None:
        if len(piece.word) < ENGLISH_LETTERS:
            return None
        return _as_mend(piece, self._corrected(piece.word, 1, is_english=True), ONE_ERROR_WEIGHT)

    def _mend(self, piece: Piece) -> Mend | None:
        """What one word should have been: one error first, then a lost space, then two errors."""
        word = piece.word
        apart = _number_and_word(word)
        if apart and all(part.isdigit() or part in self._trusted for part in apart):
            return _as_apart(piece, apart)
        one_error = _as_mend(piece, self._corrected(word, 1), ONE_ERROR_WEIGHT)
        if one_error is not None or self._is_known(word) or word in self._counts:
            return one_error
        glued = self._glued(word)
        return _as_apart(piece, glued) if glued else _as_mend(piece, self._corrected(word, 2), TWO_ERRORS_WEIGHT)

    def _corrected(self, word: str, errors: int, *, is_english: bool = False) -> tuple[str, ...]:
        """The corrections of a folded word, remembered."""
        key = (word, is_english, errors)
        found = self._corrections.get(key)
        if found is None:
            found = self._look_up(word, errors, self._english if is_english else self._dutch)
            if len(self._corrections) >= REMEMBERED_WORDS:
                self._corrections = {}
            self._corrections[key] = found
        return found

    def _look_up(self, word: str, errors: int, near_words: NearWords) -> tuple[str, ...]:
        if not LEAST_LETTERS <= len(word) <= LONGEST_WORD_LETTERS or not word.isalpha() or word in self._written:
            return ()
        if word in self._counts:
            return self._far_more_common(word, near_words)
        if self._is_known(word) or (errors > 1 and len(word) < TWO_ERRORS_LETTERS):
            return ()
        found = near_words.nearest(word, errors)
        better = (self._far_more_common(near, near_words) or (near,) for near in found)
        found = tuple(dict.fromkeys(near for each in better for near in each))
        return found if found or errors == 1 else self._with_corrected_part(word)

    def _far_more_common(self, word: str, near_words: NearWords) -> tuple[str, ...]:
        """The words beside which one that was asked or named, but stands in no policy, is an error."""
        if len(word) < DOUBTFUL_LETTERS or word in self._written:
            return ()
        least = FAR_MORE_COMMON * self._counts[word]
        return tuple(near for near in near_words.nearest(word, 1) if self._counts[near] >= least)

    def _with_corrected_part(self, word: str) -> tuple[str, ...]:
        """A compound of two written words of which one holds one error; the longest right one wins."""
        found: list[tuple[int, str]] = []
        for cut in range(LEAST_LETTERS, len(word) - LEAST_LETTERS + 1):
            first, second = word[:cut], word[cut:]
            for right, wrong in ((first, second), (second, first)):
                if len(wrong) <= LEAST_LETTERS or right not in self._written or right in STOP_WORDS:
                    continue
                for near in self._dutch.nearest(wrong, 1)[:1]:
                    if near in self._written and near not in STOP_WORDS:
                        found.append((len(right), first + near if right == first else near + second))
        return (max(found)[1],) if found else ()

    def _glued(self, word: str) -> tuple[str, ...]:
        """The two words that were typed without a space, the longer one first found; empty where there are none."""
        for cut in range(len(word) - 2, 1, -1):
            first, second = word[:cut], word[cut:]
            if second in _GLUED and len(first) >= LEAST_LETTERS and first in self._trusted:
                return first, second
            if first in _GLUED and len(second) >= LEAST_LETTERS and second in self._trusted:
                is_verb = second.endswith("en") or second.startswith("ge") or len(second) <= DOUBTFUL_LETTERS
                if first not in _PREFIXES or not is_verb:
                    return first, second
        return ()

    def _is_known(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            by_stem = len(word) >= LEAST_LETTERS and stem(word) in self._stems
            known = word in self._trusted or by_stem or bool(split_compound(word, self._parts))
            if len(self._known) >= REMEMBERED_WORDS:
                self._known = {}
            self._known[word] = known
        return known


def _as_mend(piece: Piece, found: Sequence[str], weight: float) -> Mend | None:
    if not found:
        return None
    return Mend(piece.start, piece.end, found[0], {each: weight * SECOND_SHARE**n for n, each in enumerate(found)})


def _as_apart(piece: Piece, parts: Sequence[str]) -> Mend:
    return Mend(piece.start, piece.end, " ".join(parts), dict.fromkeys(parts, SPACE_WEIGHT))


def _among(counts: Mapping[str, int], trusted: Iterable[str]) -> dict[str, int]:
    return {word: counts[word] for word in trusted if word in counts}


def _count_words(texts: Iterable[str]) -> Counter[str]:
    """How often each folded word of letters alone stands in the texts."""
    tokens = Counter(token for text in texts for token in text.split())
    counts: Counter[str] = Counter()
    for token, count in tokens.items():  # folding is slow: each token once
        folded = [token.lower()] if token.isascii() and token.isalpha() else words(token)
        for word in folded:
            if word.isalpha():
                counts[word] += count
    return counts


def _pieces(text: str) -> Iterator[Piece]:
    """The words of `text` with their places; addresses and links are left out."""
    for token in _TOKEN.finditer(text):
        if _ADDRESS.search(token.group()):
            continue
        for match in _PIECE.finditer(token.group()):
            word = match.group()
            folded = word.lower() if word.isascii() else fold(word)  # the same, and fast
            yield Piece(token.start() + match.start(), token.start() + match.end(), folded)


def _number_and_word(word: str) -> tuple[str, ...]:
    match = _GLUED_NUMBER.fullmatch(word)
    return tuple(part for part in match.groups() if part) if match else ()


def _is_english(asked: Sequence[str]) -> bool:
    english = sum(word in _ENGLISH for word in asked)
    return english > 1 or (english == 1 and len(asked) <= SHORT_QUESTION_WORDS)
