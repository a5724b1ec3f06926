"""How addresses look in policies, questions and answers."""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|(?:\+31[\s-]?|\b0)\d{1,3}(?:[\s-]|\s-\s)?(?:\d[\s-]?){6,8}\b|\bPostbus\s+\d+)"
)
"""An e-mail address, a web address, a telephone number or a post box."""


_PHONE = re.compile(r"\b0\d{2,3}(?:[ -]| - )?\d{2}")


def holds_address(text: str) -> bool:
    """Whether a mail or web address or a telephone number stands in a text."""
    return ADDRESS.search(text) is not None or _PHONE.search(text) is not None
