"""Hybrid search: a question to ranked passages, from the words and from the meaning.

Four legs score all passages: words and meaning of the passages themselves, and of the questions
that the bank ties to them. They are weighed (`fusion.fuse`); each leg's rank is kept, so that a
result can be explained.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.bank_index import NearestQuestion
from knowledge.dutch import stem
from knowledge.encoder import Encoder
from knowledge.errors import EncoderError
from knowledge.fusion import DEFAULT_WEIGHTS, LEGS, FusionWeights, Scores, fuse, ranks_of
from knowledge.records import Passage, Record
from knowledge.snapshot import Snapshot
from knowledge.spelling import Speller
from knowledge.thesaurus import Thesaurus, load_insurers
from knowledge.tokens import content_words
from knowledge.units import UnitReader

EXPANSION_WEIGHT, TRANSLATION_WEIGHT = 0.4, 0.8
"""What a synonym counts beside the asker's own word, and the Dutch name of what was named in English."""
UNEXPANDED_KINDS = frozenset({"organisation"})
"""Names of organisations say which policy is meant; other names for them find nothing in it."""
LEAST_WORD = 0.1
"""What a word counts at least that stands in every passage of the policies searched."""
EXACT_ROWS = 20_000
"""Passages of a scope up to which all are compared with a query's vector."""
MAX_EXPANSIONS = 6
"""Names taken from one thesaurus group, so that a broad group does not drown the question."""


class SearchResult(Record):
    """A passage found; the record that `loket search` and `/v1/search` give."""

    rank: int
    policy_id: str
    section: str
    heading_path: tuple[str, ...]
    page: int | None
    text: str
    passage_id: str
    relevance: float
    leg_ranks: Mapping[str, int | None]
    nearest_question: str | None = None


@dataclass(frozen=True)
class Hit:
    """A passage with its fused relevance (higher is better, about 1 at most) and its rank in each leg from 1.

    `cosine` (0 to 1): of the passage with the query; `nearest`: the bank's nearest question that it answers.
    """

    passage: Passage
    index: int
    relevance: float
    cosine: float
    leg_ranks: Mapping[str, int | None]
    nearest: NearestQuestion | None = None


@dataclass(frozen=True)
class _Query:
    """A query as the legs take it: weighed terms, its vector, which passages are allowed, and their policies."""

    terms: dict[str, float]
    vector: Scores
    allowed: npt.NDArray[np.bool_]
    policy_ids: tuple[str, ...]


def check_encoder(encoder: Encoder, snapshot: Snapshot) -> None:
    """Raises EncoderError when `encoder` is not the one that the snapshot was built with."""
    if encoder.name != snapshot.encoder_name:
        raise EncoderError(
            f"the index was built with encoder {snapshot.encoder_name!r}, not with {encoder.name!r}; "
            "run 'loket ingest' again or set LOKET_ENCODER"
        )


