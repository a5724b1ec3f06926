"""Cards of other policies: used where every proof, figure, name and care type is borne out, and only once."""

from __future__ import annotations

from pathlib import Path

import pytest

import knowledge
from ingest.kin_cards import kin_rules, kin_statements
from ingest.manifest import read_manifest
from ingest.parse import parse_policy
from ingest.prove import prove_rules
from ingest.read_text import read_markdown
from knowledge.dutch import fold
from knowledge.records import PolicyText
from knowledge.rules.card import CardFile
from knowledge.rules.load import bundled_cards, family_of
from knowledge.rules.proven import ProvenRule
from knowledge.statements.load import bundled_statements
from tests.fakes import policy_text
from tests.small_statements import absence, proof, said, statement, statement_file

BUNDLED = Path(str(knowledge.__file__)).parent / "policies"
CARESQ = "Caresq"
POLICIES = {policy.id: policy for policy in read_manifest(BUNDLED)}


def bundled(policy_id: str) -> PolicyText:
    return parse_policy(POLICIES[policy_id], read_markdown(BUNDLED / POLICIES[policy_id].file))


def others(policy_id: str) -> str:
    """The family of a policy, whose cards are kept away."""
    return family_of(policy_id, POLICIES[policy_id].year)


# The bundled policies, each without its own cards


@pytest.mark.parametrize("policy_id", POLICIES)
def test_a_policy_without_cards_gets_those_of_its_insurer_that_it_bears_out(policy_id: str) -> None:
    text, away = bundled(policy_id), others(policy_id)
    statements = kin_statements(text, [file for file in bundled_statements() if file.policy != away])
    rules = kin_rules(text, [file for file in bundled_cards() if file.policy != away])
    assert all(each.is_kin for each in (*statements.proven, *rules.proven))
    ids = [each.card.id for each in statements.proven]
    assert len(ids) == len(set(ids))
    told = " ".join(each.card.says.nl for each in statements.proven)
    if text.policy.insurer == CARESQ:
        assert len(ids) > 50
        assert {"reply-term"} <= {rule.id for rule in rules.proven}
        assert {name for rule in rules.proven for name in _facts(rule.rule)} <= {spec.name for spec in rules.facts}
    else:
        assert fold(CARESQ) not in fold(told)
        assert not rules.proven
    assert not any(each.is_absence for each in statements.proven)


def _facts(rule: object) -> tuple[str, ...]:
    from knowledge.rules.inputs import facts_of

    return facts_of(rule)  # type: ignore[arg-type]  # a rule


@pytest.mark.parametrize("policy_id", POLICIES)
def test_a_policy_with_cards_of_its_own_gets_no_others(policy_id: str) -> None:
    text = bundled(policy_id)
    assert prove_rules(text).proven
    assert kin_statements(text).proven == ()
    assert kin_rules(text).proven == ()


# A small policy, held against cards of a family of Caresq and of another insurer

OURS, THEIRS = "caresq-farmacie", "zz-msz"


def small(*sentences: str, insurer: str = CARESQ) -> PolicyText:
    text = policy_text("nieuw-voetzorg-2026", [("Zorg", sentences)], title="Inkoopbeleid Voetzorg 2026")
    return text.model_copy(
        update={"policy": text.policy.model_copy(update={"insurer": insurer, "care": ("voetzorg",)})}
    )


def told(text: PolicyText, *cards: dict[str, object], family: str = OURS) -> list[str]:
    absences = tuple(card for card in cards if "lacks" in card)
    file = statement_file(*(card for card in cards if "lacks" not in card), policy=family, absences=absences)
    return [each.card.says.nl for each in kin_statements(text, [file]).proven]


ANSWER = "Caresq antwoordt binnen 5 werkdagen."


