"""A restatement holds every fact of its original and no long run of its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.restatement import RUN_WORDS, compare, main

RUN = "elke praktijk die met ons werkt legt vooraf vast hoe zij de avonden en weekenden bezet houdt"
ORIGINAL = f"""1 Inleiding
U tekent uiterlijk 3 november 2031. De toeslag is € 85,50 en stijgt met 12,5%.
Vragen stelt u aan loket@noord.example of via www.noord.example/vragen.
De regels volgen uit de handreiking van Zorgkompas en de NZa.
Let op: {RUN}.
"""
OWN = """# 1 Inleiding

Een handtekening komt er ten laatste op 3 november 2031. Als opslag krijgt u € 85,50, met 12,5% erbij.

Stuur een bericht naar loket@noord.example, of ga naar www.noord.example/vragen. Het werk van Zorgkompas
en de NZa ligt eraan ten grondslag.
"""


def test_a_restatement_with_every_fact_in_its_own_words_is_sound() -> None:
    found = compare(ORIGINAL, OWN)
    assert (found.missing, found.copied, found.is_sound) == ((), (), True)


@pytest.mark.parametrize(
    ("there", "instead", "missing"),
    [
        ("3 november 2031", "4 november 2031", "3 november 2031"),
        ("3 november 2031", "3 december 2031", "3 november 2031"),
        ("3 november 2031", "3 november", "3 november 2031"),
        ("85,50", "58,50", "85,50"),
        ("85,50", "185,50", "85,50"),
        ("12,5%", "12%", "12,5"),
        ("loket@noord.example", "balie@noord.example", "loket@noord.example"),
        ("loket@noord.example", "het loket", "loket@noord.example"),
        ("www.noord.example/vragen", "de website", "www.noord.example/vragen"),
        ("www.noord.example/vragen", "www.noord.example/anders", "www.noord.example/vragen"),
        ("Zorgkompas", "een ander", "Zorgkompas"),
        ("NZa", "toezichthouder", "NZa"),
    ],
)
def test_a_date_amount_address_or_name_that_is_lacking_is_told(there: str, instead: str, missing: str) -> None:
    found = compare(ORIGINAL, OWN.replace(there, instead))
    assert any(told.strip(".,") == missing for told in found.missing)
    assert not found.is_sound


@pytest.mark.parametrize("own", ["", "Niets.", "# Alleen een kop"])
def test_a_restatement_that_says_nothing_lacks_everything(own: str) -> None:
    missing = {told.strip(".,") for told in compare(ORIGINAL, own).missing}
    assert {
        "3 november 2031",
        "85,50",
        "loket@noord.example",
        "www.noord.example/vragen",
        "Zorgkompas",
        "NZa",
    } <= missing


def test_a_fact_is_told_once_however_often_it_stands_there() -> None:
    assert compare("Het is € 85,50. Weer € 85,50. Nog eens € 85,50.", "Niets.").missing == ("85,50",)


def test_a_word_at_the_start_of_a_sentence_is_no_name() -> None:
    assert compare("Praktijken tekenen zelf. Daarna volgt een bericht.", "Zelf doen.").missing == ()


def copied(extra: str) -> tuple[str, ...]:
    return compare(ORIGINAL, f"{OWN}\n{extra}\n").copied


def run(words: int) -> str:
    return " ".join(RUN.split()[:words])


@pytest.mark.parametrize(
    "extra",
    [
        run(RUN_WORDS),
        run(RUN_WORDS).upper(),
        f"Wat geldt? {run(RUN_WORDS)}, zoals u weet.",
        run(RUN_WORDS).replace("ons werkt", "ons\nwerkt"),
        f"**{run(RUN_WORDS)}**",
        f"- {run(RUN_WORDS)}",
    ],
)
def test_a_run_of_twelve_words_of_the_original_is_copied(extra: str) -> None:
    assert copied(extra) == (run(RUN_WORDS),)


def test_a_longer_run_holds_the_copy_once() -> None:
    assert RUN_WORDS == 12
    assert len(copied(RUN)) == 1


@pytest.mark.parametrize(
    "extra",
    [
        run(RUN_WORDS - 1),
        f"{run(6)}.\n\n{' '.join(RUN.split()[6:RUN_WORDS])}",
        f"# {run(RUN_WORDS)}",
        f"### {run(RUN_WORDS)}",
        f"Zie *{run(RUN_WORDS)}*.",
        run(RUN_WORDS).replace("vooraf", "altijd"),
    ],
)
def test_fewer_words_two_paragraphs_headings_and_names_in_italics_are_not_copied(extra: str) -> None:
    assert copied(extra) == ()


def test_italics_that_are_longer_than_a_name_are_prose() -> None:
    assert copied(f"*{RUN} en dan nog een flink eind verder over iets heel anders dan dit*")


def test_the_words_around_a_name_in_italics_do_not_join() -> None:
    halves = RUN.split()
    assert copied(f"{' '.join(halves[:6])} *Leidraad* {' '.join(halves[6:12])}") == ()


def test_front_matter_states_no_facts() -> None:
    assert compare("Het bedrag is 12.345.", "---\ntitle: 12.345\n---\nEen bedrag.").missing == ("12.345",)


@pytest.mark.parametrize(
    ("faults", "own", "missing"),
    [
        ({}, "De prijs: 10,50 bij 12 uur.", ("1O,50", "l2")),
        ({"1O,50": "10,50", "l2": "12"}, "De prijs: 10,50 bij 12 uur.", ()),
        ({"1o,50": "10,50", "L2": "12"}, "De prijs: 10,50 bij 12 uur.", ()),
        ({"1O,50": "10,50", "l2": "12"}, "De prijs: 1O,50 bij l2 uur.", ("10,50", "12")),
        ({"1O,50": "10,50", "l2": ""}, "De prijs: 10,50.", ()),
    ],
)
def test_a_fault_of_the_original_is_held_in_its_right_reading(
    faults: dict[str, str], own: str, missing: tuple[str, ...]
) -> None:
    assert compare("De prijs is 1O,50 bij l2 uur.", own, faults).missing == missing


def test_an_address_split_over_two_lines_is_one() -> None:
    assert compare("Mail naar loket@\nnoord.example.", "Mail: loket@noord.example.").missing == ()


def test_a_line_of_the_table_of_contents_states_no_facts() -> None:
    assert compare("2.1 Planning voor Zorgkompas\t12\nMeer niet.", "Niets.").missing == ()


def files(folder: Path, own: str) -> list[str]:
    paths = folder / "original.txt", folder / "own.md"
    for path, text in zip(paths, (ORIGINAL.replace("85,50", "8S,50"), own), strict=True):
        path.write_text(text, "utf-8")
    return [str(path) for path in paths]


def test_the_command_tells_what_it_found_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files(tmp_path, f"{OWN}\n{run(RUN_WORDS)}\n")) == 1
    told = capsys.readouterr().out
    assert "missing: 8S,50" in told
    assert f"copied: {run(RUN_WORDS)}" in told
    assert "1 missing, 1 copied" in told


def test_the_command_reads_a_file_of_faults_and_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text('"8S,50": "85,50"\n', "utf-8")
    assert main([*files(tmp_path, OWN), "--faults", str(faults)]) == 0
    assert "0 missing, 0 copied" in capsys.readouterr().out
