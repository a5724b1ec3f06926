"""The comparison with other systems: its scores, its table, and our own search measured by it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals import peers
from evals.bench_systems import SYSTEMS, Found, Listed, OwnSearch, read_texts
from evals.case import Case
from evals.peers import Measured, Row, Scores, compare, main, score, table
from knowledge.errors import LoketError
from tests.conftest import SHARED, entry, policy_markdown, write_manifest, write_policies

SCORER = SHARED / "qa" / "score_search.py"
QUOTE = "een twee drie vier vijf zes zeven acht negen tien"


def case(*evidence: tuple[str, str], name: str = "proef-1", behaviour: str = "answer", **fields: Any) -> Case:
    plain: dict[str, Any] = {
        "id": name, "lang": "nl", "kind": "fact", "today": "2026-05-01", "question": "Wat is het tarief?",
        "answer": "-", "must": [["-"]], "behaviour": behaviour,
        "evidence": [{"doc": doc, "quote": quote} for doc, quote in evidence],
    }  # fmt: skip
    return Case.model_validate(plain | fields)


def scores(**wanted: float) -> dict[str, float]:
    return dict.fromkeys(Scores.model_fields, 0.0) | wanted


NINE = " ".join(QUOTE.split()[1:])
EIGHT = " ".join(QUOTE.split()[2:])
FIRST = scores(any_at_1=1, any_at_5=1, any_at_10=1, all_at_5=1, mrr=1)


@pytest.mark.parametrize(
    ("results", "wanted"),
    [
        ([("noord", QUOTE)], FIRST),
        ([("noord", NINE.upper())], FIRST),
        ([("noord", EIGHT)], scores()),
        ([("zuid", QUOTE)], scores()),
        ([("noord", "x" * 1500 + " " + QUOTE)], scores()),
        ([("noord", "x" * (1500 - len(QUOTE) - 1) + " " + QUOTE)], FIRST),
        ([], scores()),
        ([("noord", "-")] * 3 + [("noord", QUOTE)], scores(any_at_5=1, any_at_10=1, all_at_5=1, mrr=0.25)),
        ([("noord", "-")] * 5 + [("noord", QUOTE)], scores(any_at_10=1, mrr=1 / 6)),
    ],
    ids=["found", "ninety percent", "eighty percent", "other policy", "too late", "just in time", "nothing",
         "fourth", "sixth"],
)  # fmt: skip
def test_a_quote_is_found_by_a_result_of_its_policy(results: list[tuple[str, str]], wanted: dict[str, float]) -> None:
    found = [Found(policy, text) for policy, text in results]
    assert score([case(("noord", QUOTE))], [found]).model_dump() == pytest.approx(wanted)


def test_all_evidence_counts_apart_from_some() -> None:
    found = [Found("noord", QUOTE)]
    both = score([case(("noord", QUOTE), ("zuid", QUOTE))], [found])
    assert both.model_dump() == scores(any_at_1=1, any_at_5=1, any_at_10=1, all_at_5=0, mrr=1)


def test_the_figures_are_means_over_the_cases() -> None:
    found = [[Found("noord", QUOTE)], [Found("noord", "-"), Found("noord", QUOTE)]]
    figures = score([case(("noord", QUOTE)), case(("noord", QUOTE), name="proef-2")], found)
    assert (figures.any_at_1, figures.any_at_5, figures.mrr) == (0.5, 1.0, 0.75)


QUOTES = st.lists(st.sampled_from(QUOTE.split()), min_size=1, max_size=10).map(" ".join)
DOCS = st.sampled_from(["noord", "zuid"])
EVIDENCE = st.lists(st.tuples(DOCS, QUOTES), min_size=1, max_size=3)
RESULTS = st.lists(st.builds(Found, DOCS, QUOTES), max_size=10)


@pytest.mark.shared
@settings(max_examples=15)
@given(rows=st.lists(st.tuples(EVIDENCE, RESULTS), min_size=1, max_size=8))
def test_the_scores_agree_with_the_scorer(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[list[tuple[str, str]], list[Found]]]
) -> None:
    folder = tmp_path_factory.mktemp("scored")
    cases = [case(*evidence, name=f"proef-{number}") for number, (evidence, _) in enumerate(rows)]
    results = [{"id": c.id, "results": [vars(found) for found in r]} for c, (_, r) in zip(cases, rows, strict=True)]
    (folder / "cases.jsonl").write_text("".join(c.model_dump_json() + "\n" for c in cases), "utf-8")
    (folder / "results.jsonl").write_text("".join(json.dumps(row) + "\n" for row in results), "utf-8")
    command = [sys.executable, str(SCORER), str(folder / "cases.jsonl"), str(folder / "results.jsonl")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0].split()
    told = dict(zip(said[::2], said[1::2], strict=True))
    ours = score(cases, [found for _, found in rows])
    assert told["mrr"] == f"{ours.mrr:.3f}"
    for name, value in (("any@1", ours.any_at_1), ("any@5", ours.any_at_5), ("any@10", ours.any_at_10)):
        assert told[name] == f"{value:.3f}"
    assert told["all@5"] == f"{ours.all_at_5:.3f}"


def test_a_peer_that_is_not_installed_is_a_line_in_the_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = Listed("Nergens te vinden", ("json", "no_such_package_anywhere"), OwnSearch)
    monkeypatch.setattr(peers, "SYSTEMS", {"absent": absent})
    row = compare("absent", tmp_path / "none", [tmp_path / "none.jsonl"])
    assert row == Row(system="absent", title=absent.title, absent=("no_such_package_anywhere",))
    assert "not installed (no_such_package_anywhere)" in table([row])


def test_every_line_of_the_table_has_as_many_cells() -> None:
    measured = Measured(
        scores=Scores(**FIRST), questions=1, p50_ms=1, p95_ms=2, start_s=3, ingest_s=4, passages=5,
        passages_per_s=6, memory_mb=7,
    )  # fmt: skip
    rows = [Row(system="a", title="A", measured=measured), Row(system="b", title="B", absent=("b",))]
    drawn = table(rows).splitlines()
    assert len(drawn) == 4
    assert {line.count("|") for line in drawn} == {drawn[0].count("|")}


def test_every_peer_names_what_it_cannot_do_without() -> None:
    assert SYSTEMS["own"].absent == ()
    assert all(listed.packages for name, listed in SYSTEMS.items() if name != "own")
    assert replace(SYSTEMS["haystack"], packages=()).absent == ()


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return write_policies(tmp_path / "policies", {name: policy_markdown(name) for name in ("kraamzorg", "mondzorg")})


def test_peers_get_plain_files_as_they_are_and_others_as_we_read_them(policies: Path) -> None:
    (policies / "web.html").write_text("<h1>Beleid</h1>" + "<p>Het loket is open op werkdagen.</p>" * 9, "utf-8")
    (policies / "mondzorg.md").unlink()
    write_manifest(policies, entry("kraamzorg"), entry("web", file="web.html"))
    texts = read_texts(policies)
    assert texts["kraamzorg"] == (policies / "kraamzorg.md").read_text("utf-8")
    assert "Het loket is open op werkdagen." in texts["web"]
    assert "<p>" not in texts["web"]


def test_our_own_search_is_measured_in_a_process_of_its_own(
    policies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quote = "Het tarief voor mondzorg stijgt in 2026 met 2,5 procent"
    followup = case(
        ("mondzorg", quote), name="proef-2", kind="followup", question="En voor mondzorg?",
        history=[{"role": "user", "content": "Wat is het tarief voor kraamzorg?"}],
    )  # fmt: skip
    cases = [case(("mondzorg", quote), question="Hoeveel stijgt het tarief voor mondzorg?"), followup]
    cases.append(case(name="proef-3", kind="offtopic", behaviour="abstain", must=[]))
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(c.model_dump_json() + "\n" for c in cases), "utf-8")
    main(["--policies", str(policies), "--cases", str(file), "--systems", "own", "--json"])
    row = Row.model_validate(json.loads(capsys.readouterr().out)[0])
    assert row.measured is not None
    assert row.measured.questions == 2
    assert row.measured.scores.any_at_5 == 1.0
    assert row.measured.passages >= 8
    assert 0 < row.measured.p50_ms <= row.measured.p95_ms
    assert row.measured.memory_mb > 0


def test_a_file_without_evidence_is_refused(policies: Path, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(case(kind="offtopic", behaviour="abstain", must=[]).model_dump_json(), "utf-8")
    with pytest.raises(LoketError, match="no case has evidence"):
        peers.measure("own", policies, [file])
