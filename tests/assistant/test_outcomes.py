"""Statuses: every one has its sentence in both languages, and every one that is used exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from assistant import outcomes
from assistant.outcomes import SENTENCES, sentence
from assistant.turn import Language

ASSISTANT = Path(outcomes.__file__).parent
LANGUAGES: tuple[Language, ...] = get_args(Language)
FAMILIES = re.compile(
    r"answered|answered_partly|clarify_[a-z_]+|unanswerable_(?:no_evidence|not_told|no_policy|unsupported)"
    r"|out_of_scope_(?:medical|insured|small_talk|insurer|other)|guardrail_(?:personal_data|abuse|injection|too_long)|error_[a-z_]+"
)
FILLED = {"policies", "absent", "only"}
TAKEN_FROM_THE_SCOPE = {
    "CONTACT": {"address", "insurer"},
    "NO_OWN_POLICY": {"care"},
    "OTHER_INSURERS": {"insurers", "only"},
    "RESTATEMENT": {"insurer", "source"},
}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def used_statuses() -> set[str]:
    """Every text in the code of the assistant that is built like a whole status."""
    status = re.compile(r"answered(?:_\w+)?|(?:clarify|unanswerable|out_of_scope|guardrail|error)_[a-z_]+")
    constants = (
        node.value
        for file in sorted(ASSISTANT.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in constants if status.fullmatch(text)}


@pytest.mark.parametrize("status", sorted(SENTENCES))
def test_a_status_is_of_a_family_of_the_contract(status: str) -> None:
    assert FAMILIES.fullmatch(status)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", sorted(SENTENCES))
def test_a_status_has_its_own_sentence_in_both_languages(status: str, language: Language) -> None:
    said = sentence(status, language, policies="Voetzorg 2031", absent="van Noord", only="Zuid")
    assert bool(said) == (status != "answered")
    assert "{" not in said
    assert fields(SENTENCES[status][language]) <= FILLED
    same = [other for other in SENTENCES if other != status and said and SENTENCES[other][language] == said]
    assert same == []


@pytest.mark.parametrize("status", sorted(set(SENTENCES) - {"answered"}))
def test_both_languages_are_filled_with_the_same_things_and_differ(status: str) -> None:
    dutch, english = SENTENCES[status]["nl"], SENTENCES[status]["en"]
    assert dutch != english
    assert fields(dutch) == fields(english)


def test_every_status_used_in_the_code_has_its_sentence() -> None:
    used = used_statuses()
    assert {"answered", "unanswerable_no_evidence", "guardrail_injection"} <= used
    assert used <= set(SENTENCES)


def test_the_named_outcomes_of_the_contract_are_all_there() -> None:
    assert {
        "answered", "answered_partly", "unanswerable_no_evidence", "unanswerable_not_told", "unanswerable_no_policy",
        "unanswerable_unsupported",
        "guardrail_personal_data", "guardrail_abuse", "guardrail_injection",
        "out_of_scope_medical", "out_of_scope_insured", "out_of_scope_small_talk", "out_of_scope_other",
    } <= set(SENTENCES)  # fmt: skip
    assert any(status.startswith("clarify_") for status in SENTENCES)
    assert any(status.startswith("error_") for status in SENTENCES)


@pytest.mark.parametrize(("name", "wanted"), sorted(TAKEN_FROM_THE_SCOPE.items()))
def test_the_other_sentences_are_there_in_both_languages_too(name: str, wanted: set[str]) -> None:
    told: dict[Language, str] = getattr(outcomes, name)
    assert {language: fields(told[language]) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, wanted)
    assert len(set(told.values())) == len(LANGUAGES)


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert "{policies}" in sentence("unanswerable_no_policy", "nl", policies="A", absent="van {policies}")


def test_a_status_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        sentence("answered_wrongly", "nl")
