"""The report: its parts and intervals, what it escapes, and that the same run gives the same page."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.turn import Answer, Citation, Scope
from evals import report
from evals.case import Case
from evals.citing import Citing, marked_share, measure_citing
from evals.gaps import Gaps, NotFound
from evals.intervals import wilson
from evals.judge import REASONS, judge
from evals.parts import measure
from evals.report_tables import Run, calibration, confusion, pairs, part_figures, turned, worst
from evals.run import write_run
from knowledge.errors import UnreadableFile
from knowledge.search import SearchResult

DAY = dt.date(2031, 5, 1)
QUOTE = "Het loket opent op werkdagen om negen uur."
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'&{{ 7*7 }}{% raw %}$x^2$"


def case(name: str, behaviour: str = "answer", kind: str = "fact", **more: object) -> Case:
    fields: dict[str, object] = {
        "id": name, "lang": "nl", "kind": kind, "today": DAY, "question": "Hoe laat gaat het loket open?",
        "answer": "Om negen uur.", "must": [["negen uur"]] if behaviour == "answer" else [],
        "evidence": [{"doc": "noord", "quote": QUOTE}] if behaviour == "answer" else [], "behaviour": behaviour,
    }  # fmt: skip
    return Case.model_validate(fields | more)


def citation(quote: str = QUOTE, policy_id: str = "noord") -> Citation:
    return Citation(
        label=1, policy_id=policy_id, policy_title="Noord", insurer="Noord", year=2031, authority="original",
        section="1", heading_path=("1 Loket",), page=None, quote=quote, passage_id="p1", start=0, end=9, url="/",
    )  # fmt: skip


def answer(text: str = "Het loket gaat om negen uur open. [1]", status: str = "answered", **more: object) -> Answer:
    citations = (citation(),) if status == "answered" else ()
    fields = {"status": status, "language": "nl", "text": text, "citations": citations, "today": DAY}
    return Answer.model_validate(fields | more)


def found(text: str = QUOTE, relevance: float = 0.9, policy_id: str = "noord") -> SearchResult:
    return SearchResult(
        rank=1, policy_id=policy_id, section="1", heading_path=("1",), page=None, text=text, passage_id="p1",
        relevance=relevance, leg_ranks={},
    )  # fmt: skip


def run_of(*pairs_given: tuple[Case, Answer], relevance: float = 0.9) -> Run:
    cases = tuple(c for c, _ in pairs_given)
    answers = tuple(a.model_copy(update={"id": c.id}) for c, a in pairs_given)
    judged = tuple(judge(c, a) for c, a in pairs_given)
    parts = tuple(measure(c, a, [found(relevance=relevance)]) for c, a in pairs_given)
    return Run(cases, answers, judged, parts, "snap-1")


@pytest.mark.parametrize(
    ("share", "count", "low", "high"),
    [(0.5, 100, 0.404, 0.596), (1.0, 10, 0.722, 1.0), (0.0, 10, 0.0, 0.278), (0.0, 0, 0.0, 1.0)],
)
def test_intervals_are_wilsons(share: float, count: int, low: float, high: float) -> None:
    assert wilson(share, count) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Het loket gaat om negen uur open. [1]", 1.0),
        ("Het loket gaat om negen uur open.", 0.0),
        ("Dit zijn alle voorwaarden: [1]\n- een geldig keurmerk van u\n- een eigen klachtenregeling", 1.0),
        ("Dit zijn alle voorwaarden:\n- een geldig keurmerk van u [1]\n- een eigen klachtenregeling van u", 1 / 3),
        ("Het loket gaat om negen uur open. [1]\n\nBron: Inkoopbeleid van Noord voor 2031.", 1.0),
        ("Over welk beleid gaat uw vraag?", None),
    ],
)  # fmt: skip
def test_lines_are_marked_by_their_own_mark_or_their_lists(text: str, share: float | None) -> None:
    assert marked_share(text) == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("text", "recall", "precision"),
    [
        ("Het loket opent op werkdagen om negen uur. [1]", 1.0, 1.0),
        ("Het loket opent om negen uur. [1]\n\nBron: Noord, 1 Loket.", 1.0, 1.0),
        ("Het loket opent op werkdagen om 10 uur. [1]", 0.0, 1.0),
        ("Parkeren kost vijf euro per auto. [1]", 0.0, 0.0),
        ("Het loket opent op werkdagen om negen uur.", 0.0, None),
        ("Het loket opent op werkdagen om negen uur. [2]", 0.0, 0.0),
        ("Dit geldt voor u allemaal: [1]\n- het loket opent op werkdagen\n- parkeren kost vijf euro", 0.5, 1.0),
        ("Let op: reken met een wachttijd van drie weken.", 1.0, None),
        ("Over welk beleid gaat uw vraag?", None, None),
    ],
)
def test_a_line_is_borne_by_what_it_cites(text: str, recall: float | None, precision: float | None) -> None:
    noted = ({"rule": "noord.wachten", "notes": ["Reken met een wachttijd van drie weken."]},)
    assert measure_citing(answer(text, results=noted)) == Citing(recall, precision)


def test_a_translation_is_not_measured_against_the_words_of_the_policy() -> None:
    assert measure_citing(answer("The desk opens at nine. [1]", language="en")) == Citing(None, None)


@pytest.mark.parametrize(("kind", "computed"), [("date", False), ("eligibility", False), ("fact", None)])
def test_rules_are_measured_where_a_computation_is_due(kind: str, computed: bool | None) -> None:
    assert measure(case("a", kind=kind), answer(), []).computed is computed
    assert measure(case("b", kind=kind), answer(results=({"rule": "noord.dag"},)), []).computed is not False


def test_parts_are_measured_apart() -> None:
    right = measure(case("a"), answer(scope=Scope(policy_ids=("noord",))), [found()])
    assert (right.scope_holds, right.scope_narrow, right.found_any, right.precise, right.marked) == (
        True, True, True, 1.0, 1.0,
    )  # fmt: skip
    astray = measure(case("b"), answer(scope=Scope(policy_ids=("zuid",))), [found("Iets anders.", policy_id="zuid")])
    assert (astray.scope_holds, astray.found_any) == (False, False)
    silent = measure(case("c", "abstain"), answer(status="unanswerable_no_evidence", text="-"), [found()])
    assert (silent.scope_holds, silent.found_any, silent.precise, silent.due, silent.given) == (
        None, None, None, "abstain", "abstain",
    )  # fmt: skip


def test_a_citation_of_something_else_lowers_precision_only() -> None:
    both = (citation(), citation("Iets heel anders dan gevraagd werd.").model_copy(update={"label": 2}))
    parts = measure(case("a"), answer(citations=both), [])
    assert parts.precise == 0.5


@pytest.fixture
def run() -> Run:
    return run_of(
        (case("goed"), answer()),
        (case("fout"), answer("Het loket gaat om tien uur open. [1]")),
        (case("gemist"), answer("Dat vond ik niet.", "unanswerable_no_evidence")),
        (case("kapot"), answer("Er ging iets mis.", "error_internal")),
        (case("stil", "abstain", "unanswerable"), answer("Dat staat er niet.", "unanswerable_not_told")),
    )


def test_a_crash_is_a_failure_and_comes_first(run: Run) -> None:
    assert [row.case.id for row in worst(run.rows)] == ["kapot", "fout", "gemist"]
    assert confusion(run.rows)[0] == ("answer", [2, 1, 0, 1])


def test_silence_has_recall_and_precision(run: Run) -> None:
    figures = {each.name: (each.value, each.count) for each in part_figures(run)}
    assert figures["part_refusal_recall"] == (1.0, 1)
    assert figures["part_refusal_precision"] == (0.5, 2)


def test_calibration_is_by_relevance(run: Run) -> None:
    assert calibration(run.parts) == [(pytest.approx(0.95), 5, 0.2, 0.4)]


def test_runs_are_compared_case_by_case(run: Run) -> None:
    earlier = [each.model_copy(update={"verdict": "wrong"}) for each in run.judgements if each.case_id != "stil"]
    found_pairs = {each.name: each for each in pairs(earlier, run.judgements)}
    assert (found_pairs["correct"].before, found_pairs["correct"].after) == (0.0, 0.25)
    assert found_pairs["correct"].change.mean == 0.25
    better, worse = turned(earlier, run.judgements)
    assert ([each.case_id for each in better], worse) == (["goed"], [])
    assert pairs([], run.judgements) == []


@pytest.mark.parametrize(("language", "told"), [("nl", "mist negen uur"), ("en", "lacks negen uur")])
def test_reasons_are_in_the_language_of_the_page(run: Run, language: str, told: str) -> None:
    assert told in report.render(run, language=language)
    words = report._words(language)
    assert set(REASONS) == {name.removeprefix("fault_") for name in words if name.startswith("fault_")}


def test_the_same_run_gives_the_same_page(run: Run) -> None:
    assert report.render(run) == report.render(run)


class _Tags(HTMLParser):
    """The tags of a page and the attributes that could run something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [
            f"{name}={value}" for name, value in attrs if name.startswith("on") or name in ("src", "href")
        ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_text_from_outside_is_escaped(language: str) -> None:
    """Questions, answers, quotes, ids and the names of policies hold whatever someone typed."""
    evil = case(
        HOSTILE, question=HOSTILE, answer=HOSTILE, must=[[HOSTILE]],
        evidence=[{"doc": HOSTILE, "quote": HOSTILE}], history=[{"role": "user", "content": HOSTILE}],
    )  # fmt: skip
    told = answer(HOSTILE, status="answered", citations=(citation(HOSTILE, HOSTILE),))
    gaps = Gaps(asked=1, not_found=(NotFound(question=HOSTILE, count=1, status="unanswerable_no_evidence"),))
    page = report.render(run_of((evil, told)), gaps=gaps, language=language, earlier=run_of((evil, told)).judgements)
    tags = _Tags()
    tags.feed(page)
    assert not tags.tags & {"script", "img", "iframe", "link", "object"}
    assert [each for each in tags.handlers if not each.startswith("href=#")] == []
    assert "<script" not in page
    assert "{{ 7*7 }}" in page


def test_a_run_without_anything_to_show_has_a_page_too() -> None:
    page = report.render(run_of((case("goed"), answer())), earlier=[])
    assert "Geen enkele vraag staat in beide rondes." in page
    assert "Geen enkel antwoord is fout of gemist." in page


def test_every_sentence_is_in_both_languages_and_used() -> None:
    import yaml

    content = yaml.safe_load((report.HERE / "report.yaml").read_text("utf-8"))
    assert all(set(said) == {"nl", "en"} for said in content.values())
    code = "".join(path.read_text("utf-8") for path in (report.HERE / "templates").glob("*")) + "".join(
        path.read_text("utf-8") for path in report.HERE.glob("report*.py")
    )
    families = {"answer", "abstain", "clarify", "error", "correct", "wrong", "missed", "cited", "milliseconds"}
    unused = [name for name in content if not re.search(rf"\b{name}\b", code) and name not in families]
    assert [name for name in unused if not name.startswith(("kind_", "half_", "fault_"))] == []


def test_a_run_is_written_and_reported_from_its_folder(run: Run, tmp_path: Path) -> None:
    broken = (a.model_copy(update={"text": f"{a.text}\u2028"}) for a in run.answers)  # a line break within a text
    run = run_of(*zip(run.cases, broken, strict=True))
    write_run(tmp_path / "run", run)
    assert report.main([str(tmp_path / "run"), "--against", str(tmp_path / "run"), "--language", "en"]) == 0
    page = (tmp_path / "run" / "report.html").read_text("utf-8")
    assert "Before and after" in page
    assert report.read_run(tmp_path / "run") == run


def test_a_folder_that_is_no_whole_run_is_refused(run: Run, tmp_path: Path) -> None:
    assert report.main([str(tmp_path)]) == 2
    write_run(tmp_path, run)
    judged = (tmp_path / "judgements.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "judgements.jsonl").write_text("\n".join(judged[1:]) + "\n", "utf-8")
    with pytest.raises(UnreadableFile, match="no whole run"):
        report.read_run(tmp_path)
