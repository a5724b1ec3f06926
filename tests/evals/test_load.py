"""Users of the service under load tell answers, refusals and errors apart, whatever a server sends."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle

import pytest

from evals.load import AT_REST
from evals.load_client import User, ask_at_once, ask_for, recovered_in
from evals.load_server import Samples, Service, Usage

ANSWER = b'{"text": "Ja.", "receipt_id": "r"}'
EVENTS = b'event: text\ndata: {}\n\nevent: answer\ndata: {"receipt_id": "r"}\n\n'
WHOLE, REFUSED, ERROR = "whole", "refused", "error"
Sent = tuple[int, dict[str, str], bytes]


@contextmanager
def sending(*replies: Sent | None) -> Iterator[int]:
    """The port of a server that sends these in turn; None: it hangs up."""
    turns = cycle(replies)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            reply = next(turns)
            if reply is None:
                self.close_connection = True
                return
            status, headers, body = reply
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = "Content-Length" in headers  # it announced more than it sent

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("sent", "streams", "is_what"),
    [
        ((200, {}, ANSWER), False, WHOLE),
        ((200, {"Content-Length": "1000"}, ANSWER), False, ERROR),
        ((200, {}, b"{}"), False, ERROR),
        ((200, {}, EVENTS), True, WHOLE),
        ((200, {}, EVENTS.partition(b"event: answer")[0]), True, ERROR),
        ((200, {}, b'event: error\ndata: {"status": 503}\n\n'), True, ERROR),
        ((503, {"Retry-After": "2"}, b"{}"), False, REFUSED),
        ((429, {"Retry-After": "60"}, b"{}"), False, REFUSED),
        ((503, {}, b"{}"), False, ERROR),
        ((500, {"Retry-After": "2"}, b"{}"), False, ERROR),
        (None, False, ERROR),
    ],
)
def test_a_reply_is_an_answer_a_refusal_or_an_error(sent: Sent | None, streams: bool, is_what: str) -> None:
    with sending(sent) as port, User(port, streams=streams) as user:
        reply = user.ask("Mag dat?")
    assert (reply.is_whole, reply.is_refusal, reply.is_error) == tuple(
        is_what == one for one in (WHOLE, REFUSED, ERROR)
    )


def test_who_is_refused_comes_back_when_he_was_told_to_and_not_before() -> None:
    with sending((503, {"Retry-After": "60"}, b"{}")) as port:
        replies = ask_for([port], ["Mag dat?"], 3, 0.5)
    assert [reply.is_refusal for reply in replies] == [True] * 3


def test_a_rate_is_kept_by_all_users_together() -> None:
    with sending((200, {}, ANSWER)) as port:
        assert len(ask_for([port], ["Mag dat?"], 4, 1.0, rate=8.0)) <= 8


def test_all_ask_at_once_each_of_one_process() -> None:
    with sending((200, {}, ANSWER)) as one, sending((500, {}, b"{}")) as other:
        replies = ask_at_once([one, other], ["Mag dat?"], 6)
    assert sorted(reply.status for reply in replies) == [200] * 3 + [500] * 3


def test_a_service_has_recovered_when_several_questions_in_a_row_are_answered() -> None:
    with sending((200, {}, ANSWER)) as port:
        assert recovered_in([port], ["Mag dat?"], 60.0, 5.0) < 5.0
    with sending((200, {}, ANSWER), (500, {}, b"{}")) as port:
        assert recovered_in([port], ["Mag dat?"], 60.0, 0.2) == 0.2


def test_a_service_uses_memory_files_and_time() -> None:
    used = Service((1,), (os.getpid(),)).usage()
    assert used.memory_bytes > 1_000_000
    assert used.files > 2
    assert used.cpu_seconds > 0


def test_memory_is_compared_between_sixths_of_a_run() -> None:
    samples = Samples(Service((1,)))
    samples.taken = [Usage(0.0, size, 0) for size in range(12)]
    assert samples.sixths(lambda usage: usage.memory_bytes, 1.0) == [1, 3, 5, 7, 9, 11]


def test_what_a_swap_takes_for_a_while_is_no_growth_and_what_stays_is() -> None:
    samples = Samples(Service((1,)))
    for grown in (0, 10):
        at_rest = [100 + grown * (at // 10) for at in range(60)]
        samples.taken = [Usage(0.0, size + (80 if at % 10 < 2 + at // 10 else 0), 0) for at, size in enumerate(at_rest)]
        expected = [100 + grown * sixth for sixth in range(6)]
        assert samples.sixths(lambda usage: usage.memory_bytes, AT_REST) == expected
