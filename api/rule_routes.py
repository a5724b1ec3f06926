"""The JSON interface of the rules: which there are, one with its proof, a run; and the planned dates."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from api.calendar_file import FILE_NAME, MEDIA_TYPE, calendar_file
from api.problems import (
    BODY,
    INVALID,
    NOT_SIGNED_IN,
    READING,
    STORE_AWAY,
    UNKNOWN_POLICY,
    UNKNOWN_RULE,
    Problem,
    documented,
)
from api.roles import day_for
from api.routes import Serving
from api.schemas import Day, DeadlinesOut, RuleAsk, RuleDetailOut, RuleOut, RuleRunOut, RulesOut
from api.shelf import OpenSnapshot
from assistant.deadlines import Deadline, Wanted, deadlines
from assistant.receipts import rule_receipt
from assistant.rule_descriptions import describe_rule, rule_heading
from assistant.rule_facts import FactFault, read_facts, specs_of
from assistant.rule_runs import run_cited
from knowledge.rules.proven import ProvenRule
from knowledge.rules.rulebook import Rulebook

router = APIRouter()

_ON_A_DAY = (*READING, NOT_SIGNED_IN, STORE_AWAY)

RuleName = Annotated[str, Path(max_length=200, description="policy_id.rule_id")]
InLanguage = Annotated[Literal["nl", "en"], Query()]
FilterName = Annotated[str | None, Query(max_length=200)]
FilterYear = Annotated[int | None, Query()]


@router.get("/v1/rules", responses=documented(UNKNOWN_POLICY, *READING), tags=["rules"], summary="List the rules")
async def get_rules(
    service: Serving, policy_id: Annotated[str | None, Query(max_length=100)] = None, language: InLanguage = "nl"
) -> RulesOut:
    """The rules of one policy, or of all; only those that the policy's text proves."""
    snapshot = service.shelf.current().snapshot
    if policy_id is not None and policy_id not in snapshot.texts:
        raise Problem(UNKNOWN_POLICY)
    rules = Rulebook(snapshot.rules).among([policy_id] if policy_id is not None else ())
    return RulesOut(snapshot=snapshot.id, rules=[RuleOut(**rule_heading(rule, language)) for rule in rules])


@router.get("/v1/rules/{name}", responses=documented(UNKNOWN_RULE, *READING), tags=["rules"], summary="One rule")
async def get_rule(service: Serving, name: RuleName, language: InLanguage = "nl") -> RuleDetailOut:
    """What the rule holds, the quotes that prove it, and the facts that it reads."""
    snapshot = service.shelf.current().snapshot
    rule, rulebook = _rule(snapshot, name)
    return RuleDetailOut(snapshot=snapshot.id, **describe_rule(rule, rulebook, snapshot.texts, language))


@router.post(
    "/v1/rules/{name}",
    responses=documented(UNKNOWN_RULE, *BODY, *_ON_A_DAY),
    tags=["rules"],
    summary="Run a rule",
)
async def post_rule(request: Request, service: Serving, name: RuleName, ask: RuleAsk, response: Response) -> RuleRunOut:
    """The outcome for what is known of the asker; what is not known is asked for, never guessed."""
    response.headers["Cache-Control"] = "no-store"
    snapshot = service.shelf.current().snapshot
    rule, rulebook = _rule(snapshot, name)
    given = read_facts(ask.facts, specs_of(rule, rulebook))
    if given.faults:
        raise Problem(INVALID, errors=[_error(fault, ask.language) for fault in given.faults])
    today = await day_for(request, ask.today)
    run = run_cited(rule, given.facts, today=today, language=ask.language, rulebook=rulebook, texts=snapshot.texts)
    receipt = rule_receipt(run.result, rule, source=snapshot, today=today)
    return RuleRunOut(
        result=run.record, citations=list(run.citations), receipt=receipt, today=today, language=ask.language
    )


@router.get("/v1/deadlines", responses=documented(*_ON_A_DAY), tags=["deadlines"], summary="List the planned dates")
async def get_deadlines(
    request: Request,
    service: Serving,
    insurer: FilterName = None,
    year: FilterYear = None,
    care: FilterName = None,
    language: InLanguage = "nl",
    today: Annotated[Day | None, Query()] = None,
) -> DeadlinesOut:
    """What the policies plan, as it stands to today, earliest first; an empty list where nothing on file fits.

    `today` counts only in evaluation and at the helpdesk.
    """
    snapshot, day = service.shelf.current().snapshot, await day_for(request, today)
    found = _deadlines(snapshot, Wanted(insurer, year, care), day, language)
    return DeadlinesOut(snapshot=snapshot.id, today=day, deadlines=found)


@router.get(
    "/v1/deadlines.ics",
    response_class=Response,
    responses=documented(*READING) | {200: {"description": "an iCalendar file", "content": {"text/calendar": {}}}},
    tags=["deadlines"],
    summary="The planned dates as a calendar",
)
async def get_calendar(
    request: Request,
    service: Serving,
    insurer: FilterName = None,
    year: FilterYear = None,
    care: FilterName = None,
    language: InLanguage = "nl",
) -> Response:
    """An all-day event a date; a calendar that subscribes moves an event when its date changes."""
    snapshot = service.shelf.current().snapshot
    found = _deadlines(snapshot, Wanted(insurer, year, care), service.today(), language)
    site = str(request.base_url).rstrip("/")
    content = calendar_file(found, built_at=snapshot.built_at, site=site, language=language)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Content-Language": language}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _rule(snapshot: OpenSnapshot, name: str) -> tuple[ProvenRule, Rulebook]:
    rulebook = Rulebook(snapshot.rules)
    rule = rulebook.get(name)
    if rule is None:
        raise Problem(UNKNOWN_RULE)
    return rule, rulebook


def _error(fault: FactFault, language: str) -> dict[str, str]:
    """The fault without a word of the input: a name that the rule does not know is not repeated."""
    field = f"facts.{fault.name}" if fault.name else "facts"
    wanted = fault.wanted.in_language(language)
    return {"field": field, "message": f"{wanted[0].upper()}{wanted[1:]}."}


def _deadlines(snapshot: OpenSnapshot, wanted: Wanted, today: dt.date, language: str) -> list[Deadline]:
    return deadlines(snapshot.texts, Rulebook(snapshot.rules), today=today, wanted=wanted, language=language)
