"""Statements against the text: what a card says stands in its spots, and what it says is lacking stands nowhere."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.terminal import report_text
from ingest import pipeline, prove_statements
from ingest.parse import parse_policy
from ingest.pipeline import check, ingest
from ingest.read_text import read_markdown
from knowledge.records import Policy, PolicyText
from knowledge.rules.proven import Spot
from knowledge.snapshot import open_snapshot
from knowledge.statements.card import StatementFile
from knowledge.statements.proven import PolicyStatements
from tests.conftest import entry, policy_markdown, write_manifest, write_policies
from tests.fakes import FakeEncoder, policy_text
from tests.small_statements import FAMILY, POLICY_ID, absence, policy, proof, said, statement, statement_file

FILLING = "Dit beleid beschrijft hoe wij zorg inkopen bij praktijken in de regio. " * 4


def prove(text: PolicyText, *files: StatementFile) -> PolicyStatements:
    return prove_statements.prove_statements(text, files)


def reasons_of(text: PolicyText, card: dict[str, Any], *, years: tuple[int, ...] = (2026,)) -> list[str]:
    """Why a statement or absence is refused; empty where it is proven."""
    statements, absences = ((), (card,)) if "lacks" in card else ((card,), ())
    proven = prove(text, statement_file(*statements, absences=absences, years=years))
    assert len(proven.proven) + len(proven.refused) == 1
    return [reason for each in proven.refused for reason in each.reasons]


def words(text: PolicyText, spot: Spot) -> str:
    passage = next(each for each in text.passages if each.id == spot.passage_id)
    assert passage.start <= spot.start < spot.end <= passage.end
    return text.text[spot.start : spot.end]


def parsed(folder: Path, markdown: str) -> PolicyText:
    """A policy as an ingest reads it, with lists and tables."""
    path = folder / "noord.md"
    path.write_text(f"{markdown}\n\n## 9 Slot\n\n{FILLING}\n", "utf-8")
    made = Policy(id=POLICY_ID, file=path.name, insurer="Noord", year=2026, title="Inkoopbeleid Fysiotherapie")
    return parse_policy(made, read_markdown(path))


# Which cards are for a policy


def test_a_family_without_cards_has_no_statements() -> None:
    other = policy("U tekent in het portaal.", policy_id="zuid-fysio-2026")
    nothing = PolicyStatements(policy_id="zuid-fysio-2026")
    assert prove(other, statement_file(statement("Ja."))) == prove(other) == nothing
    assert prove_statements.prove_statements(other) == nothing


def test_all_files_of_the_own_family_are_tried_and_of_no_other() -> None:
    files = [
        statement_file(statement("Ja.", id="een"), absences=(absence("fax", id="geen-fax"),)),
        statement_file(statement("Ja.", id="vreemd"), policy="zuid-fysio"),
        statement_file(statement("Ja.", proof("fax"), id="twee"), years=(2025,)),
        statement_file(statement("Ja.", id="drie")),
    ]
    made = prove(policy("U tekent in het portaal."), *files)
    assert [(each.card.id, each.is_absence) for each in made.proven] == [
        ("een", False),
        ("geen-fax", True),
        ("drie", False),
    ]
    assert [each.statement_id for each in made.refused] == ["twee"]
    assert {made.policy_id, *(each.policy_id for each in made.proven)} == {POLICY_ID}


def test_the_bundled_cards_are_tried_where_none_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove_statements, "bundled_statements", lambda: (statement_file(statement("Ja.")),))
    assert [each.card.id for each in prove_statements.prove_statements(policy("Wij kopen in.")).proven] == ["punt"]


@pytest.mark.parametrize("years", [(2026,), (2024, 2025)])
@pytest.mark.parametrize(("says", "is_proven"), [("Uiterlijk 7 mei.", True), ("Uiterlijk 8 mei.", False)])
def test_another_years_edition_must_say_the_same(years: tuple[int, ...], says: str, is_proven: bool) -> None:
    """A statement types its days, so the edition of another year proves it only with the very same ones."""
    assert (reasons_of(policy("U tekent uiterlijk 7 mei."), statement(says), years=years) == []) is is_proven


# Spots

TWO = policy_text(POLICY_ID, [("Planning", ["U tekent in mei. Dat kan thuis."]), ("Contact", ["U mailt ons."])])


def test_every_proof_has_its_spot_in_order() -> None:
    card = statement("Ja.", proof("mailt", sections=("2",)), proof("tekent"), proof("mei", "thuis"))
    (proven,) = prove(TWO, statement_file(card)).proven
    assert [words(TWO, spot) for spot in proven.spots] == [
        "U mailt ons.",
        "U tekent in mei.",
        "U tekent in mei. Dat kan thuis.",
    ]


@pytest.mark.parametrize(
    ("proofs", "named"),
    [
        ((proof("fax"),), ["'fax' stands nowhere in section 1"]),
        ((proof("tekent"), proof("fax"), proof("mailt")), ["'fax' stands", "'mailt' stands"]),
        ((proof("tekent", sections=("3", "4")),), ["'tekent' stands nowhere in section 3 or 4"]),
    ],
)
def test_every_proof_that_is_not_found_is_named(proofs: tuple[dict[str, Any], ...], named: list[str]) -> None:
    """And no figure is: where they would stand is not known."""
    reasons = reasons_of(TWO, statement("Het zijn er 12345.", *proofs))
    assert len(reasons) == len(named)
    assert all(reason.startswith(start) for reason, start in zip(reasons, named, strict=True))


# Figures


@pytest.mark.parametrize(
    ("sentence", "nl", "en", "missing"),
    [
        ("De omzet is € 100.000.", "Ten minste € 100.000.", "At least EUR 100,000.", []),
        ("De omzet is € 100.000.", "Ten minste € 100.000.", "At least EUR 100.000.", []),
        ("De omzet is € 100.000.", "Ten minste € 110.000.", "At least EUR 100,000.", ["110.000"]),
        ("De omzet is € 100.000.", "Ten minste € 100.000.", "At least EUR 110,000.", ["110,000"]),
        ("De omzet is € 100.000.", "Ten minste € 100000.", "At least EUR 100000.", ["100000"]),
        ("De omzet is € 100.000.", "Ten minste € 10.000.", "At least EUR 10,000.", ["10.000", "10,000"]),
        ("Het stijgt met 2,5%.", "Met 2,5%.", "By 2.5%.", []),
        ("Het stijgt met 2,5%.", "Met 2.5%.", "By 2.5%.", ["2.5%"]),
        ("Het stijgt met 25%.", "Met 2,5%.", "By 2.5%.", ["2,5%", "2.5%"]),
        ("Het stijgt met 2,5%.", "Met 25%.", "By 25%.", ["25%"]),
        ("Het stijgt met 2,5%.", "Met 2,5.", "By 2.5.", ["2,5", "2.5"]),
        ("Het stijgt met 2,5 procent.", "Met 2,5 procent.", "By 2.5 per cent.", []),
        ("U tekent uiterlijk 7 november 2025.", "Vóór 7 november 2025.", "Before 7 November 2025.", []),
        ("U tekent uiterlijk 7 november 2025.", "Op 7 november.", "On 7 November.", []),
        ("U tekent uiterlijk 7 november 2025.", "Op 8 november.", "On 7 November.", ["8 11", "8"]),
        ("U tekent uiterlijk 7 november 2025.", "Op 7 oktober.", "On 7 November.", ["7 10"]),
        ("U tekent uiterlijk 7 november 2025.", "Op 7 november.", "On 7 October.", ["7 10"]),
        ("U tekent uiterlijk 7 november 2025.", "Op 7 november 2024.", "On 7 November 2024.", ["2024"]),
        ("U tekent uiterlijk 7-11-2025.", "Op 7 november 2025.", "On 7 November 2025.", ["7 11", "7", "2025"]),
        ("Open van 9.00 uur.", "Van 9.00 uur.", "From 9.00.", []),
        ("Open van 9.00 uur.", "Van 8.00 uur.", "From 8.00.", ["8.00"]),
        ("Mail inkoop@noord.example.", "Mail Inkoop@noord.example.", "Mail inkoop@noord.example.", []),
        ("Mail inkoop@noord.example.", "Mail koop@noord.example.", "Mail us.", ["koop@noord.example"]),
        ("Mail inkoop@noord.example.", "Mail ons.", "Mail inkoop@noord.example.org.", ["inkoop@noord.example.org"]),
        ("Zie www.noord.example/inkoop.", "Zie www.noord.example/inkoop.", "See www.noord.example/inkoop", []),
        ("Zie www.noord.example/inkoop.", "Zie www.noord.example.", "See it.", ["www.noord.example"]),
        ("Niets met cijfers.", "Niets.", "Nothing.", []),
    ],
)
def test_a_figure_that_stands_in_no_spot_is_named(sentence: str, nl: str, en: str, missing: list[str]) -> None:
    """Day, amount, percentage or address, in either language; thousands and decimals turn round in English."""
    assert reasons_of(policy(sentence), statement(nl, en=en)) == [f"{figure!r} stands in no spot" for figure in missing]


@given(told=st.integers(0, 9_999_999), held=st.integers(0, 9_999_999))
def test_an_amount_is_proven_by_itself_alone(told: int, held: int) -> None:
    dutch = f"{told:,}".replace(",", ".")
    card = statement(f"Het is € {dutch}.", en=f"It is EUR {told:,}.")
    text = policy(f"De omzet is € {held:,}.".replace(",", "."))
    assert (reasons_of(text, card) == []) is (told == held)


@pytest.mark.parametrize(
    ("nl", "en", "missing"),
    [
        ("In 2026.", "In 2026.", []),
        ("In 2027.", "In 2027.", ["2027"]),
        ("Deel 3.", "Part 3.", []),
        ("Deel 4.", "Part 4.", ["4"]),
        ("In 5 stappen.", "In 5 steps.", []),
        ("In vijf stappen.", "In five steps.", []),
        ("In 1 stap.", "In 1 step.", ["1"]),
        ("Zie hoofdstuk 1.", "See chapter 1.", []),
        ("Zie paragraaf 1.", "See section 1.", []),
        ("Zie hoofdstuk 2.", "See chapter 2.", ["2"]),
        ("In 1 stap, zie hoofdstuk 1.", "In a step, see chapter 1.", ["1"]),
        ("Zie hoofdstuk 1.", "See chapter 1, in 1 step.", ["1"]),
    ],
)
def test_title_year_and_headings_count(nl: str, en: str, missing: list[str]) -> None:
    """The number of a heading is no figure, but the name of a section."""
    text = policy_text(POLICY_ID, [("Planning in 5 stappen", ["U tekent."])], title="Beleid deel 3")
    assert reasons_of(text, statement(nl, en=en)) == [f"{figure!r} stands in no spot" for figure in missing]


@pytest.mark.parametrize(
    ("says", "is_proven"),
    [("Volgens 2.7.", True), ("Volgens hoofdstuk 2.", True), ("Volgens 2.6.", False), ("Met 2,7%.", False),
     ("Met 2.7%.", False), ("Het duurt 2 jaar.", False), ("Het zijn er twee.", False)],
)  # fmt: skip
def test_sections_are_named_by_their_numbers(tmp_path: Path, says: str, is_proven: bool) -> None:
    text = parsed(tmp_path, f"## 2 Inkoop\n\n{FILLING}\n\n### 2.7 Planning\n\nU tekent in het portaal.")
    assert (reasons_of(text, statement(says, proof("tekent", sections=("2.7",)))) == []) is is_proven


@pytest.mark.parametrize(
    ("sentences", "is_proven"),
    [
        (["U tekent. Dat kan tot 7 mei."], True),
        (["Dat kan tot 7 mei. U tekent."], True),
        (["U tekent.\nDat kan tot 7 mei."], False),
        (["U tekent.", "Dat kan tot 7 mei."], False),
        (["Dat kan tot 7 mei.", "U tekent."], False),
    ],
)
def test_a_figure_stands_on_the_line_that_is_cited(sentences: list[str], is_proven: bool) -> None:
    """In the sentence's paragraph or row, not on another line and in no other passage."""
    assert (reasons_of(policy(*sentences), statement("Tot 7 mei.", proof("tekent"))) == []) is is_proven


