"""How addresses look in policies, questions and answers."""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|(?:\+31[\s-]?|\b0)\d{1,3}[\s-]?(?:\d[\s-]?){6,8}\b|\bPostbus\s+\d+)"
)
"""An e-mail address, a web address, a telephone number or a post box."""
