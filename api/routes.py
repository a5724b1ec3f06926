"""The JSON interface: answers, search, policies, health."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.problems import (
    BODY,
    BUSY,
    CLOSED,
    FOREIGN_ORIGIN,
    INTERNAL,
    NOT_READY,
    NOT_SIGNED_IN,
    READING,
    SLOW_ANSWER,
    STORE_AWAY,
    TOO_MANY,
    UNKNOWN_INSURER,
    UNKNOWN_PASSAGE,
    UNKNOWN_POLICY,
    Problem,
    as_problem,
    documented,
    report,
)
from api.roles import day_for
from api.schemas import (
    AliveOut,
    Ask,
    FoundPassage,
    PassageOut,
    PassageWithNeighboursOut,
    PoliciesOut,
    PolicyDetailOut,
    PolicyOut,
    QuestionText,
    ReadyOut,
    SearchOut,
    SectionOut,
)
from api.service import PendingAnswer, Service
from api.suggestions import suggest
from api.told import Told
from assistant.turn import Answer
from knowledge.records import Passage, Policy, Section

if TYPE_CHECKING:
    from knowledge.search import SearchResult

router = APIRouter()

_ASKING = (
    *(*BODY, *READING, NOT_SIGNED_IN, FOREIGN_ORIGIN, UNKNOWN_INSURER),
    *(TOO_MANY, BUSY, SLOW_ANSWER, STORE_AWAY, CLOSED),
)

PolicyId = Annotated[str, Path(max_length=100)]
PassageId = Annotated[str, Path(max_length=300)]
Neighbours = Annotated[int, Query(ge=0, le=5, description="passages before and after it to give along")]


# Both are async although they wait for nothing: anything else would be run in a thread, for which every request would
# have to queue behind the threads that answer.
async def service_of(request: Request) -> Service:
    """The service of this process."""
    service: Service = request.app.state.service
    return service


async def client_of(request: Request) -> str:
    """Who asks, as far as the connection tells."""
    return request.client.host if request.client else "unknown"


Serving = Annotated[Service, Depends(service_of)]
Client = Annotated[str, Depends(client_of)]


def reading_url(policy_id: str, passage_id: str | None = None, language: str = "nl") -> str:
    """The page on which the policy is read, at the passage where there is one."""
    page = f"/policies/{quote(policy_id, safe='')}"
    if passage_id is None:
        return page
    name = quote(passage_id, safe="")
    return f"{page}?passage={name}{'&lang=en' if language == 'en' else ''}#{name}"


async def begin_answer(request: Request, ask: Ask, service: Serving, client: Client) -> PendingAnswer:
    """Start on the answer before the response starts, so that a refusal is still a 4xx or 5xx."""
    return await service.begin(ask, client, today=await day_for(request, ask.today))


async def begin_stream(request: Request, ask: Ask, service: Serving, client: Client) -> PendingAnswer:
    """The same, and hear the answer come to be."""
    return await service.begin(ask, client, Told(), today=await day_for(request, ask.today))


Begun = Annotated[PendingAnswer, Depends(begin_answer)]
BegunStream = Annotated[PendingAnswer, Depends(begin_stream)]


@router.post(
    "/v1/answers",
    responses=documented(*_ASKING),
    tags=["answers"],
    summary="Answer a question",
)
async def post_answer(pending: Begun, service: Serving, response: Response) -> Answer:
    """One answer, with its citations."""
    response.headers["Cache-Control"] = "no-store"
    return await service.finish(pending)


@router.post(
    "/v1/answers/stream",
    response_class=EventSourceResponse,
    responses=documented(*_ASKING),
    tags=["answers"],
    summary="Answer a question, as server-sent events",
)
async def stream_answer(request: Request, pending: BegunStream, service: Serving) -> AsyncIterator[ServerSentEvent]:
    """Events: `status`, then `evidence`, `result` (one each), `text` and `answer`; or `error`, a problem.

    Where a model words the answer, `text` comes several times: each bears all sentences that passed so far, and
    `partial`; the last one, which may be another text, does not.
    """
    yield ServerSentEvent(event="status", data={"state": "searching"})
    is_told = False
    async with aclosing(service.heard(pending)) as events:
        async for name, data in events:
            is_told = True
            yield ServerSentEvent(event=name, data=data)
    try:
        answer = await service.finish(pending)
    except Exception as error:  # noqa: BLE001 - the response has started: only an event can still tell
        problem = as_problem(error)
        request_id = request.state.request_id
        if problem.kind is INTERNAL:
            report(error, request_id)
        yield ServerSentEvent(event="error", data=problem.record() | {"request_id": request_id})
        return
    if not is_told:
        yield ServerSentEvent(event="evidence", data={"citations": answer.citations})
        for result in answer.results:
            yield ServerSentEvent(event="result", data=result)
    yield ServerSentEvent(event="text", data={"text": answer.text})
    yield ServerSentEvent(event="answer", data=answer)


@router.get(
    "/v1/search",
    responses=documented(*READING, TOO_MANY, BUSY, SLOW_ANSWER),
    tags=["search"],
    summary="Search the passages",
)
async def get_search(
    service: Serving, client: Client, q: QuestionText, k: Annotated[int, Query(ge=1, le=50)] = 10
) -> SearchOut:
    """The `k` passages nearest to `q`, best first."""
    snapshot, hits = await service.search(q, k, client)
    return SearchOut(snapshot=snapshot, results=[_found(hit) for hit in hits])


def _found(hit: SearchResult) -> FoundPassage:
    return FoundPassage(**hit.model_dump(), url=reading_url(hit.policy_id, hit.passage_id))


@router.get("/v1/policies", responses=documented(*READING), tags=["policies"], summary="List the policies on file")
async def get_policies(service: Serving) -> PoliciesOut:
    """All policies of the open snapshot, with questions to start from."""
    snapshot = service.shelf.current().snapshot
    policies = [text.policy for text in snapshot.texts.values()]
    return PoliciesOut(
        snapshot=snapshot.id,
        policies=[PolicyOut(**_policy_fields(policy)) for policy in policies],
        suggestions=suggest(policies, "nl"),
    )


def _policy_fields(policy: Policy) -> dict[str, Any]:
    return policy.model_dump(exclude={"file"}) | {"url": reading_url(policy.id)}


def _section(section: Section) -> SectionOut:
    return SectionOut(**section.model_dump(include=set(SectionOut.model_fields)))


@router.get(
    "/v1/policies/{policy_id}",
    responses=documented(UNKNOWN_POLICY, *READING),
    tags=["policies"],
    summary="One policy with its headings",
)
async def get_policy(service: Serving, policy_id: PolicyId) -> PolicyDetailOut:
    """The policy's particulars, its headings and the ids of its passages."""
    text = service.policy(policy_id)
    return PolicyDetailOut(
        **_policy_fields(text.policy),
        sections=[_section(section) for section in text.sections],
        passages=[passage.id for passage in text.passages],
    )


