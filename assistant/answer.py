"""The whole story of a turn: question -> scope -> evidence -> draft -> checked answer.

Each step is a function of the turn so far; the chain of them is a LangChain Runnable, so that it
can be invoked, batched, streamed and awaited like any other. A step that ends the turn sets its
status, and the steps after it leave the turn as it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import outcomes
from assistant.citations import CitationBook, unsupported
from assistant.compose import Draft, asks_scope, compose
from assistant.evidence import Evidence, gather, holds_date
from assistant.followup import complete
from assistant.guard import refuse
from assistant.handoff import contact_of, draft_mail
from assistant.language import detect_language
from assistant.question import Asked, read_asked
from assistant.results import result_record
from assistant.routing import Question, Routed, RuleRouter
from assistant.rule_answer import RuleTeller
from assistant.scope import ScopeReader, Understanding, settled
from assistant.turn import Answer, Citation, HistoryTurn, Language, Scope
from knowledge.encoder import Encoder
from knowledge.fitted import encoder_of_snapshot
from knowledge.rules.rulebook import Rulebook
from knowledge.search import Hit, Searcher, SearchResult, as_results
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.thesaurus import load_thesaurus

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.retriever import PolicyRetriever

UNITS_JUDGED = 5
"""The best units, one of which holds a date where other policies are to tell when something is due."""


@dataclass(frozen=True)
class Turn:
    """A turn as far as it has come. `status` None: no step has ended it yet."""

    question: str
    today: dt.date
    history: tuple[HistoryTurn, ...] = ()
    given: Mapping[str, object] = field(default_factory=dict)
    language: Language = "nl"
    status: str | None = None
    understanding: Understanding | None = None
    evidence: tuple[Evidence, ...] = ()
    routed: tuple[Routed, ...] = ()
    draft: Draft | None = None
    results: tuple[dict[str, object], ...] = ()
    citations: tuple[Citation, ...] = ()


class Assistant:
    """Answers questions from one snapshot. Safe to call from several threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        """Raises EncoderError when `encoder` is not the one that the snapshot was built with."""
        thesaurus = load_thesaurus()
        self.snapshot = snapshot
        self.searcher = Searcher(snapshot, encoder, thesaurus)
        self.rules = Rulebook(snapshot.rules)
        self._router = RuleRouter(self.rules, encoder)
        self._texts = dict(snapshot.texts)
        self._scopes = ScopeReader([text.policy for text in snapshot.texts.values()], thesaurus)
        self.chain = self._build_chain()

    @classmethod
    def open(cls, index_dir: Path, *, encoder: str = "bundled") -> Assistant:
        """The assistant of the published snapshot. Raises SnapshotError or EncoderError."""
        snapshot = open_snapshot(index_dir)
        return cls(snapshot, encoder_of_snapshot(encoder, snapshot.encoder_name, index_dir))

    def answer(
        self,
        question: str,
        *,
        today: dt.date,
        history: Sequence[HistoryTurn] = (),
        scope: Mapping[str, object] | None = None,
        language: str | None = None,
    ) -> Answer:
        """The answer record.

        `scope` is the caller's own choice of insurer, year and care; `language` None: as asked.
        """
        started = time.perf_counter()
        spoken: Language = language if language in ("nl", "en") else _spoken(question, history)  # type: ignore[assignment]  # just checked
        turn = Turn(question, today, tuple(history), dict(scope or {}), spoken)
        answer: Answer = self.chain.invoke(turn)
        return answer.model_copy(update={"latency_ms": round((time.perf_counter() - started) * 1000, 2)})

    def search(
        self, query: str, *, k: int = 10, history: Sequence[HistoryTurn] = (), scope: Mapping[str, object] | None = None
    ) -> list[SearchResult]:
        """The `k` best passages within the scope that the query says; those of policies compared take turns."""
        mended = self.searcher.mended(query)
        understanding = self._scopes.read(mended, history, scope)
        completed = complete(mended, history)
        parts = _parts(understanding) if understanding.compares else (understanding,)
        found = [self.searcher.search(completed, k, policy_ids=part.scope.policy_ids) for part in parts]
        return as_results(_in_turns(found)[:k])

    def missing_policy(self, query: str) -> str | None:
        """The sentence that tells that `query` asks for a policy that is not on file; None where it does not."""
        language = detect_language(query)
        understanding = self._scopes.read(self.searcher.mended(query))
        if not understanding.is_absent:
            return None
        policies = "; ".join(f"{policy.title} ({policy.insurer})" for policy in understanding.policies)
        absent = _absent(understanding, language)
        return outcomes.sentence("unanswerable_no_policy", language, policies=policies, absent=absent)

    def retriever(self, *, k: int = 10, policy_ids: Sequence[str] = ()) -> PolicyRetriever:
        """The search as a LangChain retriever, for chains of one's own; `policy_ids` empty: all policies."""
        from assistant.retriever import PolicyRetriever

        return PolicyRetriever(searcher=self.searcher, k=k, policy_ids=tuple(policy_ids))

    def _build_chain(self) -> Runnable[Turn, Answer]:
        """The steps as a LangChain Runnable from a `Turn` to an `Answer`."""
        from langchain_core.runnables import RunnableLambda

        steps: Runnable[Turn, Turn] = (
            RunnableLambda(self._understand)
            | RunnableLambda(self._gather)
            | RunnableLambda(self._compute)
            | RunnableLambda(self._compose)
        )
        return steps | RunnableLambda(self._record)

    def _understand(self, turn: Turn) -> Turn:
        status = refuse(turn.question)
        if status is not None:
            return replace(turn, status=status)
        understanding = self._scopes.read(self.searcher.mended(turn.question), turn.history, turn.given)
        return replace(turn, understanding=understanding)

    def _gather(self, turn: Turn) -> Turn:
        if turn.status is not None or turn.understanding is None:
            return turn
        understanding = turn.understanding
        if understanding.is_absent and understanding.absent_care is None:
            return replace(turn, status="unanswerable_no_policy")
        mended = self.searcher.mended(turn.question)
        question = complete(mended, turn.history)
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

    def _compute(self, turn: Turn) -> Turn:
        """The rules that the question needs, run on what the asker said; in a comparison one for each policy."""
        if turn.status is not None or turn.understanding is None or turn.understanding.is_absent:
            return turn
        routed = [
            self._router.route(
                _question(turn, evidence),
                evidence.understanding.scope.policy_ids,
                settled=not asks_scope(evidence.understanding),
            )
            for evidence in turn.evidence
        ]
        if not all(routed):
            return turn  # of a comparison every policy is answered in the same way
        return replace(turn, routed=tuple(each for part in routed for each in part))

    def rules_near(
        self, text: str, today: dt.date, scope: Mapping[str, object], language: Language
    ) -> tuple[Question | None, list[Routed]]:
        """The question as routing takes it and the rules that come near it, run, best first; for measuring."""
        turn = self._gather(self._understand(Turn(text, today, (), dict(scope), language)))
        if turn.status is not None or len(turn.evidence) != 1:
            return None, []
        question = _question(turn, turn.evidence[0])
        return question, self._router.candidates(question, turn.evidence[0].understanding.scope.policy_ids)

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
        drafts = [compose(evidence, self._texts, book, turn.language, turn.today) for evidence in turn.evidence]
        found = [draft for draft in drafts if draft.text is not None]
        if not found:
            about = turn.understanding is not None and self._scopes.is_about_care(turn.question, turn.understanding)
            return replace(turn, status="unanswerable_no_evidence" if about or turn.history else "out_of_scope_other")
        draft = (
            found[0]
            if len(drafts) == 1
            else Draft("\n\n".join(d.text for d in found if d.text), partly=len(found) < len(drafts))
        )
        if not book.citations or unsupported(draft.text or "", book.citations, self._texts):
            return replace(turn, status="unanswerable_unsupported")
        status = "clarify_scope" if draft.clarification else "answered_partly" if draft.partly else "answered"
        return replace(turn, status=status, draft=draft, citations=tuple(book.citations))

    def _record(self, turn: Turn) -> Answer:
        status = turn.status or "error_internal"
        scope = turn.understanding.scope if turn.understanding else Scope()
        draft = turn.draft
        if status.startswith("answered"):
            cited = {citation.policy_id for citation in turn.citations}
            scope = settled(scope, [self._texts[policy_id].policy for policy_id in cited])
        contact = (
            contact_of(self._texts, turn.understanding)
            if not status.startswith(("answered", "guardrail", "out_of_scope"))
            else None
        )
        return Answer(
            status=status,
            language=turn.language,
            text=self._wording(turn, status, contact),
            citations=turn.citations,
            results=turn.results,
            clarification=draft.clarification if draft else None,
            scope=scope,
            notices=self._notices(turn),
            handoff=draft_mail(contact, turn.understanding, turn.language) if contact else None,
            receipt_id=self._receipt(turn),
            today=turn.today,
        )

    def _wording(self, turn: Turn, status: str, contact: tuple[str, str] | None) -> str:
        policies = (
            turn.understanding.policies
            if turn.understanding and turn.understanding.policies
            else [t.policy for t in self._texts.values()]
        )
        absent = _absent(turn.understanding, turn.language) if turn.understanding else ""
        values = {"policies": "; ".join(f"{p.title} ({p.insurer})" for p in policies), "absent": absent}
        said = outcomes.sentence(status, turn.language, **values)
        parts = [said, turn.draft.text if turn.draft and turn.draft.text else ""]
        if contact and status.startswith("unanswerable"):
            parts.append(outcomes.CONTACT[turn.language].format(address=contact[0], insurer=contact[1]))
        return "\n\n".join(part for part in parts if part)

    def _notices(self, turn: Turn) -> tuple[str, ...]:
        notices = []
        if turn.understanding and turn.understanding.absent_care and turn.citations:
            wording = outcomes.ONLY_AN_ANNEX if self._in_annex(turn.citations) else outcomes.NO_OWN_POLICY
            notices.append(wording[turn.language].format(care=turn.understanding.absent_care))
        if turn.understanding and turn.understanding.missing_insurers:
            missing = " / ".join(turn.understanding.missing_insurers)
            notices.append(outcomes.MISSING_INSURERS[turn.language].format(insurers=missing))
        restated = {c.policy_id for c in turn.citations if c.authority == "restatement"}
        for insurer, source in dict.fromkeys(
            (self._texts[i].policy.insurer, self._texts[i].policy.source or "-") for i in sorted(restated)
        ):
            notices.append(outcomes.RESTATEMENT[turn.language].format(insurer=insurer, source=source))
        return tuple(notices)

    def _in_annex(self, citations: Sequence[Citation]) -> bool:
        passages = self.snapshot.passages
        return all(passages[self.snapshot.positions[citation.passage_id]].annex for citation in citations)

    def _receipt(self, turn: Turn) -> str:
        """Names what the answer was made from: the same snapshot, question, day and scope give the same receipt."""
        made_from = [
            self.snapshot.id,
            self.snapshot.encoder_name,
            turn.question,
            str(turn.today),
            repr(turn.history),
            repr(sorted(turn.given.items())),
        ]
        return hashlib.sha256("\x1f".join(made_from).encode("utf-8", "replace")).hexdigest()[:20]


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
    """A comparison as one understanding for each policy: each is searched and answered on its own."""
    return tuple(
        replace(
            understanding, policies=(policy,), scope=understanding.scope.model_copy(update={"policy_ids": (policy.id,)})
        )
        for policy in understanding.policies
    )


def _in_turns(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The first of each, then the second of each, and so on."""
    return [hit for hits in zip_longest(*found) for hit in hits if hit is not None]


def _spoken(question: str, history: Sequence[HistoryTurn]) -> Language:
    earlier = next((turn.content for turn in reversed(history) if turn.role == "user"), None)
    return detect_language(question, history_language=detect_language(earlier) if earlier else None)


def _absent(understanding: Understanding, language: Language) -> str:
    """What is not on file, in words: 'van VGZ', 'van Caresq voor fysiotherapie', 'voor 2025'."""
    of, for_ = ("van", "voor") if language == "nl" else ("of", "for")
    insurer = understanding.absent_insurer or understanding.scope.insurer
    parts = [f"{of} {insurer}"] if insurer else []
    parts += [f"{for_} {understanding.absent_care}"] if understanding.absent_care else []
    parts += [f"{for_} {understanding.absent_year}"] if understanding.absent_year else []
    return " ".join(parts)
