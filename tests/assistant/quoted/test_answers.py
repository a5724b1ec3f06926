"""Answers of a policy for which nobody wrote cards, to those who tell of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest

from assistant.answer import Assistant
from ingest.parse import parse_policy
from ingest.read_text import read_markdown
from knowledge.figures import figures_of
from knowledge.records import Policy
from knowledge.snapshot_build import build_snapshot
from tests.fakes import FakeEncoder

TODAY = dt.date(2030, 10, 1)
SALON = """# 1 Inleiding

In dit beleid leest u hoe Duinrand voetzorg inkoopt bij praktijken in de regio.

# 2 Voorwaarden

Een groepsbehandeling bij voetzorg telt hoogstens acht deelnemers tegelijk.

De praktijk beschikt over een klachtenregeling.

De laatste dag om de voetzorgovereenkomst te ondertekenen is vier weken na ontvangst.

# 3 Planning

| Stap | Datum |
| --- | --- |
| Aanbod in het portaal | 4 augustus 2030 |
| Uiterste datum om de vragenlijst in te sturen | 4 november 2030 |
"""
ANSWERS = [
    (
        "Onze groepsbehandeling heeft negen deelnemers. Mag dat?",
        "Nee: het beleid noemt hoogstens acht deelnemers en u noemt negen deelnemers; dat is meer. [1]",
        ("not_met", None, ["not_met"]),
    ),
    (
        "Onze groepsbehandeling heeft acht deelnemers. Mag dat?",
        "Op dit punt ja: het beleid noemt hoogstens acht deelnemers en u noemt acht deelnemers; dat is niet meer. [1]",
        ("met", None, ["met"]),
    ),
    (
        "Wij hebben nog geen klachtenregeling, is dat een probleem voor de voetzorg?",
        "Ja: het beleid vraagt een klachtenregeling, en u schrijft dat dit bij u ontbreekt. [1]",
        ("not_met", None, ["not_met"]),
    ),
    (
        "Wij ontvingen de voetzorgovereenkomst op 7 oktober 2030, wat is de laatste dag om te ondertekenen?",
        "Maandag 4 november 2030: dat is vier weken na 7 oktober 2030. [1]",
        ("value", "2030-11-04", []),
    ),
    (
        "Wij sturen de vragenlijst op 5 november 2030 in, is dat te laat?",
        "Ja: 5 november 2030 is te laat, want de laatste dag is 4 november 2030. [1]",
        ("not_met", None, ["not_met"]),
    ),
]
SILENT = [
    "Hoeveel deelnemers mag een groepsbehandeling bij voetzorg hebben?",
    "Is een klachtenregeling verplicht voor de praktijk?",
    "Wat is de uiterste datum om de vragenlijst in te sturen?",
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("quoted")
    (folder / "salon.md").write_text(SALON, "utf-8")
    policy = Policy(
        id="duinrand-voetzorg-2031", file="salon.md", insurer="Duinrand", year=2031,
        title="Inkoopbeleid Voetzorg 2031", care=("voetzorg",),
    )  # fmt: skip
    text = parse_policy(policy, read_markdown(folder / "salon.md"))
    built = build_snapshot(folder / "index", [text], FakeEncoder())
    yield Assistant(built, FakeEncoder())
    built.close()


@pytest.mark.parametrize(("question", "leading", "outcome"), ANSWERS)
def test_the_answer_says_what_the_quote_comes_to(
    assistant: Assistant, question: str, leading: str, outcome: tuple[str, str | None, list[str]]
) -> None:
    answer = assistant.answer(question, today=TODAY)
    assert answer.status == "answered"
    assert answer.text.splitlines()[0] == leading
    (result,) = cast("list[Mapping[str, Any]]", list(answer.results))
    criteria = [criterion["verdict"] for criterion in result["criteria"]]
    assert (result["verdict"], result["value"], criteria) == outcome
    assert result["citations"] == [1]
    said = {*figures_of(question), *figures_of(result["sentence"]), *figures_of(answer.citations[0].quote)}
    assert set(figures_of(leading.removesuffix(" [1]"))) <= said


@pytest.mark.parametrize("question", SILENT)
def test_who_tells_nothing_gets_the_quote_alone(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question, today=TODAY)
    assert answer.results == ()
    assert not answer.text.startswith(("Ja", "Nee", "Op dit punt"))
