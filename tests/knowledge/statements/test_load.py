"""Files of statement cards: read and checked, with more questions beside them; and the bundled ones as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from knowledge.errors import CardError
from knowledge.figures import figures_of
from knowledge.numerals import find_numerals
from knowledge.rules.card import Said
from knowledge.statements import load
from knowledge.statements.card import Absence, Statement, StatementFile
from knowledge.statements.load import bundled_statements, read_asks, read_statements, with_asks
from tests.conftest import forbid_reading
from tests.small_statements import ASKS, FAMILY, absence, statement, statement_file

CARDS = statement_file(statement("Ja."), absences=(absence("fax"),))


def as_yaml(*statements: dict[str, Any], absences: tuple[dict[str, Any], ...] = (), **changed: Any) -> str:
    content = {"policy": FAMILY, "years": [2026], "statements": list(statements), "absences": list(absences)}
    return yaml.safe_dump(content | changed, sort_keys=False, allow_unicode=True)


def written(folder: Path, text: str, name: str = "noord.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


# Reading


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    read = read_statements(written(tmp_path, as_yaml(statement("Ja."), absences=(absence("fax"),))))
    assert read == CARDS
    assert [type(card) for card in read.cards] == [Statement, Absence]


def test_what_may_be_left_out() -> None:
    card = CARDS.statements[0]
    assert (card.gives, card.point, card.whom, card.items) == (("fact",), None, None, ())
    assert CARDS.absences[0].proofs == ()
    assert StatementFile.model_validate({"policy": FAMILY, "years": [2026]}).cards == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "Punt"}, {"id": "1-punt"}, {"id": ""}, {"asks": ["een?", "twee?"]}, {"proofs": []}, {"says": "Ja."},
        {"says": {"nl": "Ja."}}, {"says": {"nl": "", "en": "Yes."}}, {"gives": ["poem"]}, {"point": "Een Punt"},
        {"whom": {"label": {"nl": "a", "en": "a"}, "names": []}}, {"items": ["een"]}, {"lacks": ["fax"]},
    ],
)  # fmt: skip
def test_what_is_no_statement(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Statement.model_validate(statement("Ja.") | changed)


@pytest.mark.parametrize("changed", [{"lacks": []}, {"asks": ["een?"]}, {"gives": ["fact"]}, {"id": "1"}])
def test_what_is_no_absence(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Absence.model_validate(absence("fax") | changed)


TWO = as_yaml(statement("Ja."), statement("Nee.", id="ander"))


def line_of(text: str, start: str) -> int:
    """The first line that begins with a word."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith(start))


UNREADABLE: dict[str, tuple[str, str]] = {
    "no YAML": ("statements: [", r"noord\.yaml cannot be read \(.*line \d"),
    "nothing": ("", r"noord\.yaml, line 1: "),
    "a list": ("- policy: noord\n", r"noord\.yaml, line 1: "),
    "text": ("policy", r"noord\.yaml, line 1: "),
    "a day that is none": ("policy: 2026-13-45\n", r"noord\.yaml cannot be read"),
    "an unknown field of the file": (f"{TWO}colour: blue\n", rf"line {len(TWO.splitlines()) + 1}: colour: .*1 fault"),
    "an unknown field of a card": (
        TWO.replace("about:", "colour: blue\n  about:", 1),
        rf"noord\.yaml, line {line_of(TWO, 'about:')}: statements\.0\.colour: Extra inputs .*\(1 faults\); mend",
    ),
    "a field that is missing": (
        TWO.replace("- id: ander\n  about:", "- about:"),
        rf"line {line_of(TWO, '- id: ander')}: statements\.1\.id: Field required",
    ),
    "an id in capitals": (
        TWO.replace("id: ander", "id: Ander"),
        rf"line {line_of(TWO, '- id: ander')}: statements\.1\.id",
    ),
    "a number for a wording": (TWO.replace("nl: Nee.", "nl: 3"), r"noord\.yaml, line \d+: statements\.1\.says\.nl: "),
    "no year": (as_yaml(years=[]), r"noord\.yaml, line 2: years: "),
    "a year that is none": (as_yaml(years=[2026, "straks"]), r"noord\.yaml, line 4: years\.1: "),
    "a family in capitals": (as_yaml(policy="Noord"), r"noord\.yaml, line 1: policy: "),
    "two faults": (as_yaml(years=[], policy=""), r"\(2 faults\); mend the card"),
    "a key that stands twice": (f"{TWO}policy: zuid\n", r"noord\.yaml: key 'policy' stands twice.*line \d+"),
    "a key of a card that stands twice": (
        TWO.replace("  about:", "  id: ander\n  about:", 1),
        r"noord\.yaml: key 'id' stands twice.*line \d+",
    ),
    "a list as key": ("? [a]\n: b\n", r"noord\.yaml: a key that is no text stands.*line 1"),
}


