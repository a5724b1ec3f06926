"""The times of the steps of an answer, as the benchmark shows them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assistant.answer import Assistant
from evals.bench import Steps
from ingest.pipeline import ingest
from knowledge.encoder import BUNDLED_FITTED_FOLDER, StaticEncoder

POLICIES = Path(__file__).parents[2] / "knowledge" / "policies"


def test_each_step_of_an_answer_is_timed_apart(tmp_path: Path) -> None:
    ingest(POLICIES, tmp_path, StaticEncoder(BUNDLED_FITTED_FOLDER))
    steps = Steps()
    assistant = Assistant.open(tmp_path, timed=steps.hear)
    for question in ("Tot wanneer kan ik tekenen bij Caresq?", "Wij zijn een apotheek zonder keten."):
        assistant.answer(question, today=dt.date(2026, 11, 2))
    found = dict(steps.by_name())
    assert list(found) == ["scope", "changes", "search", "rules", "compose", "record"]
    assert all(len(times) == 2 and times == sorted(times) and times[0] >= 0 for times in found.values())