@pytest.mark.parametrize(
    ("sentence", "says", "kept"),
    [
        ("Wij antwoorden binnen 5 werkdagen.", ANSWER, True),
        ("Wij antwoorden binnen 7 werkdagen.", ANSWER, False),  # another figure
        ("Wij antwoorden snel.", ANSWER, False),  # no proof
        ("Wij antwoorden binnen 5 werkdagen.", "Het antwoord komt van Zilveren Kruis.", False),  # another insurer
        ("Wij antwoorden binnen 5 werkdagen.", "Het antwoord komt via VECOZO.", False),  # a name that it lacks
        ("Via VECOZO antwoorden wij binnen 5 werkdagen.", "Wij antwoorden via VECOZO.", True),
        ("Wij halen het bed binnen 5 werkdagen op.", "Uw vraag of klacht heeft na 5 werkdagen een reactie.", False),
        ("Wij antwoorden binnen 5 werkdagen.", "Caresq antwoordt binnen 5 werkdagen, met vermelding.", True),
        ("Wij antwoorden binnen 5 werkdagen.", "Een ernstige klacht krijgt na 5 werkdagen een brief.", False),
        ("Wij antwoorden binnen 5 werkdagen.", "Bij kraamzorg komt het antwoord na 5 werkdagen.", False),  # other care
        ("Bij kraamzorg antwoorden wij in 5 werkdagen.", "Bij kraamzorg komt het antwoord na 5 werkdagen.", True),
    ],
)
def test_what_a_card_says_is_borne_out_or_it_is_not_used(sentence: str, says: str, kept: bool) -> None:
    card = statement(says, proof("werkdagen", sections=("9",)), id="answer")
    assert told(small(sentence), card) == ([says] if kept else [])


def test_a_card_of_another_insurer_serves_where_it_names_nobody() -> None:
    card = statement("Het antwoord komt binnen 5 werkdagen.", proof("werkdagen"), id="answer")
    text = small("Wij antwoorden binnen 5 werkdagen.")
    assert told(text, card, family=THEIRS) == ["Het antwoord komt binnen 5 werkdagen."]


@pytest.mark.parametrize("family", [OURS, THEIRS])
def test_that_another_policy_does_not_tell_something_says_nothing_of_this_one(family: str) -> None:
    gap = absence("parkeer", id="gap", says=said("Over parkeren staat er niets in."))
    assert told(small("Wij antwoorden snel."), gap, family=family) == []


def test_what_two_policies_say_alike_is_one_card_with_the_questions_of_both() -> None:
    text = small("Wij antwoorden binnen 5 werkdagen.")
    files = [
        statement_file(
            statement("Het antwoord komt binnen 5 werkdagen.", proof("werkdagen"), id="answer") | {"asks": asks},
            policy=family,
        )
        for family, asks in ((OURS, ["een", "twee", "drie"]), (THEIRS, ["drie", "vier", "vijf"]))
    ]
    (only,) = kin_statements(text, files).proven
    assert only.card.asks == ("een", "twee", "drie", "vier", "vijf")


def test_cards_of_one_name_that_say_different_things_keep_apart() -> None:
    text = small("Wij antwoorden binnen 5 werkdagen.", "Het dossier blijft 15 jaar bewaard.")
    files = [
        statement_file(statement("Het antwoord komt binnen 5 werkdagen.", proof("werkdagen"), id="term"), policy=OURS),
        statement_file(statement("U bewaart een dossier 15 jaar.", proof("dossier"), id="term"), policy=THEIRS),
    ]
    assert [each.card.id for each in kin_statements(text, files).proven] == ["term", "term-2"]


# Rules of kin: their days are those of all whom they speak to

SIGN_BY = {
    "id": "sign-by",
    "kind": "deadline",
    "bound": "by",
    "title": {"nl": "Uiterste dag om te tekenen", "en": "Last day to sign"},
    "what": {"nl": "het contract tekenen", "en": "sign the contract"},
    "asks": ["Wanneer moet ik tekenen?", "tekendatum", "Is 3 november op tijd?"],
    "parameters": {
        "date": {"value": "2025-11-11", "unit": "date", "proof": {"sections": ["5"], "holds": ["tekendatum"]}}
    },
    "notes": [{"nl": "Uitstel noemt het beleid niet.", "en": "The policy names no extension."}],
    "then": {"nl": "Het beleid zegt niet wat er dan gebeurt.", "en": "The policy does not say what happens then."},
}