class Searcher:
    """Searches one snapshot with the encoder it was built with."""

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder, thesaurus: Thesaurus, *, weights: FusionWeights = DEFAULT_WEIGHTS
    ) -> None:
        """Raises EncoderError when `encoder` is not the one that the snapshot was built with."""
        check_encoder(encoder, snapshot)
        self.snapshot = snapshot
        self.weights = weights
        self._encoder = encoder
        self.thesaurus = thesaurus
        self.units = UnitReader(snapshot.texts)
        self._speller = _speller(snapshot, thesaurus)
        rows: dict[str, list[int]] = {}
        for number, passage in enumerate(snapshot.passages):
            rows.setdefault(passage.policy_id, []).append(number)
        self._rows = {policy_id: np.array(numbers) for policy_id, numbers in rows.items()}
        self._everywhere = np.ones(len(snapshot.passages), dtype=np.bool_)
        self.has_bank = np.zeros(len(snapshot.passages), dtype=np.bool_)
        for policy_id in {question.policy_id for question in snapshot.bank.questions if not question.borrowed}:
            self.has_bank[self._rows[policy_id]] = True

    def search(self, query: str, k: int = 10, *, policy_ids: Collection[str] = ()) -> list[Hit]:
        """The `k` best passages for `query`, best first; only those of `policy_ids` when given."""
        read = self._read(query, policy_ids)
        legs = self._scored(read)
        relevance = fuse(legs, self.has_bank, self.weights)
        best = _best(relevance, k)
        ranks = {leg: ranks_of(legs[leg], best) for leg in LEGS}
        return [
            Hit(
                self.snapshot.passages[number],
                number,
                float(relevance[number]),
                float(legs["vector"][number]),
                {leg: ranks[leg][place] for leg in LEGS},
                self.snapshot.bank.nearest(read.vector, number),
            )
            for place, number in enumerate(best)
        ]

    def mended(self, query: str) -> str:
        """`query` without the typing errors that can be told; see `Speller.mended`."""
        return self._speller.mended(query)

    def terms(self, query: str, *, policy_ids: Collection[str] = ()) -> dict[str, float]:
        """The words of `query` with their weights, its synonyms and mends among them, as the lexical legs take them."""
        return self._expand(query, self.mended(query), self.among(policy_ids))

    def legs(self, query: str, *, policy_ids: Collection[str] = ()) -> dict[str, Scores]:
        """The score of every passage on each of `fusion.LEGS`, float32; 0 for passages of other policies."""
        return self._scored(self._read(query, policy_ids))

    def _read(self, query: str, policy_ids: Collection[str]) -> _Query:
        allowed = self.among(policy_ids)
        mended = self.mended(query)
        vector = self._encoder.encode_queries([self.with_dutch_names(mended)])[0]
        return _Query(self._expand(query, mended, allowed), vector, allowed, tuple(policy_ids))

    def _scored(self, query: _Query) -> dict[str, Scores]:
        bank = self.snapshot.bank
        legs = {
            "lexical": self.snapshot.lexical.scores(query.terms),
            "vector": self._cosines(query.vector, query.policy_ids),
            "bank_lexical": bank.lexical_scores(query.terms),
            "bank_vector": bank.cosines(query.vector, query.policy_ids),
        }
        return {leg: np.where(query.allowed, scores, np.float32(0)) for leg, scores in legs.items()}

    def among(self, policy_ids: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which passages are of these policies; all when none is named."""
        if not policy_ids:
            return np.ones(len(self.snapshot.passages), dtype=np.bool_)
        allowed = np.zeros(len(self.snapshot.passages), dtype=np.bool_)
        allowed[self._rows_of(policy_ids)] = True
        return allowed

    def _rows_of(self, policy_ids: Collection[str]) -> npt.NDArray[np.intp]:
        found = [self._rows[policy_id] for policy_id in policy_ids if policy_id in self._rows]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.intp)

    def _expand(self, query: str, mended: str, allowed: npt.NDArray[np.bool_]) -> dict[str, float]:
        """The query's words, each weighed by how much it tells within the policies searched, mends and synonyms."""
        lexical = self.snapshot.lexical
        terms: dict[str, float] = {}
        for word, weight in {**self._speller.expand(query), **dict.fromkeys(content_words(query), 1.0)}.items():
            key = stem(word)
            told = lexical.idf(key, allowed) / lexical.idf(key, self._everywhere)
            terms[word] = weight * max(LEAST_WORD, min(1.0, told))
        for mention in self.thesaurus.find(mended):
            if mention.term.kind in UNEXPANDED_KINDS:
                continue
            terms.setdefault(mention.term.concept, TRANSLATION_WEIGHT if mention.is_english else EXPANSION_WEIGHT)
            for name in mention.term.terms[: MAX_EXPANSIONS - 1]:
                terms.setdefault(name, EXPANSION_WEIGHT)
        return terms or {query: 1.0}

    def with_dutch_names(self, query: str) -> str:
        """`query` followed by the Dutch names of what it names in English: the encoder knows little English."""
        named = (mention.term for mention in self.thesaurus.find(query) if mention.is_english)
        dutch = [term.concept for term in named if term.kind not in UNEXPANDED_KINDS]
        return " ".join([query, *dict.fromkeys(dutch)])

    def _cosines(self, vector: Scores, policy_ids: Collection[str]) -> Scores:
        """Cosine similarity of the passages with a query's vector; 0 for those that are not among the nearest.

        Within a scope of moderate size all passages are compared: faster than a filtered search of the
        graph, and exact.
        """
        cosines = np.zeros(len(self.snapshot.passages), dtype=np.float32)
        if not vector.any():
            return cosines
        rows = self._rows_of(policy_ids)
        if policy_ids and len(rows) <= EXACT_ROWS:
            cosines[rows] = np.clip(self.snapshot.exact.vectors[rows] @ vector, 0.0, 1.0)
            return cosines
        where = {"policy_id": {"$in": list(policy_ids)}} if policy_ids else None
        for passage_id, cosine in self.snapshot.vectors.query(vector, self.weights.nearest, where):
            cosines[self.snapshot.positions[passage_id]] = cosine
        return cosines

    def similarities(self, query: str, texts: Sequence[str]) -> list[float]:
        """Cosine similarity (-1 to 1) of `query` with each of `texts`."""
        if not texts:
            return []
        return [float(x) for x in self._encoder.encode_passages(list(texts)) @ self._encoder.encode_queries([query])[0]]


def _speller(snapshot: Snapshot, thesaurus: Thesaurus) -> Speller:
    texts = ["\n".join((passage.text, *passage.heading_path)) for passage in snapshot.passages]
    names = [name for term in thesaurus.terms for name in term.names]
    for policy in snapshot.policies.values():
        names += [policy.title, policy.insurer, *policy.labels]
    return Speller(texts, [*names, *load_insurers()], [question.text for question in snapshot.bank.questions])


def _best(relevance: Scores, k: int) -> list[int]:
    """The positions of the `k` highest above 0, highest first; of equals the earlier passage."""
    among = np.flatnonzero(relevance > 0)
    if k < len(among):
        least = np.partition(relevance[among], -k)[-k] if k > 0 else np.inf
        among = among[relevance[among] >= least]
    return [int(number) for number in among[np.argsort(-relevance[among], kind="stable")][:k]]


def as_results(hits: Sequence[Hit]) -> list[SearchResult]:
    """Hits as the records that callers get, ranked from 1."""
    return [
        SearchResult(
            rank=rank,
            policy_id=hit.passage.policy_id,
            section=hit.passage.section,
            heading_path=hit.passage.heading_path,
            page=hit.passage.page,
            text=hit.passage.text,
            passage_id=hit.passage.id,
            relevance=round(hit.relevance, 4),
            leg_ranks=hit.leg_ranks,
            nearest_question=hit.nearest.text if hit.nearest else None,
        )
        for rank, hit in enumerate(hits, start=1)
    ]
