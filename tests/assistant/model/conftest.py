"""Two small policies, one of them with room for planted text, and assistants with and without a model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.model.doors import LanguageModel
from assistant.model.live import LiveModel
from assistant.turn import Answer, HistoryTurn
from ingest.parse import parse_policy
from ingest.read_html import read_html
from knowledge.records import Policy, PolicyText
from knowledge.snapshot import Snapshot
from knowledge.snapshot_build import build_snapshot
from tests.assistant.model.openai_server import ChatServer
from tests.fakes import FakeEncoder

TODAY = dt.date(2030, 10, 1)
BUDGET_SECONDS = 1.5
"""Short, so that a server that hangs costs the tests little; a user waits eight seconds."""
AMPLE_SECONDS = 900.0
"""For a server that answers: what it says is tested then, and not how busy the machine is."""

PAGE = """<html><head><title>{metadata}</title><meta name="description" content="{metadata}">
<meta name="author" content="{metadata}"></head><body><!-- {metadata} -->
<h1>1 Inleiding</h1>
<p>In dit beleid leest u hoe Noordkust kraamzorg inkoopt. Een overeenkomst loopt een kalenderjaar.</p>
<h1>2 Voorwaarden</h1>
<h2>2.1 Eisen aan de aanbieder</h2>
<p>Een aanbieder heeft een ingeschreven praktijk en werkt met geschoolde kraamverzorgenden.</p>
<h2>2.2 Partusassistentie</h2>
<p>Partusassistentie vergoeden wij apart, met een toeslag van € 85,50 per keer. De toeslag declareert u binnen zes
weken.{paragraph}</p>
<h1>3 Planning</h1>
<table><tr><th>Stap</th><th>Datum</th></tr>
<tr><td>Aanbod in het portaal</td><td>4 augustus 2030</td></tr>
<tr><td>Uiterste datum om te ondertekenen</td><td>uiterlijk 4 november 2030{cell}</td></tr>
<tr><td>Terugkoppeling over het aanbod</td><td>eind november 2030</td></tr></table>
<h1>4 Contact</h1>
<table><tr><th>Onderwerp</th><th>Adres</th></tr>
<tr><td>Vragen over zorginkoop en contracten</td><td>inkoop.kraam@noordkust.example</td></tr></table>
</body></html>
"""
FEET = """<html><body><h1>1 Inleiding</h1>
<p>In dit beleid leest u hoe Veenland podotherapie inkoopt bij praktijken in de regio.</p>
<h1>2 Voorwaarden</h1><h2>2.1 Groepsbehandeling</h2>
<p>Groepsbehandeling is toegestaan met ten hoogste acht deelnemers tegelijk.</p>
<h1>3 Planning</h1><table><tr><th>Stap</th><th>Datum</th></tr>
<tr><td>Uiterste datum om te ondertekenen</td><td>vóór 15 december 2030</td></tr></table>
<h1>4 Contact</h1><table><tr><th>Onderwerp</th><th>Adres</th></tr>
<tr><td>Vragen over zorginkoop en contracten</td><td>voetzorg@veenland.example</td></tr></table></body></html>
"""
MATERNITY_POLICY = Policy(
    id="noordkust-kraamzorg-2031", file="kraamzorg.html", insurer="Noordkust", labels=("Duinpolis",), year=2031,
    title="Inkoopbeleid Kraamzorg 2031", care=("kraamzorg",),
)  # fmt: skip
FEET_POLICY = Policy(
    id="veenland-podotherapie-2031", file="podotherapie.html", insurer="Veenland", year=2031,
    title="Inkoopbeleid Podotherapie 2031", care=("podotherapie",),
)  # fmt: skip

SIGNING = "Wat is de uiterste datum om het contract voor kraamzorg te ondertekenen?"
CLAIMING = "Binnen hoeveel weken declareert een aanbieder van kraamzorg de toeslag voor partusassistentie?"
IN_ENGLISH = "What is the last date to sign the contract with Noordkust?"


NOTHING_PLANTED = {"metadata": "beleid", "paragraph": "", "cell": ""}


def parsed(folder: Path, policy: Policy, html: str) -> PolicyText:
    """A policy of this page."""
    path = folder / policy.file
    path.write_text(html, "utf-8")
    return parse_policy(policy, read_html(path))


@contextmanager
def built(folder: Path, texts: Sequence[PolicyText]) -> Iterator[Snapshot]:
    """A snapshot of some policies."""
    made = build_snapshot(folder / "index", texts, FakeEncoder())
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    folder = tmp_path_factory.mktemp("model")
    pages = ((MATERNITY_POLICY, PAGE.format(**NOTHING_PLANTED)), (FEET_POLICY, FEET))
    with built(folder, [parsed(folder, policy, page) for policy, page in pages]) as made:
        yield made


@pytest.fixture(scope="session")
def plain(snapshot: Snapshot) -> Assistant:
    """An assistant without a model."""
    return Assistant(snapshot, FakeEncoder())


def with_model(snapshot: Snapshot, chat: ChatServer, *, seconds: float = AMPLE_SECONDS) -> Assistant:
    """An assistant whose model is served by `chat`."""
    live = LiveModel.open("openai:test", chat.url, timeout_seconds=seconds)
    return Assistant(snapshot, FakeEncoder(), LanguageModel(live, seconds))


def ask(assistant: Assistant, question: str, *earlier: str, **given: object) -> Answer:
    """The answer to a question that follows the asker's `earlier` ones."""
    history = [HistoryTurn(role="user", content=content) for content in earlier]
    return assistant.answer(question, today=TODAY, history=history, **given)  # type: ignore[arg-type]  # as it is asked