def run_by(text: PolicyText, **changes: object) -> list[ProvenRule]:
    card = CardFile.model_validate({"policy": OURS, "years": [2026], "rules": [SIGN_BY | changes]})
    return list(kin_rules(text, [card]).proven)


@pytest.mark.parametrize(
    ("sentences", "kept"),
    [
        (["Uiterste tekendatum: 3 november 2025."], False),  # a label in front of it, whatever it says
        (["De uiterste tekendatum is 3 november 2025."], True),
        (["De uiterste tekendatum is 3 november 2025 om 17:00 uur."], True),
        (["De uiterste tekendatum is 3 november 2025, bij voetzorg ook."], True),  # its own care type
        (["De uiterste tekendatum is 3 november 2025 voor kraamzorg."], False),
        (["De uiterste tekendatum is 3 november 2025. Wie onderhandelt: na het gesprek."], False),
        (["De tekendatum is 3 november 2025 en bij uitstel 1 december 2025."], False),
        (["De tekendatum is eind november 2025."], False),  # less exact than it was written for
        (["De tekendatum is 3 november 2025.", "De tekendatum is 4 november 2025."], False),
        (["De tekendatum is 3 november 2025.", "Voor kraamzorg is de tekendatum 3 november 2025."], False),
    ],
)
def test_a_day_that_holds_for_some_is_not_told_to_all(sentences: list[str], kept: bool) -> None:
    assert [rule.id for rule in run_by(small(*sentences))] == (["sign-by"] if kept else [])


@pytest.mark.parametrize(
    "changes", [{"what": {"nl": "het contract voor kraamzorg tekenen", "en": "sign"}}, {"care": ["kraamzorg"]}]
)
def test_a_rule_for_another_care_type_is_not_run(changes: dict[str, object]) -> None:
    assert run_by(small("De uiterste tekendatum is 3 november 2025."), **changes) == []


def test_a_rule_tells_nothing_of_what_its_own_policy_leaves_out() -> None:
    (rule,) = run_by(small("De uiterste tekendatum is 3 november 2025."))
    assert (rule.rule.notes, rule.rule.then, rule.is_kin) == ((), None, True)


def test_a_statement_about_what_its_own_policy_leaves_out_is_not_used() -> None:
    says = "Caresq antwoordt binnen 5 werkdagen; wat daarna gebeurt, zegt het beleid niet."
    assert told(small("Wij antwoorden binnen 5 werkdagen."), statement(says, proof("werkdagen"), id="answer")) == []


CASES = {
    "id": "with-or-without",
    "kind": "choice",
    "title": {"nl": "Wat tekenen betekent", "en": "What signing means"},
    "what": {"nl": "het gevolg", "en": "the consequence"},
    "asks": ["Wat als wij niet tekenen?", "zonder contract", "Staan wij dan in de lijst?"],
    "cases": [
        {"value": {"nl": "u staat in de lijst", "en": "listed"}, "proof": {"sections": ["5"], "holds": ["lijst"]}},
        {"value": {"nl": "een lagere vergoeding", "en": "less"}, "proof": {"sections": ["5"], "holds": ["lager"]}},
    ],
}


@pytest.mark.parametrize(
    ("sections", "kept"),
    [
        ([("Contract", ["Wie tekent, staat in de lijst.", "Anders is de vergoeding lager."])], True),
        ([("Planning", ["De lijst verschijnt in november."]), ("Contract", ["De vergoeding is lager."])], False),
    ],
)
def test_the_proofs_of_a_rule_stand_in_one_section(sections: list[tuple[str, list[str]]], kept: bool) -> None:
    text = policy_text("nieuw-voetzorg-2026", sections, title="Inkoopbeleid Voetzorg 2026")
    text = text.model_copy(update={"policy": text.policy.model_copy(update={"insurer": CARESQ, "care": ("voetzorg",)})})
    card = CardFile.model_validate({"policy": OURS, "years": [2026], "rules": [CASES]})
    assert [rule.id for rule in kin_rules(text, [card]).proven] == (["with-or-without"] if kept else [])
