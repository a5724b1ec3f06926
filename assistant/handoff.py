"""Whom to ask when there is no answer: the mailbox for procurement questions, as the policy gives it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.scope import Understanding
from assistant.turn import Handoff, Language
from knowledge.dutch import fold
from knowledge.records import Fact, PolicyText

_PROCUREMENT = ("inkoop", "contract")
_BODY: dict[Language, str] = {
    "nl": "Geachte heer, mevrouw,\n\n[Uw vraag]\n\nAGB-code: [uw AGB-code]\nZorgsoort: {care}\n\nMet vriendelijke groet,\n",
    "en": "Dear Sir or Madam,\n\n[Your question]\n\nAGB code: [your AGB code]\nCare type: {care}\n\nKind regards,\n",
}
_SUBJECT: dict[Language, str] = {
    "nl": "Vraag zorginkoop - AGB-code [uw AGB-code] - {care}",
    "en": "Procurement question - AGB code [your AGB code] - {care}",
}


def contact_of(texts: Mapping[str, PolicyText], understanding: Understanding | None) -> tuple[str, str] | None:
    """The address for procurement questions and its insurer; None when the scope leaves several, or none is on file."""
    policies = understanding.policies if understanding and not understanding.absent_insurer else ()
    insurers = {policy.insurer for policy in policies}
    if len(insurers) != 1:
        return None
    facts = [
        fact for policy in policies for fact in texts[policy.id].facts if fact.kind == "contact" and fact.addresses
    ]
    about = [fact for fact in facts if any(word in fold(fact.topic) for word in _PROCUREMENT)]
    mailboxes = [address for fact in sorted(about, key=_asks_questions) for address in fact.addresses if "@" in address]
    return (mailboxes[0], insurers.pop()) if mailboxes else None


def _asks_questions(fact: Fact) -> bool:
    return "vrag" not in fold(fact.topic)


def draft_mail(contact: tuple[str, str], understanding: Understanding | None, language: Language) -> Handoff | None:
    """An e-mail to the mailbox with the subject that policies ask for: AGB code and care type."""
    if "@" not in contact[0]:
        return None
    care = (understanding.scope.care if understanding else None) or (
        "[uw zorgsoort]" if language == "nl" else "[your care type]"
    )
    return Handoff(
        email=contact[0], subject=_SUBJECT[language].format(care=care), body=_BODY[language].format(care=care)
    )
