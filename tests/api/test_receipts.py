"""Receipts on disk, over HTTP and in `loket replay`."""

from __future__ import annotations

import datetime as dt
import json
import logging
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import receipt_store
from api.app import create_app
from api.receipt_store import ReceiptStore
from api.settings import Settings
from assistant.answer import Assistant
from assistant.answer_receipts import AnswerReceipt, content_id
from tests.api.conftest import NOW, MakeClient, wait_until
from tests.api.running import Run, refused, runner
from tests.small_rules import small_index

SIGN = "Tot wanneer kunnen wij de overeenkomst fysiotherapie tekenen?"
BSN = "123456782"
DAY = dt.date(2026, 11, 27)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_index(tmp_path_factory.mktemp("replay") / "index")


@pytest.fixture(scope="module")
def sample(index: Path) -> AnswerReceipt:
    kept: list[AnswerReceipt] = []
    Assistant.open(index, keep=kept.append).answer(SIGN, today=DAY)
    return kept[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "receipts"


@pytest.fixture
def client(index: Path, folder: Path) -> Iterator[TestClient]:
    """The application as it is served, over the small policy; receipts are kept."""
    settings = Settings.model_validate({"index": index, "rate_limit": 0, "receipts": str(folder)})
    with TestClient(create_app(settings, now=lambda: NOW)) as made:
        wait_until(lambda: made.get("/readyz").status_code == 200)
        yield made


def lines(folder: Path) -> list[str]:
    return [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def numbered(sample: AnswerReceipt, number: int) -> AnswerReceipt:
    changed = sample.model_copy(update={"question": f"{SIGN} {number}"})
    return changed.model_copy(update={"id": content_id(changed)})


# The store


def test_a_receipt_is_a_line_of_the_day_that_nobody_else_may_read(folder: Path, sample: AnswerReceipt) -> None:
    store = ReceiptStore(folder, 90, lambda: DAY)
    store.keep(sample)
    store.keep(sample)
    (path,) = folder.iterdir()
    assert path.name == "receipts-2026-11-27.jsonl"
    assert [AnswerReceipt.model_validate_json(line) for line in lines(folder)] == [sample]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert store.find(sample.id) == sample


@pytest.mark.parametrize("unknown", ["", "0" * 20, "../../etc/passwd", "a" * 5000, '{"id":"', "é", "0" * 19 + "\n"])
def test_an_unknown_id_is_none(folder: Path, sample: AnswerReceipt, unknown: str) -> None:
    store = ReceiptStore(folder, 90)
    assert store.find(unknown) is None
    store.keep(sample)
    assert store.find(unknown) is None


def test_old_days_go_and_other_files_stay(folder: Path, sample: AnswerReceipt) -> None:
    days = [DAY]
    store = ReceiptStore(folder, 3, lambda: days[0])
    for number in range(6):
        days[0] = DAY + dt.timedelta(days=number)
        store.keep(sample)
        (folder / "notes.txt").write_text("van een mens")
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["notes.txt", *(f"receipts-2026-{day}.jsonl" for day in ("11-30", "12-01", "12-02"))]
    assert store.find(sample.id) == sample


def test_threads_and_processes_do_not_mix_their_lines(folder: Path, sample: AnswerReceipt) -> None:
    stores = [ReceiptStore(folder, 90, lambda: DAY) for _ in range(4)]
    made = [numbered(sample, number) for number in range(200)]
    threads = [
        threading.Thread(target=lambda mine=store, part=made[n::4]: [mine.keep(each) for each in part])
        for n, store in enumerate(stores)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Who looks at the last byte while another is writing takes the line for torn: an empty one is passed over.
    read = [AnswerReceipt.model_validate_json(line) for line in lines(folder) if line]
    assert {each.id for each in read} == {each.id for each in made}
    assert len(read) == len(made)


def test_what_a_crash_left_half_written_costs_nothing_else(folder: Path, sample: AnswerReceipt) -> None:
    store = ReceiptStore(folder, 90, lambda: DAY)
    store.keep(numbered(sample, 1))
    (path,) = folder.iterdir()
    half = numbered(sample, 2).model_dump_json()
    with path.open("a", encoding="utf-8") as file:
        file.write(half[: len(half) // 2])
    store.keep(numbered(sample, 3))
    assert store.find(numbered(sample, 1).id) is not None
    assert store.find(numbered(sample, 2).id) is None
    assert store.find(numbered(sample, 3).id) is not None


def test_a_folder_that_cannot_be_written_costs_no_answer(
    tmp_path: Path, sample: AnswerReceipt, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    store = ReceiptStore(tmp_path / "file", 90)
    store.keep(sample)
    store.keep(numbered(sample, 1))
    assert store.find(sample.id) is None
    warned = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warned) == 1
    assert SIGN not in caplog.text


def test_a_day_does_not_fill_the_disk(
    folder: Path, sample: AnswerReceipt, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(receipt_store, "DAY_BYTES_AT_MOST", 5_000)
    store = ReceiptStore(folder, 90, lambda: DAY)
    for number in range(50):
        store.keep(numbered(sample, number))
    (path,) = folder.iterdir()
    assert path.stat().st_size < 10_000
    assert caplog.text.count("is full") == 1


# Over HTTP


def test_an_answer_has_a_receipt_without_what_was_asked(client: TestClient, folder: Path) -> None:
    answer = client.post("/v1/answers", json={"question": SIGN}).json()
    response = client.get(f"/v1/receipts/{answer['receipt_id']}")
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    receipt = response.json()
    assert receipt["id"] == answer["receipt_id"]
    assert receipt["status"] == answer["status"]
    assert [each["passage_id"] for each in receipt["passages"]] == [c["passage_id"] for c in answer["citations"]]
    assert receipt["model"] is None
    assert {"question", "history", "given"}.isdisjoint(receipt)
    assert SIGN not in response.text
    assert any(SIGN in line for line in lines(folder))


@pytest.mark.parametrize("unknown", ["0" * 20, "x", "..%2F..%2Fetc", "a" * 100])
def test_an_unknown_receipt_is_a_problem(client: TestClient, unknown: str) -> None:
    response = client.get(f"/v1/receipts/{unknown}")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert unknown not in response.text


def test_an_id_that_is_too_long_is_a_problem(client: TestClient) -> None:
    response = client.get(f"/v1/receipts/{'a' * 101}")
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "receipt_id")


def test_where_none_is_kept_there_is_none(make_client: MakeClient) -> None:
    client = make_client(receipts="")
    assert client.get(f"/v1/receipts/{'0' * 20}").status_code == 404


def test_personal_data_is_nowhere_after_a_conversation(
    client: TestClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the receipts, the log, the answers, nor the conversation that later answers go on from."""
    caplog.set_level(logging.DEBUG)
    questions = [
        f"Mag patiënt {BSN} komen?",
        f"En bsn {BSN[:3]} {BSN[3:6]} {BSN[6:]} dan?",
        "Patiënt Jan de Vries?",
        SIGN,
    ]
    conversation, told = None, []
    for question in questions:
        body = {"question": question, "conversation_id": conversation}
        response = client.post("/v1/answers", json=body)
        conversation = response.json()["conversation_id"]
        told.append(response.json()["status"])
        assert client.post("/v1/answers/stream", json=body).status_code == 200
        assert client.get("/", params={"q": question}).status_code == 200
        assert client.get("/v1/search", params={"q": question}).status_code == 200
    assert told[:3] == ["guardrail_personal_data"] * 3
    exported = client.get(f"/v1/conversations/{conversation}").json()["turns"]
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("loket")]
    assert logged
    for text in (*lines(folder), *logged, *(part for turn in exported for part in turn.values())):
        assert BSN not in text.replace(" ", "")
        assert "Vries" not in text
    assert len(lines(folder)) >= 3


# loket replay


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, index: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOKET_INDEX", str(index))
    monkeypatch.setenv("LOKET_RECEIPTS", str(tmp_path / "receipts"))
    return runner(monkeypatch, capsys)


def test_a_question_asked_is_replayed_by_its_id(run: Run, folder: Path) -> None:
    answer = json.loads(run("ask", SIGN, "--today", "2025-10-20", "--json").out)
    ended = run("replay", answer["receipt_id"])
    assert (ended.code, ended.out) == (0, "the same would be said\n")
    found = json.loads(run("replay", answer["receipt_id"], "--json").out)
    assert found == {"same": True, "receipt_id": answer["receipt_id"], "differences": []}
    assert len(lines(folder)) == 1, "a replay leaves no receipt"


def test_a_batch_measures_and_leaves_no_receipts(run: Run, folder: Path, tmp_path: Path) -> None:
    questions = [{"id": f"v{n}", "question": f"{SIGN} {n}", "today": "2025-10-20"} for n in range(3)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(each) + "\n" for each in questions), "utf-8")
    assert run("ask", "--batch", "in.jsonl", "--out", "out.jsonl").code == 0
    answers = [json.loads(line)["receipt_id"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(set(answers)) == len(questions)
    assert not folder.exists() or lines(folder) == []


def test_a_file_is_replayed_and_what_differs_is_told(run: Run, sample: AnswerReceipt, tmp_path: Path) -> None:
    other = sample.model_copy(update={"text_sha256": "0" * 64, "snapshot": "earlier"})
    other = other.model_copy(update={"id": content_id(other)})
    (tmp_path / "receipt.json").write_text(other.model_dump_json(indent=1), "utf-8")
    ended = run("replay", "receipt.json")
    assert ended.code == 1
    assert ended.out.splitlines()[-1] == "not the same"
    assert [line.split(":")[0] for line in ended.out.splitlines()[:-1]] == ["snapshot id", "text sha256"]


def test_a_masked_receipt_is_not_replayed(run: Run, folder: Path) -> None:
    answer = json.loads(run("ask", f"Mag patiënt {BSN} komen?", "--json").out)
    assert BSN not in "".join(lines(folder))
    ended = run("replay", answer["receipt_id"])
    assert (ended.code, ended.out) == (2, "")
    assert "personal data" in ended.said[-1]


def test_wrong_use_is_told(run: Run, sample: AnswerReceipt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "two.jsonl").write_text(2 * (sample.model_dump_json() + "\n"), "utf-8")
    (tmp_path / "rule.json").write_text('{"id": "x"}', "utf-8")
    (tmp_path / "latin.json").write_bytes(b"\xe9")
    refused(run("replay", "0" * 20), 2, "no receipt of that id")
    refused(run("replay", "weg.json"), 2, "weg.json", "cannot be read")
    refused(run("replay", "latin.json"), 2, "latin.json")
    refused(run("replay", "two.jsonl"), 2, "2 receipts")
    refused(run("replay", "rule.json"), 2, "rule.json", "no receipt")
    monkeypatch.setenv("LOKET_RECEIPTS", "")
    refused(run("replay", sample.id), 2, "LOKET_RECEIPTS")
