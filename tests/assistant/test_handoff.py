"""Whom to ask when there is no answer: the procurement mailbox of the one insurer in scope."""

from __future__ import annotations

import pytest

from assistant.handoff import contact_of, draft_mail
from assistant.scope import Understanding
from assistant.turn import Language, Scope
from knowledge.records import Fact, Policy, PolicyText, Span
from tests.fakes import policy_text

Contact = tuple[str, tuple[str, ...]]  # topic, addresses
BUYING = ("Vragen over zorginkoop", ("inkoop@noord.example",))
PHONE = ("Vragen over contracten", ("088 123 45 67",))
STATUS = ("Status van uw contract", ("status@noord.example",))
OUTAGE = ("Storing van het portaal", ("storing@noord.example",))


def text(policy_id: str, insurer: str, *contacts: Contact, care: str = "kraamzorg") -> PolicyText:
    made = policy_text(policy_id, [("Contact", ["Hier staan de adressen."])])
    policy = Policy(id=policy_id, file="a.txt", insurer=insurer, year=2031, title=f"Beleid {care}", care=(care,))
    facts = tuple(
        Fact(
            id=f"{policy_id}:f{n}", policy_id=policy_id, kind="contact", topic=topic, value=" ".join(addresses),
            addresses=addresses, passage_id=made.passages[0].id, spans=(Span(start=0, end=1),),
        )
        for n, (topic, addresses) in enumerate(contacts)
    )  # fmt: skip
    return made.model_copy(update={"policy": policy, "facts": facts})


def contact(
    *texts: PolicyText, scope: Scope | None = None, absent_insurer: str | None = None
) -> tuple[str, str] | None:
    by_id = {made.policy.id: made for made in texts}
    policies = tuple(made.policy for made in texts)
    return contact_of(by_id, Understanding(scope or Scope(), policies, absent_insurer=absent_insurer))


@pytest.mark.parametrize(
    ("contacts", "address"),
    [
        ((BUYING,), "inkoop@noord.example"),
        ((OUTAGE, BUYING), "inkoop@noord.example"),
        ((STATUS, BUYING), "inkoop@noord.example"),
        ((STATUS,), "status@noord.example"),
        ((PHONE, STATUS), "status@noord.example"),
        ((("Inkoop", ("088 123 45 67", "inkoop@noord.example")),), "inkoop@noord.example"),
    ],
)
def test_the_mailbox_for_procurement_questions_is_given(contacts: tuple[Contact, ...], address: str) -> None:
    assert contact(text("noord", "Noord", *contacts)) == (address, "Noord")


@pytest.mark.parametrize("contacts", [(), (OUTAGE,), (PHONE,), (("Inkoop", ()),)])
def test_without_such_a_mailbox_there_is_no_contact(contacts: tuple[Contact, ...]) -> None:
    assert contact(text("noord", "Noord", *contacts)) is None


def test_several_policies_of_one_insurer_are_one_contact_and_of_several_none() -> None:
    first, second = text("noord-a", "Noord", OUTAGE), text("noord-b", "Noord", BUYING)
    assert contact(first, second) == ("inkoop@noord.example", "Noord")
    assert contact(first, second, text("zuid", "Zuid", BUYING)) is None


def test_an_insurer_that_is_not_on_file_has_no_contact() -> None:
    assert contact(text("noord", "Noord", BUYING), absent_insurer="Menzis") is None
    assert contact_of({}, None) is None


@pytest.mark.parametrize(
    ("language", "words"), [("nl", ("Vraag zorginkoop", "Geachte")), ("en", ("Procurement question", "Dear"))]
)
def test_the_mail_has_the_subject_that_is_asked_for_and_leaves_the_asker_to_fill_it(
    language: Language, words: tuple[str, str]
) -> None:
    policy = text("noord", "Noord", BUYING).policy
    mail = draft_mail(("inkoop@noord.example", "Noord"), Understanding(Scope(care="kraamzorg"), (policy,)), language)
    assert mail is not None
    assert mail.email == "inkoop@noord.example"
    assert words[0] in mail.subject
    assert words[1] in mail.body
    for told in (mail.subject, mail.body):
        assert "AGB" in told
        assert "kraamzorg" in told
        assert "{" not in told


@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_a_care_type_the_mail_asks_for_it(language: Language) -> None:
    for understanding in (None, Understanding(Scope(), ())):
        mail = draft_mail(("inkoop@noord.example", "Noord"), understanding, language)
        assert mail is not None
        assert "[" in mail.subject.split("AGB", 1)[1]
        assert "None" not in mail.subject + mail.body


def test_a_phone_number_gets_no_mail() -> None:
    assert draft_mail(("088 123 45 67", "Noord"), None, "nl") is None
