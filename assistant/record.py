"""The end of a turn: what it came to, as the answer record that callers get."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant import outcomes
from assistant.draft import Draft
from assistant.editions import edition_notices, later_notices
from assistant.evidence import Evidence
from assistant.handoff import contact_of, draft_mail
from assistant.look_up import LookUp
from assistant.model.budget import Budget
from assistant.rule_fit import Routed
from assistant.scope import Understanding, settled
from assistant.turn import Answer, Citation, HistoryTurn, Language, ModelUse, Scope
from knowledge.snapshot import Snapshot


@dataclass(frozen=True)
class Turn:
    """A turn as far as it has come. `status` None: no step has ended it yet; `budget` None: there is no model."""

    question: str
    today: dt.date
    history: tuple[HistoryTurn, ...] = ()
    given: Mapping[str, object] = field(default_factory=dict)
    language: Language = "nl"
    status: str | None = None
    understanding: Understanding | None = None
    evidence: tuple[Evidence, ...] = ()
    routed: tuple[Routed, ...] = ()
    looked_up: tuple[LookUp | None, ...] = ()
    draft: Draft | None = None
    results: tuple[dict[str, object], ...] = ()
    citations: tuple[Citation, ...] = ()
    is_language_given: bool = False
    budget: Budget | None = None
    rewritten: str | None = None
    model: ModelUse | None = None

    @property
    def asked(self) -> str:
        """The question as it is searched with: it reads on its own where a model made it so."""
        return self.rewritten or self.question


class Recorder:
    """Makes the answer records of one snapshot."""

    def __init__(self, snapshot: Snapshot, *, by_words_alone: bool = False) -> None:
        """`by_words_alone`: there is no encoder, which every answer then tells."""
        self._snapshot = snapshot
        self._by_words_alone = by_words_alone
        self._texts = dict(snapshot.texts)

    def record(self, turn: Turn) -> Answer:
        """The answer record of a turn that has ended."""
        status = turn.status or "error_internal"
        scope = turn.understanding.scope if turn.understanding else Scope()
        draft = turn.draft
        if status.startswith("answered"):
            cited = {citation.policy_id for citation in turn.citations}
            scope = settled(scope, [self._texts[policy_id].policy for policy_id in cited])
        contact = (
            contact_of(self._texts, self._about(turn)) if not status.startswith(("guardrail", "out_of_scope")) else None
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
            model=turn.model,
            today=turn.today,
        )

    def _about(self, turn: Turn) -> Understanding | None:
        """What the contact is looked up for: the policies that an answer cites, else those of the scope."""
        cited = dict.fromkeys(citation.policy_id for citation in turn.citations)
        if turn.understanding is None or not cited:
            return turn.understanding
        return replace(turn.understanding, policies=tuple(self._texts[policy_id].policy for policy_id in cited))

    def _wording(self, turn: Turn, status: str, contact: tuple[str, str] | None) -> str:
        policies = (
            turn.understanding.policies
            if turn.understanding and turn.understanding.policies
            else [t.policy for t in self._texts.values()]
        )
        absent = absent_policy(turn.understanding, turn.language) if turn.understanding else ""
        only = (turn.understanding.only_insurer if turn.understanding else None) or ""
        values = {"policies": "; ".join(f"{p.title} ({p.insurer})" for p in policies), "absent": absent, "only": only}
        said = outcomes.sentence(status, turn.language, **values)
        parts = [said, turn.draft.text if turn.draft and turn.draft.text else ""]
        if contact and status.startswith("unanswerable"):
            parts.append(outcomes.CONTACT[turn.language].format(address=contact[0], insurer=contact[1]))
        return "\n\n".join(part for part in parts if part)

    def _notices(self, turn: Turn) -> tuple[str, ...]:
        notices = list(self._edition_notices(turn))
        if turn.understanding and turn.understanding.absent_care and turn.citations:
            wording = outcomes.ONLY_AN_ANNEX if self._in_annex(turn.citations) else outcomes.NO_OWN_POLICY
            notices.append(wording[turn.language].format(care=turn.understanding.absent_care))
        if turn.understanding and turn.understanding.missing_insurers:
            missing, only = " / ".join(turn.understanding.missing_insurers), turn.understanding.only_insurer
            told = outcomes.OTHER_INSURERS if only else outcomes.MISSING_INSURERS
            notices.append(told[turn.language].format(insurers=missing, only=only))
        restated = {c.policy_id for c in turn.citations if c.authority == "restatement"}
        for insurer, source in dict.fromkeys(
            (self._texts[i].policy.insurer, self._texts[i].policy.source or "-") for i in sorted(restated)
        ):
            notices.append(outcomes.RESTATEMENT[turn.language].format(insurer=insurer, source=source))
        if turn.model is not None and turn.model.is_degraded:
            notices.append(outcomes.WITHOUT_MODEL[turn.language])
        if self._by_words_alone and (turn.evidence or turn.status == "unanswerable_no_evidence"):
            notices.append(outcomes.BY_WORDS_ALONE[turn.language])
        return tuple(notices)

    def _edition_notices(self, turn: Turn) -> Iterator[str]:
        policies = [text.policy for text in self._texts.values()]
        cited = [self._texts[policy_id].policy for policy_id in dict.fromkeys(c.policy_id for c in turn.citations)]
        said = turn.understanding.scope.said if turn.understanding else ()
        by_day = turn.understanding is not None and turn.understanding.by_day
        yield from edition_notices(cited, policies, turn.today, turn.language, by_day=by_day)
        if "year" not in said:
            yield from later_notices(cited, policies, turn.question, turn.today, turn.language)

    def _in_annex(self, citations: Sequence[Citation]) -> bool:
        passages = self._snapshot.passages
        return all(passages[self._snapshot.positions[citation.passage_id]].annex for citation in citations)


def absent_policy(understanding: Understanding, language: Language) -> str:
    """What is not on file, in words: 'van VGZ', 'van Caresq voor fysiotherapie', 'voor 2025'."""
    of, for_ = ("van", "voor") if language == "nl" else ("of", "for")
    insurer = understanding.absent_insurer or understanding.scope.insurer
    parts = [f"{of} {insurer}"] if insurer else []
    parts += [f"{for_} {understanding.absent_care}"] if understanding.absent_care else []
    parts += [f"{for_} {understanding.absent_year}"] if understanding.absent_year else []
    return " ".join(parts)
