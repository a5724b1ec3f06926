"""Words that only point back to what was said before: 'ook zo'n eis', 'zoiets', 'diezelfde dag', 'such a rule too'.

They tell that something was asked before, and nothing of what is asked now: no question that a card answers has them.
"""

from __future__ import annotations

import re

_COUNTS = r"(?:\d|een\b|twee\b|drie\b|vier\b|vijf\b|zes\b|zeven\b|acht\b|negen\b|tien\b|\w*(?:tig|honderd|duizend)\b)"
_LIKE = r"(?:(?:dan|net|ook|wel) )*"
"""What stands in front of such words and points back with them: 'dan ook zo'n'."""
_PLAIN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (rf"\b{_LIKE}zo['’]n (?!{_COUNTS})(?=\w)", "een "),  # 'zo'n 20 fte' is about twenty
        (rf"\b{_LIKE}zoiets\b", "iets"),
        (rf"\b{_LIKE}(?:zulke?|dergelijke?|soortgelijke?) (?=\w)", ""),
        (r"\b(die|dat)zelfde (?=\w)", r"\1 "),
        (r"\b(that|this|those|these) same (?=\w)", r"\1 "),
        (r"\bsuch (an? )(?=\w)", r"\1"),
        (r"\b(?:(?:dan )?ook|net zo goed|even(?:eens|zeer|goed)|likewise|also) (?=\w)", ""),
        (r",? (?:(?:dan )?ook|eveneens|too|as well|likewise)(?= ?(?:[?.!]|$))", ""),
    )
)


def without_pointing(text: str) -> str:
    """A text without the words in it that only point back; what stands behind them names the subject itself."""
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return text
