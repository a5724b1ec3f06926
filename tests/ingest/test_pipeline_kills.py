"""An ingest that is killed at any moment leaves the old content or the new one, whole.

The child process is this module, run with an index folder and two policy folders: it ingests them
in turn, over and over, so that every ingest reads files and publishes other content.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from knowledge.records import PolicyText
from knowledge.snapshot import open_snapshot
from tests.conftest import ROOT, policy_markdown, write_policies
from tests.fakes import FakeEncoder

KILLS = int(os.environ.get("TEST_KILLS", "5"))
"""CI runs 20; a run at one's desk need not take a minute for this."""
SEED = int(os.environ.get("TEST_SEED", "20260214"))
"""Another one gives other moments: several runs side by side are not one run over again."""
LONGEST_WAIT_SECONDS = {"ready": 2.5, "bouwen": 0.9, "reading": 0.1}
"""After what the child said a kill may be how late: two ingests long, a build long, or a file."""

ENCODER = FakeEncoder()
NAMES = ("logopedie", "dietetiek", "kraamzorg")
SAME = {name: policy_markdown(name, *(f"Regel {line} over {name}." for line in range(60))) for name in NAMES}
VERSIONS = tuple(
    SAME | {"kraamzorg": policy_markdown("kraamzorg", *(f"Regel {line} van {year}." for line in range(60)))}
    for year in (2025, 2026)
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(max(600, 120 * KILLS))]

Texts = Mapping[str, PolicyText]


def ingest_forever(index_dir: Path, folders: list[Path]) -> None:
    """Tell each step on a line of its own, so that who kills knows where."""

    def tell(what: str, done: int, _whole: int) -> None:
        print(what if not what.endswith(".md") else "reading", done, flush=True)

    print("ready", flush=True)
    for folder in itertools.cycle(folders):
        assert ingest(folder, index_dir, ENCODER, progress=tell).published
        print("done", flush=True)


def kill_an_ingest(index_dir: Path, folders: list[Path], after: str, seconds: float) -> str:
    """What the child was doing when it was killed, `seconds` after it said `after`."""
    command = [sys.executable, "-m", __name__, str(index_dir), *map(str, folders)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        while not (line := child.stdout.readline()).startswith(after):
            assert line, "the child ended by itself"
        time.sleep(seconds)
        child.kill()
        said = child.stdout.read().split("\n")
        assert child.wait(timeout=60) == -signal.SIGKILL
    whole = [line for line in (after, *said[:-1]) if not line.startswith(" ")]
    return whole[-1].split()[0]


def published(index_dir: Path) -> Texts:
    snapshot = open_snapshot(index_dir)
    try:
        snapshot.verify()
        assert not snapshot.vectors.degraded
        return dict(snapshot.texts)
    finally:
        snapshot.close()


def hidden(index_dir: Path) -> list[str]:
    return [path.name for path in index_dir.iterdir() if path.name.startswith(".") and path.name != ".lock"]


def test_kills_at_random_moments(tmp_path: Path) -> None:
    folders = [write_policies(tmp_path / f"version-{number}", texts) for number, texts in enumerate(VERSIONS)]
    contents: list[Texts] = []
    for number, folder in enumerate(folders):
        ingest(folder, tmp_path / f"expected-{number}", ENCODER)
        contents.append(published(tmp_path / f"expected-{number}"))
    assert contents[0] != contents[1]
    index_dir = tmp_path / "index"
    ingest(folders[0], index_dir, ENCODER)
    moments = random.Random(SEED)
    where: Counter[str] = Counter()
    interrupted = 0
    served = contents[0]
    for number in range(KILLS):
        after, longest = list(LONGEST_WAIT_SECONDS.items())[number % len(LONGEST_WAIT_SECONDS)]
        order = folders[::-1] if served == contents[0] else folders
        where[kill_an_ingest(index_dir, order, after, moments.uniform(0, longest))] += 1
        left = hidden(index_dir)
        interrupted += bool(left)
        assert len(left) <= 1
        served = published(index_dir)
        assert served in contents
        # The next ingest, of the other version, works and clears up.
        other = 1 - contents.index(served)
        assert ingest(folders[other], index_dir, ENCODER).published
        served = published(index_dir)
        assert served == contents[other]
        assert hidden(index_dir) == []
    print(f"killed while: {dict(where)}; {interrupted} left a build behind")
    assert where["reading"] >= KILLS // 20, "no kill fell in the reading"
    assert interrupted >= KILLS // 10, "too few kills fell in a build to say anything"


if __name__ == "__main__":
    ingest_forever(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