def test_figures_may_stand_in_different_spots() -> None:
    text = policy("De omzet is € 500.", "U tekent op 7 mei.", "Bel 12345.")
    card = statement("Bij € 500 tekent u op 7 mei.", proof("omzet"), proof("tekent"))
    assert reasons_of(text, card) == []
    assert reasons_of(text, statement("Bij € 500 belt u 12345.", proof("omzet"), proof("tekent"))) == [
        "'12345' stands in no spot"
    ]


def test_items_are_held_to_it_too_and_all_that_is_missing_is_named_once() -> None:
    card = statement("Het zijn 31 en 32:", items=[said("punt 33"), said("punt 31", "point 34")])
    assert reasons_of(policy("Er staat hier 32."), card) == [
        f"'{figure}' stands in no spot" for figure in ("31", "33", "34")
    ]


TABLE = """## 1 Planning

| Stap | Datum |
|---|---|
| Tekenen | 15 april 2026 |
| Aanbod | 3 maart 2026 |
"""


@pytest.mark.parametrize(("says", "is_proven"), [("Op 15 april.", True), ("Op 3 maart.", False)])
def test_a_row_is_proven_by_itself_and_not_by_its_neighbour(tmp_path: Path, says: str, is_proven: bool) -> None:
    assert (reasons_of(parsed(tmp_path, TABLE), statement(says, proof("tekenen"))) == []) is is_proven


