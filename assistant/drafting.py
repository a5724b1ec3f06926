"""What was chosen to a checked draft: rules run, statements told, or else quotes.

No draft leaves that holds a quote or a figure that neither the policy nor a rule supports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.alike import point_of
from assistant.citations import CitationBook, unsupported
from assistant.compose import compose, mailbox_of, own_contact
from assistant.draft import Draft, asks_scope
from assistant.evidence import Evidence
from assistant.look_up import LookUp
from assistant.question import asks_difference
from assistant.quoting import policy_name
from assistant.record import Turn
from assistant.results import result_record
from assistant.row_answer import says_what_to_write
from assistant.rule_answer import RuleTeller
from assistant.scope import ScopeReader
from assistant.statement_answer import StatementTeller, compared, each_requires, told_alike
from assistant.turn import Language
from assistant.units import LEAST_TOLD
from knowledge.records import PolicyText
from knowledge.rules.rulebook import Rulebook

LEAST_BESIDE_CARDS = 0.75
"""How likely a sentence of a policy must be to answer what none of the policy's own statements does. Set by hand, on
our own questions and the curated ones: below it most such sentences were about something else."""
NEAREST = 0.75
"""How likely it must be that a sentence answers, in a policy that nobody wrote statements for: below what is a sure
answer, it is shown as what comes nearest."""

_NOTHING: dict[Language, str] = {
    "nl": "{policy}: hierover heb ik niets gevonden.",
    "en": "{policy}: I found nothing about this.",
}


@dataclass(frozen=True)
class Drafter:
    """Drafts answers over the policies of one snapshot."""

    texts: dict[str, PolicyText]
    rules: Rulebook
    scopes: ScopeReader
    has_cards: frozenset[str] = frozenset()
    """The policies whose statements were written for them: little that is not among these is told."""

    def compose(self, turn: Turn) -> Turn:
        """The turn with its draft, citations and status; a turn that has ended, or has no evidence, as it is."""
        if turn.status is not None or not turn.evidence:
            return turn
        if turn.routed:
            return self._compose_results(turn)
        book = CitationBook(self.texts)
        if len(turn.looked_up) == 1 and turn.looked_up[0] is not None:
            if (own := self._own_contact(turn, turn.looked_up[0], book)) is None:
                return self._compose_statements(turn, turn.looked_up[0], book)
            return replace(turn, status="answered", draft=own, citations=tuple(book.citations))
        drafts = [self._draft(turn, number, book) for number in range(len(turn.evidence))]
        found = [draft for draft in drafts if draft.text is not None]
        silent = [evidence for evidence, draft in zip(turn.evidence, drafts, strict=True) if draft.text is None]
        if not found:
            about = turn.understanding is not None and self.scopes.is_about_care(turn.question, turn.understanding)
            return replace(turn, status="unanswerable_no_evidence" if about or turn.history else "out_of_scope_other")
        unfound = self._silent(silent, turn)
        draft = (
            found[0]
            if len(drafts) == 1
            else Draft(
                "\n\n".join([*self._compared(turn), *(d.text for d in found if d.text), *unfound]),
                partly=bool(silent),
                results=tuple(result for each in found for result in each.results),
                counted=tuple(line for each in found for line in each.counted),
            )
        )
        results = draft.results
        if any(evidence.asked.contact for evidence in turn.evidence):
            draft, contact = self._with_contact(draft, book, turn)
            results += contact
        if turn.looked_up and all(each is not None and each.is_absence for each in turn.looked_up):
            return replace(turn, status="unanswerable_not_told", draft=draft, citations=tuple(book.citations))
        faults = unsupported(
            draft.text or "",
            book.citations,
            self.texts,
            computed=(*draft.computed, *unfound),  # which policy is silent stands in no quote
            language=turn.language,
        )
        if not book.citations or faults:
            return replace(turn, status="unanswerable_unsupported")
        status = _asked_back(draft) or ("answered_partly" if draft.partly else "answered")
        return replace(turn, status=status, draft=draft, citations=tuple(book.citations), results=results)

    def _compose_results(self, turn: Turn) -> Turn:
        book = CitationBook(self.texts)
        teller = RuleTeller(self.texts, book, turn.language, turn.today, turn.question)
        specs = {each.rule.policy_id: self.rules.specs(each.rule.policy_id) for each in turn.routed}
        understanding = turn.understanding
        scope_open = understanding is not None and not understanding.compares and asks_scope(understanding)
        draft = teller.draft(turn.routed, specs, asks_scope=scope_open)
        draft = replace(draft, text="\n\n".join([*_outcomes_compared(turn), draft.text or ""]))
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
        computed = [*(each.result.model_dump_json() for each in turn.routed), *draft.counted]
        if unsupported(draft.text or "", book.citations, self.texts, computed=computed):
            return replace(turn, status="unanswerable_unsupported")
        several = len({each.rule.policy_id for each in turn.routed}) > 1
        asked_back = "clarify_scope" if several else "clarify_fact"
        status = asked_back if draft.clarification else "answered"
        return replace(turn, status=status, draft=draft, citations=tuple(book.citations), results=results)

    def _compose_statements(self, turn: Turn, found: LookUp, book: CitationBook) -> Turn:
        understanding = turn.understanding
        scope_open = understanding is not None and asks_scope(understanding)
        draft = StatementTeller(self.texts, book, turn.language, turn.today, turn.question).draft(
            found, asks_scope=scope_open
        )
        if found.is_absence:
            status = "unanswerable_not_told"
        elif draft.clarification is not None:
            status = "clarify_scope" if found.by == "policy" else "clarify_fact"
        else:
            status = "answered"
        is_proven = bool(book.citations) or found.is_absence
        if not is_proven or unsupported(
            draft.text or "", book.citations, self.texts, computed=draft.counted, language=turn.language
        ):
            return replace(turn, status="unanswerable_unsupported")
        return replace(turn, status=status, draft=draft, citations=tuple(book.citations))

    def _own_contact(self, turn: Turn, found: LookUp, book: CitationBook) -> Draft | None:
        """The policy's own address for what is asked, before a card that was written for another policy."""
        if len(turn.evidence) != 1 or not all(each.statement.is_kin for each in found.told):
            return None
        draft = own_contact(turn.evidence[0], self.texts, own := CitationBook(self.texts), turn.language, turn.today)
        if draft is None or draft.clarification or unsupported(draft.text or "", own.citations, self.texts):
            return None
        return own_contact(turn.evidence[0], self.texts, book, turn.language, turn.today)

    def _compared(self, turn: Turn) -> list[str]:
        """Whether the policies compared say the same, where each has one statement on one and the same point.

        Lists differ in more than what was asked.
        """
        told = [found.told[0] for found in turn.looked_up if found is not None and len(found.told) == 1]
        told = [each for each in told if not getattr(each.card, "items", ())]
        if len(told) < len(turn.evidence) or len({point_of(each) or each.card.id for each in told}) > 1:
            return []
        verdict = compared(told, turn.question, turn.language) or each_requires(told, turn.question, turn.language)
        return [verdict] if verdict else []

    def _silent(self, evidence: Sequence[Evidence], turn: Turn) -> list[str]:
        """A line for every policy compared in which nothing was found."""
        policies = [
            self.texts[policy_id].policy for each in evidence for policy_id in each.understanding.scope.policy_ids
        ]
        return [_NOTHING[turn.language].format(policy=policy_name(policy)) for policy in policies]

    def _draft(self, turn: Turn, number: int, book: CitationBook) -> Draft:
        """The draft of one policy of a comparison: its statement, or else quotes."""
        found = turn.looked_up[number] if turn.looked_up else None
        if found is not None:
            return StatementTeller(self.texts, book, turn.language, turn.today, turn.question).draft(
                found, asks_scope=False
            )
        evidence = turn.evidence[number]
        # A follow-up is quoted from where the conversation is: little else could be meant.
        if not turn.history and evidence.units and evidence.units[0].hit.passage.policy_id in self.has_cards:
            return compose(evidence, self.texts, book, turn.language, turn.today, least_unit=LEAST_BESIDE_CARDS)
        ids = evidence.understanding.scope.policy_ids
        is_new = len(ids) == 1 and ids[0] not in self.has_cards
        least = NEAREST if is_new else LEAST_TOLD
        return compose(evidence, self.texts, book, turn.language, turn.today, least_told=least)

    def _with_contact(
        self, draft: Draft, book: CitationBook, turn: Turn
    ) -> tuple[Draft, tuple[dict[str, object], ...]]:
        """A draft that gives a mailbox, with the subject line that the policy asks for and the contact as a result."""
        box = mailbox_of(draft, {citation.policy_id for citation in book.citations})
        rule = self.rules.contact(*box) if box else None
        if rule is None:
            return draft, ()
        teller = RuleTeller(self.texts, book, turn.language)
        subject = teller.subject_line(rule)
        result = self.rules.run(rule, {}, turn.today)
        record = result_record(result, turn.language, partial(teller.cite, policy_id=rule.policy_id))
        is_told = not subject or says_what_to_write(draft.text or "")
        return (draft if is_told else replace(draft, text=f"{draft.text}\n\n{subject}")), (record,)


def _asked_back(draft: Draft) -> str | None:
    """The status of a draft that asks back: for the policy, or for something of the asker's."""
    if draft.clarification is None:
        return None
    return "clarify_scope" if any(option.scope for option in draft.clarification.options) else "clarify_fact"


def _outcomes_compared(turn: Turn) -> list[str]:
    """Whether the policies compared have the same outcome, where each is a value of one and the same unit."""
    results = [each.result for each in turn.routed]
    values = {result.value for result in results}
    several = len({each.rule.policy_id for each in turn.routed}) == len(turn.routed) > 1
    comparable = None not in values and len({result.unit for result in results}) == 1 and results[0].unit is not None
    if not (several and comparable and asks_difference(turn.question)):
        return []
    return [told_alike(turn.question, turn.language, are_alike=len(values) == 1)]
