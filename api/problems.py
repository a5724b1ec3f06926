"""What a caller sees when a request fails: `application/problem+json` (RFC 9457), in Dutch.

A problem never repeats what the caller sent, not even the name of an unknown field: what comes
in may hold personal data, and what goes out is often logged.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from api.review_schemas import ApprovedIn, DecisionIn, FeedbackIn
from api.schemas import Ask, RuleAsk, ScopeIn
from knowledge.errors import LoketError, SnapshotError, StoreError

log = logging.getLogger("loket.api")

MEDIA_TYPE = "application/problem+json"

# The innermost calls of a crash; those above them are the web framework's.
FRAMES_AT_MOST = 8


class ProblemRecord(BaseModel):
    """The body of a failed request."""

    type: str = Field(description="stable name of the kind of problem, `urn:loket:problem:...`")
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = Field(default=None, description="per field: `field` and `message`")
    request_id: str | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of problem; `name` is part of the public interface."""

    name: str
    status: int
    title: str
    detail: str


MALFORMED = Kind("malformed", 400, "Ongeldige JSON", "De inhoud van het verzoek is geen geldige JSON.")
MISSING = Kind("not-found", 404, "Niet gevonden", "Wat u vraagt, is er niet (meer).")
UNKNOWN_POLICY = Kind("unknown-policy", 404, "Niet gevonden", "Er is geen inkoopbeleid met dit kenmerk.")
UNKNOWN_INSURER = Kind(
    "unknown-insurer", 404, "Niet gevonden", "Van deze zorgverzekeraar is hier geen inkoopbeleid bekend."
)
UNKNOWN_PASSAGE = Kind("unknown-passage", 404, "Niet gevonden", "Dit inkoopbeleid heeft geen passage met dit kenmerk.")
UNKNOWN_RECEIPT = Kind("unknown-receipt", 404, "Niet gevonden", "Er is geen ontvangstbewijs met dit kenmerk (meer).")
UNKNOWN_RULE = Kind("unknown-rule", 404, "Niet gevonden", "Er is geen regel met deze naam.")
UNKNOWN_CONVERSATION = Kind("unknown-conversation", 404, "Niet gevonden", "Er is geen gesprek met dit kenmerk (meer).")
UNKNOWN_REVIEW = Kind("unknown-review", 404, "Niet gevonden", "Er is niets te beoordelen met dit kenmerk (meer).")
UNKNOWN_APPROVED = Kind(
    "unknown-approved", 404, "Niet gevonden", "Er is geen goedgekeurd antwoord met dit kenmerk (meer)."
)
NOT_SIGNED_IN = Kind("not-signed-in", 401, "Niet aangemeld", "Stuur een geldige sleutel mee om dit te zien of te doen.")
FORBIDDEN = Kind("forbidden", 403, "Niet toegestaan", "Met deze sleutel mag u dit niet zien of doen.")
FOREIGN_ORIGIN = Kind(
    "origin-not-allowed", 403, "Website niet toegestaan", "Deze website mag de assistent niet gebruiken."
)
METHOD = Kind("method-not-allowed", 405, "Methode niet toegestaan", "Dit adres kent deze methode niet.")
SLOW_BODY = Kind(
    "request-timeout", 408, "Verzoek duurde te lang", "De inhoud van het verzoek kwam niet op tijd binnen."
)
TOO_LARGE = Kind("too-large", 413, "Verzoek te groot", "De inhoud van het verzoek is groter dan 32 kB.")
MEDIA = Kind("unsupported-media-type", 415, "Onbekend soort inhoud", "Stuur het verzoek als application/json.")
INVALID = Kind("invalid", 422, "Ongeldig verzoek", "Een of meer velden zijn niet goed ingevuld.")
TOO_MANY = Kind(
    "too-many-questions",
    429,
    "Te veel vragen",
    "U stelt nu te veel vragen achter elkaar. Wacht even en probeer het dan weer.",
)
INTERNAL = Kind("internal", 500, "Er ging iets mis", "Er ging iets mis. Probeer het later opnieuw.")
BUSY = Kind("busy", 503, "Het is druk", "Het is nu erg druk. Probeer het zo meteen opnieuw.")
SLOW_ANSWER = Kind(
    "answer-timeout", 503, "Antwoord duurde te lang", "Het antwoord duurde te lang. Probeer het opnieuw."
)
NOT_READY = Kind(
    "not-ready", 503, "Nog niet gereed", "De beleidsteksten zijn nu niet beschikbaar. Probeer het later opnieuw."
)
STORE_AWAY = Kind("store-away", 503, "Nu niet mogelijk", StoreError.public_message)
CLOSED = Kind(
    "closed", 503, "Tijdelijk gesloten", "Deze assistent beantwoordt nu geen vragen. Probeer het later opnieuw."
)

READING = (INVALID, INTERNAL, NOT_READY)
"""How every route that reads what is on file can fail."""
BODY = (MALFORMED, SLOW_BODY, TOO_LARGE, MEDIA, INVALID)
"""How every route that takes JSON can fail."""

_BY_STATUS = {kind.status: kind for kind in (MALFORMED, MISSING, METHOD, TOO_LARGE, MEDIA, INVALID, TOO_MANY)}