LONG_LIST = "## 1 Eisen\n\nBinnen 30 dagen levert u deze stukken:\n\n" + "\n".join(
    f"- stuk {letter * 3}: de afspraken daarover staan op papier en zijn met iedere medewerker besproken"
    for letter in "abcdefghijklmnopqrstuvwxyz"
)


@pytest.mark.parametrize("item", ["stuk aaa", "stuk zzz"])
@pytest.mark.parametrize(("says", "is_proven"), [("Binnen 30 dagen.", True), ("Binnen 31 dagen.", False)])
def test_the_lead_in_that_is_cited_with_an_item_counts(tmp_path: Path, item: str, says: str, is_proven: bool) -> None:
    """A list of several passages repeats it with each."""
    text = parsed(tmp_path, LONG_LIST)
    assert all(each.lead for each in text.passages if each.section == "1")
    assert (reasons_of(text, statement(says, proof(item))) == []) is is_proven


@pytest.mark.parametrize(
    ("sentence", "says", "items", "missing"),
    [
        ("U heeft zes apotheken.", "Het zijn er zes.", 0, None),
        ("U heeft 6 apotheken.", "Het zijn er zes.", 0, None),
        ("U heeft zes apotheken.", "Het zijn er zeven.", 0, "zeven"),
        ("U heeft apotheken.", "Het zijn er twee.", 0, "twee"),
        ("U heeft apotheken.", "Het is er een.", 0, None),
        ("U heeft apotheken.", "Het is er één.", 0, None),
        ("U heeft apotheken.", "Het zijn er drie:", 3, None),
        ("U heeft apotheken.", "Het zijn er drie:", 2, "drie"),
        ("U heeft anderhalf jaar.", "Het is anderhalf jaar.", 0, None),
        ("U heeft een jaar.", "Het is anderhalf jaar.", 0, "anderhalf"),
        ("U heeft zes apotheken.", "Het zijn er 6.", 0, "6"),
    ],
)
def test_counted_words_stand_there_or_count_the_items(
    sentence: str, says: str, items: int, missing: str | None
) -> None:
    """A figure is typed as the policy types it; a number in words may be either. 'een' is no number."""
    card = statement(says, items=[said(f"punt {letter}") for letter in "abc"[:items]])
    assert reasons_of(policy(sentence), card) == ([f"{missing!r} stands in no spot"] if missing else [])


