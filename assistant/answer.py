"""The whole story of a turn: question -> scope -> evidence -> draft -> checked answer.

Each step is a function of the turn so far; the chain of them is a LangChain Runnable, so that it
can be invoked, batched, streamed and awaited like any other. A step that ends the turn sets its
status, and the steps after it leave the turn as it is.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import outcomes
from assistant.answer_receipts import AnswerReceipt, answer_receipt
from assistant.cards import Cards
from assistant.citations import CitationBook, unsupported
from assistant.compose import Draft, asks_scope, compose, mailbox_of
from assistant.evidence import Evidence, gather, holds_date
from assistant.followup import complete
from assistant.guard import let_in, refuse
from assistant.language import detect_language
from assistant.look_up import LookUp, look_up
from assistant.preference import prefers_rule
from assistant.question import Asked, read_asked
from assistant.record import Recorder, Turn, absent_policy
from assistant.results import result_record
from assistant.routing import RuleRouter
from assistant.rule_answer import RuleTeller
from assistant.rule_fit import Question, Routed
from assistant.scope import ScopeReader, Understanding, narrowed
from assistant.statement_answer import StatementTeller
from assistant.statements import StatementFinder
from assistant.turn import Answer, HistoryTurn, Language
from knowledge.encoder import Encoder
from knowledge.fitted import encoder_of_snapshot
from knowledge.rules.rulebook import Rulebook
from knowledge.search import Hit, Searcher, SearchResult, as_results
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.thesaurus import load_thesaurus

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.model.budget import Listener
    from assistant.model.doors import LanguageModel
    from assistant.retriever import PolicyRetriever

SURE_POLICY = 0.8
"""How likely a question must be about one policy, by its words and meaning, for the others to be left out."""
Keep = Callable[[AnswerReceipt], None]
"""Takes the receipt of an answer, from whichever thread answers."""

UNITS_JUDGED = 5
"""The best units, one of which holds a date where other policies are to tell when something is due."""


class Assistant:
    """Answers questions from one snapshot. Safe to call from several threads."""

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder, model: LanguageModel | None = None, *, keep: Keep | None = None
    ) -> None:
        """`keep` gets the receipt of every answer. Raises EncoderError when the snapshot was built with another encoder."""
        thesaurus = load_thesaurus()
        self.snapshot = snapshot
        self.searcher = Searcher(snapshot, encoder, thesaurus)
        self.rules = Rulebook(snapshot.rules)
        self.cards = Cards(self.searcher)
        self.router = RuleRouter(self.rules, self.cards)
        self.statements = StatementFinder(self.searcher, self.cards)
        self._texts = dict(snapshot.texts)
        self._recorder = Recorder(snapshot)
        self._scopes = ScopeReader([text.policy for text in snapshot.texts.values()], thesaurus)
        self._model = model
        self._keep = keep
        self.chain = self._build_chain()

    @classmethod
    def open(
        cls, index_dir: Path, *, encoder: str = "bundled", model: LanguageModel | None = None, keep: Keep | None = None
    ) -> Assistant:
        """The assistant of the published snapshot. Raises SnapshotError or EncoderError."""
        snapshot = open_snapshot(index_dir)
        return cls(snapshot, encoder_of_snapshot(encoder, snapshot.encoder_name, index_dir), model, keep=keep)

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

        `scope` is the caller's own choice of insurer, year and care; `language` None: as asked. `listener`: where
        there is a model, hears the evidence before it is worded and the sentences as they pass.
        """
        started = time.perf_counter()
        came = let_in(question, history, scope or {})
        spoken: Language = language if language in ("nl", "en") else _spoken(came.question, came.history)  # type: ignore[assignment]  # just checked
        turn = Turn(
            came.question, today, came.history, came.given, spoken, came.status, is_language_given=spoken == language
        )
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
        understanding = self._scopes.read(mended, came.history, came.given)
        completed = complete(mended, came.history)
        parts = _parts(understanding) if understanding.compares else (understanding,)
        found = [self.searcher.search(completed, k, policy_ids=part.scope.policy_ids) for part in parts]
        return as_results(_in_turns(found)[:k])

    def missing_policy(self, query: str) -> str | None:
        """The sentence that tells that `query` asks for a policy that is not on file; None where it does not."""
        query = let_in(query, (), {}).question
        language = detect_language(query)
        understanding = self._scopes.read(self.searcher.mended(query))
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

        understand: Runnable[Turn, Turn] = RunnableLambda(self._understand)
        compose: Runnable[Turn, Turn] = (
            RunnableLambda(self._gather) | RunnableLambda(self._choose) | RunnableLambda(self._compose)
        )
        if self._model is not None:
            from assistant.model.doors import Doors

            doors = Doors(self._model, self._texts)
            understand |= RunnableLambda(partial(doors.understand, read=self._read))
            compose |= RunnableLambda(doors.write)
        return understand | compose | RunnableLambda(self._record)

    def _record(self, turn: Turn) -> Answer:
        """The answer record with the id of its receipt, which is handed on where it is wanted."""
        answer = self._recorder.record(turn)
        receipt = answer_receipt(turn, answer, self.snapshot)
        if self._keep is not None:
            self._keep(receipt)
        return answer.model_copy(update={"receipt_id": receipt.id})

    def _understand(self, turn: Turn) -> Turn:
        status = turn.status or refuse(turn.question, goes_on=bool(turn.history))
        if status is not None:
            return replace(turn, status=status)
        return replace(turn, understanding=self._read(turn.question, turn.history, turn.given))

    def _read(self, question: str, history: Sequence[HistoryTurn], given: Mapping[str, object]) -> Understanding:
        understanding = self._scopes.read(self.searcher.mended(question), history, given)
        if understanding.is_absent or understanding.compares or not asks_scope(understanding):
            return understanding
        shares = self.cards.policy_shares(complete(question, history), understanding.scope.policy_ids)
        likeliest = max(shares, key=lambda policy_id: shares[policy_id], default=None)
        if likeliest is None or shares[likeliest] < SURE_POLICY:
            return understanding
        return narrowed(understanding, self._texts[likeliest].policy)

    def _gather(self, turn: Turn) -> Turn:
        if turn.status is not None or turn.understanding is None:
            return turn
        understanding = turn.understanding
        if understanding.is_absent and understanding.absent_care is None:
            return replace(turn, status="unanswerable_no_policy")
        mended = self.searcher.mended(turn.asked)
        question = complete(mended, turn.history) if turn.rewritten is None else mended
        asked = read_asked(mended)
        if not asked.kind_said:  # "en bij de ander?" asks for the same kind of thing as the question before
            asked = read_asked(question)
        if understanding.is_absent:
            return self._gather_elsewhere(turn, understanding, question, asked)
        parts = _parts(understanding) if understanding.compares else (understanding,)
        evidence = tuple(gather(question, asked, part, self.searcher) for part in parts)
        return replace(turn, evidence=evidence, understanding=understanding)

    def _gather_elsewhere(self, turn: Turn, understanding: Understanding, question: str, asked: Asked) -> Turn:
        """What other policies say of a care type that has no policy of its own here, an annex for one."""
        care = understanding.absent_care or ""
        ids = tuple(policy.id for policy in understanding.policies)
        understanding = replace(understanding, scope=understanding.scope.model_copy(update={"policy_ids": ids}))
        evidence = gather(
            question, asked, understanding, self.searcher, speaks=lambda text: self._scopes.names(text, care)
        )
        dated = evidence.facts or any(holds_date(unit.text) for unit in evidence.units[:UNITS_JUDGED])
        if not evidence.units or (asked.when and not dated):
            return replace(turn, status="unanswerable_no_policy")
        return replace(turn, evidence=(evidence,), understanding=understanding)

    def _choose(self, turn: Turn) -> Turn:
        """What is to answer: rules run on what the asker said, or statements; neither leaves it to quotes.

        In a comparison every policy is answered in the same way: by rules only where each has one.
        """
        if turn.status is not None or turn.understanding is None or turn.understanding.is_absent:
            return turn
        routed, looked_up = [], []
        for evidence in turn.evidence:
            question, ids = _question(turn, evidence), evidence.understanding.scope.policy_ids
            is_settled = not asks_scope(evidence.understanding)
            rules = self.router.route(question, ids, settled=is_settled)
            statements = look_up(self.statements, question, ids, settled=is_settled)
            routed.append(rules if rules and prefers_rule(rules[0], statements, question) else [])
            looked_up.append(statements)
        if all(routed):
            return replace(turn, routed=tuple(each for part in routed for each in part))
        return replace(turn, looked_up=tuple(looked_up))

    def rules_near(
        self, text: str, today: dt.date, scope: Mapping[str, object], language: Language
    ) -> tuple[Question | None, list[Routed]]:
        """The question as routing takes it and the rules that come near it, run, best first; for measuring."""
        turn = self._gather(self._understand(Turn(text, today, (), dict(scope), language)))
        if turn.status is not None or len(turn.evidence) != 1:
            return None, []
        question = _question(turn, turn.evidence[0])
        return question, self.router.candidates(question, turn.evidence[0].understanding.scope.policy_ids)

    def _compose_results(self, turn: Turn) -> Turn:
        book = CitationBook(self._texts)
        teller = RuleTeller(self._texts, book, turn.language)
        specs = {each.rule.policy_id: self.rules.specs(each.rule.policy_id) for each in turn.routed}
        understanding = turn.understanding
        scope_open = understanding is not None and not understanding.compares and asks_scope(understanding)
        draft = teller.draft(turn.routed, specs, asks_scope=scope_open)
        results = tuple(
            result_record(
                each.result,
                turn.language,
                partial(teller.cite, policy_id=each.rule.policy_id),
                specs=specs[each.rule.policy_id],
            )
            | {"said": {fact.name: fact.words for fact in each.facts if fact.name in each.result.inputs}}
            for each in turn.routed
        )
        computed = [each.result.model_dump_json() for each in turn.routed]
        if unsupported(draft.text or "", book.citations, self._texts, computed=computed):
            return replace(turn, status="unanswerable_unsupported")
        several = len({each.rule.policy_id for each in turn.routed}) > 1
        asked_back = "clarify_scope" if several else "clarify_fact"
        status = asked_back if draft.clarification else "answered"
        return replace(turn, status=status, draft=draft, citations=tuple(book.citations), results=results)

    def _compose(self, turn: Turn) -> Turn:
        if turn.status is not None or not turn.evidence:
            return turn
        if turn.routed:
            return self._compose_results(turn)
        book = CitationBook(self._texts)
        if len(turn.looked_up) == 1 and turn.looked_up[0] is not None:
            return self._compose_statements(turn, turn.looked_up[0], book)
        drafts = [self._draft(turn, number, book) for number in range(len(turn.evidence))]
        found = [draft for draft in drafts if draft.text is not None]
        if not found:
            about = turn.understanding is not None and self._scopes.is_about_care(turn.question, turn.understanding)
            return replace(turn, status="unanswerable_no_evidence" if about or turn.history else "out_of_scope_other")
        draft = (
            found[0]
            if len(drafts) == 1
            else Draft("\n\n".join(d.text for d in found if d.text), partly=len(found) < len(drafts))
        )
        results: tuple[dict[str, object], ...] = ()
        if any(evidence.asked.contact for evidence in turn.evidence):
            draft, results = self._with_contact(draft, book, turn)
        if not book.citations or unsupported(draft.text or "", book.citations, self._texts):
            return replace(turn, status="unanswerable_unsupported")
        status = "clarify_scope" if draft.clarification else "answered_partly" if draft.partly else "answered"
        return replace(turn, status=status, draft=draft, citations=tuple(book.citations), results=results)

    def _compose_statements(self, turn: Turn, found: LookUp, book: CitationBook) -> Turn:
        understanding = turn.understanding
        scope_open = understanding is not None and asks_scope(understanding)
        draft = StatementTeller(self._texts, book, turn.language).draft(found, asks_scope=scope_open)
        if found.is_absence:
            status = "unanswerable_not_told"
        elif draft.clarification is not None:
            status = "clarify_scope" if found.by == "policy" else "clarify_fact"
        else:
            status = "answered"
        return replace(turn, status=status, draft=draft, citations=tuple(book.citations))

    def _draft(self, turn: Turn, number: int, book: CitationBook) -> Draft:
        """The draft of one policy of a comparison: its statement, or else quotes."""
        found = turn.looked_up[number] if turn.looked_up else None
        if found is not None:
            return StatementTeller(self._texts, book, turn.language).draft(found, asks_scope=False)
        return compose(turn.evidence[number], self._texts, book, turn.language, turn.today)

    def _with_contact(
        self, draft: Draft, book: CitationBook, turn: Turn
    ) -> tuple[Draft, tuple[dict[str, object], ...]]:
        """A draft that gives a mailbox, with the subject line that the policy asks for and the contact as a result."""
        box = mailbox_of(draft, {citation.policy_id for citation in book.citations})
        rule = self.rules.contact(*box) if box else None
        if rule is None:
            return draft, ()
        teller = RuleTeller(self._texts, book, turn.language)
        subject = teller.subject_line(rule)
        result = self.rules.run(rule, {}, turn.today)
        record = result_record(result, turn.language, partial(teller.cite, policy_id=rule.policy_id))
        return (replace(draft, text=f"{draft.text}\n\n{subject}") if subject else draft), (record,)


def _question(turn: Turn, evidence: Evidence) -> Question:
    """The turn as the routing of rules takes it."""
    return Question(
        text=evidence.question,
        said=turn.question,
        asked=evidence.asked,
        hits=evidence.hits,
        history=turn.history,
        today=turn.today,
        language=turn.language,
    )


def _parts(understanding: Understanding) -> tuple[Understanding, ...]:
    """A comparison as one understanding for each side: each is searched and answered on its own."""
    return tuple(
        replace(
            understanding,
            policies=side,
            scope=understanding.scope.model_copy(update={"policy_ids": tuple(policy.id for policy in side)}),
        )
        for side in understanding.groups
    )


def _in_turns(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The first of each, then the second of each, and so on."""
    return [hit for hits in zip_longest(*found) for hit in hits if hit is not None]


def _spoken(question: str, history: Sequence[HistoryTurn]) -> Language:
    earlier = next((turn.content for turn in reversed(history) if turn.role == "user"), None)
    return detect_language(question, history_language=detect_language(earlier) if earlier else None)
