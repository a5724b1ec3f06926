"""Hybrid search: a question to ranked passages, from the words and from the meaning.

The two legs are scored over all passages and weighed (`fusion.fuse`); each leg's rank is kept, so
that a result can be explained.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.dutch import stem
from knowledge.encoder import Encoder
from knowledge.errors import EncoderError
from knowledge.fusion import DEFAULT_WEIGHTS, FusionWeights, fuse, ranks
from knowledge.lexical import content_words
from knowledge.records import Passage, Record
from knowledge.snapshot import Snapshot
from knowledge.thesaurus import CARE_KINDS, Thesaurus

EXPANSION_WEIGHT = 0.4
"""What a synonym counts beside the asker's own word."""
RERANKED = 30
"""Passages whose headings are compared with the care that the query names."""
HEADING_NAMES, HEADING_NAMES_OTHER = 0.15, 0.1
REMEMBERED_HEADINGS = 10_000
UNEXPANDED_KINDS = frozenset({"organisation"})
"""Names of organisations say which policy is meant; other names for them find nothing in it."""
LEAST_WORD = 0.1
"""What a word counts at least that stands in every passage of the policies searched."""
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


@dataclass(frozen=True)
class Hit:
    """A passage with its fused relevance (higher is better, about 1 at most) and its rank in each leg from 1."""

    passage: Passage
    index: int
    relevance: float
    cosine: float
    coverage: float
    leg_ranks: Mapping[str, int | None]


class Searcher:
    """Searches one snapshot with the encoder it was built with."""

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder, thesaurus: Thesaurus, *, weights: FusionWeights = DEFAULT_WEIGHTS
    ) -> None:
        """Raises EncoderError when `encoder` is not the one that the snapshot was built with."""
        if encoder.name != snapshot.encoder_name:
            raise EncoderError(
                f"the index was built with encoder {snapshot.encoder_name!r}, not with {encoder.name!r}; "
                "run 'loket ingest' again or set LOKET_ENCODER"
            )
        self.snapshot = snapshot
        self.weights = weights
        self._encoder = encoder
        self.thesaurus = thesaurus
        self._numbers = {passage.id: number for number, passage in enumerate(snapshot.passages)}
        self._care: dict[str, frozenset[str]] = {}
        self._policies = np.array([passage.policy_id for passage in snapshot.passages])

    def search(self, query: str, k: int = 10, *, policy_ids: Collection[str] = ()) -> list[Hit]:
        """The `k` best passages for `query`, best first; only those of `policy_ids` when given."""
        allowed = self.among(policy_ids)
        lexical = self.snapshot.lexical.scores(self._expand(query, allowed))
        cosines = self._cosines(query, policy_ids)
        coverages = self.snapshot.lexical.coverages(query)
        relevance = np.where(allowed, fuse(lexical, cosines, self.weights), -1.0)
        nearest = np.argsort(-relevance, kind="stable")[: max(k, RERANKED)]
        relevance[nearest] += self._heading_fits(query, nearest)
        best = nearest[np.argsort(-relevance[nearest], kind="stable")][:k]
        lexical_ranks, vector_ranks = ranks(np.where(allowed, lexical, 0.0)), ranks(np.where(allowed, cosines, 0.0))
        return [
            Hit(
                self.snapshot.passages[number],
                int(number),
                float(relevance[number]),
                float(cosines[number]),
                float(coverages[number]),
                {"lexical": lexical_ranks[number], "vector": vector_ranks[number]},
            )
            for number in best
            if relevance[number] > 0
        ]

    def _heading_fits(self, query: str, numbers: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        """What each passage gains by a heading that names the care asked for, or loses by one that names other care."""
        asked = self._care_named(query)
        fits = np.zeros(len(numbers), dtype=np.float32)
        for place, number in enumerate(numbers if asked else ()):
            named = self._care_named(self.snapshot.passages[number].heading_path[-1])
            fits[place] = HEADING_NAMES if named & asked else -HEADING_NAMES_OTHER if named else 0.0
        return fits

    def _care_named(self, text: str) -> frozenset[str]:
        if len(self._care) > REMEMBERED_HEADINGS:
            self._care = {}
        if text not in self._care:
            found = (m.term for m in self.thesaurus.find(text))
            self._care[text] = frozenset(term.concept for term in found if term.kind in CARE_KINDS)
        return self._care.get(text, frozenset())

    def among(self, policy_ids: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which passages are of these policies; all when none is named."""
        if not policy_ids:
            return np.ones(len(self._policies), dtype=np.bool_)
        return np.isin(self._policies, list(policy_ids))

    def _expand(self, query: str, allowed: npt.NDArray[np.bool_]) -> dict[str, float]:
        """The query's words, each weighed by how much it tells within the policies searched, and their synonyms."""
        lexical = self.snapshot.lexical
        everywhere = np.ones_like(allowed)
        terms: dict[str, float] = {}
        for word in content_words(query):
            key = stem(word)
            terms[word] = max(LEAST_WORD, min(1.0, lexical.idf(key, allowed) / lexical.idf(key, everywhere)))
        for mention in self.thesaurus.find(query):
            if mention.term.kind in UNEXPANDED_KINDS:
                continue
            for name in [mention.term.concept, *mention.term.terms][:MAX_EXPANSIONS]:
                terms.setdefault(name, EXPANSION_WEIGHT)
        return terms or {query: 1.0}

    def _cosines(self, query: str, policy_ids: Collection[str]) -> npt.NDArray[np.float32]:
        """Cosine similarity of every passage among the nearest to `query`; 0 for the others."""
        vector = self._encoder.encode_queries([query])[0]
        cosines = np.zeros(len(self._policies), dtype=np.float32)
        if not vector.any():
            return cosines
        where = {"policy_id": {"$in": list(policy_ids)}} if policy_ids else None
        for passage_id, cosine in self.snapshot.vectors.query(vector, self.weights.nearest, where):
            cosines[self._numbers[passage_id]] = cosine
        return cosines

    def similarities(self, query: str, texts: Sequence[str]) -> list[float]:
        """Cosine similarity (-1 to 1) of `query` with each of `texts`."""
        if not texts:
            return []
        return [float(x) for x in self._encoder.encode_passages(list(texts)) @ self._encoder.encode_queries([query])[0]]


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
        )
        for rank, hit in enumerate(hits, start=1)
    ]