# The only field names that may appear in a problem; any other name came from the caller.
_FIELDS = frozenset(
    {*Ask.model_fields, *ScopeIn.model_fields, *RuleAsk.model_fields, "q", "k", "policy_id", "passage_id", "name"}
    | {*FeedbackIn.model_fields, *DecisionIn.model_fields, *ApprovedIn.model_fields, "state", "item_id", "at_most"}
    | {"receipt_id", "insurer", "year", "care", "lang", "against", "neighbours"}
)

_MESSAGES = {
    "missing": "Dit veld ontbreekt.",
    "extra_forbidden": "Dit veld bestaat niet.",
    "string_type": "Dit veld moet tekst zijn.",
    "string_pattern_mismatch": "Deze waarde heeft niet de goede vorm.",
    "string_too_long": "Deze tekst is te lang.",
    "string_too_short": "Deze tekst is te kort.",
    "question_empty": "Stel een vraag.",
    "question_too_long": "Een vraag telt ten hoogste 1.000 tekens.",
    "literal_error": "Deze waarde is niet een van de mogelijke waarden.",
    "int_parsing": "Dit veld moet een geheel getal zijn.",
    "int_type": "Dit veld moet een geheel getal zijn.",
    "greater_than_equal": "Dit getal is te klein.",
    "less_than_equal": "Dit getal is te groot.",
}


class Problem(Exception):
    """A request that fails on purpose.

    `headers` go out with the answer; `errors` says per field what is wrong; `more` is said after the kind's detail.
    """

    def __init__(
        self,
        kind: Kind,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
        more: str = "",
    ):
        super().__init__(kind.name)
        self.kind = kind
        self.headers = dict(headers or {})
        self.errors = [dict(error) for error in errors]
        self.detail = f"{kind.detail} {more}".strip()

    def record(self) -> dict[str, Any]:
        """The body, as RFC 9457 names it."""
        kind = self.kind
        body: dict[str, Any] = {
            "type": f"urn:loket:problem:{kind.name}",
            "title": kind.title,
            "status": kind.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = self.errors
        return body

    def response(self, request_id: str | None = None) -> JSONResponse:
        """The answer to send; `request_id` lets an operator find the log line."""
        body = self.record() | ({"request_id": request_id} if request_id else {})
        headers = {"Cache-Control": "no-store", "Content-Language": "nl"} | self.headers
        return JSONResponse(body, status_code=self.kind.status, media_type=MEDIA_TYPE, headers=headers)


def busy(kind: Kind, retry_after_seconds: float) -> Problem:
    """A problem that says when to come back, rounded up to whole seconds."""
    return Problem(kind, headers={"Retry-After": str(max(1, -int(-retry_after_seconds // 1)))})


def documented(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI `responses` for a route that can fail in these ways."""
    schema = ProblemRecord.model_json_schema()
    responses: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        entry = responses.setdefault(
            kind.status, {"description": kind.title, "content": {MEDIA_TYPE: {"schema": schema}}}
        )
        if kind.title not in entry["description"]:
            entry["description"] += f"; {kind.title}"
        if kind in (TOO_MANY, BUSY, SLOW_ANSWER, NOT_READY, STORE_AWAY, CLOSED):
            entry["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
    return responses


def field_errors(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Say in Dutch which field is wrong and why, without a word of the input; at most ten."""
    told: list[dict[str, str]] = []
    for error in errors:
        names = [part for part in error.get("loc", ()) if isinstance(part, str) and part in _FIELDS]
        entry = {
            "field": ".".join(names),
            "message": _MESSAGES.get(str(error.get("type")), "Deze waarde is ongeldig."),
        }
        if entry not in told:
            told.append(entry)
    return told[:10]


def as_problem(error: Exception) -> Problem:
    """Translate what went wrong into a problem; anything unforeseen becomes an `internal` one."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return Problem(INVALID, errors=field_errors(error.errors()))
    if isinstance(error, HTTPException):
        unforeseen = INTERNAL if error.status_code >= 500 else MALFORMED
        return Problem(_BY_STATUS.get(error.status_code, unforeseen), headers=error.headers)
    if isinstance(error, SnapshotError):
        return busy(NOT_READY, 5)
    if isinstance(error, StoreError):
        return busy(STORE_AWAY, 5)
    return Problem(INTERNAL)


def report(error: Exception, request_id: str) -> None:
    """Log an unforeseen error with its stack; its message stays out, it may hold a question."""
    told = str(error) if isinstance(error, LoketError) else "(message withheld)"
    stack = "".join(traceback.format_tb(error.__traceback__)[-FRAMES_AT_MOST:])
    log.error("request %s failed: %s: %s\n%s", request_id, type(error).__name__, told, stack)


def install(app: FastAPI) -> None:
    """Answer every foreseen error of `app` with a problem."""

    async def handle(request: Request, error: Exception) -> JSONResponse:
        request_id = getattr(request.state, "request_id", None)
        problem = as_problem(error)
        if problem.kind is INTERNAL or isinstance(error, (SnapshotError, StoreError)):
            report(error, str(request_id))
        return problem.response(request_id if problem.kind is INTERNAL else None)

    for kind in (Problem, RequestValidationError, HTTPException, SnapshotError, StoreError):
        app.add_exception_handler(kind, handle)
