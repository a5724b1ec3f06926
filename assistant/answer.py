"""The whole story of a turn: question -> scope -> evidence -> draft -> checked answer.

Each step is a function of the turn so far; the chain of them is a LangChain Runnable, so that it
can be invoked, batched, streamed and awaited like any other. A step that ends the turn sets its
status, and the steps after it leave the turn as it is.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant import outcomes
from assistant.answer_receipts import AnswerReceipt, answer_receipt
from assistant.cards import Cards
from assistant.change_answer import ChangeTeller
from assistant.choosing import Chooser, question_of
from assistant.drafting import Drafter
from assistant.followup import complete, still_counting
from assistant.gathering import Gatherer, sides_of
from assistant.guard.door import let_in, prepare_guard, refuse
from assistant.language import detect_language, prepare_languages
from assistant.meant_policies import MeantPolicies
from assistant.record import Recorder, Turn, absent_policy
from assistant.routing import RuleRouter
from assistant.rule_fit import Question, Routed
from assistant.statements import StatementFinder
from assistant.turn import Answer, HistoryTurn, Language
from knowledge.collector import collector_paused
from knowledge.encoder import Encoder, NoEncoder
from knowledge.errors import EncoderError
from knowledge.fitted import encoder_of_snapshot
from knowledge.rules.rulebook import Rulebook
from knowledge.search import Hit, Searcher, SearchResult, as_results, check_encoder
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.thesaurus import load_thesaurus
from knowledge.vector_server import ServerAddress

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.model.budget import Listener
    from assistant.model.doors import LanguageModel
    from assistant.retriever import PolicyRetriever

T = TypeVar("T")

Timed = Callable[[str, float], None]
"""Hears how many seconds a step took, from whichever thread answers."""
logger = logging.getLogger(__name__)

Keep = Callable[[AnswerReceipt], None]
"""Takes the receipt of an answer, from whichever thread answers."""


class Assistant:
    """Answers questions from one snapshot. Safe to call from several threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        model: LanguageModel | None = None,
        *,
        keep: Keep | None = None,
        timed: Timed | None = None,
    ) -> None:
        """`keep` gets every receipt, `timed` the time of every step.

        Raises EncoderError when the snapshot was built with another encoder.
        """
        thesaurus = load_thesaurus()
        self.snapshot = snapshot
        self.searcher = Searcher(snapshot, encoder, thesaurus)
        self.rules = Rulebook(snapshot.rules)
        self.cards = Cards(self.searcher)
        self.router = RuleRouter(self.rules, self.cards)
        self.statements = StatementFinder(self.searcher, self.cards)
        self._texts = dict(snapshot.texts)
        self._by_words_alone = isinstance(encoder, NoEncoder)
        self._recorder = Recorder(snapshot, by_words_alone=self._by_words_alone)
        self._meant = MeantPolicies(self._texts, self.searcher, self.cards, thesaurus)
        self._gatherer = Gatherer(self.searcher, self.cards, self._meant.scopes)
        self._chooser = Chooser(self.searcher, self.cards, self.router, self.statements)
        self._nearness = self._meant.nearness if snapshot.curated.asks.questions else None
        own_cards = frozenset(each.policy_id for each in snapshot.curated.proven_statements if not each.is_kin)
        self._drafter = Drafter(self._texts, self.rules, self._meant.scopes, own_cards)
        self._changes = ChangeTeller(self._texts)
        self._model = model
        self._keep = keep
        self._timed = timed
        prepare_guard()
        prepare_languages()
        self.chain = self._build_chain()

    @classmethod
    def open(
        cls,
        index_dir: Path,
        *,
        encoder: str = "bundled",
        model: LanguageModel | None = None,
        keep: Keep | None = None,
        timed: Timed | None = None,
        server: ServerAddress | None = None,
        snapshot: Snapshot | None = None,
        may_lack_encoder: bool = False,
    ) -> Assistant:
        """The assistant of the published snapshot, or of `snapshot`; `server`: see `open_snapshot`.

        `may_lack_encoder`: where the snapshot's encoder cannot be had, search words alone and be degraded.

        Raises SnapshotError or EncoderError.
        """
        with collector_paused():
            snapshot = snapshot or open_snapshot(index_dir, server)
            opened: Encoder
            try:
                opened = encoder_of_snapshot(encoder, snapshot.encoder_name, index_dir)
                check_encoder(opened, snapshot)
            except EncoderError as error:
                if not may_lack_encoder:
                    raise
                logger.error("words alone are searched: %s", error)  # noqa: TRY400 - the message says it all
                opened = NoEncoder(snapshot.encoder_name, snapshot.dimensions)
            return cls(snapshot, opened, model, keep=keep, timed=timed)

    @property
    def is_degraded(self) -> bool:
        """Vectors are searched one by one, as their index cannot be had; or not at all, for want of the encoder."""
        return self.snapshot.vectors.degraded or self._by_words_alone

    def answer(
        self,
        question: str,
        *,
        today: dt.date,
        history: Sequence[HistoryTurn] = (),
        scope: Mapping[str, object] | None = None,
        language: str | None = None,
        listener: Listener | None = None,
    ) -> Answer:
        """The answer record.

        `scope` is the caller's own choice of insurer, year and care; with `only_insurer` no policy of another one is
        read, whatever the question says. `language` None: as asked. `listener`: where
        there is a model, hears the evidence before it is worded and the sentences as they pass.
        """
        started = time.perf_counter()
        came = let_in(question, history, scope or {})
        spoken: Language = language if language in ("nl", "en") else _spoken(came.question, came.history)  # type: ignore[assignment]  # just checked
        before = still_counting(came.question, came.history)
        turn = Turn(came.question, today, before, came.given, spoken, came.status, is_language_given=spoken == language)
        if self._model is not None:
            turn = replace(turn, budget=self._model.begin(listener))
        answer: Answer = self.chain.invoke(turn)
        return answer.model_copy(update={"latency_ms": round((time.perf_counter() - started) * 1000, 2)})

    def search(
        self, query: str, *, k: int = 10, history: Sequence[HistoryTurn] = (), scope: Mapping[str, object] | None = None
    ) -> list[SearchResult]:
        """The `k` best passages within the scope that the query says; those of policies compared take turns."""
        came = let_in(query, history, scope or {})
        mended = self.searcher.mended(came.question)
        before = still_counting(came.question, came.history)
        understanding = self._meant.reader(came.given).read(mended, before, came.given)
        completed = complete(mended, before)
        parts = sides_of(understanding) if understanding.compares else (understanding,)
        found = [self.searcher.search(completed, k, policy_ids=part.scope.policy_ids) for part in parts]
        return as_results(_in_turns(found)[:k])

    def missing_policy(self, query: str) -> str | None:
        """The sentence that tells that `query` asks for a policy that is not on file; None where it does not."""
        query = let_in(query, (), {}).question
        language = detect_language(query)
        understanding = self._meant.scopes.read(self.searcher.mended(query))
        if not understanding.is_absent:
            return None
        policies = "; ".join(f"{policy.title} ({policy.insurer})" for policy in understanding.policies)
        absent = absent_policy(understanding, language)
        return outcomes.sentence("unanswerable_no_policy", language, policies=policies, absent=absent)

    def retriever(self, *, k: int = 10, policy_ids: Sequence[str] = ()) -> PolicyRetriever:
        """The search as a LangChain retriever, for chains of one's own; `policy_ids` empty: all policies."""
        from assistant.retriever import PolicyRetriever

        return PolicyRetriever(searcher=self.searcher, k=k, policy_ids=tuple(policy_ids))

    def _build_chain(self) -> Runnable[Turn, Answer]:
        """The steps as a LangChain Runnable from a `Turn` to an `Answer`."""
        from langchain_core.runnables import RunnableLambda

        understand: Runnable[Turn, Turn] = RunnableLambda(self._clocked("scope", self._understand))
        compose: Runnable[Turn, Turn] = (
            RunnableLambda(self._clocked("changes", self._changes.tell))
            | RunnableLambda(self._clocked("search", self._gatherer.gather))
            | RunnableLambda(self._clocked("rules", self._chooser.choose))
            | RunnableLambda(self._clocked("compose", self._drafter.compose))
        )
        if self._model is not None:
            from assistant.model.doors import Doors

            doors = Doors(self._model, self._texts)
            read = self._clocked("model_reads", lambda t: doors.understand(t, partial(self._meant.read, today=t.today)))
            understand |= RunnableLambda(read)
            compose |= RunnableLambda(self._clocked("model_writes", doors.write))
        return understand | compose | RunnableLambda(self._clocked("record", self._record))

    def _clocked(self, name: str, step: Callable[[Turn], T]) -> Callable[[Turn], T]:
        """The step, whose time is told where somebody hears it."""
        timed = self._timed
        if timed is None:
            return step

        def clocked(turn: Turn) -> T:
            began = time.perf_counter()
            try:
                return step(turn)
            finally:
                timed(name, time.perf_counter() - began)

        return clocked

    def _record(self, turn: Turn) -> Answer:
        """The answer record with the id of its receipt, which is handed on where it is wanted."""
        answer = self._recorder.record(turn)
        receipt = answer_receipt(turn, answer, self.snapshot)
        if self._keep is not None:
            self._keep(receipt)
        return answer.model_copy(update={"receipt_id": receipt.id})

    def _understand(self, turn: Turn) -> Turn:
        status = turn.status or refuse(turn.question, goes_on=bool(turn.history), nearness=self._nearness)
        if status is not None:
            return replace(turn, status=status)
        return replace(turn, understanding=self._meant.read(turn.question, turn.history, turn.given, today=turn.today))

    def rules_near(
        self, text: str, today: dt.date, scope: Mapping[str, object], language: Language
    ) -> tuple[Question | None, list[Routed]]:
        """The question as routing takes it and the rules that come near it, run, best first; for measuring."""
        turn = self._gatherer.gather(self._understand(Turn(text, today, (), dict(scope), language)))
        if turn.status is not None or len(turn.evidence) != 1:
            return None, []
        question = question_of(turn, turn.evidence[0])
        return question, self.router.candidates(question, turn.evidence[0].understanding.scope.policy_ids)


def _in_turns(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The first of each, then the second of each, and so on."""
    return [hit for hits in zip_longest(*found) for hit in hits if hit is not None]


def _spoken(question: str, history: Sequence[HistoryTurn]) -> Language:
    earlier = next((turn.content for turn in reversed(history) if turn.role == "user"), None)
    return detect_language(question, history_language=detect_language(earlier) if earlier else None)
