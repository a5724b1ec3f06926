"""Bearer tokens: their names, roles and hashes. The token itself is told once and kept nowhere.

A plain SHA-256 is enough here. A token is 256 bits of chance, so that no list of likely ones exists to try against
a stolen hash; the slow hashes that passwords need would only let anyone keep this machine busy with wrong tokens.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from typing import Literal

from sqlalchemy import Connection, func, insert, select, update

from api.store.schema import tokens
from knowledge.errors import ConfigurationError
from knowledge.records import Record

TokenRole = Literal["helpdesk", "administrator"]
MARK = "loket_"
"""How every token begins, so that one that leaked is recognised."""


class TokenEntry(Record):
    """A token on file."""

    name: str
    role: TokenRole
    created_at: dt.datetime
    revoked_at: dt.datetime | None = None


def add_token(connection: Connection, name: str, role: TokenRole, at: dt.datetime) -> str:
    """The new token. Raises ConfigurationError for a name that is or was in use: who did what must stay clear."""
    if connection.execute(select(tokens.c.name).where(tokens.c.name == name)).first() is not None:
        raise ConfigurationError(f"er is al een sleutel met de naam {name}; kies een andere naam")
    token = MARK + secrets.token_urlsafe(32)
    connection.execute(insert(tokens).values(name=name, sha256=_hash(token), role=role, created_at=at))
    return token


def list_tokens(connection: Connection) -> list[TokenEntry]:
    """All tokens that were ever made, by name."""
    found = select(tokens.c.name, tokens.c.role, tokens.c.created_at, tokens.c.revoked_at).order_by(tokens.c.name)
    return [TokenEntry.model_validate(dict(row)) for row in connection.execute(found).mappings()]


def revoke_token(connection: Connection, name: str, at: dt.datetime) -> bool:
    """Whether there was such a token in use, which from now on is none."""
    of_it = update(tokens).where(tokens.c.name == name, tokens.c.revoked_at.is_(None)).values(revoked_at=at)
    return connection.execute(of_it).rowcount > 0


def has_tokens(connection: Connection) -> bool:
    """Whether a token was ever made, revoked or not."""
    return connection.execute(select(func.count()).select_from(tokens)).scalar_one() > 0


def holder_of(connection: Connection, token: str) -> TokenEntry | None:
    """Whose token it is; None where it is nobody's, or revoked.

    Every hash is compared, in constant time: how long it takes tells nothing of how near a guess was.
    """
    presented, holder = _hash(token), None
    for row in connection.execute(select(tokens).where(tokens.c.revoked_at.is_(None))).mappings():
        if hmac.compare_digest(row["sha256"], presented):
            holder = TokenEntry(name=row["name"], role=row["role"], created_at=row["created_at"])
    return holder


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
