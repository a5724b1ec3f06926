"""The command line as a user meets it: a process, its exit code, and what it prints where."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from api.batch import answer_lines, search_lines
from assistant.turn import Answer, HistoryTurn
from ingest.source import printable
from knowledge.errors import ConfigurationError
from knowledge.index_folder import building
from tests.conftest import ROOT, entry, policy_markdown, write_manifest, write_policies
from tests.ingest.broken_files import BROKEN_FILES, write_broken

START = "import sys; sys.argv[0] = 'loket'; from api.cli import main; main()"
COMMANDS = (
    *("ingest", "ask", "search", "replay", "rollback", "serve", "settings"),
    *("eval", "bank", "train", "rules", "mcp"),
)
HEAVY = {
    *("numpy", "torch", "chromadb", "sentence_transformers", "transformers", "langchain_core", "fastapi", "pypdf"),
    *("pydantic", "mcp", "icalendar"),
}

DAY = "2026-03-01"
QUESTION = "Tot wanneer kunnen wij de overeenkomst voor logopedie tekenen?"
DEADLINE = "15 april 2026"


@dataclass(frozen=True)
class Ended:
    """A run that ended; `said` are the lines on stderr without the one that names what is waited for."""

    code: int
    out: str
    said: list[str]


def loket(*arguments: str | Path, cwd: Path | None = None, **settings: str) -> Ended:
    """Run the command; keyword arguments are settings."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **{f"LOKET_{k.upper()}": v for k, v in settings.items()}}
    command = [sys.executable, "-c", START, *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, timeout=6000)
    lines = [line for line in ended.stderr.splitlines() if not line.endswith(" ...")]
    return Ended(ended.returncode, ended.stdout, lines)


def refused(ended: Ended, code: int, *words: str) -> None:
    """It ended with the code, printed no result, and said one clear line."""
    assert (ended.code, ended.out, len(ended.said)) == (code, "", 1), ended
    assert ended.said[0].startswith("loket: ")
    assert ended.said[0].isprintable()
    assert all(word in ended.said[0] for word in words), ended.said[0]


def hashes(folder: Path) -> dict[str, str]:
    """Every file but the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_policies(
        tmp_path_factory.mktemp("cli") / "beleid", {name: policy_markdown(name) for name in ("logopedie", "dietetiek")}
    )
    write_manifest(
        folder,
        entry("logopedie", title="Inkoopbeleid Logopedie 2026", care=["logopedie"]),
        entry("dietetiek", title="Inkoopbeleid Dietetiek 2026", care=["dietetiek"], insurer="Zuiderzon"),
    )
    return folder


@pytest.fixture(scope="module")
def index(policies: Path) -> Path:
    """What the command itself has published; not to be changed."""
    folder = policies.parent / "index"
    ended = loket("ingest", policies, "--index", folder)
    assert (ended.code, ended.said) == (0, [])
    return folder


@pytest.fixture
def own_index(index: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(index, tmp_path / "index"))


def lines_file(path: Path, *lines: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def line(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {"id": f"v{number}", "question": QUESTION, "today": DAY, "history": []} | fields


# Help and wrong use


def test_help_names_every_command() -> None:
    ended = loket("--help")
    assert ended.code == 0
    assert all(f"  {command} " in ended.out for command in COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    code = f"""
import sys
from api.cli import main
sys.argv = ["loket", "--help"]
try:
    main()
finally:
    print(*sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=600)
    assert (ended.returncode, ended.stderr.strip()) == (0, "")


