"""`/helpdesk`: the screen of an employee with a provider on the line.

The page itself holds no data and is served to all; its script asks the JSON interface for everything,
with the employee's token where the server wants one.
"""

from __future__ import annotations

import json

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages import STRINGS, WEB, Lang, render
from api.schemas import QUESTION_CHARACTERS_AT_MOST

PREFIX = "helpdesk_"

# All that main.js imports, so that a browser asks for them at once and not one after the other.
MODULES = (
    "dom.js",
    *sorted(f"helpdesk/{path.name}" for path in (WEB / "static" / "helpdesk").glob("*.js") if path.stem != "main"),
)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/helpdesk")
async def helpdesk_page(lang: Lang = "nl") -> HTMLResponse:
    """The helpdesk's screen, with what its script says."""
    language = lang if lang in STRINGS else "nl"
    strings = {name.removeprefix(PREFIX): text for name, text in STRINGS[language].items() if name.startswith(PREFIX)}
    return render(
        "helpdesk.html",
        language,
        strings=json.dumps(strings, ensure_ascii=False),
        longest=QUESTION_CHARACTERS_AT_MOST,
        modules=MODULES,
    )
