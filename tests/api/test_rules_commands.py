"""`loket rules`: lists, proof, runs, receipts, and what is said when something does not fit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from api.rules_text import rule_text, run_text
from assistant.receipts import rerun, rule_receipt
from assistant.rule_descriptions import describe_rule
from assistant.rule_runs import run_cited
from assistant.tools import dates_tool, rule_tools
from knowledge.rules.card import CardFile
from knowledge.rules.rulebook import Rulebook, full_name
from knowledge.snapshot import open_snapshot
from tests.api.running import Run, refused, runner
from tests.conftest import policy_markdown, write_policies
from tests.small_rules import NAMES, POLICY_ID, REFUSED, TODAY, deadline, proof, said, small_index

ENTRY, REPLY, SIGNING = (f"{POLICY_ID}.{name}" for name in ("entry", "reply", "signing"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_index(tmp_path_factory.mktemp("rules") / "index")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, index: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOKET_INDEX", str(index))
    return runner(monkeypatch, capsys)


# list and show


def test_list_names_kind_title_care_and_marks_the_refused(run: Run) -> None:
    ended = run("rules", "list")
    assert (ended.code, ended.said) == (0, [])
    assert f"{ENTRY}  [conditions]  Toelating (fysiotherapie)" in ended.out
    assert f"{REFUSED}  REFUSED, not used\n    address: " in ended.out
    assert ended.out.endswith("7 rules, 1 refused\n")
    assert run("rules", "list", "--policy", POLICY_ID).out == ended.out
    found = json.loads(run("rules", "list", "--json").out)
    assert [each["name"] for each in found["rules"]] == NAMES
    assert [each["name"] for each in found["refused"]] == [REFUSED]
    refused(run("rules", "list", "--policy", "elders"), 2, "elders", POLICY_ID)
    refused(run("rules", "list", "--index", "leeg"), 1, "leeg", "loket ingest")


def test_show_has_every_value_with_its_quote(run: Run) -> None:
    shown = run("rules", "show", ENTRY).out
    assert "least = € 100.000 (eur) [1]" in shown
    assert "    Uw omzet is ten minste € 100.000 per jaar." in shown
    assert "revenue (eur): Wat is uw omzet?" in shown
    assert "form (string; one of practice, chain): Werkt u als praktijk of als keten?" in shown
    assert "Het beleid noemt geen peildatum." in shown
    found = json.loads(run("rules", "show", ENTRY, "--json").out)
    assert found["parameters"][0] | {"citation": 0} == {
        "name": "least", "value": "100000", "unit": "eur", "told": "€ 100.000", "citation": 0,
    }  # fmt: skip
    assert set(found["facts"]["properties"]) == {"has_code", "revenue", "form"}
    assert "(en)" in run("rules", "show", ENTRY, "--language", "en").out
    for name in NAMES:
        assert run("rules", "show", name).code == 0


def test_a_rule_that_is_not_there(run: Run) -> None:
    refused(run("rules", "show", f"{POLICY_ID}.entri"), 2, "unknown rule", f"did you mean {ENTRY}")
    refused(run("rules", "show", "entry"), 2, f"did you mean {ENTRY}?")
    refused(run("rules", "show", "x"), 2, "unknown rule x", "loket rules list")
    refused(run("rules", "run", REFUSED), 2, "does not prove it", "inkoop@voorbeeld.example")


# run


def test_run_prints_outcome_reasons_and_quotes(run: Run) -> None:
    ended = run("rules", "run", ENTRY, "--facts", '{"has_code": true, "revenue": 99999.5}', "--today", "2025-10-20")
    assert (ended.code, ended.said) == (0, [])
    lines = ended.out.splitlines()
    assert lines[0].startswith("U komt niet in aanmerking. [1]")
    assert "- voldaan: Een geldige AGB-code. (opgegeven: ja) [1]" in lines
    assert any(line.startswith("- niet voldaan: Een omzet van ten minste € 100.000.") for line in lines)
    assert any(line.startswith("- nog niet bekend: ") for line in lines)
    assert "! Het beleid noemt geen peildatum." in lines
    assert "    Uw omzet is ten minste € 100.000 per jaar." in lines


def test_run_counts_and_asks(run: Run) -> None:
    counted = run("rules", "run", REPLY, "--facts", '{"mailed_date": "2025-10-20"}').out
    assert "maandag 27 oktober 2025" in counted.splitlines()[0]
    assert "\n= 5 werkdagen na " in counted
    assert "? Wanneer mailde u? (mailed_date)" in run("rules", "run", REPLY).out
    assert "18 dagen" in run("rules", "run", SIGNING, "--today", "2025-10-20").out
    assert "(en)" in run("rules", "run", REPLY, "--language", "en").out


def test_run_in_json_is_the_result_record(run: Run) -> None:
    facts = '{"has_code": true, "revenue": "100000", "form": "chain"}'
    found = json.loads(run("rules", "run", ENTRY, "--facts", facts, "--json").out)
    assert (found["result"]["rule"], found["result"]["verdict"]) == (ENTRY, "met")
    assert found["result"]["inputs"] == {"has_code": True, "revenue": 100000, "form": "chain"}
    assert [each["label"] for each in found["citations"]] == [1, 2, 3]
    assert found["receipt"]["rule"] == ENTRY


WRONG: list[tuple[str, tuple[str, ...]]] = [
    ('{"revenu": 1}', ("unknown fact revenu", "did you mean revenue?")),
    ('{"xyz": 1}', ("unknown fact xyz", "has_code, revenue, form")),
    ('{"revenue": "veel"}', ("revenue does not fit", "give a number in euros")),
    ('{"revenue": NaN}', ("no JSON", "NaN")),
    ('{"has_code": "ja"}', ("has_code does not fit", "give true (yes) or false (no)")),
    ('{"form": "keten"}', ("form does not fit", "give one of: practice, chain")),
    ("[1]", ("JSON list", '{"has_code": true, "revenue": 1.5}')),
    ("omzet=3", ("no JSON", '{"has_code": true')),
]


@pytest.mark.parametrize(("facts", "words"), WRONG)
def test_facts_that_do_not_fit(run: Run, facts: str, words: tuple[str, ...]) -> None:
    refused(run("rules", "run", ENTRY, "--facts", facts), 2, *words)


def test_every_fault_is_told(run: Run) -> None:
    ended = run("rules", "run", ENTRY, "--facts", '{"has_code": 1, "form": 2, "x": 3}')
    assert (ended.code, ended.out, len(ended.said)) == (2, "", 3)
    refused(run("rules", "run", SIGNING, "--facts", '{"x": 1}'), 2, "the rule reads no facts")
    refused(run("rules", "run", ENTRY, "--language", "fr"), 2, "nl or en")
    assert run("rules", "run", ENTRY, "--today", "morgen").code == 2


# receipts


def test_a_receipt_is_written_and_replayed(run: Run, tmp_path: Path) -> None:
    arguments = ("rules", "run", REPLY, "--facts", '{"mailed_date": "2025-10-20"}', "--today", "2025-10-20")
    assert run(*arguments, "--receipt", "bon.json").code == 0
    ended = run("rules", "replay", "bon.json")
    assert (ended.code, ended.out, ended.said) == (0, "the same outcome from the same proof\n", [])
    file = tmp_path / "bon.json"
    file.write_text(file.read_text("utf-8").replace("2025-10-27", "2025-10-28"), "utf-8")
    ended = run("rules", "replay", file)
    assert ended.code == 1
    assert "result value: was 2025-10-28; is 2025-10-27\n" in ended.out
    assert ended.out.endswith("not the same\n")
    found = json.loads(run("rules", "replay", file, "--json").out)
    assert found["same"] is False
    assert {each["what"] for each in found["differences"]} == {"receipt", "result"}


def test_receipts_that_cannot_be_written_or_read(run: Run, tmp_path: Path) -> None:
    refused(run("rules", "run", ENTRY, "--receipt", "weg/bon.json"), 2, "weg/bon.json", "another file")
    (tmp_path / "los.json").write_text('{"id": 3}', "utf-8")
    (tmp_path / "geen.json").write_bytes(b"\xff\xfe")
    for file in ("weg.json", "los.json", "geen.json"):
        refused(run("rules", "replay", file), 2, file, "rules run --receipt")


# check


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return write_policies(tmp_path / "beleid", {"logopedie-2026": policy_markdown("logopedie")})


def cards(rate: float) -> CardFile:
    """Cards about a policy of `tests.conftest.policy_markdown`: the last day to sign, and the rise of the rate."""
    rise = proof("3", "tarief")
    rules = [
        deadline("signing", "tekenen", "2026-04-15", "Tekenen")
        | {"parameters": {"date": {"value": "2026-04-15", "unit": "date", "proof": proof("2", "Tekenen")}}},
        {
            "kind": "choice", "id": "rate", "title": said("tarief"), "what": said("tarief"),
            "asks": ["Hoeveel?", "Stijgt het?", "Gaat het omhoog?"],
            "parameters": {"rise": {"value": rate, "unit": "percent", "proof": rise}},
            "cases": [{"value": said("{rise}"), "proof": rise}],
        },
    ]  # fmt: skip
    return CardFile.model_validate({"policy": "logopedie", "years": [2026], "rules": rules})


def test_check_proves_without_building(run: Run, policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.prove.bundled_cards", lambda: (cards(2.5),))
    ended = run("rules", "check", policies)
    assert (ended.code, ended.said) == (0, [])
    assert ended.out == "logopedie-2026: 2 proven, 0 refused\nchecked; 0 refused\n"
    monkeypatch.setattr("ingest.prove.bundled_cards", lambda: (cards(3.5),))
    ended = run("rules", "check", policies)
    assert ended.code == 1
    assert "    refused: rate: rise: 3.5 (percent) does not stand in " in ended.out
    assert ended.out.endswith("checked; 1 refused\n")
    found = json.loads(run("rules", "check", policies, "--json").out)
    assert found["policies"][0]["proven"] == ["signing"]
    assert len(found["policies"][0]["refused"]) == 1
    assert {path.name for path in policies.iterdir()} == {"manifest.yaml", "logopedie-2026.md"}
    refused(run("rules", "check", "weg"), 1, "weg")


def test_whatever_cards_are_bundled_can_be_listed_shown_run_and_replayed(run: Run, tmp_path: Path) -> None:
    index = tmp_path / "alle"
    assert run("ingest", "--index", index).code == 0
    listed = [each["name"] for each in json.loads(run("rules", "list", "--index", index, "--json").out)["rules"]]
    snapshot = open_snapshot(index)
    snapshot.close()
    rulebook = Rulebook(snapshot.rules)
    assert listed == [full_name(rule) for rule in rulebook]
    for rule in rulebook:
        for language in ("nl", "en"):
            described = describe_rule(rule, rulebook, snapshot.texts, language)
            assert rule_text(described)
            done = run_cited(rule, {}, today=TODAY, language=language, rulebook=rulebook, texts=snapshot.texts)
            assert run_text(done, language)
            unfilled = re.findall(r"\{[a-z_0-9]+\}", json.dumps([done.record, described]))
            assert not unfilled, full_name(rule)
        assert rerun(rule_receipt(done.result, rule, source=snapshot, today=TODAY), snapshot).differences == ()
    tools = [*rule_tools(rulebook, snapshot.texts, lambda: TODAY), dates_tool(rulebook, snapshot.texts, lambda: TODAY)]
    assert len({tool.name for tool in tools}) == len(tools)
    assert all("error" not in json.loads(tool.invoke({})) for tool in tools)