# What a policy does not tell


@pytest.mark.parametrize(
    ("sentence", "lacks", "is_told"),
    [
        ("U tekent op papier.", "papier", True),
        ("U tekent op papier.", "PAPIËR", True),
        ("U tekent op papier.", "fax", False),
        ("U tekent op papier.", "fax|papier", True),
        ("U tekent op papier.", "fax | papier", True),
        ("U tekent op papier.", "tekent + papier", True),
        ("U tekent op papier.", "tekent + fax", False),
        ("U tekent op papier.", "mailt|tekent + fax|post", False),
        ("U tekent op papier.", "mailt|tekent + post|papier", True),
        ("U tekent. Op papier.", "tekent + papier", False),
        ("U tekent\nop papier.", "tekent + papier", False),
        ("U tekent.", "tekent + {date}", False),
        ("U tekent op 7 mei 2026.", "tekent + {date}", True),
        ("U tekent op 07-05-2026.", "tekent + {date}", True),
        ("U tekent vóór 7 mei.", "tekent + {date}", True),
        ("U tekent vóór 29 februari.", "tekent + {date}", True),
        ("U tekent eind mei 2026.", "tekent + {date}", True),
        ("U tekent als 7 mensen dat doen.", "tekent + {date}", False),
        ("De boete is € 500.", "boete + {eur}", True),
        ("De boete is vijfhonderd euro.", "boete + {eur}", True),
        ("De boete is 500 punten.", "boete + {eur}", False),
        ("De korting is 5%.", "korting + {percent}", True),
        ("De korting is vijf procent.", "korting + {percent}", True),
        ("De korting is € 5.", "korting + {percent}", False),
        ("De bijlage heeft nummer 3.", "bijlage + {number}", True),
        ("De bijlage heeft geen nummer.", "bijlage + {number}", False),
        ("De korting is € 5.", "korting + {percent}|{eur}", True),
        ("De korting is € 5.", "{eur}", True),
    ],
)
def test_an_absence_is_refused_where_a_sentence_tells_it(sentence: str, lacks: str, is_told: bool) -> None:
    reasons = reasons_of(policy("Vooraf.", sentence, "Achteraf."), absence(lacks))
    assert reasons == ([f"it is told: {sentence!r}"] if is_told else [])


