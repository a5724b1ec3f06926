"""The same question is answered byte for byte alike, in whatever process it is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from knowledge.bank import bundled_bank
from knowledge.encoder import open_encoder
from tests.evals.test_cases import POLICIES

HASH_SEEDS = ("0", "1", "4242")
"""What the order of sets hangs on; none of them may show."""
QUESTIONS = 300
_PLAYED = f"""
import sys
from pathlib import Path

from assistant.answer import Assistant
from evals.conversations import load_conversations, play

assistant, told = Assistant.open(Path(sys.argv[1])), 0
for conversation in load_conversations():
    for answer in play(assistant, conversation) if told < {QUESTIONS} else ():
        print(answer.model_dump_json(exclude={{"latency_ms"}}))
        told += 1
"""


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_three_processes_give_the_same_three_hundred_answers(tmp_path: Path) -> None:
    ingest(POLICIES, tmp_path, open_encoder(), bank=bundled_bank())
    first, *others = [_answers(tmp_path, seed) for seed in HASH_SEEDS]
    assert len(first.splitlines()) >= QUESTIONS
    for other in others:
        assert other == first


def _answers(index: Path, hash_seed: str) -> bytes:
    """The answers of one process to the questions of the bundled conversations, a line each."""
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-c", _PLAYED, str(index)]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