@pytest.mark.parametrize(("text", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_file_of_cards_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CardError, match=re.compile(message, re.DOTALL)):
        read_statements(written(tmp_path, text))


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CardError, match=r"elders\.yaml cannot be read"):
        read_statements(tmp_path / "elders.yaml")
    path = written(tmp_path, TWO)
    forbid_reading(monkeypatch, path)
    with pytest.raises(CardError, match=r"noord\.yaml cannot be read \(.*Permission denied"):
        read_statements(path)


def test_a_file_of_another_alphabet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "noord.yaml"
    path.write_bytes(b"policy: caf\xe9\n")
    with pytest.raises(CardError, match=r"noord\.yaml cannot be read"):
        read_statements(path)


# More questions


def beside(folder: Path, *rows: Any) -> Path:
    text = "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
    return written(folder, text, f"{FAMILY}.jsonl")


GOOD = {"statement": "punt", "asks": ["vier?"]}


def test_questions_are_added_once_and_behind(tmp_path: Path) -> None:
    rows = [GOOD, {"statement": "gemis", "asks": ["een?", "vijf?"]}, {"statement": "punt", "asks": ["zes?", "vier?"]}]
    more = read_asks(beside(tmp_path, *rows), {"punt", "gemis"})
    assert more == {"punt": ("vier?", "zes?", "vier?"), "gemis": ("een?", "vijf?")}
    made = with_asks(CARDS, more)
    assert made.statements[0].asks == (*ASKS, "vier?", "zes?")
    assert made.absences[0].asks == (*ASKS, "vijf?")
    assert with_asks(CARDS, {}) == CARDS


def test_without_a_file_there_are_no_more(tmp_path: Path) -> None:
    assert read_asks(tmp_path / "noord.jsonl", {"punt"}) == {}
    assert read_asks(written(tmp_path, "", "leeg.jsonl"), {"punt"}) == {}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "is no line of asks"),
        ("", "is no line of asks"),
        ("3", "is no line of asks"),
        (["punt"], "is no line of asks"),
        ({"asks": ["a?"]}, "is no line of asks"),
        ({"statement": "punt"}, "is no line of asks"),
        ({"statement": "punt", "asks": "a?"}, "is no line of asks"),
        ({**GOOD, "rule": "punt"}, "is no line of asks"),
        ({"statement": "nergens", "asks": ["a?"]}, ": 'nergens' stands in no card"),
        ({"statement": "Punt", "asks": ["a?"]}, ": 'Punt' stands in no card"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: Any, message: str) -> None:
    with pytest.raises(CardError, match=rf"noord-fysio\.jsonl, line 2 ?{message}; mend the line"):
        read_asks(beside(tmp_path, GOOD, row), {"punt"})


@pytest.mark.parametrize("fault", ["rights", "alphabet"])
def test_asks_that_cannot_be_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    path = beside(tmp_path, GOOD)
    if fault == "rights":
        forbid_reading(monkeypatch, path)
    else:
        path.write_bytes(b'{"statement": "punt", "asks": ["caf\xe9?"]}\n')
    with pytest.raises(CardError, match=r"noord-fysio\.jsonl cannot be read"):
        read_asks(path, {"punt"})


# A folder of files


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str], dict[str, Any]], Any]:
    """Reads files of cards and of asks that stand in the place of the bundled ones."""

    def read(cards: dict[str, str], asks: dict[str, Any]) -> tuple[StatementFile, ...]:
        for folder, files in ((load.CARDS_FOLDER, cards), (load.ASKS_FOLDER, asks)):
            (tmp_path / folder).mkdir()
            for name, text in files.items():
                written(tmp_path / folder, text if isinstance(text, str) else json.dumps(text), name)
        monkeypatch.setattr("knowledge.statements.load.resources.files", lambda _package: tmp_path)
        return bundled_statements.__wrapped__()

    return read


Bundle = Callable[[dict[str, str], dict[str, Any]], tuple[StatementFile, ...]]


def test_a_family_may_have_several_files(bundle: Bundle) -> None:
    files = bundle(
        {"b.yaml": as_yaml(statement("Ja.")), "a.yaml": as_yaml(absences=(absence("fax"),)),
         "c.yaml": as_yaml(statement("Ja."), policy="zuid-fysio")},
        {f"{FAMILY}.jsonl": {"statement": "gemis", "asks": ["vier?"]}},
    )  # fmt: skip
    assert [(file.policy, [card.id for card in file.cards]) for file in files] == [
        (FAMILY, ["gemis"]),
        (FAMILY, ["punt"]),
        ("zuid-fysio", ["punt"]),
    ]
    assert [card.asks for file in files for card in file.cards] == [(*ASKS, "vier?"), ASKS, ASKS]


