"""Who may do what, over real HTTP where the connection itself tells."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from fastapi.testclient import TestClient

from api.oidc import OpenId
from api.service import Service
from api.store.tokens import TokenRole, add_token, revoke_token
from knowledge.errors import ConfigurationError
from tests.api.conftest import MakeClient
from tests.api.fake_assistant import FakeAssistant
from tests.api.live_server import serving

NOW = dt.datetime.now(dt.UTC)


def store_of(client: TestClient) -> Any:
    service: Service = client.app.state.service  # type: ignore[attr-defined]  # the application behind it
    return service.store


def token_for(client: TestClient, role: TokenRole, name: str = "") -> dict[str, str]:
    """The header of a new token."""
    return {"Authorization": f"Bearer {store_of(client).write_now(add_token, name or role, role, NOW)}"}


# path, method, role that it needs
DOORS = [
    ("GET", "/v1/review", "helpdesk"),
    ("GET", "/v1/approved", "helpdesk"),
    ("POST", "/v1/review/00000000-0000-4000-8000-000000000000", "administrator"),
    ("POST", "/v1/approved", "administrator"),
    ("DELETE", "/v1/approved/00000000-0000-4000-8000-000000000000", "administrator"),
    ("GET", "/metrics", "helpdesk"),
]
BODIES: dict[str, Any] = {
    "/v1/review/00000000-0000-4000-8000-000000000000": {"decision": "reject"},
    "/v1/approved": {"question": "Wanneer open?", "text": "x", "citations": [{"policy_id": "p", "passage_id": "p"}]},
}


@pytest.mark.parametrize(("method", "path", "needs"), DOORS)
def test_each_door_opens_for_its_role_and_those_above(client: TestClient, method: str, path: str, needs: str) -> None:
    headers = {role: token_for(client, role) for role in ("helpdesk", "administrator")}
    ask = lambda **more: client.request(method, path, json=BODIES.get(path), **more)  # noqa: E731
    nobody = ask()
    assert nobody.status_code == 401
    assert nobody.headers["www-authenticate"] == "Bearer"
    assert ask(headers=headers["helpdesk"]).status_code not in ((401,) if needs == "helpdesk" else (200, 204, 401, 404))
    assert (ask(headers=headers["helpdesk"]).status_code == 403) == (needs == "administrator")
    assert ask(headers=headers["administrator"]).status_code not in (401, 403, 500)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "bearer x",
        "Basic YTpi",
        "Bearer loket_",
        "Bearer loket_" + "A" * 43,
        "Bearer " + "x" * 9000,
        "Bearer a.b.c",
        "Bearer \u00e9",
    ],
)
def test_a_header_that_is_no_token_is_refused_and_not_repeated(client: TestClient, header: str) -> None:
    response = client.get("/v1/review", headers={"Authorization": header.encode()})
    assert (response.status_code, response.json()["type"]) == (401, "urn:loket:problem:not-signed-in")
    assert "loket_A" not in response.text


def test_a_revoked_token_is_worth_nothing_at_once(client: TestClient) -> None:
    headers = token_for(client, "helpdesk", "anna")
    assert client.get("/v1/review", headers=headers).status_code == 200
    store_of(client).write_now(revoke_token, "anna", NOW)
    assert client.get("/v1/review", headers=headers).status_code == 401


def test_the_day_counts_for_the_helpdesk_alone(client: TestClient, assistant: FakeAssistant) -> None:
    headers, body = token_for(client, "helpdesk"), {"question": "Wanneer?", "today": "2020-02-29"}
    rule = "/v1/deadlines"
    assert client.post("/v1/answers", json=body).status_code == 200
    assert client.post("/v1/answers", json=body, headers=headers).status_code == 200
    assert client.post("/v1/answers", json=body, headers={"Authorization": "Bearer loket_x"}).status_code == 401
    assert [call.today for call in assistant.calls] == [dt.date(2026, 10, 30), dt.date(2020, 2, 29)]
    days = [client.get(rule, params={"today": "2020-02-29"}, headers=each).json()["today"] for each in ({}, headers)]
    assert days == ["2026-10-30", "2020-02-29"]


def test_the_helpdesk_is_open_on_this_machine_until_there_is_a_token(index: Path, assistant: FakeAssistant) -> None:
    """A newcomer sees it work at once; what an administrator decides stays closed; a proxy is not this machine."""
    with serving(index, assistant) as server:
        review = f"{server.url}/v1/review"
        assert httpx.get(review).status_code == 200
        assert httpx.delete(f"{server.url}/v1/approved/{'0' * 8}-0000-4000-8000-{'0' * 12}").status_code == 403
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
            assert httpx.get(review, headers={header: "127.0.0.1"}).status_code == 401
        assert httpx.get(review, headers={"Host": "loket.example"}).status_code == 401
        server.service.store.write_now(add_token, "anna", "helpdesk", NOW)
        server.service.store.write_now(revoke_token, "anna", NOW)
        assert httpx.get(review).status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "loket.example"])
def test_a_server_that_others_reach_is_never_open(index: Path, assistant: FakeAssistant, host: str) -> None:
    with serving(index, assistant, host=host) as server:
        assert httpx.get(f"{server.url}/v1/review").status_code == 401


# OpenID Connect

AUDIENCE = "inkooploket"
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _jwk(key: Any, name: str) -> dict[str, Any]:
    algorithm = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    kind = "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256"
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": name, "use": "sig", "alg": kind}


class Issuer:
    """A sign-on on this machine: its description and its keys, and how often they were fetched."""

    def __init__(self) -> None:
        self.keys = [_jwk(RSA_KEY, "one"), _jwk(EC_KEY, "two")]
        self.fetched = 0
        self.fails = False
        self.url = ""

    def token(self, key: Any = RSA_KEY, kid: str = "one", algorithm: str = "RS256", **claims: Any) -> str:
        now = int(time.time())
        plain = {"iss": self.url, "aud": AUDIENCE, "sub": "anna", "iat": now, "exp": now + 300, "roles": ["helpdesk"]}
        told = {name: value for name, value in {**plain, **claims}.items() if value is not None}
        return jwt.encode(told, key, algorithm=algorithm, headers={"kid": kid})


@contextmanager
def issuing() -> Iterator[Issuer]:
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.fetched += 1
            told: Any = {"keys": issuer.keys}
            if self.path.endswith("openid-configuration"):
                told = {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/keys"}
            self.send_response(500 if issuer.fails else 200)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield issuer
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as made:
        yield made


def test_a_token_of_the_sign_on_opens_what_its_role_allows(make_client: MakeClient, issuer: Issuer) -> None:
    client = make_client(oidc_issuer=issuer.url, oidc_audience=AUDIENCE)

    def ask(token: str, method: str = "GET", path: str = "/v1/review") -> int:
        return client.request(method, path, headers={"Authorization": f"Bearer {token}"}).status_code

    assert ask(issuer.token()) == 200
    assert ask(issuer.token(EC_KEY, "two", "ES256")) == 200
    assert ask(issuer.token(roles="administrator"), "DELETE", "/v1/approved/x") == 404
    assert ask(issuer.token(), "DELETE", "/v1/approved/x") == 403
    assert ask(issuer.token(roles=["visitor"])) == 403
    assert ask(issuer.token(roles=None)) == 403


def test_a_token_that_cannot_be_trusted_is_none(issuer: Issuer) -> None:
    check = OpenId(issuer.url, AUDIENCE, "roles").check
    assert check(issuer.token()) is not None
    now = int(time.time())
    unsigned = jwt.encode({"sub": "x"}, None, algorithm="none", headers={"kid": "one"})
    public = RSA_KEY.public_key()
    confused = issuer.token("a shared secret that is long enough to be taken", "one", "HS256")
    assert public is not None
    bad = [
        issuer.token(OTHER_KEY, "one"),
        issuer.token(OTHER_KEY, "three"),
        issuer.token(aud="another"),
        issuer.token(aud=None),
        issuer.token(iss="https://elsewhere.example"),
        issuer.token(exp=now - 60),
        issuer.token(exp=None),
        issuer.token(iat=now + 600),
        issuer.token(sub=None),
        issuer.token(algorithm="RS512"),
        issuer.token(algorithm="PS256"),
        confused,
        unsigned,
        issuer.token()[:-4],
        issuer.token().replace(".", "", 1),
        "",
        "a.b.c",
        "\u00e9" * 50,
    ]
    assert [check(token) for token in bad] == [None] * len(bad)


def test_unknown_keys_do_not_make_the_issuer_be_asked_again_and_again(issuer: Issuer) -> None:
    now = [0.0]
    check = OpenId(issuer.url, AUDIENCE, "roles", clock=lambda: now[0]).check
    for number in range(50):
        assert check(issuer.token(OTHER_KEY, f"made-up-{number}")) is None
    assert issuer.fetched == 2  # description and keys, once
    issuer.keys.append(_jwk(OTHER_KEY, "new"))
    assert check(issuer.token(OTHER_KEY, "new")) is None
    now[0] += 30
    assert check(issuer.token(OTHER_KEY, "new")) is not None
    issuer.keys.clear()
    now[0] += 600
    assert check(issuer.token()) is None  # a key that is taken back


def test_without_the_issuers_keys_nobody_is_let_in(issuer: Issuer) -> None:
    issuer.fails = True
    assert OpenId(issuer.url, AUDIENCE, "roles").check(issuer.token()) is None


@pytest.mark.parametrize(
    ("issuer_url", "audience"), [("http://sign-on.example", "a"), ("sign-on", "a"), ("https://x.example", " ")]
)
def test_a_sign_on_that_cannot_be_trusted_is_a_wrong_setting(issuer_url: str, audience: str) -> None:
    with pytest.raises(ConfigurationError, match="LOKET_OIDC"):
        OpenId(issuer_url, audience, "roles")