def test_any_of_the_entries_tells_it_and_one_sentence_is_shown() -> None:
    text = policy("Vooraf.", "U " + "tekent  dat " * 30 + "op papier.", "U faxt.")
    (reason,) = reasons_of(text, absence("duif", "papier", "faxt"))
    assert reason.startswith("it is told: 'U tekent dat tekent dat")
    assert len(reason) < 120
    assert reasons_of(text, absence("duif", "post")) == []


def test_items_and_rows_tell_it(tmp_path: Path) -> None:
    text = parsed(tmp_path, f"{TABLE}\n## 2 Eisen\n\nU heeft:\n\n- een fax\n- een website\n")
    assert reasons_of(text, absence("tekenen + {date}")) != []
    assert reasons_of(text, absence("website")) != []
    assert reasons_of(text, absence("fax + website")) == []


@pytest.mark.parametrize(
    ("says", "proofs", "named"),
    [
        ("Alleen het jaar 2026 staat er.", [], []),
        ("Er staat niet of het om € 500 gaat.", [], ["'500' stands in no spot"]),
        ("De omzet is € 500; meer staat er niet.", [proof("omzet")], []),
        ("De omzet is € 600; meer staat er niet.", [proof("omzet")], ["'600' stands in no spot"]),
        ("De winst telt.", [proof("winst")], ["'winst' stands nowhere in section 1"]),
    ],
)
def test_what_an_absence_says_nearby_is_proven(says: str, proofs: list[dict[str, Any]], named: list[str]) -> None:
    card = absence("korting", says=said(says), proofs=proofs)
    assert reasons_of(policy("De omzet is € 500."), card) == named


