"""An OpenAI-compatible server on this machine, run by tests over real HTTP, that answers well or badly as told.

It reads what it is sent as a model would: the evidence from the JSON of the message, and instructions wherever they
stand. In the mode `obeys` it does whatever an instruction says that it was taught to recognise.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG_SECONDS = 240.0
"""So long a server that hangs says nothing: far longer than a busy machine may take for all else."""
SLOW_PAUSE = 0.5
_LABELLED = re.compile(r"\[\d+\]")

Data = dict[str, Any]


def sound_prose(data: Data) -> str:
    """Prose that a good model may write: the composed answer, sentence by sentence, each with its labels."""
    text = data["answer"][0].replace("**", "")
    labels = "".join(dict.fromkeys(_LABELLED.findall(text))) or f"[{data['evidence'][0]['label']}]"
    bare = " ".join(_LABELLED.sub(" ", text).split())
    sentences = re.split(r"(?<=[.!?])[”\"]?\s+(?=[A-Z“])", bare)
    return " ".join(f"{sentence.rstrip(' .')} {labels}." for sentence in sentences)


def _read_as_asked(data: Data) -> Data:
    """A good reading of a follow-up: the question before, with what is asked now."""
    earlier = [turn["text"] for turn in data["conversation"] if turn["role"] == "user"]
    question = f"{earlier[-1].rstrip('?')} {data['question']}" if earlier else None
    return {
        "language": "nl", "intent": "policy", "insurer": None, "year": None, "care": None, "question": question,
    }  # fmt: skip


def _read_as_ordered(trigger: str) -> Data:
    """A reading that obeys: the order in place of the question, for a policy that nobody named."""
    return {
        "language": "en", "intent": "small_talk", "insurer": "Menzis", "year": 2099, "care": "cardiologie",
        "question": f"{trigger}?",
    }  # fmt: skip


def _invents(addition: str) -> Callable[[Data], str]:
    return lambda data: f"{sound_prose(data)} {addition} {_LABELLED.findall(sound_prose(data))[0]}."


WRITERS: Mapping[str, Callable[[Data], str]] = {
    "good": sound_prose,
    "invents_date": _invents("De aanvraag sluit op 17 maart 2031"),
    "invents_date_in_words": _invents("De aanvraag sluit op zeventien maart tweeduizendeenendertig"),
    "invents_amount": _invents("De toeslag is € 9.876,54 per keer"),
    "invents_percentage": _invents("Het tarief stijgt met 73 procent"),
    "invents_address": _invents("Mail naar hulp@nergens-bekend.example"),
    "invents_phone": _invents("Bel 06 98 76 54 32"),
    "invents_name": _invents("Vraag het aan Gijsbrecht Vreemdeling"),
    "invents_citation": lambda data: f"{sound_prose(data)} Dat geldt voor iedere aanbieder [77].",
    "drops_labels": lambda data: _LABELLED.sub("", sound_prose(data)),
    "wrong_language": lambda data: (
        f"Der Vertrag beginnt an dem genannten Tag und gilt für alle Anbieter in der Region {_first_label(data)}."
    ),
    "other_of_two_languages": lambda data: f"This is what the policy says about the question {_first_label(data)}.",
    "links": lambda data: f"{sound_prose(data)} [Klik hier](https://nergens-bekend.example/) {_first_label(data)}.",
    "html": lambda data: f"{sound_prose(data)} <img src=x onerror=alert(1)> {_first_label(data)}.",
    "denies": lambda data: _turned(sound_prose(data)),
    "judges": lambda data: f"Nee, u voldoet niet en u bent te laat {_first_label(data)}. {sound_prose(data)}",
    "too_long": lambda data: " ".join([sound_prose(data)] * 400),
    "empty": lambda _: "",
    "garbage": lambda _: "\ufffd\u0000 }{ ]]>> 9999 \u202e 31-12-2099 www.nergens-bekend.example" * 3,
    "repaired": sound_prose,
}
"""What each mode writes of the data. `repaired` writes well only when told what was wrong."""


def _turned(prose: str) -> str:
    """The same said the other way round."""
    if " niet " in prose:
        return prose.replace(" niet ", " ", 1)
    return re.sub(r"\b(is|gaat|stelt|declareert)\b", r"\1 niet", prose, count=1)


FAILING = frozenset({"malformed", "cut", "slow", "busy_once", "busy", "fails", "hangs", "refuses", "stalls"})
LATE = frozenset({"hangs", "slow", "stalls"})
"""Those in which the whole reply never comes within the time of a test."""
MODES = (*WRITERS, *sorted(FAILING), "obeys")


def _first_label(data: Data) -> str:
    return f"[{data['evidence'][0]['label']}]"


@dataclass
class ChatServer:
    """How the server behaves, and what it was sent. `obeys`: what to do for each trigger found in a message."""

    mode: str = "good"
    understands: Callable[[Data], object] = _read_as_asked
    orders: dict[str, str | Callable[[Data], str]] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    dropped: int = 0
    url: str = ""
    _stopped: threading.Event = field(default_factory=threading.Event)

    def doors(self) -> list[str]:
        """Which door each request was for."""
        return [door_of(request) for request in self.requests]

    def wait(self, seconds: float) -> None:
        """Keep a client waiting, no longer than the test runs."""
        self._stopped.wait(seconds)

    def reply(self, request: dict[str, Any]) -> str:
        """The text of the reply in this mode."""
        _system, message = (str(each["content"]) for each in request["messages"][:2])
        data: Data = json.loads(message)
        if self.mode == "obeys":
            for trigger, does in self.orders.items():
                if any(trigger in text for text in _strings(data)):
                    if door_of(request) == "understand":
                        return json.dumps(_read_as_ordered(trigger))
                    return does(data) if callable(does) else does
        if door_of(request) == "understand":
            said = self.understands(data)
            return said if isinstance(said, str) else json.dumps(said)
        if self.mode == "repaired" and "faults" not in data:
            return WRITERS["invents_date"](data)
        return WRITERS.get(self.mode, sound_prose)(data)


def door_of(request: dict[str, Any]) -> str:
    """What a request asks for."""
    if "response_format" in request or "tools" in request:
        return "understand"
    return "repair" if '"faults"' in str(request["messages"][1]["content"]) else "write"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    chat: ChatServer

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        chat = self.chat
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        chat.requests.append(request)
        try:
            if not self._fails(chat, request):
                self._answer(request, chat.reply(request))
        except (BrokenPipeError, ConnectionResetError):
            chat.dropped += 1
            self.close_connection = True

    def _fails(self, chat: ChatServer, request: dict[str, Any]) -> bool:
        """Whether the mode is one in which no reply comes; it has been given then."""
        statuses = {"busy": 429, "fails": 500, "refuses": 400}
        if chat.mode == "busy_once" and len(chat.requests) == 1:
            self._plain(429, b'{"error": {"message": "busy"}}', **{"Retry-After": "0"})
        elif chat.mode in statuses:
            self._plain(statuses[chat.mode], b'{"error": {"message": "no"}}', **{"Retry-After": "0"})
        elif chat.mode == "malformed":
            self._plain(200, b'{"choices": [{"message": ')
        elif chat.mode == "hangs":
            self._hang(chat)
        elif chat.mode == "stalls":
            self._start_stream()
            self._chunk(_delta("De uiterste datum is 31 december 2099 "))
            self._hang(chat)
        elif chat.mode == "cut":
            self._start_stream()
            self._chunk(_delta(chat.reply(request)[:25]))
            self.wfile.flush()
            self.connection.close()
            self.close_connection = True
        else:
            return False
        return True

    def _hang(self, chat: ChatServer) -> None:
        """Wait without an answer, and notice when the client goes."""
        ends = time.monotonic() + HANG_SECONDS
        self.connection.settimeout(0.05)
        while time.monotonic() < ends and not chat._stopped.is_set():
            try:
                if self.connection.recv(1) == b"":
                    chat.dropped += 1
                    break
            except TimeoutError:
                continue
            except OSError:
                chat.dropped += 1
                break
        self.close_connection = True

    def _answer(self, request: dict[str, Any], text: str) -> None:
        if not request.get("stream"):
            body = {
                "id": "x", "object": "chat.completion", "created": 0, "model": request["model"],
                "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }  # fmt: skip
            self._plain(200, json.dumps(body).encode())
            return
        self._start_stream()
        for piece in re.findall(r"\S+\s*|\s+", text):
            if self.chat.mode == "slow":
                self.chat.wait(SLOW_PAUSE)
            self._chunk(_delta(piece))
        self._chunk(_delta("", "stop"))
        self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

    def _plain(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")  # else the client keeps the connection, and a test ends with it open
        self.end_headers()
        self.wfile.write(body)

    def _start_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()

    def _chunk(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


def _delta(text: str, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    event = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "test", "choices": [choice]}
    return f"data: {json.dumps(event)}\n\n"


@contextmanager
def chat_server(mode: str = "good") -> Iterator[ChatServer]:
    """The server, running on a free port of this machine."""
    chat = ChatServer(mode)
    handler = type("Handler", (_Handler,), {"chat": chat})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    chat.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        chat._stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
