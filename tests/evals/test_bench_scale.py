"""The large corpus that speed is measured on, and its figures."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from evals.bench_scale import ScaleFigures, corpus, lines, main, measure
from knowledge.soundness import check_texts
from tests.fakes import FakeEncoder

PASSAGES = 2000


def test_the_corpus_has_exactly_so_many_sound_passages() -> None:
    texts = corpus(PASSAGES)
    check_texts(texts)
    passages = [passage for text in texts for passage in text.passages]
    assert len(passages) == PASSAGES
    assert len({text.policy.insurer for text in texts}) > 1


def test_no_variant_repeats_another() -> None:
    texts = corpus(PASSAGES)
    often = Counter(passage.text for text in texts for passage in text.passages)
    assert len(often) > 0.95 * PASSAGES
    assert len({text.text for text in texts}) == len(texts)


def test_the_same_seed_gives_the_same_corpus() -> None:
    assert corpus(100, seed=7) == corpus(100, seed=7)
    assert corpus(100, seed=7) != corpus(100, seed=8)


def test_a_small_index_is_built_and_searched() -> None:
    figures = measure(150, FakeEncoder())
    assert figures.passages == 150
    assert figures.questions > 100
    assert 0 < figures.scoped_p50_ms <= figures.scoped_p95_ms
    assert 0 < figures.unscoped_p50_ms <= figures.unscoped_p95_ms
    assert {"encode", "verify"} <= set(figures.stages_s)
    assert sum(figures.stages_s.values()) == pytest.approx(figures.build_s, abs=1.0)
    assert "150 passages" in lines(figures)


@pytest.mark.slow
def test_the_command_gives_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--passages", str(PASSAGES), "--json"])
    figures = ScaleFigures.model_validate(json.loads(capsys.readouterr().out))
    assert figures.passages == PASSAGES
    assert set(figures.encoded_per_s) == {1, 2}
    assert min(figures.encoded_per_s.values()) > 0
    assert min(figures.index_mb, figures.memory_mb) > 0
