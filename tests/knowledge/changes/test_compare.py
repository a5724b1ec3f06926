"""Sections are matched by title and content; sentences that moved are told as moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.changes.compare import compare, list_changes
from knowledge.changes.records import PolicyChanges
from tests.next_edition import read_markdown_policy

INTAKE = "De zorgaanbieder meldt een nieuwe cliënt binnen vijf werkdagen aan bij de verzekeraar via het portaal."
QUALITY = "De zorgaanbieder beschikt over een geldig keurmerk en laat zich ieder jaar door een instelling toetsen."
PRICE = "Het tarief volgt de index van de zorgautoriteit en wordt een keer in de twee jaar herzien na overleg."
NOTICE = "Een wachtlijst van meer dan vier weken geeft de zorgaanbieder zo snel mogelijk aan de verzekeraar door."


def policy(*sections: tuple[str, str]) -> str:
    return "# Inkoopbeleid\n\n" + "\n\n".join(f"## {title}\n\n{body}" for title, body in sections)


TABLE = [
    pytest.param(
        policy(("1 Aanmelden", INTAKE), ("2 Kwaliteit", QUALITY)),
        policy(("1 Aanmelden", INTAKE), ("2 Wachtlijst", NOTICE), ("3 Kwaliteit", QUALITY)),
        [("added", "2", "Wachtlijst", None), ("changed", "3", "Kwaliteit", "2")],
        id="a section added renumbers the next, and is not taken for it",
    ),
    pytest.param(
        policy(("1 Aanmelden", INTAKE), ("2 Kwaliteit", QUALITY), ("3 Prijs", PRICE)),
        policy(("1 Aanmelden", INTAKE), ("2 Prijs", PRICE)),
        [("removed", "2", "Kwaliteit", None), ("changed", "2", "Prijs", "3")],
        id="a section removed",
    ),
    pytest.param(
        policy(("1 Aanmelden", INTAKE), ("2 Kwaliteit", QUALITY)),
        policy(("1 Aanmelden", INTAKE), ("2 Keurmerken en toetsing", QUALITY)),
        [("changed", "2", "Keurmerken en toetsing", "2")],
        id="a section retitled is known by its content",
    ),
    pytest.param(
        policy(("1 Aanmelden", INTAKE), ("2 Kwaliteit", QUALITY)),
        policy(("1 Kwaliteit", QUALITY), ("2 Aanmelden", INTAKE)),
        [("changed", "1", "Kwaliteit", "2"), ("changed", "2", "Aanmelden", "1")],
        id="two sections that change places",
    ),
    pytest.param(
        policy(("1 Algemeen", INTAKE), ("2 Algemeen", QUALITY), ("3 Algemeen", PRICE)),
        policy(("1 Algemeen", INTAKE), ("2 Algemeen", PRICE)),
        [("removed", "2", "Algemeen", None), ("changed", "2", "Algemeen", "3")],
        id="sections of one title are told apart by content",
    ),
    pytest.param(
        policy(("1 Kwaliteit", QUALITY), ("2 Prijs", PRICE)),
        policy(("1 Kwaliteit", NOTICE), ("2 Prijs", PRICE)),
        [("changed", "1", "Kwaliteit", "1")],
        id="a section rewritten under its own title",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), TABLE)
def test_sections_are_matched_by_title_and_content(
    old: str, new: str, expected: list[tuple[str, str, str, str | None]], tmp_path: Path
) -> None:
    found = changes(old, new, tmp_path)
    told = [(each.kind, each.section, each.title, each.old_section) for each in found.sections]
    assert sorted(told, key=str) == sorted(expected, key=str)


def test_a_sentence_at_another_place_has_moved(tmp_path: Path) -> None:
    old = policy(("1 Aanmelden", f"{INTAKE} {NOTICE}"), ("2 Prijs", PRICE))
    new = policy(("1 Aanmelden", INTAKE), ("2 Prijs", f"{PRICE} {NOTICE}"))
    (section,) = changes(old, new, tmp_path).sections
    assert [(each.kind, each.old, each.new) for each in section.sentences] == [("moved", NOTICE, NOTICE)]


def test_white_space_and_quotes_say_nothing(tmp_path: Path) -> None:
    old = policy(("1 Aanmelden", INTAKE), ("2 Prijs", f"{PRICE} Zie de pagina 'Tarieven' - onderaan."))
    new = policy(("1 Aanmelden", INTAKE.replace(" binnen", "\nbinnen")), ("2 Prijs", f"{PRICE} Zie de pagina ‘Tarieven’ – onderaan."))  # fmt: skip  # noqa: E501
    assert changes(old, new, tmp_path).sections == ()


def test_only_the_policys_own_year_says_nothing(tmp_path: Path) -> None:
    """Put forward by a year it is counted, not listed; another year is a change."""
    old = policy(("1 Aanmelden", f"{INTAKE} Dit geldt voor 2026."), ("2 Prijs", f"{PRICE} Dit geldt tot en met 2028."))
    new = policy(("1 Aanmelden", f"{INTAKE} Dit geldt voor 2027."), ("2 Prijs", f"{PRICE} Dit geldt tot en met 2029."))
    found = changes(old, new, tmp_path)
    assert [section.title for section in found.sections] == ["Prijs"]
    assert found.years_only == 1


def test_policies_of_other_insurers_can_be_compared(tmp_path: Path) -> None:
    old = read_markdown_policy(tmp_path, "een", policy(("1 Aanmelden", INTAKE), ("2 Prijs", PRICE)))
    new = read_markdown_policy(tmp_path, "ander", policy(("4 Prijs", PRICE), ("5 Wacht", NOTICE)), insurer="Anders")
    found = list_changes(compare(old, new))
    assert {(each.kind, each.title) for each in found.sections} == {
        ("changed", "Prijs"), ("added", "Wacht"), ("removed", "Aanmelden"),
    }  # fmt: skip


def test_a_comparison_is_fast(tmp_path: Path) -> None:
    """Comparing two policies of some 60 pages that have nothing in common takes less than reading them."""
    import time

    def long(seed: int) -> str:
        words = [f"woord{seed}{n}" for n in range(40)]
        body = "\n\n".join(" ".join(words[(n * 7 + m) % 40] for m in range(18)).capitalize() + "." for n in range(20))
        return policy(*((f"{n} Titel {seed} {n}", body) for n in range(1, 80)))

    started = time.process_time()
    old, new = read_markdown_policy(tmp_path, "een", long(1)), read_markdown_policy(tmp_path, "twee", long(2))
    read = time.process_time()
    assert len(old.text) > 60 * 3_000
    list_changes(compare(old, new))
    assert time.process_time() - read < read - started


def changes(old: str, new: str, folder: Path) -> PolicyChanges:
    before = read_markdown_policy(folder, "beleid-2026", old, year=2026)
    return list_changes(compare(before, read_markdown_policy(folder, "beleid-2027", new)))