@pytest.mark.parametrize(
    ("cards", "places"),
    [
        ({"a.yaml": TWO.replace("ander", "punt")}, r"a\.yaml, line 5 and a\.yaml, line \d\d"),
        ({"a.yaml": TWO, "b.yaml": as_yaml(statement("Ja."))}, r"a\.yaml, line 5 and b\.yaml, line 5"),
        (
            {"a.yaml": as_yaml(statement("Ja."), absences=(absence("fax", id="punt"),))},
            r"a\.yaml, line 5 and a\.yaml, line \d\d",
        ),
    ],
    ids=["in a file", "in two files of a family", "as statement and as absence"],
)
def test_an_id_that_stands_twice_is_named_with_its_places(bundle: Bundle, cards: dict[str, str], places: str) -> None:
    with pytest.raises(CardError, match=rf"statement cards: noord-fysio\.punt stands in {places}; mend them"):
        bundle(cards, {})


@pytest.mark.parametrize(("name", "line"), [("noord-fysio", 1), ("zuid-fysio", 1), ("west-fysio", 1)])
def test_asks_of_an_unknown_card_are_named(bundle: Bundle, name: str, line: int) -> None:
    """Of another family's card too, and of a family without cards."""
    cards = {"a.yaml": as_yaml(statement("Ja.")), "b.yaml": as_yaml(statement("Ja.", id="ander"), policy="zuid-fysio")}
    wanted = {"noord-fysio": "ander", "zuid-fysio": "punt", "west-fysio": "punt"}[name]
    with pytest.raises(CardError, match=rf"{name}\.jsonl, line {line}: '{wanted}' stands in no card"):
        bundle(cards, {f"{name}.jsonl": {"statement": wanted, "asks": ["a?"]}})


# The bundled cards


def test_the_bundled_cards_hold_together() -> None:
    files = bundled_statements()
    assert bundled_statements() is files
    assert sum(len(file.cards) for file in files) > 1_000
    for file in files:
        assert file.statements
        assert file.absences
        for card in file.cards:
            assert len(set(card.asks)) == len(card.asks) >= 8, card.id
            assert all(ask.strip() == ask and ask for ask in card.asks), card.id


def english_as_dutch(figure: str, dutch: set[str]) -> str:
    """A figure of the English wording as the Dutch one has it: thousands and decimals turn round."""
    return figure if figure in dutch or "@" in figure else figure.translate(str.maketrans(".,", ",."))


def unlike_figures(said: Said) -> list[str]:
    """The figures, addresses and numbers in words that only one of two wordings holds."""
    dutch = set(figures_of(said.nl))
    english = {english_as_dutch(figure, dutch) for figure in figures_of(said.en)}
    nl, en = (
        {numeral.value for numeral in find_numerals(text) if numeral.spelled and numeral.value > 1}
        for text in (said.nl, said.en)
    )
    return sorted([*(dutch ^ english), *map(str, nl ^ en)])


@pytest.mark.parametrize(
    ("nl", "en", "unlike"),
    [
        ("Op 7 mei bij € 1.250,50.", "On 7 May at EUR 1,250.50.", []),
        ("Op 7 mei.", "On 8 May.", ["7", "7 5", "8", "8 5"]),
        ("Op 7 mei.", "On 7 June.", ["7 5", "7 6"]),
        ("Binnen 2,5 jaar.", "Within 25 years.", ["2,5", "25"]),
        ("Het zijn er zes.", "There are six.", []),
        ("Het zijn er zes.", "There are seven.", ["6", "7"]),
        ("Het zijn er zes.", "There are some.", ["6"]),
        ("Mail a@noord.example.", "Mail b@noord.example.", ["a@noord.example", "b@noord.example"]),
        ("Een keer.", "Once.", []),
    ],
)
def test_unlike_wordings_are_seen(nl: str, en: str, unlike: list[str]) -> None:
    assert unlike_figures(Said(nl=nl, en=en)) == unlike


@pytest.mark.parametrize("file", bundled_statements(), ids=lambda file: f"{file.policy}-{len(file.cards)}")
def test_the_english_wording_holds_the_figures_of_the_dutch_one(file: StatementFile) -> None:
    found = {}
    for card in file.cards:
        items = card.items if isinstance(card, Statement) else ()
        for said in (card.about, card.says, *items):
            if unlike := unlike_figures(said):
                found[card.id] = (said, unlike)
    assert found == {}