def test_the_console_command_is_this_one() -> None:
    assert [point.value for point in entry_points(group="console_scripts", name="loket")] == ["api.cli:main"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    ended = loket(command, "--help")
    assert (ended.code, ended.said) == (0, [])
    assert f"loket {command}" in ended.out


# (arguments, words of what is said): what the parser of the arguments refuses
WRONG_OPTIONS: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("vraag",), ("vraag",)),
    (("--index", "x"), ("--index",)),
    (("ingest", "--chek"), ("--chek", "--check")),
    (("ingest", "een", "twee"), ("twee",)),
    (("ingest", "--index"), ("--index",)),
    (("ask", "een", "twee"), ("twee",)),
    (("ask", QUESTION, "--today", "31-12-2026"), ("--today", "31-12-2026")),
    (("ask", QUESTION, "--today", "2026-02-30"), ("--today", "2026-02-30")),
    (("ask", QUESTION, "--year", "volgend"), ("--year",)),
    (("search", "tarief", "--k", "0"), ("--k", "1")),
    (("search", "tarief", "--k", "101"), ("--k", "100")),
    (("serve", "--port", "70000"), ("--port",)),
    (("rollback", "nu"), ("nu",)),
    (("bank", "chek"), ("chek",)),
    (("bank", "propose"), ("--out",)),
    (("bank", "propose", "--out", "x", "--per-passage", "0"), ("--per-passage", "1")),
    (("train", "--seed", "-1"), ("--seed", "0")),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG_OPTIONS)
def test_a_wrong_option_is_wrong_use(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    ended = loket(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.said) <= 4, ended.said
    assert ended.said[-1].startswith("Error: ")
    assert all(word in ended.said[-1] for word in words)


# (arguments, words of what is said): what the command itself refuses
WRONG_USE: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("ask",), ("question", "--batch")),
    (("ask", ""), ("question", "empty")),
    (("ask", " \t\n"), ("question", "empty")),
    (("ask", "--batch", "in.jsonl"), ("--out",)),
    (("ask", "--out", "out.jsonl"), ("--batch",)),
    (("ask", QUESTION, "--out", "out.jsonl"), ("--batch",)),
    (("ask", QUESTION, "--batch", "in.jsonl", "--out", "out.jsonl"), ("question", "--batch")),
    (("search",), ("query", "--batch")),
    (("search", " "), ("query", "empty")),
    (("search", "--batch", "in.jsonl"), ("--out",)),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG_USE)
def test_wrong_use(arguments: tuple[str, ...], words: tuple[str, ...], tmp_path: Path) -> None:
    refused(loket(*arguments, cwd=tmp_path), 2, *words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("ask", QUESTION), ("ingest", "--check"), ("settings",), ("serve",)])
def test_an_unknown_setting_is_refused(arguments: tuple[str, ...], tmp_path: Path) -> None:
    refused(loket(*arguments, cwd=tmp_path, indx="x"), 2, "LOKET_INDX", "LOKET_INDEX")


def test_a_setting_that_does_not_fit_is_refused() -> None:
    refused(loket("settings", port="http"), 2, "LOKET_PORT")


def test_settings_are_described() -> None:
    ended = loket("settings", index="elders/index")
    assert ended.code == 0
    assert "LOKET_INDEX=elders/index\n    folder" in ended.out


@pytest.mark.parametrize(("command"), [("ask", QUESTION), ("search", "tarief"), ("rollback",)])
def test_an_index_without_a_snapshot(command: tuple[str, ...], tmp_path: Path) -> None:
    refused(loket(*command, "--index", tmp_path / "index"), 1, str(tmp_path / "index"), "loket ingest")


def test_the_index_of_the_settings_is_used_where_none_is_given(index: Path, tmp_path: Path) -> None:
    refused(loket("search", "tarief", index=str(tmp_path / "leeg")), 1, str(tmp_path / "leeg"))
    assert loket("search", "tarief", "--index", index, index=str(tmp_path / "leeg")).code == 0


@pytest.mark.slow
def test_an_unknown_encoder(index: Path) -> None:
    refused(loket("search", "tarief", "--index", index, "--encoder", "bestaat-niet"), 1, "'bestaat-niet'")


# Ingest


def test_ingest_prints_what_it_did(policies: Path, tmp_path: Path) -> None:
    ended = loket("ingest", policies, "--index", tmp_path / "index")
    assert (ended.code, ended.said) == (0, [])
    lines = ended.out.splitlines()
    assert lines[0].startswith("logopedie: 5 sections, 4 passages, 2 facts")
    assert lines[-1] == f"published: {(tmp_path / 'index' / 'CURRENT').read_text().strip()}"
    again = loket("ingest", policies, "--index", tmp_path / "index", "--json")
    report = json.loads(again.out)
    assert (again.code, report["published"], report["changes"]) == (0, False, [])
    assert [policy["reused"] for policy in report["policies"]] == [True, True]
    assert report["snapshot_id"] in lines[-1]


