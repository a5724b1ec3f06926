"""The lexical leg: fields, compounds, weights, coverage, and what is refused at opening."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.errors import SnapshotCorrupt
from knowledge.lexical import FIELDS, LexicalIndex, LexicalWeights
from knowledge.records import Passage
from knowledge.tokens import content_words
from tests.fakes import policy_text

TEXT = policy_text(
    "noord",
    [
        (
            "Aanvragen",
            [
                "Een zorgovereenkomst vraagt u aan in het portaal.",
                "De aanbieder van kraamzorg mailt het formulier.",
                "Bellen kan op werkdagen; per e-mail antwoorden wij binnen vijf dagen.",
            ],
        ),
        ("Fietsvergoeding", ["Hiervoor geldt een maximum van 300.000 euro.", "Contract C is voor kleine praktijken."]),
        ("Overig", ["De overeenkomst eindigt van rechtswege.", "Goede zorg.", "Zorg die goed is. Zorg! Zorg?"]),
    ],
)
PASSAGES = TEXT.passages
TITLES = {"noord": "Inkoopbeleid wijkverpleging"}


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(PASSAGES, TITLES)


def best(index: LexicalIndex, query: str | dict[str, float]) -> int:
    scores = index.scores(query)
    assert scores.max() > 0
    return int(scores.argmax())


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("portaal", 0),
        ("zorgovereenkomsten in portalen", 0),  # inflected
        ("overeenkomst eindigen", 5),
        ("kraamzorgaanbieder", 1),  # the query's compound is split
        ("vijf werkdag", 2),
        ("email", 2),  # stands there with a hyphen
        ("E‑MAIL", 2),
        ("300.000", 3),
        ("contract c", 4),
        ("fietsvergoeding maximum", 3),  # the heading counts
    ],
)
def test_the_right_passage_is_first(index: LexicalIndex, query: str, position: int) -> None:
    assert best(index, query) == position


def test_parts_of_a_compound_find_it(index: LexicalIndex) -> None:
    scores = index.scores("overeenkomst")
    assert scores[0] > 0
    assert scores[5] > scores[0]  # the very word counts more than a part


def test_scores_are_of_every_passage_in_order(index: LexicalIndex) -> None:
    scores = index.scores("portaal")
    assert scores.shape == (len(PASSAGES),)
    assert scores.dtype == np.float32
    assert list(np.flatnonzero(scores)) == [0]


@pytest.mark.parametrize("query", ["", "?!", "de het een", "zebrapad", {}])
def test_nothing_shared_scores_nothing(index: LexicalIndex, query: str | dict[str, float]) -> None:
    assert not index.scores(query).any()


def test_an_expansion_weighs_its_terms(index: LexicalIndex) -> None:
    assert best(index, {"portaal": 1.0, "formulier": 0.3}) == 0
    assert best(index, {"portaal": 0.3, "formulier": 1.0}) == 1
    np.testing.assert_allclose(index.scores({"portaal": 0.5}), 0.5 * index.scores("portaal"), rtol=1e-6)


def test_a_token_of_two_terms_gets_the_highest_weight(index: LexicalIndex) -> None:
    both = index.scores({"portaal": 1.0, "het portaal": 0.4})
    np.testing.assert_allclose(both, index.scores("portaal"), rtol=1e-6)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_without_weight_adds_nothing(index: LexicalIndex, field: str) -> None:
    query = "zorgovereenkomst aanvragen wijkverpleging"
    less = LexicalIndex.build(PASSAGES, TITLES, replace(LexicalWeights(), **{field: 0.0}))
    assert (less.scores(query) < index.scores(query)).any()


def test_idf_falls_with_frequency(index: LexicalIndex) -> None:
    assert index.idf("zorg") < index.idf("portaal") < index.idf("zebrapad")
    assert index.idf("zebrapad") == pytest.approx(math.log(1 + (len(PASSAGES) + 0.5) / 0.5))


def test_idf_among_some_passages_counts_their_headings_too(index: LexicalIndex) -> None:
    among = np.zeros(len(PASSAGES), dtype=np.bool_)
    among[:2] = True
    nowhere = math.log(1 + 2.5 / 0.5)
    assert index.idf("zebrapad", among) == pytest.approx(nowhere)  # stands further on
    assert index.idf("aanvraag", among) < nowhere  # in a heading


def test_content_words() -> None:
    assert content_words("Mag ik de e-mail van 1-1-2026 nog sturen?") == [
        "email",
        "e",
        "mail",
        "1-1-2026",
        "1",
        "1",
        "2026",
        "sturen",
    ]


def test_saved_and_opened_it_is_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "bm25")
    opened = LexicalIndex.open(tmp_path / "bm25")
    opened.verify(PASSAGES, TITLES)
    assert len(opened) == len(PASSAGES)
    for query in ("zorgovereenkomst aanvragen", "kraamzorgaanbieder", "zebrapad"):
        np.testing.assert_array_equal(opened.scores(query), index.scores(query))


def test_the_weights_are_saved(tmp_path: Path) -> None:
    weights = LexicalWeights(stems=0.7, title=0.0)
    LexicalIndex.build(PASSAGES, TITLES, weights).save(tmp_path)
    assert LexicalIndex.open(tmp_path).weights == weights


@pytest.mark.parametrize("count", [1, 2])
def test_few_passages_without_headings_or_titles(count: int, tmp_path: Path) -> None:
    bare = [passage.model_copy(update={"heading_path": ()}) for passage in PASSAGES[:count]]
    LexicalIndex.build(bare, {}).save(tmp_path)
    opened = LexicalIndex.open(tmp_path)
    opened.verify(bare, {})
    assert opened.scores("portaal")[0] > 0


def test_a_passage_without_content_words() -> None:
    passages = [*PASSAGES, PASSAGES[0].model_copy(update={"id": "leeg", "text": "* * *", "heading_path": ()})]
    index = LexicalIndex.build(passages, {})
    index.verify(passages, {})
    assert index.scores("portaal * ")[-1] == 0


Settings = dict[str, Any]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda settings: settings.update(format=settings["format"] + 1),
        lambda settings: settings.update(stemmer="dutch_porter"),
        lambda settings: settings.update(stemmer_version="1.0"),
        lambda settings: settings.update(stop_words="0000"),
        lambda settings: settings.update(k1=2.0),
        lambda settings: settings.update(passages=3),
        lambda settings: settings["weights"].pop("stems") and settings["weights"].update(stem=1.0),
        lambda settings: settings.pop("weights"),
    ],
)
def test_another_tokenizer_is_refused(index: LexicalIndex, tmp_path: Path, spoil: Callable[[Settings], None]) -> None:
    index.save(tmp_path)
    file = tmp_path / "settings.json"
    settings = json.loads(file.read_text())
    spoil(settings)
    file.write_text(json.dumps(settings))
    with pytest.raises(SnapshotCorrupt):
        LexicalIndex.open(tmp_path)


@pytest.mark.parametrize("name", ["settings.json", "vocabulary.json", "stems/scores.npy", "title/tokens.json"])
@pytest.mark.parametrize(
    "damage", [Path.unlink, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"{")]
)
def test_a_damaged_file_is_refused(
    index: LexicalIndex, tmp_path: Path, name: str, damage: Callable[[Path], object]
) -> None:
    index.save(tmp_path)
    damage(tmp_path / name)
    with pytest.raises(SnapshotCorrupt):
        LexicalIndex.open(tmp_path)


@pytest.mark.parametrize(
    "passages",
    [PASSAGES[::-1], PASSAGES[:-1], (PASSAGES[0].model_copy(update={"text": "Iets heel anders."}), *PASSAGES[1:])],
    ids=["order", "missing", "text"],
)
def test_verify_refuses_an_index_of_other_passages(index: LexicalIndex, passages: tuple[Passage, ...]) -> None:
    with pytest.raises(SnapshotCorrupt):
        index.verify(passages, TITLES)


def test_verify_refuses_other_titles(index: LexicalIndex) -> None:
    with pytest.raises(SnapshotCorrupt, match="title"):
        index.verify(PASSAGES, {"noord": "Een andere titel"})


def test_builds_are_reproducible(tmp_path: Path) -> None:
    for name in ("one", "two"):
        LexicalIndex.build(PASSAGES, TITLES).save(tmp_path / name)
    for path in sorted((tmp_path / "one").rglob("*.*")):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()
