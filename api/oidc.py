"""Tokens of an organisation's own sign-on (OpenID Connect): checked here, issued elsewhere.

Everything is fixed beforehand: who issued it, for whom, with which kinds of signature. Whatever cannot be checked,
the keys being out of reach among it, is no token.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import jwt

from api.store.tokens import TokenRole
from assistant.guard.plain_text import plain
from knowledge.errors import ConfigurationError

log = logging.getLogger("loket.api")

ALGORITHMS = ("RS256", "ES256")
"""Public keys only: with a shared secret whoever checks a token could also make one."""
ROLES: tuple[TokenRole, ...] = ("administrator", "helpdesk")
KEYS_SECONDS = 600.0
AGAIN_SECONDS = 30.0
"""A token with an unknown key makes the keys be fetched again, this often at most: anyone can make such a token."""
FETCH_SECONDS = 3.0
FETCH_BYTES_AT_MOST = 256 * 1024
LEEWAY_SECONDS = 30


class Claimed(NamedTuple):
    """Who a token says that someone is. `role` None: one that this service knows nothing of."""

    name: str
    role: TokenRole | None


class OpenId:
    """Checks tokens of one issuer. Safe to use from several threads; it waits for the issuer's keys at times."""

    def __init__(
        self, issuer: str, audience: str, role_claim: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Raises ConfigurationError when issuer and audience do not go together."""
        if not audience.strip():
            raise ConfigurationError("LOKET_OIDC_AUDIENCE ontbreekt; geef de naam die de uitgever aan deze dienst gaf")
        if not _is_safe(issuer):
            raise ConfigurationError("LOKET_OIDC_ISSUER is geen https-adres; geef het adres van de uitgever")
        self._issuer = issuer
        self._audience = audience
        self._role_claim = role_claim
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = float("-inf")
        self._lock = threading.Lock()

    def check(self, token: str) -> Claimed | None:
        """Who shows this token; None where it is not to be trusted."""
        try:
            key = self._key(str(jwt.get_unverified_header(token).get("kid", "")))
            if key is None:
                return None
            claims = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self._audience,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            return None
        return Claimed(plain(str(claims["sub"]))[:100], _role_in(claims.get(self._role_claim)))

    def _key(self, name: str) -> jwt.PyJWK | None:
        with self._lock:
            age = self._clock() - self._fetched_at
            if age >= KEYS_SECONDS or (name not in self._keys and age >= AGAIN_SECONDS):
                self._fetched_at = self._clock()
                try:
                    self._keys = self._fetch()
                except (OSError, ValueError, KeyError, TypeError, jwt.PyJWTError) as error:
                    self._keys = {}
                    log.error("keys of LOKET_OIDC_ISSUER not read: %s", type(error).__name__)  # noqa: TRY400 - no more to say
            return self._keys.get(name)

    def _fetch(self) -> dict[str, jwt.PyJWK]:
        described = _get(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
        if described["issuer"] != self._issuer:
            raise ValueError("another issuer")
        read = {}
        for each in _get(described["jwks_uri"])["keys"]:
            if each.get("use", "sig") == "sig" and each.get("kty") in ("RSA", "EC") and each.get("kid"):
                key = jwt.PyJWK(each)
                if key.algorithm_name in ALGORITHMS:
                    read[str(each["kid"])] = key
        return read


def _role_in(claim: object) -> TokenRole | None:
    """The highest role that a claim names: one, or a list of them."""
    named = claim if isinstance(claim, list) else str(claim).split() if isinstance(claim, str) else []
    return next((role for role in ROLES if role in named), None)


def _get(address: str) -> Mapping[str, Any]:
    if not _is_safe(address):
        raise ValueError("not an https address")
    with urllib.request.urlopen(address, timeout=FETCH_SECONDS) as response:  # noqa: S310 - the scheme was just looked at
        read = json.loads(response.read(FETCH_BYTES_AT_MOST))
    if not isinstance(read, dict):
        raise TypeError("not an object")
    return read


def _is_safe(address: str) -> bool:
    """HTTPS, or this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_here = host in ("127.0.0.1", "localhost", "::1")
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_here))