def test_a_check_writes_nothing(policies: Path, tmp_path: Path) -> None:
    before = hashes(policies)
    ended = loket("ingest", policies, "--check", "--json", "--index", tmp_path / "index", cwd=tmp_path)
    report = json.loads(ended.out)
    assert (ended.code, ended.said) == (0, [])
    assert (report["snapshot_id"], report["published"]) == (None, False)
    assert [policy["policy_id"] for policy in report["policies"]] == ["logopedie", "dietetiek"]
    assert list(tmp_path.iterdir()) == []
    assert hashes(policies) == before


def test_the_bundled_policies_pass_a_check(tmp_path: Path) -> None:
    ended = loket("ingest", "--check", cwd=tmp_path)
    assert (ended.code, ended.said) == (0, [])
    assert ended.out.count(" passages, ") == 5
    assert ended.out.endswith("checked; nothing built or published\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("check", [(), ("--check",)], ids=["ingest", "check"])
def test_a_folder_that_is_wrong(check: tuple[str, ...], policies: Path, tmp_path: Path) -> None:
    where = (*check, "--index", str(tmp_path / "index"))
    refused(loket("ingest", tmp_path / "weg", *where), 1, "weg", "not a folder")
    (tmp_path / "leeg").mkdir()
    refused(loket("ingest", tmp_path / "leeg", *where), 1, "manifest.yaml")
    folder = Path(shutil.copytree(policies, tmp_path / "beleid"))
    (folder / "nieuw.pdf").write_bytes(b"")
    refused(loket("ingest", folder, *where), 1, "'nieuw.pdf'", "no entry")
    assert not (tmp_path / "index").exists()


def test_an_index_that_is_a_file(policies: Path, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("tekst")
    refused(loket("ingest", policies, "--index", tmp_path / "index"), 1, str(tmp_path / "index"))


# Those that take seconds each (bombs, loops) are read one by one in tests/ingest.
SLOW = {"bom.pdf", "dubbele-bom.pdf", "veel.pdf", "kring.pdf", "bom.docx", "dicht.docx", "cellen.html"}
BROKEN = [broken for broken in BROKEN_FILES if broken.name not in SLOW]


def test_broken_files_are_all_named_and_publish_nothing(own_index: Path, policies: Path, tmp_path: Path) -> None:
    assert len(BROKEN) >= 15
    folder = Path(shutil.copytree(policies, tmp_path / "beleid"))
    for broken in BROKEN:
        write_broken(folder, broken)
    entries = [entry(f"kapot-{number}", file=broken.name) for number, broken in enumerate(BROKEN)]
    write_manifest(folder, entry("logopedie"), *entries, entry("dietetiek"))
    before = hashes(own_index)
    ended = loket("ingest", folder, "--index", own_index)
    assert (ended.code, ended.out, len(ended.said)) == (1, "", len(BROKEN))
    for said, broken in zip(ended.said, BROKEN, strict=True):
        assert said.startswith(f"loket: {printable(broken.name)}")
        assert broken.reason in said
        assert said.isprintable()
        assert len(said) < 400
    assert hashes(own_index) == before
    found = json.loads(loket("search", "tarief logopedie", "--index", own_index, "--json").out)
    assert found[0]["policy_id"] == "logopedie"


def test_a_second_writer_is_refused(own_index: Path, policies: Path) -> None:
    with building(own_index):
        refused(loket("ingest", policies, "--index", own_index), 1, f"process {os.getpid()} is building")
        refused(loket("rollback", "--index", own_index), 1, f"process {os.getpid()} is building")


def test_rollback_goes_one_back(own_index: Path, policies: Path, tmp_path: Path) -> None:
    refused(loket("rollback", "--index", own_index), 1, "no predecessor")
    first = (own_index / "CURRENT").read_text().strip()
    folder = Path(shutil.copytree(policies, tmp_path / "beleid"))
    write_manifest(folder, entry("logopedie", title="Ander beleid 2026"), entry("dietetiek"))
    assert "changed: logopedie (manifest entry only)" in loket("ingest", folder, "--index", own_index).out
    ended = loket("rollback", "--index", own_index)
    assert (ended.code, ended.out, ended.said) == (0, f"published: {first}\n", [])
    assert (own_index / "CURRENT").read_text().strip() == first


# Ask and search


def test_an_answer_in_the_terminal(index: Path) -> None:
    ended = loket("ask", QUESTION, "--today", DAY, "--index", index)
    assert (ended.code, ended.said) == (0, [])
    assert DEADLINE in ended.out.split("\n\n")[0]
    assert "\n[1] Inkoopbeleid Logopedie 2026 (Noorderlicht), " in ended.out
    assert "\x1b" not in ended.out, "no colours where there is no terminal"


def test_an_answer_as_json(index: Path) -> None:
    ended = loket("ask", QUESTION, "--today", DAY, "--insurer", "Zuiderzon", "--index", index, "--json")
    answer = Answer.model_validate_json(ended.out)
    assert (ended.code, ended.said) == (0, [])
    assert answer.today == dt.date(2026, 3, 1)
    assert answer.scope.insurer == "Zuiderzon"
    assert {citation.policy_id for citation in answer.citations} <= {"dietetiek"}


def test_no_answer_is_no_error(index: Path) -> None:
    ended = loket("ask", "Hoe laat vertrekt de trein naar Parijs?", "--index", index, "--json")
    assert (ended.code, ended.said) == (0, [])
    assert not Answer.model_validate_json(ended.out).status.startswith(("answered", "error"))


def test_a_search(index: Path) -> None:
    ended = loket("search", "tarief", "--k", "2", "--index", index, "--json")
    assert (ended.code, ended.said) == (0, [])
    results = json.loads(ended.out)
    assert [result["rank"] for result in results] == [1, 2]
    assert {"policy_id", "section", "heading_path", "page", "text", "passage_id"} <= set(results[0])
    assert "Het tarief" in loket("search", "tarief", "--k", "2", "--index", index).out


GOLD = {
    "lang": "en",
    "kind": "contact",
    "answer": "Zuiderzon: 1 mei 2026",
    "must": [["1 mei 2026"]],
    "must_not": [DEADLINE],
    "evidence": [{"doc": "dietetiek", "quote": "Het tarief"}],
    "behaviour": "abstain",
    "tool": "contract_start",
    "slots": {"application_date": "2026-01-02"},
    "scope": {"insurer": "Zuiderzon", "year": 2026, "care": "dietetiek"},
}


def test_a_batch_of_questions(index: Path, tmp_path: Path) -> None:
    """Order and ids are kept, each record says how long it took, and gold fields change nothing."""
    questions = [
        line(3, **GOLD),
        line(1),
        line(2, scope={"insurer": "Zuiderzon", "year": None, "care": None}),
        line(4, question="Do you reimburse rocket flights to Mars?"),
        line(1, question="Waar staat het tarief?", today="2027-12-31"),
    ]
    out = tmp_path / "nieuw" / "out.jsonl"
    ended = loket("ask", "--batch", lines_file(tmp_path / "in.jsonl", *questions), "--out", out, "--index", index)
    assert (ended.code, ended.out, ended.said) == (0, "", [])
    answers = [Answer.model_validate_json(each) for each in out.read_text("utf-8").splitlines()]
    assert [answer.id for answer in answers] == ["v3", "v1", "v2", "v4", "v1"]
    assert all(answer.latency_ms > 0 for answer in answers)
    assert [str(answer.today) for answer in answers] == [DAY] * 4 + ["2027-12-31"]
    gold, plain, chosen = (answer.model_copy(update={"id": None, "latency_ms": 0.0}) for answer in answers[:3])
    assert gold == plain
    assert DEADLINE in plain.text
    assert {citation.policy_id for citation in plain.citations} == {"logopedie"}
    assert {citation.policy_id for citation in chosen.citations} <= {"dietetiek"}
    assert chosen.scope.insurer == "Zuiderzon"


def test_a_batch_of_searches(index: Path, tmp_path: Path) -> None:
    source = lines_file(tmp_path / "in.jsonl", line(2, question="tarief"), line(1, question="portaal", **GOLD))
    ended = loket("search", "--batch", source, "--out", tmp_path / "out.jsonl", "--k", "3", "--index", index)
    assert (ended.code, ended.out, ended.said) == (0, "", [])
    records = [json.loads(each) for each in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["v2", "v1"]
    for record in records:
        ranks = [result["rank"] for result in record["results"]]
        assert ranks == list(range(1, len(ranks) + 1))
        assert 1 <= len(ranks) <= 3
        assert record["latency_ms"] > 0


def test_a_batch_that_cannot_be_read(index: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("van gisteren\n", "utf-8")
    source = lines_file(tmp_path / "in.jsonl", line(1), line(2), {"id": "v3"})
    refused(loket("ask", "--batch", source, "--out", out, "--index", index), 2, "in.jsonl", "line 3", "question")
    refused(loket("ask", "--batch", tmp_path / "weg.jsonl", "--out", out, "--index", index), 2, "weg.jsonl")
    assert out.read_text("utf-8") == "van gisteren\n", "nothing is written before all lines are read"


def test_answers_that_cannot_be_written(index: Path, tmp_path: Path) -> None:
    source = lines_file(tmp_path / "in.jsonl", line(1))
    refused(loket("ask", "--batch", source, "--out", tmp_path, "--index", index), 2, str(tmp_path))


# Files of questions, read by a stand-in


class Echo:
    """Answers each question with itself; fails where it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, tuple[HistoryTurn, ...], Mapping[str, object]]] = []

    def answer(
        self, question: str, *, today: dt.date, history: Sequence[HistoryTurn] = (), scope: Mapping[str, object]
    ) -> Answer:
        self.asked.append((question, str(today), tuple(history), scope))
        if "kapot" in question:
            raise RuntimeError("stuk")
        return Answer(status="answered", language="nl", text=question, today=today)

    def search(self, query: str, **_: object) -> list[object]:
        return []


def echo(folder: Path, content: str | bytes) -> tuple[list[dict[str, Any]], Echo, int]:
    """The records written, who was asked, and how many failed."""
    (folder / "in.jsonl").write_bytes(content.encode() if isinstance(content, str) else content)
    assistant = Echo()
    failed = answer_lines(assistant, folder / "in.jsonl", folder / "out.jsonl", lambda *_: None)  # type: ignore[arg-type]  # a stand-in
    written = (folder / "out.jsonl").read_bytes().decode().split("\n")
    assert written.pop() == ""
    return [json.loads(each) for each in written], assistant, failed


GOOD = json.dumps(line(1))

# (what, the second line of the file, words of the message)
BROKEN_LINES: list[tuple[str, str, str]] = [
    ("no JSON", "Tot wanneer?", "json"),
    ("half JSON", GOOD[:-5], "json"),
    ("two objects", GOOD + GOOD, "json"),
    ("a list", "[" + GOOD + "]", "object"),
    ("null", "null", "object"),
    ("no id", json.dumps(line(1, id=None)), "id"),
    ("number as id", json.dumps(line(1, id=7)), "id"),
    ("no question", json.dumps({"id": "v1", "today": DAY}), "question"),
    ("empty question", json.dumps(line(1, question="")), "question"),
    ("number as question", json.dumps(line(1, question=7)), "question"),
    ("no day", json.dumps({"id": "v1", "question": QUESTION}), "today"),
    ("a day that is none", json.dumps(line(1, today="2026-02-30")), "today"),
    ("Dutch day", json.dumps(line(1, today="1-3-2026")), "today"),
    ("history is a word", json.dumps(line(1, history="eerder")), "history"),
    ("unknown role", json.dumps(line(1, history=[{"role": "system", "content": "x"}])), "history.0.role"),
    ("history without text", json.dumps(line(1, history=[{"role": "user"}])), "history.0.content"),
    ("scope is a word", json.dumps(line(1, scope="Zuiderzon")), "scope"),
]


@pytest.mark.parametrize(("bad", "word"), [row[1:] for row in BROKEN_LINES], ids=[row[0] for row in BROKEN_LINES])
def test_a_broken_line_is_named(tmp_path: Path, bad: str, word: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        echo(tmp_path, f"{GOOD}\n{bad}\n{GOOD}\n")
    assert "in.jsonl, line 2: " in str(caught.value)
    assert word in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300
    assert not (tmp_path / "out.jsonl").exists()


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"in\.jsonl"):
        echo(tmp_path, GOOD.encode() + b"\n\xe9\n")


def test_empty_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    records, _, failed = echo(tmp_path, f"\n{GOOD}\r\n\r\n  \n{GOOD}")
    assert ([record["id"] for record in records], failed) == (["v1", "v1"], 0)
    with pytest.raises(ConfigurationError, match="line 4"):
        echo(tmp_path, f"\n{GOOD}\n\nx\n")


def test_no_questions_are_no_answers(tmp_path: Path) -> None:
    assert echo(tmp_path, "")[0] == []


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    assert len(echo(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())[0]) == 1


@pytest.mark.parametrize("mark", ["\u2028", "\u0085", "\u2029"])
def test_a_line_ends_at_a_line_feed_only(tmp_path: Path, mark: str) -> None:
    """JSON may hold the other line ends of Unicode as they are."""
    content = json.dumps(line(1, question=f"Tot{mark}wanneer?"), ensure_ascii=False)
    _, assistant, _ = echo(tmp_path, content + "\n" + GOOD + "\n")
    assert [asked[0] for asked in assistant.asked] == [f"Tot{mark}wanneer?", QUESTION]


def test_each_line_is_a_conversation_of_its_own(tmp_path: Path) -> None:
    history = [{"role": "user", "content": "Logopedie?"}, {"role": "assistant", "content": "Ja."}]
    _, assistant, _ = echo(tmp_path, json.dumps(line(1, history=history)) + "\n" + json.dumps(line(2)) + "\n")
    assert [asked[2] for asked in assistant.asked] == [tuple(HistoryTurn.model_validate(turn) for turn in history), ()]


@pytest.mark.parametrize(
    ("fields", "scope"),
    [
        ({}, {}),
        ({"scope": None}, {}),
        ({"scope": {}}, {}),
        ({"scope": {"insurer": "Zuiderzon", "year": 2026, "care": None}}, {"insurer": "Zuiderzon", "year": 2026}),
        (GOLD, {}),
    ],
    ids=["none", "null", "empty", "chosen", "gold"],
)
def test_the_scope_of_a_line(tmp_path: Path, fields: dict[str, Any], scope: dict[str, object]) -> None:
    _, assistant, _ = echo(tmp_path, json.dumps(line(1, **fields)))
    assert [asked[3] for asked in assistant.asked] == [scope]


def test_a_question_that_fails_costs_the_others_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    lines = [json.dumps(line(number, question=text)) for number, text in enumerate(("een", "kapot", "drie"))]
    records, _, failed = echo(tmp_path, "\n".join(lines))
    assert failed == 1
    assert [record["status"] for record in records] == ["answered", "error_internal", "answered"]
    assert [record["id"] for record in records] == ["v0", "v1", "v2"]
    assert "stuk" not in json.dumps(records)
    assert "stuk" in caplog.text


def test_a_search_that_fails_costs_the_others_nothing(tmp_path: Path) -> None:
    class Failing(Echo):
        def search(self, query: str, **_: object) -> list[object]:
            if "kapot" in query:
                raise RuntimeError("stuk")
            return []

    source = lines_file(tmp_path / "in.jsonl", line(1), line(2, question="kapot"), line(3))
    failed = search_lines(Failing(), source, tmp_path / "out.jsonl", 10, lambda *_: None)  # type: ignore[arg-type]  # a stand-in
    assert failed == 1
    ids = [json.loads(each)["id"] for each in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert ids == ["v1", "v2", "v3"]