@router.get(
    "/v1/policies/{policy_id}/passages/{passage_id:path}",
    responses=documented(UNKNOWN_POLICY, UNKNOWN_PASSAGE, *READING),
    tags=["policies"],
    summary="One passage",
)
async def get_passage(
    service: Serving, policy_id: PolicyId, passage_id: PassageId, neighbours: Neighbours = 0
) -> PassageWithNeighboursOut:
    """The passage with its place in the policy, and as many `neighbours` before and after it as there are."""
    passages = service.policy(policy_id).passages
    place = next((place for place, passage in enumerate(passages) if passage.id == passage_id), None)
    if place is None:
        raise Problem(UNKNOWN_PASSAGE)
    return PassageWithNeighboursOut(
        **_passage(passages[place]).model_dump(),
        before=[_passage(passage) for passage in passages[max(0, place - neighbours) : place]],
        after=[_passage(passage) for passage in passages[place + 1 : place + 1 + neighbours]],
    )


def _passage(passage: Passage) -> PassageOut:
    fields = passage.model_dump(include=set(PassageOut.model_fields))
    return PassageOut(**fields, url=reading_url(passage.policy_id, passage.id))


@router.get("/healthz", tags=["health"], summary="Is the process alive?")
async def get_health(response: Response) -> AliveOut:
    """Answers as soon as the process listens, snapshot or not."""
    response.headers["Cache-Control"] = "no-store"
    return AliveOut()


@router.get("/readyz", responses=documented(NOT_READY), tags=["health"], summary="Is a snapshot open?")
async def get_readiness(service: Serving, response: Response) -> ReadyOut:
    """The open snapshot's id, or 503 while there is none; degraded is still ready."""
    response.headers["Cache-Control"] = "no-store"
    degraded = [part for part, is_so in service.degraded().items() if is_so]
    snapshot = service.shelf.current().snapshot.id
    return ReadyOut(status="degraded" if degraded else "ready", snapshot=snapshot, degraded=degraded)
