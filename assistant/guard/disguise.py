"""What a text says beneath a disguise: letters spaced out, digits for letters, turned round, or encoded."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from knowledge.dutch import fold

_SPACED = re.compile(r"(?<![a-z])(?:[a-z](?:\s{1,3}|[.\-_*|/])){5,}[a-z](?![a-z])")
_LINKED = re.compile(r"(?<=[a-z])[-._*|~](?=[a-z])")
_LEET_WORD = re.compile(r"(?=\S*[a-z])(?=\S*[0134578@$|])[a-z0134578@$|]{3,}")
_LEET = str.maketrans("0134578@$|", "oieastbasl")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{16,}={0,2}(?![A-Za-z0-9+/_=-])")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2}[ :]?){10,}(?![0-9A-Za-z])")
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2}){2}|&#x?[0-9A-Fa-f]{2,5};|\\u00[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(r"\\(?:u00|x)([0-9A-Fa-f]{2})")
_WORDS = re.compile(r"[A-Za-z]{2,}(?:[ ,.'!?:;-]+[A-Za-z]+)+")

SAID_SHARE = 0.9
"""Decoded bytes of which so large a part is words were hidden on purpose."""


def beneath(text: str) -> Iterator[str]:
    """What `text` may say beneath a disguise, folded; only where there are signs of one."""
    folded = fold(text)
    if _SPACED.search(folded):
        yield _SPACED.sub(lambda spaced: re.sub(r"[^a-z]", "", spaced.group()), folded)
        yield re.sub(r"[^a-z]", "", folded)
    if _LINKED.search(folded):
        yield _LINKED.sub("", folded)
    if _LEET_WORD.search(folded):
        yield _LEET_WORD.sub(lambda word: word.group().translate(_LEET), folded)
    if _ESCAPED.search(text):
        plain = html.unescape(unquote(text))
        yield fold(_ESCAPE.sub(lambda code: chr(int(code.group(1), 16)), plain))
    yield folded[::-1]
    yield codecs.decode(folded, "rot13")
    yield from map(fold, encoded(text))


def encoded(text: str) -> Iterator[str]:
    """Sentences in base64 or hexadecimal figures, decoded; a code that is no sentence is left alone."""
    for match in _BASE64.finditer(text):
        code = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        try:
            said = base64.b64decode(code + "=" * (-len(code) % 4), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if _is_sentence(said):
            yield said
    for match in _HEX.finditer(text):
        try:
            said = bytes.fromhex(re.sub(r"[ :]", "", match.group())).decode("utf-8")
        except (ValueError, UnicodeDecodeError):
            continue
        if _is_sentence(said):
            yield said


def _is_sentence(said: str) -> bool:
    words = sum(len(match.group()) for match in _WORDS.finditer(said))
    return words >= SAID_SHARE * len(said.strip()) > 0
