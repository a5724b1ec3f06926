"""Who may do what: everybody asks, the helpdesk reads what was said, an administrator decides.

A caller shows who he is by `Authorization: Bearer TOKEN`: a token of the store, or one of the organisation's own
sign-on where `LOKET_OIDC_ISSUER` is set. Whatever cannot be checked is refused.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.oidc import OpenId
from api.problems import FORBIDDEN, NOT_SIGNED_IN, Problem
from api.service import Service
from api.store.tokens import MARK, has_tokens, holder_of

LONGEST_TOKEN = 8192
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""A request that bears one of these came through a proxy, whatever its address says."""


class Role(IntEnum):
    """What a caller may do; each may do what those before it may."""

    public = 0
    helpdesk = 1
    administrator = 2


@dataclass(frozen=True)
class Caller:
    """Who asks. `name`: of the token, for what he decides; empty for the public."""

    role: Role
    name: str = ""


async def caller_of(request: Request) -> Caller:
    """Who sends this request.

    Raises:
        Problem: the token is unknown, revoked or over.
        StoreError: it cannot be looked up just now.
    """
    service: Service = request.app.state.service
    said = request.headers.get("authorization")
    if said is None:
        is_open = is_local(request, service.settings.host) and request.app.state.openid is None
        if is_open and not await service.store.read(has_tokens):
            return Caller(Role.helpdesk, "loopback")
        return Caller(Role.public)
    scheme, _, token = said.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
        raise _not_signed_in()
    if token.startswith(MARK):
        holder = await service.store.read(holder_of, token)
        if holder is None:
            raise _not_signed_in()
        return Caller(Role[holder.role], holder.name)
    openid: OpenId | None = request.app.state.openid
    claimed = await run_in_threadpool(openid.check, token) if openid is not None else None
    if claimed is None:
        raise _not_signed_in()
    return Caller(Role[claimed.role] if claimed.role else Role.public, claimed.name)


async def role_of(request: Request) -> Role:
    """The role of who sends this request. Raises as `caller_of` does."""
    return (await caller_of(request)).role


async def helpdesk(request: Request) -> Caller:
    """Lets the helpdesk and administrators through. Raises Problem for anyone else."""
    return _at_least(Role.helpdesk, await caller_of(request))


async def administrator(request: Request) -> Caller:
    """Lets administrators through. Raises Problem for anyone else."""
    return _at_least(Role.administrator, await caller_of(request))


Helpdesk = Annotated[Caller, Depends(helpdesk)]
Administrator = Annotated[Caller, Depends(administrator)]


async def day_for(request: Request, asked: dt.date | None) -> dt.date:
    """The day to answer for: `asked` where the settings or the caller's role allow it, else today.

    Raises as `caller_of` does, where a day is asked for.
    """
    service: Service = request.app.state.service
    if asked is None or service.settings.allow_today:
        return asked or service.today()
    return asked if await role_of(request) >= Role.helpdesk else service.today()


def is_local(request: Request, listens_on: str) -> bool:
    """Whether server and caller are both on this machine's loopback, and no proxy stands between them."""
    caller = request.client.host if request.client else ""
    names = (listens_on, caller, (request.url.hostname or "").strip("[]"))
    return all(map(_is_loopback, names)) and not any(name in request.headers for name in FORWARDED)


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _at_least(role: Role, caller: Caller) -> Caller:
    if caller.role >= role:
        return caller
    raise Problem(FORBIDDEN) if caller.name else _not_signed_in()


def _not_signed_in() -> Problem:
    return Problem(NOT_SIGNED_IN, headers={"WWW-Authenticate": "Bearer"})
