"""The made next-year edition: every planted change is found, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from ingest.prove import prove_rules
from ingest.prove_statements import prove_statements
from knowledge.bank import QuestionBank, bundled_bank
from knowledge.changes.cards import compare_rules, compare_statements
from knowledge.changes.compare import Comparison, compare, list_changes
from knowledge.changes.questions import carry_over
from knowledge.changes.records import PolicyChanges, SectionChange, SentenceChange
from knowledge.changes.wording import plain
from tests.next_edition import NEW_ID, OLD_ID, PLANTED, Edit, read_editions

SENTENCE_KINDS = ("added", "removed", "changed")

REFUSED_RULES = {
    "sign-pharma-contract": "4 weken -> 6 weken",
    "phone-procurement": "088 35 35 732 -> 088 35 35 740",
    "reply-term": "5 werkdagen -> 10 werkdagen",
    "pharmacy-conditions": "8 kenmerken -> 9 kenmerken",
    "outpatient-pharmacy-conditions": "8 kenmerken -> 9 kenmerken",
    "night-care-index": "90% -> 85%",
    "disv-certificate": "vergelijkbaar",
    "disv-diet-conditions": "vergelijkbaar",
}
"""The rules whose value or condition was changed, each with what must be named."""

MOVED_DAYS = {
    "contract-start": "na 1 januari 2027 -> na 1 januari 2028",
    "member-list": "1 juli 2026 -> 15 juni 2027",
    "talks-invitation": "Uiterlijk eind augustus 2026 -> Uiterlijk eind juli 2027",
    "offer-pharma": "uiterlijk 30 september 2026 -> uiterlijk 1 oktober 2027",
    "sign-disv-diet": "7 november 2026 -> 6 november 2027",
    "search-tool-publication": "Vanaf 12 november 2026 -> Vanaf 12 november 2027",
}
"""Rules that are proven with the new edition's own day."""


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare(*read_editions(tmp_path_factory.mktemp("editions")))


@pytest.fixture(scope="module")
def changes(comparison: Comparison) -> PolicyChanges:
    return list_changes(comparison)


def test_there_are_25_planted_changes_of_every_kind() -> None:
    assert len(PLANTED) == 25
    kinds = {edit.kind for edit in PLANTED} | {figure[0] for edit in PLANTED for figure in edit.figures}
    assert kinds >= {*SENTENCE_KINDS, "section added", "section removed", "renumbered", "retitled"}
    assert kinds >= {"date", "number", "percentage", "address"}


@pytest.mark.parametrize("edit", PLANTED, ids=lambda edit: edit.new.strip()[:40] or edit.old.strip()[:40])
def test_a_planted_change_is_found(edit: Edit, changes: PolicyChanges) -> None:
    assert [found for found in found_by(changes) if is_about(found, edit)], "not found"


def test_nothing_else_is_found(changes: PolicyChanges) -> None:
    """As many findings as planted changes; a section that came or went counts once, with its sentences."""
    assert len(list(found_by(changes))) == len(PLANTED)
    assert Counter(section.kind for section in changes.sections)["changed"] == 13
    assert changes.unchanged_sections == 76
    assert changes.years_only > 20, "the policy's own year is told apart"


def test_the_same_edition_has_no_changes(comparison: Comparison) -> None:
    same = list_changes(compare(comparison.new, comparison.new))
    assert (same.sections, same.years_only) == ((), 0)


def test_backwards_the_changes_are_the_same(comparison: Comparison, changes: PolicyChanges) -> None:
    back = list_changes(compare(comparison.new, comparison.old))
    assert opposite(back) == {(s.old, s.new) for c in changes.sections for s in c.sentences}


def test_rules_are_proven_or_refused_rightly(comparison: Comparison) -> None:
    before, after = prove_rules(comparison.old), prove_rules(comparison.new)
    found = {each.name: each for each in compare_rules(before, after, comparison)}
    refused = {name: each.why for name, each in found.items() if each.state == "refused"}
    assert refused.keys() == REFUSED_RULES.keys()
    for name, named in REFUSED_RULES.items():
        assert named in refused[name]
        assert found[name].look
    assert {each.state for each in found.values()} == {"proven", "refused"}
    for name, moved in MOVED_DAYS.items():
        assert moved in found[name].why
        assert not found[name].look
    assert {(rule.policy_id, rule.year) for rule in after.proven} == {(NEW_ID, 2028)}


