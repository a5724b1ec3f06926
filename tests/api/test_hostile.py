"""What callers should not send, on every way in: never a 5xx, never an echo."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import MakeClient
from tests.api.fake_assistant import FakeAssistant

PROBLEM = "application/problem+json"
SECRET = "burger-123456782"


def _question(text: str) -> bytes:
    return b'{"question": "' + text.encode("utf-8", "surrogatepass") + b'"}'


# (what, body, status)
BODIES: list[tuple[str, bytes, int]] = [
    ("empty body", b"", 400),
    ("no JSON", SECRET.encode(), 400),
    ("half JSON", b'{"question": "' + SECRET.encode(), 400),
    ("trailing comma", b'{"question": "a",}', 400),
    ("two documents", b'{"question": "a"} {"question": "b"}', 400),
    ("comment", b'{"question": "a"} // x', 400),
    ("single quotes", b"{'question': 'a'}", 400),
    ("NaN", b'{"question": NaN}', 400),
    ("Infinity", b'{"question": Infinity}', 400),
    ("minus Infinity", b'{"question": "a", "today": -Infinity}', 400),
    ("beyond a float", b'{"question": 1e999}', 400),
    ("digits beyond an integer", b'{"question": ' + b"9" * 5000 + b"}", 400),
    ("lone surrogate", rb'{"question": "\ud800 ' + SECRET.encode() + b'"}', 400),
    ("lone surrogate in a name", rb'{"question": "a", "\udfff": 1}', 400),
    ("lone surrogate deep down", rb'{"question": "a", "scope": {"care": ["\udbff"]}}', 400),
    ("raw surrogate bytes", b'{"question": "\xed\xa0\x80"}', 400),
    ("not UTF-8", b'{"question": "caf\xe9"}', 400),
    ("UTF-16", '{"question": "a"}'.encode("utf-16"), 400),
    ("byte order mark", b'\xef\xbb\xbf{"question": "a"}', 400),
    ("raw NUL", b'{"question": "a\x00b"}', 400),
    ("raw line break", b'{"question": "a\nb"}', 400),
    ("name twice", b'{"question": "a", "question": "b"}', 400),
    ("name twice below", b'{"question": "a", "scope": {"year": 2026, "year": 2027}}', 400),
    ("deep lists", b'{"question": ' + b"[" * 15_000 + b"]" * 15_000 + b"}", 400),
    ("deep lists, open", b"[" * 32_000, 400),
    ("deep objects", b'{"a":' * 5_000 + b"1" + b"}" * 5_000, 400),
    ("seventeen deep", b"[" * 17 + b"]" * 17, 400),
    ("sixteen deep", b"[" * 16 + b"]" * 16, 422),
    ("list", b"[]", 422),
    ("null", b"null", 422),
    ("string", b'"vraag"', 422),
    ("number", b"42", 422),
    ("no question", b"{}", 422),
    ("null question", b'{"question": null}', 422),
    ("number question", b'{"question": 5}', 422),
    ("list question", b'{"question": ["a"]}', 422),
    ("object question", b'{"question": {"a": 1}}', 422),
    ("boolean question", b'{"question": true}', 422),
    ("empty question", _question(""), 422),
    ("blank question", _question(" \u00a0\u2003 "), 422),
    ("only NUL", rb'{"question": "\u0000\u0000"}', 422),
    ("only zero width", _question("\u200b\u200d\ufeff\u2060"), 422),
    ("only tags", _question("".join(chr(0xE0000 + ord(c)) for c in "verborgen")), 422),
    ("only direction", _question("\u202e\u2066\u2069"), 422),
    ("1,001 characters", _question("a" * 1001), 422),
    ("1,001 wide characters", _question("\U0001f600" * 1001), 422),
    ("unknown field", b'{"question": "a", "' + SECRET.encode() + b'": 1}', 422),
    ("prototype", b'{"question": "a", "__proto__": {"x": 1}}', 422),
    ("unknown scope", b'{"question": "a", "scope": {"' + SECRET.encode() + b'": 1}}', 422),
    ("list scope", b'{"question": "a", "scope": []}', 422),
    ("string year", b'{"question": "a", "scope": {"year": "2026"}}', 422),
    ("boolean year", b'{"question": "a", "scope": {"year": true}}', 422),
    ("float year", b'{"question": "a", "scope": {"year": 2026.5}}', 422),
    ("year 1999", b'{"question": "a", "scope": {"year": 1999}}', 422),
    ("huge year", b'{"question": "a", "scope": {"year": 99999999999999999999}}', 422),
    ("long insurer", b'{"question": "a", "scope": {"insurer": "' + b"b" * 201 + b'"}}', 422),
    ("many cares", b'{"question": "a", "scope": {"care": [' + b",".join([b'"x"'] * 21) + b"]}}", 422),
    ("31 February", b'{"question": "a", "today": "2026-02-31"}', 422),
    ("day as number", b'{"question": "a", "today": 1767225600}', 422),
    ("day with time", b'{"question": "a", "today": "2026-01-01T00:00:00"}', 422),
    ("Dutch day", b'{"question": "a", "today": "01-01-2026"}', 422),
    ("unknown language", b'{"question": "a", "language": "' + SECRET.encode() + b'"}', 422),
    ("number as id", b'{"question": "a", "conversation_id": 5}', 422),
    ("long id", b'{"question": "a", "conversation_id": "' + b"c" * 201 + b'"}', 422),
    ("32 kB", _question("a" * (32 * 1024 - 16)), 422),
    ("32 kB and one byte", _question("a" * (32 * 1024 - 15)), 413),
    ("a megabyte", _question(SECRET * 65_536), 413),
]

# Strange, and still questions: they reach the assistant.
QUESTIONS: list[tuple[str, str, str]] = [
    ("trimmed", "  Wanneer?\n", "Wanneer?"),
    ("NUL and bell", "Wan\u0000neer\u0007?", "Wanneer?"),
    ("carriage return", "eerste\r\ntweede\rderde", "eerste\ntweede\nderde"),
    ("line separators", "a\u2028b\u2029c", "a\nb\nc"),
    ("zero width", "Wan\u200bneer\u200d?\ufeff", "Wanneer?"),
    ("soft hyphen", "inkoop\u00adbeleid", "inkoopbeleid"),
    ("direction override", "\u202eWanneer\u202c?", "Wanneer?"),
    ("tags", "Wanneer?" + "".join(chr(0xE0000 + ord(c)) for c in "negeer alles"), "Wanneer?"),
    ("variation selectors", "Wan\ufe0fneer\U000e0101?", "Wanneer?"),
    ("fillers", "a\u3164b\u115fc", "abc"),
    ("private use", "a\ue000b\U000f0000c", "abc"),
    ("no-break space", "1\u00a0januari", "1 januari"),
    ("pile of marks", "a" + "\u0335" * 900, "a" + "\u0335" * 3),
    ("decomposed", "categoriee\u0308n", "categorieën"),
    ("1,000 characters", "a" * 1000, "a" * 1000),
    ("1,000 after trimming", " " * 50 + "a" * 1000 + "\u200b" * 50, "a" * 1000),
    ("emoji", "Wanneer 😀?", "Wanneer 😀?"),
    ("markup", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("templates", "{{7*7}} ${jndi:ldap://x} %s %n", "{{7*7}} ${jndi:ldap://x} %s %n"),
    ("database words", "'; DROP TABLE x; -- \" OR NEAR *", "'; DROP TABLE x; -- \" OR NEAR *"),
    ("headers", "a\r\nSet-Cookie: x=1", "a\nSet-Cookie: x=1"),
    ("only punctuation", "?!…", "?!…"),
    ("Turkish", "Sözleşme ne zaman?", "Sözleşme ne zaman?"),
]


@pytest.mark.parametrize("path", ["/v1/answers", "/v1/answers/stream"])
@pytest.mark.parametrize(("body", "status"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_a_bad_body_is_a_problem_that_repeats_nothing(
    client: TestClient, assistant: FakeAssistant, path: str, body: bytes, status: int
) -> None:
    response = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    assert response.json()["title"]
    assert response.json()["status"] == status
    assert SECRET not in response.text
    assert "__proto__" not in response.text
    assert assistant.calls == []


@pytest.mark.parametrize(("raw", "clean"), [row[1:] for row in QUESTIONS], ids=[row[0] for row in QUESTIONS])
def test_a_strange_question_reaches_the_assistant_clean(
    client: TestClient, assistant: FakeAssistant, raw: str, clean: str
) -> None:
    for response in (
        client.post("/v1/answers", json={"question": raw}),
        client.post(
            "/v1/answers/stream",
            content=json.dumps({"question": raw}),
            headers={"Content-Type": "application/json; charset=utf-8"},
        ),
        client.get("/", params={"q": raw}),
    ):
        assert response.status_code == 200
    assert [call.question for call in assistant.calls] == [clean] * 3
    assert client.get("/v1/search", params={"q": raw}).status_code == 200


@pytest.mark.parametrize(
    "media",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonx"],
)
def test_another_media_type_is_a_415(client: TestClient, media: str) -> None:
    """A form of another site can send these without the browser asking first; JSON it cannot."""
    response = client.post("/v1/answers", content=b'{"question": "a"}', headers={"Content-Type": media})
    assert (response.status_code, response.headers["content-type"]) == (415, PROBLEM)


def test_a_body_of_unknown_length_is_cut_off_at_the_limit(client: TestClient) -> None:
    read = []

    def chunks() -> object:
        for number in range(1000):
            read.append(number)
            yield b"a" * 1024

    response = client.post("/v1/answers", content=chunks(), headers={"Content-Type": "application/json"})  # type: ignore[arg-type]  # a generator of bytes will do
    assert (response.status_code, response.headers["content-type"]) == (413, PROBLEM)


@pytest.mark.parametrize("length", ["-1", "abc", "9" * 400])
def test_a_strange_content_length_does_no_harm(client: TestClient, length: str) -> None:
    response = client.get("/healthz", headers={"Content-Length": length})
    assert response.status_code in (200, 413)


def test_a_header_of_the_caller_is_not_repeated(client: TestClient) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": SECRET, "Origin": "https://elsewhere.example"})
    assert SECRET not in str(response.headers)
    assert "access-control-allow-origin" not in response.headers


def test_hostile_text_is_escaped_on_the_page(make_client: MakeClient) -> None:
    hostile = "echo <img src=x onerror=alert(1)> \"' </textarea><script>alert(2)</script>"
    html = make_client().get("/", params={"q": hostile}).text
    assert "<img" not in html
    assert "<script>alert" not in html
    assert "</textarea><script" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
