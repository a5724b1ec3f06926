"""The pages: the demo page with the widget, and the reading view."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from api.markdown import read_markdown
from api.problems import INVALID, UNKNOWN_POLICY, Problem, as_problem, field_errors, report
from api.reading import lay_out
from api.routes import Client, PolicyId, Serving, reading_url
from api.schemas import QUESTION_CHARACTERS_AT_MOST, Ask
from api.service import Service
from api.suggestions import suggest
from assistant.guard.personal_data import mask
from assistant.turn import Answer
from knowledge.records import PolicyText

WEB = Path(__file__).parent / "web"

_MONTHS = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Lang = Annotated[str, Query()]


def static_files() -> StaticFiles:
    """The style sheet and scripts."""
    return StaticFiles(directory=WEB / "static")


def read_strings() -> dict[str, dict[str, str]]:
    """What the pages say, per language."""
    with (WEB / "strings.yaml").open(encoding="utf-8") as file:
        strings: dict[str, dict[str, str]] = yaml.safe_load(file)
    return strings


def _fingerprint() -> str:
    """Changes when a static file does, so that browsers may keep them."""
    digest = hashlib.sha256()
    for path in sorted(path for path in (WEB / "static").rglob("*") if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


STRINGS = read_strings()
_environment = Environment(
    loader=FileSystemLoader(WEB / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(fingerprint=_fingerprint(), reading_url=reading_url)


def long_date(day: dt.date, language: str) -> str:
    """'1 januari 2027'."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def source_link(source: str | None) -> str | None:
    """The web address of a source, if it is one."""
    if source and re.fullmatch(r"(https?://)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/[^\s<>\"]*)?", source):
        return source if source.startswith("http") else f"https://{source}"
    return None


def render(template: str, language: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in `nl` or `en`; any other language is Dutch."""
    language = language if language in STRINGS else "nl"
    html = _environment.get_template(template).render(
        language=language, t=STRINGS[language], date=lambda day: long_date(day, language), **values
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store", "Content-Language": language})


@router.get("/")
async def demo_page(
    request: Request,
    service: Serving,
    client: Client,
    q: str | None = None,
    insurer: str | None = None,
    year: str | None = None,
    care: str | None = None,
    lang: Lang = "nl",
) -> HTMLResponse:
    """A page with the widget on it; with `q`, its answer, for browsers without script."""
    language = lang if lang in STRINGS else "nl"
    try:
        policies = [text.policy for text in service.shelf.current().snapshot.texts.values()]
    except Problem:
        policies = []
    answer, problem = None, None
    q = (q or "").strip()
    if q:
        try:
            answer = await _answer(service, client, q, language, {"insurer": insurer, "year": year, "care": care})
        except Exception as error:  # noqa: BLE001 - the page itself must say what went wrong
            problem = as_problem(error)
            if problem.kind.status == 500:
                report(error, request.state.request_id)
    return render(
        "demo.html",
        language,
        status=problem.kind.status if problem else 200,
        suggestions=suggest(policies, language),
        policies=policies,
        site=str(request.base_url).rstrip("/"),
        longest=QUESTION_CHARACTERS_AT_MOST,
        question=mask(q),
        answer=answer,
        paragraphs=read_markdown(answer.text) if answer else [],
        problem=problem,
        retry_after=problem.headers.get("Retry-After") if problem else None,
    )


async def _answer(service: Service, client: str, q: str, language: str, said: dict[str, str | None]) -> Answer:
    scope: dict[str, str | int] = {name: value for name, value in said.items() if value}
    if "year" in scope and str(scope["year"]).isdecimal() and len(str(scope["year"])) == 4:
        scope["year"] = int(scope["year"])
    try:
        ask = Ask.model_validate(
            {"question": q, "scope": scope or None, "language": language if language == "en" else None}
        )
    except ValidationError as error:
        raise Problem(INVALID, errors=field_errors(error.errors(include_input=False))) from error
    return await service.finish(await service.begin(ask, client))


@router.get("/policies/{policy_id}")
async def reading_page(
    service: Serving, policy_id: PolicyId, passage: str | None = None, lang: Lang = "nl"
) -> HTMLResponse:
    """The whole policy, with the cited passage marked."""
    try:
        policy = service.policy(policy_id)
    except Problem as problem:
        missing = problem.kind is UNKNOWN_POLICY
        return render("missing.html", lang, status=problem.kind.status, missing=missing)
    return await run_in_threadpool(_read, policy, passage, lang, service.today())


def _read(policy: PolicyText, passage_id: str | None, language: str, today: dt.date) -> HTMLResponse:
    cited = next((passage for passage in policy.passages if passage.id == passage_id), None)
    until = policy.policy.valid_until
    return render(
        "reading.html",
        language,
        policy=policy.policy,
        parts=lay_out(policy, cited),
        cited=cited,
        lost=passage_id is not None and cited is None,
        source=source_link(policy.policy.source),
        over=until is not None and until < today,
        today=today,
    )
