"""The chat widget: one script for the sites of insurers, and what it shows before the first question."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Annotated

import yaml
from fastapi import APIRouter, Query, Request, Response

from api.problems import READING, UNKNOWN_INSURER, documented
from api.routes import Serving
from api.schemas import ContactOut, WidgetOut, WidgetPolicyOut
from api.suggestions import suggest
from assistant.deadlines import Wanted, fitting
from assistant.handoff import contact_of
from assistant.scope import Understanding
from assistant.turn import Scope

STATIC = Path(__file__).parent / "web" / "static"
STYLES = ("tokens.css", "widget/widget.css")
MODULES = (
    *("dom.js", "stream.js"),
    *(f"widget/{name}.js" for name in ("bsn", "agenda", "mail", "kept", "scope", "checklist", "sources", "feedback")),
    *("widget/answer.js", "widget/panel.js", "widget/element.js"),
)
"""The parts of the script, each after those that it imports."""

_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|class|const)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*\n|^\s*/\*\*?(?:[^*]|\*(?!/))*\*/\n", re.MULTILINE)

router = APIRouter()

WidgetName = Annotated[str | None, Query(max_length=200)]


def read_widget_strings() -> dict[str, dict[str, str]]:
    """What the widget says, per language."""
    with (STATIC.parent / "widget.yaml").open(encoding="utf-8") as file:
        strings: dict[str, dict[str, str]] = yaml.safe_load(file)
    return strings


def widget_script() -> str:
    """The widget as one classic script: its modules without their imports, its style sheet and its sentences.

    The modules share one scope here: no two of them may name a thing alike.
    """
    parts = [_plain((STATIC / name).read_text("utf-8")) for name in MODULES]
    styles = "".join(_COMMENT.sub("", (STATIC / name).read_text("utf-8")) for name in STYLES)
    held = f"const STYLES = {_literal(styles)};\nconst STRINGS = {_literal(read_widget_strings())};\n"
    return '(() => {\n"use strict";\nconst SCRIPT = document.currentScript;\n' + held + "".join(parts) + "})();\n"


def _plain(module: str) -> str:
    return _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", module)))


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=True)


_SCRIPT = widget_script().encode()
_ETAG = f'"{hashlib.sha256(_SCRIPT).hexdigest()[:20]}"'


@router.get("/widget.js", include_in_schema=False)
async def get_widget(request: Request) -> Response:
    """The script; a browser asks again whether it changed."""
    headers = {"ETag": _ETAG, "Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
    if request.headers.get("if-none-match") == _ETAG:
        return Response(status_code=304, headers=headers)
    return Response(_SCRIPT, media_type="text/javascript; charset=utf-8", headers=headers)


@router.get(
    "/v1/widget",
    responses=documented(UNKNOWN_INSURER, *READING),
    tags=["policies"],
    summary="What a widget shows before the first question",
)
async def get_widget_start(
    service: Serving,
    insurer: WidgetName = None,
    year: Annotated[int | None, Query()] = None,
    care: WidgetName = None,
    lang: Annotated[str, Query(max_length=10)] = "nl",
) -> WidgetOut:
    """Whom it speaks for and whom to ask; suggestions for the page's care type and year, where policies fit these."""
    name = service.insurer(insurer) if insurer is not None else None
    texts = service.shelf.current().snapshot.texts
    policies = fitting([text.policy for text in texts.values()], Wanted(name))
    near = fitting(policies, Wanted(year=year, care=care)) or fitting(policies, Wanted(care=care)) or policies
    language = "en" if lang == "en" else "nl"
    contact = contact_of(texts, Understanding(Scope(), tuple(near)))
    return WidgetOut(
        insurer=name,
        contact=ContactOut(email=contact[0], insurer=contact[1]) if contact else None,
        policies=[
            WidgetPolicyOut.model_validate(p.model_dump(include=set(WidgetPolicyOut.model_fields))) for p in policies
        ],
        suggestions=suggest(near, language),
    )
