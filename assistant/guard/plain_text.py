"""The one door by which an asker's words come in: text as a reader would see it, before anything looks at it.

Guard, search, receipts and log lines all get what comes out of here, so that nobody can hide a word
from one of them and show it to another.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_CHARS = 4000
"""Of a question in process; the HTTP interface takes less."""
MARKS_IN_A_ROW_AT_MOST = 3

_ORDINARY = re.compile(r"[\t\n\x20-\x7e]*")
# Letters by category, and invisible: fillers that hide text from a reader.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_STYLED = ("<font>", "<wide>", "<narrow>", "<circle>", "<square>")
"""Ways to write a letter or digit otherwise that Unicode has a plain one for."""

_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_TWINS = str.maketrans(
    # Cyrillic, then Greek: letters that look like a Latin one.
    "асԁеһіјӏкорԛѕтуѵԝхүгвмнАВСЕНІЈКМОРЅТХУ" + "αβορτυνικχγεηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "acdehijlkopqstuvwxyrbmhABCEHIJKMOPSTXY" + "aboptuvikxyenwABEZHIKMNOPTYX",
)
_SMALL_CAPITALS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ", "abcdefghijklmnoprstuvwyzag")


def plain(text: str) -> str:
    """`text` without what a reader does not see, in the letters that a reader takes it for, trimmed.

    Control, zero-width, direction and tag characters go; line breaks and tabs stay; odd spaces become
    plain ones; of a pile of combining marks the first `MARKS_IN_A_ROW_AT_MOST` stay. Letters and digits
    in another style (full width, mathematical, circled) become plain, and so does a word in which Greek
    or Cyrillic letters stand among Latin ones. Idempotent.
    """
    if _ORDINARY.fullmatch(text):
        return text.strip()
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    seen = unicodedata.normalize("NFC", "".join(map(_seen, text)))  # what hid between a letter and its accent is gone
    return _one_alphabet(_without_piles(seen)).strip()


def _seen(character: str) -> str:
    """What a reader sees of one character."""
    if character.isascii() and (character.isprintable() or character in "\n\t"):
        return character
    if _is_hidden(character):
        return ""
    if unicodedata.category(character) == "Zs":
        return " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    style = unicodedata.decomposition(character)
    is_letters = style.startswith("<compat>") and unicodedata.normalize("NFKC", character).isascii()
    if style.startswith(_STYLED) or (is_letters and character.isalnum()):
        return unicodedata.normalize("NFKC", character)
    if "\U0001f150" <= character <= "\U0001f189":  # white letters on a dark round or square
        return chr(ord("A") + (ord(character) - 0x1F150) % 32)
    return character.translate(_SMALL_CAPITALS)


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return category in ("Cc", "Cf", "Cs", "Co", "Cn") or selector or character in _INVISIBLE


def _without_piles(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARKS_IN_A_ROW_AT_MOST:
            kept.append(character)
    return "".join(kept)


def _one_alphabet(text: str) -> str:
    """Words of mixed alphabets in Latin; so is a word of twins alone in a text that is Latin for the most part."""
    latin = len(_LATIN.findall(text))
    is_latin = 2 * latin > sum(character.isalpha() for character in text)

    def latin_word(match: re.Match[str]) -> str:
        word = match.group()
        seen = word.translate(_TWINS)
        if seen == word:
            return word
        is_disguised = _LATIN.search(word) is not None or (is_latin and len(word) > 1 and seen.isascii())
        return seen if is_disguised else word

    return _LETTERS.sub(latin_word, text)
