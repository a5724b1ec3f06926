"""Hybrid search over a real snapshot: order, scope, ranks of the legs and the records that callers get."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.bank import BankLine, QuestionBank
from knowledge.errors import EncoderError
from knowledge.fusion import LEGS, FusionWeights
from knowledge.search import Searcher, SearchResult, _best, as_results
from knowledge.snapshot import Snapshot
from knowledge.snapshot_build import build_snapshot
from knowledge.thesaurus import Term, Thesaurus
from tests.fakes import FakeEncoder, policy_text

THESAURUS = Thesaurus((Term(concept="zolen", kind="general", terms=("inlegwerk",), en=("insoles",)),))
NORTH = policy_text(
    "noord",
    [
        ("Zolen", ["Een paar zolen declareert u achteraf.", "Reparatie van schoenen hoort daar niet bij."]),
        ("Loket", ["Het loket is open op werkdagen.", "Klachten bespreekt u eerst met de regiomanager."]),
    ],
    title="Beleid Noord",
)
SOUTH = policy_text(
    "zuid",
    [("Loket", ["Het loket is alleen in de ochtend open.", "Het parkeerterrein ligt achter het kantoor."])],
    title="Beleid Zuid",
)
PASSAGES = len(NORTH.passages) + len(SOUTH.passages)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    built = build_snapshot(tmp_path_factory.mktemp("search") / "index", (NORTH, SOUTH), FakeEncoder())
    yield built
    built.close()


@pytest.fixture(scope="module")
def searcher(snapshot: Snapshot) -> Searcher:
    return Searcher(snapshot, FakeEncoder(), THESAURUS)


@pytest.mark.parametrize(
    ("query", "passage_id"),
    [
        ("wanneer is het loket op werkdagen open", "noord#3"),
        ("parkeerterrein", "zuid#2"),
        ("klachten over de regiomanager", "noord#4"),
        ("paar zolen declareren", "noord#1"),
        ("Reparatie van schoenen hoort daar niet bij.", "noord#2"),
    ],
)
def test_the_passage_that_says_it_comes_first(searcher: Searcher, query: str, passage_id: str) -> None:
    assert searcher.search(query)[0].passage.id == passage_id


@pytest.mark.parametrize("query", ["inlegwerk", "insoles", "INLEGWERK"])
def test_another_name_of_a_term_finds_it(snapshot: Snapshot, query: str) -> None:
    words_only = Searcher(snapshot, FakeEncoder(), THESAURUS, weights=FusionWeights(lexical=1, vector=0))
    assert words_only.search(query)[0].passage.id == "noord#1"


def test_hits_are_ordered_and_explained(searcher: Searcher, snapshot: Snapshot) -> None:
    hits = searcher.search("het loket op werkdagen")
    assert [hit.relevance for hit in hits] == sorted((hit.relevance for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits)
    for hit in hits:
        assert snapshot.passages[hit.index] == hit.passage
        assert 0 < hit.relevance <= 1 + 1e-6
        assert -1 - 1e-6 <= hit.cosine <= 1 + 1e-6
        assert set(hit.leg_ranks) == set(LEGS)
        assert hit.leg_ranks["bank_lexical"] is hit.leg_ranks["bank_vector"] is None, "there is no bank"
        assert all(rank is None or 1 <= rank <= PASSAGES for rank in hit.leg_ranks.values())
    assert hits[0].leg_ranks["lexical"] == 1


def test_a_passage_without_a_shared_word_has_no_lexical_rank(searcher: Searcher) -> None:
    ranks = {hit.passage.id: hit.leg_ranks["lexical"] for hit in searcher.search("parkeerterrein")}
    assert ranks.pop("zuid#2") == 1
    assert set(ranks.values()) <= {None}


@pytest.mark.parametrize("k", [0, 1, 2, PASSAGES, PASSAGES + 10])
def test_no_more_hits_than_asked_for(searcher: Searcher, k: int) -> None:
    hits = searcher.search("het loket is open", k)
    assert len(hits) <= min(k, PASSAGES)
    assert [hit.passage.id for hit in hits] == [
        hit.passage.id for hit in searcher.search("het loket is open", PASSAGES)
    ][:k]


@pytest.mark.parametrize(
    ("policy_ids", "allowed"),
    [(("zuid",), {"zuid"}), (["noord"], {"noord"}), ({"noord", "zuid"}, {"noord", "zuid"}), ((), {"noord", "zuid"})],
)
def test_only_the_policies_given_are_searched(
    searcher: Searcher, policy_ids: tuple[str, ...], allowed: set[str]
) -> None:
    hits = searcher.search("het loket is open op werkdagen", policy_ids=policy_ids)
    assert {hit.passage.policy_id for hit in hits} == allowed


def test_in_a_scope_the_ranks_count_within_it(searcher: Searcher) -> None:
    hits = searcher.search("het loket is open op werkdagen", policy_ids=("zuid",))
    assert hits[0].passage.id == "zuid#1"
    assert hits[0].leg_ranks["lexical"] == 1


def test_a_policy_that_is_not_there_has_no_hits(searcher: Searcher) -> None:
    assert searcher.search("het loket", policy_ids=("oost",)) == []


def test_the_same_query_gives_the_same_hits(searcher: Searcher) -> None:
    assert searcher.search("loket in de ochtend") == searcher.search("loket in de ochtend")


@pytest.mark.parametrize("query", ["", " ", "?!", "\x00", "de het een", "🙂", "x" * 5000])
def test_a_query_that_says_nothing_is_searched_without_an_error(searcher: Searcher, query: str) -> None:
    assert len(searcher.search(query, 3)) <= 3


def test_an_encoder_other_than_the_snapshots_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(EncoderError, match=r"'fake-hashing'.*'another'"):
        Searcher(snapshot, FakeEncoder(name="another"), THESAURUS)


def test_similarities_are_cosines_in_the_order_of_the_texts(searcher: Searcher) -> None:
    same, other = searcher.similarities("open op werkdagen", ["open op werkdagen", "parkeren achter kantoor"])
    assert same == pytest.approx(1.0, abs=1e-5)
    assert -1 <= other < same
    assert searcher.similarities("open op werkdagen", []) == []


def test_results_are_what_callers_get(searcher: Searcher) -> None:
    hits = searcher.search("klachten over het loket", 3)
    results = as_results(hits)
    assert [result.rank for result in results] == [1, 2, 3]
    for result, hit in zip(results, hits, strict=True):
        assert (result.passage_id, result.policy_id, result.section, result.page) == (
            hit.passage.id, hit.passage.policy_id, hit.passage.section, hit.passage.page,
        )  # fmt: skip
        assert (result.text, result.heading_path) == (hit.passage.text, hit.passage.heading_path)
        assert result.relevance == pytest.approx(hit.relevance, abs=1e-3)
        assert dict(result.leg_ranks) == dict(hit.leg_ranks)
        assert SearchResult.model_validate_json(result.model_dump_json()) == result
    assert as_results([]) == []


# With a question bank: only Noord has questions

ASKED = "Waar kan ik terecht met een klagende cliënt?"
BANK = QuestionBank(
    (
        BankLine(policy_id="noord", sections=("2",), key=("regiomanager",), questions=(ASKED,)),
        BankLine(policy_id="noord", sections=("1",), key=("achteraf",), questions=("Hoe vraag ik steunzolen terug?",)),
    )
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """A searcher over the same policies with a bank."""
    built = build_snapshot(tmp_path_factory.mktemp("asked") / "index", (NORTH, SOUTH), FakeEncoder(), bank=BANK)
    yield Searcher(built, FakeEncoder(), THESAURUS)
    built.close()


@pytest.mark.parametrize(
    ("query", "passage_id"),
    [
        (ASKED, "noord#4"),
        ("klagende clienten", "noord#4"),
        ("steunzolen terug", "noord#1"),
        ("parkeerterrein", "zuid#2"),  # a policy without questions is found as before
    ],
)
def test_a_question_of_the_bank_leads_to_its_passage(asked: Searcher, query: str, passage_id: str) -> None:
    assert asked.search(query)[0].passage.id == passage_id


@pytest.mark.parametrize(
    ("query", "passage_id"),
    [("terecht met een klagende cliënt", "noord#4"), ("wanneer is het loket op werkdagen open", "noord#3")],
)
def test_within_its_policy_a_passage_is_found_with_and_without_questions(
    asked: Searcher, query: str, passage_id: str
) -> None:
    assert asked.search(query, policy_ids=("noord",))[0].passage.id == passage_id


def test_each_leg_tells_its_rank(asked: Searcher) -> None:
    hits = {hit.passage.id: hit.leg_ranks for hit in asked.search(ASKED, PASSAGES)}
    assert {leg: hits["noord#4"][leg] for leg in LEGS[2:]} == {"bank_lexical": 1, "bank_vector": 1}
    assert hits["noord#4"]["lexical"] is None
    assert all(ranks["bank_lexical"] is None for id_, ranks in hits.items() if id_ != "noord#4")


def test_in_a_scope_only_its_questions_count(asked: Searcher) -> None:
    assert {hit.passage.policy_id for hit in asked.search(ASKED, policy_ids=("zuid",))} <= {"zuid"}
    for hit in asked.search(ASKED, policy_ids=("zuid",)):
        assert hit.leg_ranks["bank_lexical"] is hit.leg_ranks["bank_vector"] is None


def test_a_typing_error_is_mended_by_the_words_of_the_bank(asked: Searcher, searcher: Searcher) -> None:
    """'regiomanager' is the policies' own word; 'steunzolen' only the bank's, and too rare there to be trusted."""
    assert asked.mended("klacht bij de regiomanger") == "klacht bij de regiomanager"
    assert asked.search("klachten bij de regiomanger")[0].passage.id == "noord#4"
    assert asked.mended(ASKED) == ASKED
    assert searcher.mended("") == ""


@pytest.mark.parametrize(
    ("relevance", "k", "expected"),
    [
        ([], 0, []),
        ([], 3, []),
        ([0.5, 0.9, 0.7], 0, []),
        ([0.5, 0.9, 0.7], 1, [1]),
        ([0.5, 0.9, 0.7], 2, [1, 2]),
        ([0.5, 0.9, 0.7], 3, [1, 2, 0]),
        ([0.5, 0.9, 0.7], 9, [1, 2, 0]),
        ([0.5, 0.5, 0.5], 2, [0, 1]),  # of equals the earlier
        ([0.1, 0.5, 0.5, 0.9], 2, [3, 1]),
        ([0.0, 0.5, 0.0], 3, [1]),
        ([0.0, 0.0], 1, []),
    ],
)
def test_the_best_of_a_row(relevance: list[float], k: int, expected: list[int]) -> None:
    assert _best(np.array(relevance, dtype=np.float32), k) == expected


@given(st.lists(st.sampled_from((0.0, 0.25, 0.5, 1.0)), max_size=12), st.integers(0, 14))
def test_the_best_are_those_of_a_whole_sort(relevance: list[float], k: int) -> None:
    whole = sorted((n for n, score in enumerate(relevance) if score > 0), key=lambda n: (-relevance[n], n))
    assert _best(np.array(relevance, dtype=np.float32), k) == whole[:k]
