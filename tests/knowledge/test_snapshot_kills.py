"""A builder that is killed at any moment leaves the old snapshot or the new one, whole.

The child process is this module, run with an index folder and a stage: it builds snapshots over
and over, of two sets of policies in turn, or kills itself when it comes to that stage.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.snapshot_build import STAGES, build_snapshot
from tests.fakes import FakeEncoder, policy_text

RUNS = int(os.environ.get("TEST_KILLS", "5"))
"""CI runs 20; a run at one's desk need not take a minute for this."""
SEED = 20260101
LONGEST_WAIT_SECONDS = 1.5
"""A few builds long, so that kills fall before, between and in them."""

ENCODER = FakeEncoder()
SETS = tuple(
    [
        policy_text(
            f"{name}-{number}",
            [(f"Deel {part}", [f"Zin {line} van deel {part} over {name}." for line in range(6)]) for part in range(4)],
        )
        for number in range(2)
    ]
    for name in ("appels", "peren")
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(max(600, 60 * RUNS))]


def build_forever(index_dir: Path, last_stage: str | None) -> None:
    def tell(stage: str, done: int, _total: int) -> None:
        if (stage, done) == (last_stage, 0):
            os.kill(os.getpid(), signal.SIGKILL)

    print("ready", flush=True)
    for texts in itertools.cycle(SETS[::-1]):
        build_snapshot(index_dir, texts, ENCODER, progress=tell).close()
        print("built", flush=True)


def kill_a_builder(index_dir: Path, *, after_seconds: float | None = None, at_stage: str = "") -> None:
    """Run a builder until it is killed: from here after a while, or by itself at a stage."""
    command = [sys.executable, "-m", __name__, str(index_dir), at_stage]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        if after_seconds is not None:
            time.sleep(after_seconds)
            child.kill()
        assert child.wait(timeout=60) == -signal.SIGKILL


def hidden(index_dir: Path) -> list[str]:
    return [path.name for path in index_dir.iterdir() if path.name.startswith(".") and path.name != ".lock"]


def check_whole(index_dir: Path) -> Snapshot:
    snapshot = open_snapshot(index_dir)
    snapshot.verify()
    assert any(list(snapshot.texts.values()) == texts for texts in SETS)
    snapshot.close()
    return snapshot


def check_next_build(index_dir: Path, previous: Snapshot) -> None:
    built = build_snapshot(index_dir, SETS[0], ENCODER)
    built.close()
    assert check_whole(index_dir).id == built.id
    assert built.previous == previous.id
    assert hidden(index_dir) == []


def test_kills_at_random_moments(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    build_snapshot(index_dir, SETS[0], ENCODER).close()
    moments = random.Random(SEED)
    interrupted = 0
    for _ in range(RUNS):
        kill_a_builder(index_dir, after_seconds=moments.uniform(0, LONGEST_WAIT_SECONDS))
        left = hidden(index_dir)
        interrupted += bool(left)
        assert len(left) <= 1
        check_next_build(index_dir, check_whole(index_dir))
    assert interrupted >= RUNS // 10, "too few kills fell within a build to say anything"


@pytest.mark.parametrize("stage", STAGES)
def test_kills_at_the_edge_of_each_stage(tmp_path: Path, stage: str) -> None:
    """'publish' is between the rename and the pointer, 'clean' between the pointer and the clean-up."""
    for number in range(max(1, RUNS // 5)):
        index_dir = tmp_path / f"index-{number}"
        for _ in range(3):
            build_snapshot(index_dir, SETS[0], ENCODER).close()
        before = check_whole(index_dir)
        kill_a_builder(index_dir, at_stage=stage)
        after = check_whole(index_dir)
        assert (after.id == before.id) == (stage != "clean")
        assert (after.texts != before.texts) == (stage == "clean")
        check_next_build(index_dir, after)


if __name__ == "__main__":
    build_forever(Path(sys.argv[1]), sys.argv[2] or None)