def test_an_absence_keeps_the_spots_of_what_it_says_nearby() -> None:
    text = policy("De omzet is € 500.", "Bel ons.")
    made = prove(text, statement_file(absences=(absence("korting", proofs=[proof("bel"), proof("omzet")]),)))
    assert [words(text, spot) for spot in made.proven[0].spots] == ["Bel ons.", "De omzet is € 500."]


# From an ingest to what answers


@pytest.fixture
def with_statements(monkeypatch: pytest.MonkeyPatch) -> StatementFile:
    """Cards for the policy that `policy_markdown` makes, in the place of the bundled ones."""
    made = statement_file(
        statement("Op 15 april 2026.", proof("tekenen", sections=("2",)), id="tekenen"),
        statement("Met 3,5 procent.", proof("tarief", sections=("3",)), id="tarief"),
        absences=(absence("fax", id="fax"), absence("klachtenregeling", id="klachten")),
    )
    monkeypatch.setattr(prove_statements, "bundled_statements", lambda: (made,))
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = write_policies(tmp_path / "beleid", {FAMILY: policy_markdown("fysiotherapie")})
    write_manifest(made, entry(POLICY_ID, file=f"{FAMILY}.md"))
    return made


def kept(index_dir: Path) -> PolicyStatements:
    snapshot = open_snapshot(index_dir)
    snapshot.close()
    return snapshot.curated.statements[POLICY_ID]


@pytest.mark.usefixtures("with_statements")
def test_the_report_names_what_is_refused_and_why(folder: Path) -> None:
    report = check(folder)
    (told,) = report.policies
    assert told.statements_proven == ("tekenen", "fax")
    assert [line.split(":")[0] for line in told.statements_refused] == ["tarief", "klachten"]
    lines = [line.strip() for line in report_text(report).splitlines()]
    assert "statements: 2 proven, 2 refused" in lines
    assert "refused: tarief: '3,5' stands in no spot" in lines
    assert any(line.startswith("refused: klachten: it is told: 'Wie fysiotherapie levert") for line in lines)
    assert not any(line.startswith(("refused: tekenen", "refused: fax")) for line in lines)


def test_the_report_says_nothing_of_statements_where_there_are_no_cards(folder: Path) -> None:
    assert "statements:" not in report_text(check(folder))


@pytest.mark.usefixtures("with_statements")
def test_an_ingest_keeps_the_statements_and_knows_them_again(folder: Path, tmp_path: Path) -> None:
    first = ingest(folder, tmp_path / "index", FakeEncoder())
    assert (first.published, first.policies[0].statements_proven) == (True, ("tekenen", "fax"))
    made = kept(tmp_path / "index")
    assert [(each.card.id, len(each.spots)) for each in made.proven] == [("tekenen", 1), ("fax", 0)]
    assert [each.statement_id for each in made.refused] == ["tarief", "klachten"]
    again = ingest(folder, tmp_path / "index", FakeEncoder())
    assert (again.published, again.snapshot_id) == (False, first.snapshot_id)


@pytest.mark.parametrize("what", ["a card less", "another question", "another encoder of the cards"])
def test_other_statements_are_a_change(
    with_statements: StatementFile, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    first = ingest(folder, tmp_path / "index", FakeEncoder())
    cards = with_statements.statements
    changed = {
        "a card less": cards[:1],
        "another question": (cards[0].model_copy(update={"asks": (*cards[0].asks, "vier?")}), *cards[1:]),
    }
    if what in changed:
        other = with_statements.model_copy(update={"statements": changed[what]})
        monkeypatch.setattr(prove_statements, "bundled_statements", lambda: (other,))
    else:
        monkeypatch.setattr(pipeline, "card_encoder", lambda: SimpleNamespace(name="cards:other"))
    again = ingest(folder, tmp_path / "index", FakeEncoder())
    assert again.published
    assert again.snapshot_id != first.snapshot_id
    assert not ingest(folder, tmp_path / "index", FakeEncoder()).published