def test_a_rule_that_names_the_year_is_proven_in_the_next_one(comparison: Comparison) -> None:
    """What the text says of its own year, the rule says of it too."""
    rule = next(each for each in prove_rules(comparison.new).proven if each.id == "modular-purchasing")
    said = rule.rule.model_dump_json(exclude={"asks"})
    assert "2028" in said
    assert "2027" not in said


def test_a_statement_whose_section_was_renumbered_says_so(comparison: Comparison) -> None:
    before, after = prove_statements(comparison.old), prove_statements(comparison.new)
    found = {each.name: each for each in compare_statements(before, after, comparison)}
    assert "section 3.2.5 is now 3.2.6" in found["annex-ggz-crucial"].why
    assert "gone: 'Over het inzetten van helpenden" in found["annex-helpenden"].why
    assert found["c-disv-complaints"].state == "proven"
    assert found["c-disv-complaints"].look, "the condition was tightened"
    untouched = [each for each in found.values() if each.state == "proven" and not each.look]
    assert len(untouched) > 240


def test_the_bank_is_carried_over_where_the_passage_still_answers(comparison: Comparison) -> None:
    found = carry_over(bundled_bank().lines, comparison)
    states = Counter(each.state for each in found)
    assert states["carried"] > 300
    lost = [each for each in found if each.state == "lost"]
    assert any("helpenden" in each.questions[0] for each in lost)
    doubtful = {each.questions[0] for each in found if each.state == "look"}
    assert "Wat is het telefoonnummer van de inkoopafdeling?" in doubtful
    (ggz,) = [
        each.line for each in found if each.line and each.questions[0].startswith("Wisselen verzekeraars onderling")
    ]
    assert ggz.sections == ("3.2.6",)
    carried = {question for each in found if each.line for question in each.line.questions}
    assert "Wanneer krijg ik de tarieflijst voor 2028?" in carried


def test_carried_lines_tie_to_the_new_policy(comparison: Comparison) -> None:
    """Every line that is written serves the new text; those that a person has to look at are proposals."""
    found = carry_over(bundled_bank().lines, comparison)
    lines = tuple(each.line for each in found if each.line is not None)
    ties = QuestionBank(lines).tie([comparison.new])
    assert (ties.loose, ties.broad) == ((), ())
    assert {line.policy_id for line in lines} == {NEW_ID}
    assert all(each.line.approved == (each.state == "carried") for each in found if each.line is not None)


def test_lines_of_other_policies_are_left_alone(comparison: Comparison) -> None:
    own = [line for line in bundled_bank().lines if line.policy_id == OLD_ID]
    assert len(carry_over(bundled_bank().lines, comparison)) == len(own)


Found = tuple[SectionChange, SentenceChange | None]


def found_by(changes: PolicyChanges) -> list[Found]:
    """What was found, one by one: a sentence in a changed section, or a section as a whole."""
    found: list[Found] = []
    for section in changes.sections:
        found += [(section, sentence) for sentence in section.sentences if section.kind == "changed"]
        if section.kind != "changed" or section.renumbered or section.retitled:
            found.append((section, None))
    return found


def is_about(found: Found, edit: Edit) -> bool:
    section, sentence = found
    if edit.section not in (section.section, section.title):
        return False
    if sentence is None:
        wanted = {"section added": "added", "section removed": "removed"}.get(edit.kind)
        return section.kind == wanted or getattr(section, edit.kind, False)
    if sentence.kind != edit.kind or tuple((f.kind, f.old, f.new) for f in sentence.figures) != edit.figures:
        return False
    return shown(edit.new) in (sentence.new or "") or (sentence.new or "?") in shown(edit.new) or edit.kind == "removed"


def shown(source: str) -> str:
    """Markdown as it is kept: table cells side by side, no marks."""
    return plain(source.replace("|", " ").replace("*", "").replace("- ", ""))


def opposite(changes: PolicyChanges) -> set[tuple[str | None, str | None]]:
    return {(sentence.new, sentence.old) for section in changes.sections for sentence in section.sentences}
