"""Card files: read and checked, with more questions and phrases beside them; and the bundled ones as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.errors import CardError
from knowledge.rules import load
from knowledge.rules.card import CardFile, ChoiceRule, Criterion, FactSpec, Proof, Record, Rule, Said
from knowledge.rules.faults import faults_of
from knowledge.rules.inputs import all_criteria, facts_of
from knowledge.rules.load import bundled_cards, family_of, fingerprint, read_cards, with_asks, with_phrases
from tests.knowledge.rules.making import FACTS, HERE, card_file, criterion, fact, parameter, rule, said

TERM = rule("term", what=said("antwoord"), after="ontvangen", parameters={"term": parameter(5, "day")})
CONTACT = rule("contact", what=said("vragen"), parameters={"address": parameter("a@b.example", "address")})
NEEDS = {"met": said("ja"), "not_met": said("nee")}
CARDS = card_file(TERM, {**CONTACT, "id": "adres"})


def written(folder: Path, text: str) -> Path:
    path = folder / "noord.yaml"
    path.write_text(text, "utf-8")
    return path


def as_yaml(**changed: Any) -> str:
    """A file of one fact and one rule, with other values in it."""
    return yaml.safe_dump({"policy": "noord-zorg", "years": [2026], "facts": FACTS, "rules": [TERM]} | changed)


# Reading


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    assert read_cards(written(tmp_path, as_yaml())) == card_file(TERM)


@pytest.mark.parametrize("quote", ["", '"'])
def test_keys_are_text_as_typed(tmp_path: Path, quote: str) -> None:
    """`on`, `true` and `false` would be values to YAML; the value True stays one."""
    q = quote
    cards = read_cards(
        written(
            tmp_path,
            f"""
            policy: noord-zorg
            years: [2026]
            facts:
              - {{name: dag, kind: date, label: {{nl: a, en: a}}, ask: {{nl: a, en: a}}}}
              - name: droog
                kind: yes_no
                label: {{nl: droog, en: dry}}
                ask: {{nl: Droog?, en: Dry?}}
                {q}true{q}: [overdekt]
                {q}false{q}: [over straat]
            rules:
              - id: uiterlijk
                kind: deadline
                title: {{nl: a, en: a}}
                asks: [a, b, c]
                what: {{nl: a, en: a}}
                bound: by
                {q}on{q}: dag
                own: true
                parameters: {{date: {{value: "2026-05-01", unit: date, proof: {{sections: ["1"]}}}}}}
            """,
        )
    )
    dry, deadline = cards.facts[1], cards.rules[0]
    assert (dry.true, dry.false) == (("overdekt",), ("over straat",))
    assert deadline.kind == "deadline"
    assert (deadline.on, deadline.own) == ("dag", True)


UNREADABLE = {
    "a key that stands twice": (as_yaml() + "policy: zuid-zorg\n", r"'policy' stands twice.*line \d+"),
    "a key deep down that stands twice": (as_yaml() + "more: [{a: {b: 1, c: 2, b: 3}}]\n", "'b' stands twice"),
    "no YAML": ("rules: [", r"noord\.yaml cannot be read"),
    "nothing": ("", r"noord\.yaml"),
    "a list": ("- policy: noord-zorg\n", r"noord\.yaml"),
    "an unknown field": (as_yaml(colour="blue"), r"noord\.yaml: colour: .*\(1 faults\)"),
    "no year": (as_yaml(years=[]), r"noord\.yaml: years: "),
    "a year that is none": (as_yaml(years=[2026, "straks"]), r"noord\.yaml: years\.1: "),
    "a family in capitals": (as_yaml(policy="Noord"), r"noord\.yaml: policy: "),
    "a rule of no kind": (as_yaml(rules=[TERM, {**TERM, "kind": "poem"}]), r"noord\.yaml: rules\.1: "),
    "too few questions": (as_yaml(rules=[{**TERM, "asks": ["een?", "twee?"]}]), r"rules\.0\.term\.asks: "),
    "a proof without a section": (
        as_yaml(rules=[{**TERM, "proof": {"sections": []}}]),
        r"rules\.0\.term\.proof\.sections: ",
    ),
    "two faults": (as_yaml(years=[], policy=""), r"\(2 faults\); mend the card"),
}


@pytest.mark.parametrize(("text", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_card_file_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CardError, match=message):
        read_cards(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CardError, match=r"elders\.yaml cannot be read"):
        read_cards(tmp_path / "elders.yaml")


@pytest.mark.parametrize("data", [b"? [a]\n: b\n", b"policy: caf\xe9\n"], ids=["a list as key", "cp1252"])
def test_what_cannot_be_read_is_always_a_card_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "noord.yaml"
    path.write_bytes(data)
    with pytest.raises(CardError):
        read_cards(path)


# What contradicts itself

WHEN_DATED = {"date": "dag", "proof": HERE}
WHEN_COUNTED = {"term": "termijn", "after": "ontvangen", "proof": HERE}
FAULTY: dict[str, tuple[list[dict[str, Any]], list[str]]] = {
    "nothing": ([TERM, CONTACT | {"id": "adres"}], []),
    "a rule twice": ([TERM, CONTACT], ["regel stands twice"]),
    "a rule named as a fact": ([{**TERM, "id": "iso"}], ["iso stands twice"]),
    "an unknown fact of a term": ([{**TERM, "after": "nooit"}], ["regel: fact nooit is not defined"]),
    "an unknown fact of a criterion": (
        [rule("conditions", **NEEDS, needs=criterion("kleur", **{"is": True}))],
        ["regel: fact kleur is not defined"],
    ),
    "an unknown fact of whom it speaks to": (
        [{**TERM, "applies": criterion("kleur", **{"is": True})}],
        ["regel: fact kleur is not defined"],
    ),
    "an unknown choice of an unknown fact": (
        [rule("conditions", **NEEDS, needs=criterion("kleur", **{"is": "rood"}))],
        ["regel: fact kleur is not defined", "regel: kleur has no option rood"],
    ),
    "an unknown parameter of a criterion": (
        [rule("conditions", **NEEDS, needs=criterion("fte", at_least="minste"))],
        ["regel: parameter minste is not defined"],
    ),
    "an unknown option": (
        [rule("conditions", **NEEDS, needs=criterion("soort", **{"is": "ziekenhuis"}))],
        ["regel: soort has no option ziekenhuis"],
    ),
    "an unknown option among known ones": (
        [rule("conditions", **NEEDS, needs=criterion("soort", one_of=["zbc", "huis", "msr"]))],
        ["regel: soort has no option huis"],
    ),
    "a choice of a fact that is none": (
        [rule("conditions", **NEEDS, needs=criterion("iso", **{"is": "ja"}))],
        ["regel: iso has no option ja"],
    ),
    "a term without its length": (
        [rule("term", what=said("a"), after="ontvangen")],
        ["regel: parameter term is not defined"],
    ),
    "a deadline without its day": (
        [rule("deadline", what=said("a"), bound="by", on="nooit")],
        ["regel: fact nooit is not defined", "regel: parameter date is not defined"],
    ),
    "a start without the first day": (
        [rule("contract_start", month="same")],
        ["regel: parameter first_day is not defined"],
    ),
    "a contact without its address": ([rule("contact", what=said("a"))], ["regel: parameter address is not defined"]),
    "cases without their day and term": (
        [rule("choice", what=said("a"), cases=[WHEN_DATED, WHEN_COUNTED, {"value": said("a"), "proof": HERE}])],
        ["regel: parameter dag is not defined", "regel: parameter termijn is not defined"],
    ),
    "a formula with its facts": (
        [
            rule(
                "formula", what=said("a"), formula="training_places", unit="count",
                parameters={"fte_per_place": parameter(20, "fte")},
            )
        ],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rules", "faults"), FAULTY.values(), ids=FAULTY)
def test_faults(rules: list[dict[str, Any]], faults: list[str]) -> None:
    assert list(faults_of(card_file(*rules))) == faults


def test_a_fact_that_stands_twice() -> None:
    cards = CardFile.model_validate({"policy": "a", "years": [2026], "facts": [fact("iso"), fact("iso")]})
    assert list(faults_of(cards)) == ["iso stands twice"]


UNSEEN = {
    "a formula without its value": rule("formula", what=said("a"), formula="training_places", unit="count"),
    "a formula that is not there": rule("formula", what=said("a"), formula="geluk", unit="count"),
    "a place without its value": {**CONTACT, "what": said("vragen over {dag}")},
    "a term in fte": rule("term", what=said("a"), after="ontvangen", parameters={"term": parameter(5, "fte")}),
    "an amount test of a yes or no": rule(
        "conditions", **NEEDS, needs=criterion("iso", at_least="minste"), parameters={"minste": parameter(1, "fte")}
    ),
    "two criteria of one name": rule(
        "conditions", **NEEDS,
        needs={"all": [criterion("iso", **{"is": True}), criterion("hkz", id="iso", **{"is": True})]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("written_rule", UNSEEN.values(), ids=UNSEEN)
def test_what_can_never_run_is_a_fault(written_rule: dict[str, Any]) -> None:
    assert list(faults_of(card_file(written_rule)))


# More questions and phrases


def beside(folder: Path, *rows: Any) -> Path:
    path = folder / "noord.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_questions_are_added_once_and_behind(tmp_path: Path) -> None:
    path = beside(tmp_path, {"rule": "regel", "asks": ["vier?", "een?"]}, {"rule": "regel", "asks": ["vijf?", "vier?"]})
    first, second = with_asks(CARDS, path).rules
    assert first.asks == ("een?", "twee?", "drie?", "vier?", "vijf?")
    assert second == CARDS.rules[1]


def test_ways_of_telling_a_fact_are_added_once_and_behind(tmp_path: Path) -> None:
    path = beside(
        tmp_path,
        {"fact": "iso", "names": ["ISO"], "true": ["gecertificeerd"], "false": ["niets"]},
        {"fact": "iso", "names": ["keurmerk", "ISO"]},
        {"fact": "soort", "options": {"zbc": ["kliniek"]}},
    )
    facts = {each.name: each for each in with_phrases(CARDS, path).facts}
    assert facts["iso"].names == ("ISO", "keurmerk")
    assert (facts["iso"].true, facts["iso"].false) == (("gecertificeerd",), ("niets",))
    assert [option.names for option in facts["soort"].options] == [("kliniek",), ()]
    assert facts["hkz"] == CARDS.facts[1]


@pytest.mark.parametrize("add", [with_asks, with_phrases])
def test_without_a_file_the_cards_are_as_they_are(tmp_path: Path, add: Callable[..., CardFile]) -> None:
    assert add(CARDS, tmp_path / "noord.jsonl") == CARDS


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 2: "),
        ("", "line 2: "),
        ({"asks": ["a?"]}, "line 2: "),
        (["regel"], "line 2: "),
        ("3", "line 2: "),
        ("nergens", "line 2: {key} 'nergens' stands in no card"),
    ],
)
@pytest.mark.parametrize(
    ("add", "key", "good"),
    [
        (with_asks, "rule", {"rule": "regel", "asks": ["vier?"]}),
        (with_phrases, "fact", {"fact": "iso", "names": ["ISO"]}),
    ],
)
def test_a_bad_line_is_named(
    tmp_path: Path, add: Callable[..., CardFile], key: str, good: Any, row: Any, message: str
) -> None:
    if row == "nergens":
        row = good | {key: "nergens"}
    with pytest.raises(CardError, match=rf"noord\.jsonl, {message.format(key=key)}"):
        add(CARDS, beside(tmp_path, good, row))


@pytest.mark.parametrize(
    ("add", "row"),
    [
        (with_asks, {"rule": "regel"}),
        (with_asks, {"rule": "regel", "asks": "vier?"}),
        (with_phrases, {"fact": "iso", "names": "ISO"}),
        (with_phrases, {"fact": "iso", "name": ["ISO"]}),
        (with_phrases, {"fact": "soort", "options": {"kliniek": ["kliniek"]}}),
    ],
)
def test_a_line_of_another_shape_is_named(tmp_path: Path, add: Callable[..., CardFile], row: Any) -> None:
    with pytest.raises(CardError, match="line 1"):
        add(CARDS, beside(tmp_path, row))


# What facts of several files teach each other


def _file(*facts: dict[str, Any]) -> CardFile:
    return CardFile.model_validate({"policy": "noord-zorg", "years": [2026], "facts": list(facts), "rules": [CONTACT]})


def _names_of(file: CardFile, name: str) -> tuple[str, ...]:
    return next(fact.names for fact in file.facts if fact.name == name)


def test_a_bare_name_that_means_several_facts_is_not_learned() -> None:
    """'Pas' alone is the key card where there is no other card, and none of them where there are several."""
    one = _file(fact("key_card", names=["sleutelpas", "pas", "badge"]))
    marks = [fact(name, names=[f"{name} pas", name]) for name in ("rood", "blauw", "geel")]
    several = _file(fact("key_card", names=["sleutelpas"]), *marks)
    alone, beside = load.with_alike([one, several], ())
    assert _names_of(alone, "key_card") == ("sleutelpas", "pas", "badge")
    assert _names_of(beside, "key_card") == ("sleutelpas", "badge")


def test_a_bare_name_of_few_facts_or_of_its_own_is_kept() -> None:
    one = _file(fact("key_card", names=["pas"]))
    two_marks = [fact(name, names=[f"{name} pas", name]) for name in ("rood", "blauw")]
    three_marks = [*two_marks, fact("geel", names=["gele pas"])]
    _, few, own = load.with_alike(
        [one, _file(fact("key_card"), *two_marks), _file(fact("key_card", names=["pas"]), *three_marks)], ()
    )
    assert _names_of(few, "key_card") == ("pas",)
    assert _names_of(own, "key_card") == ("pas",)


# Names and fingerprints


@pytest.mark.parametrize(
    ("policy_id", "year", "family"),
    [
        ("noord-zorg-2026", 2026, "noord-zorg"),
        ("noord-zorg-2026", 2027, "noord-zorg-2026"),
        ("noord-zorg", 2026, "noord-zorg"),
        ("noord-2026-zorg", 2026, "noord-2026-zorg"),
        ("noord-2026-2026", 2026, "noord-2026"),
        ("noord2026", 2026, "noord2026"),
    ],
)
def test_the_family_is_the_id_without_its_year(policy_id: str, year: int, family: str) -> None:
    assert family_of(policy_id, year) == family


def changed(cards: CardFile, **fields: Any) -> CardFile:
    return CardFile.model_validate(cards.model_dump(by_alias=True) | fields)


def test_the_fingerprint_changes_with_any_card() -> None:
    """And with nothing else."""
    other = [
        changed(CARDS, policy="zuid-zorg"),
        changed(CARDS, years=[2026, 2027]),
        changed(CARDS, facts=FACTS[:-1]),
        changed(CARDS, facts=[{**FACTS[0], "names": ["ISO"]}, *FACTS[1:]]),
        card_file(TERM),
        card_file({**CONTACT, "id": "adres"}, TERM),
        card_file({**TERM, "asks": ["een?", "twee?", "vier?"]}, {**CONTACT, "id": "adres"}),
        card_file({**TERM, "parameters": {"term": parameter(6, "day")}}, {**CONTACT, "id": "adres"}),
        card_file({**TERM, "notes": [said("let op")]}, {**CONTACT, "id": "adres"}),
    ]
    prints = [fingerprint(each) for each in (CARDS, *other)]
    assert len(set(prints)) == len(prints)
    assert fingerprint(card_file(TERM, {**CONTACT, "id": "adres"})) == prints[0]
    assert all(re.fullmatch("[0-9a-f]{12}", each) for each in prints)


# The bundled cards


def test_the_bundled_cards_hold_together() -> None:
    """Each family once, with the common facts in front, and no fault."""
    cards = bundled_cards()
    families = [each.policy for each in cards]
    assert len(families) == len(set(families)) > 0
    assert load.COMMON not in families
    assert all(each.facts[0] == cards[0].facts[0] for each in cards)
    assert {each.policy: list(faults_of(each)) for each in cards} == {family: [] for family in families}
    assert bundled_cards() is cards


def test_a_fault_in_the_bundled_cards_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Named with its family; a folder of our own stands for the bundled one."""
    (tmp_path / load.CARDS_FOLDER).mkdir()
    (tmp_path / load.CARDS_FOLDER / "noord.yaml").write_text(as_yaml(rules=[{**TERM, "after": "nooit"}]), "utf-8")
    monkeypatch.setattr(load.resources, "files", lambda _package: tmp_path)
    with pytest.raises(CardError, match="cards of noord-zorg: regel: fact nooit is not defined"):
        bundled_cards.__wrapped__()


@pytest.mark.parametrize("cards", bundled_cards(), ids=lambda cards: cards.policy)
def test_who_is_over_a_limit_is_told_the_limit(cards: CardFile) -> None:
    """An own wording of a need that is not met names the figure that decides."""
    unnamed = [
        f"{rule.id} {need.id}"
        for rule in cards.rules
        for need in all_criteria(rule)
        if need.parameter and need.not_met and need.tests
        for text in (need.not_met.nl, need.not_met.en)
        if f"{{{need.parameter}" not in text
    ]
    assert unnamed == []


# Figures are filled in, not typed

_SECTION = (
    r"\d\.\d(?![\d%]|\s?(?:fte|procent|percent|uur|hour|dag|day|we[e]?k|ma?and|month|jaar|year|keer|times)|[.,]\d)"
)
NAMES_WITH_FIGURES: Mapping[str, str] = {
    r"\bNEN ?8009(?::2018)?": "the name of a standard, with its version",
    r"\b(?:paragraaf|hoofdstuk(?:ken)?|bijlage|section|chapters?|annex)\s\d(?:\.\d)?(?:\s(?:en|and)\s\d)?\b":
        "a part of the policy, by its number",
    rf"(?:(?:kondigt|noemt|naar|in|of|to|though|procedure) |^|, ){_SECTION}": "a section that a sentence names",
    r"\((?:\d\.\d)(?=\)|, )": "a section between brackets",
    r"\btranche 1\b": "the name of a round of procurement",
    r"\b(?:lezing|reading) [12]\b": "a reading of an ambiguous sentence, counted by us",
}  # fmt: skip
"""What has a figure and is no value of the policy: the reason with each."""

_PLACE = re.compile(r"\{[a-z_0-9]+\}")
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")


def wordings(record: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of our own in a card, with the fields that lead to it."""
    if isinstance(record, Said):
        yield from ((f"{name}.nl", record.nl), (f"{name}.en", record.en))
    elif isinstance(record, Record):
        for field in type(record).model_fields:
            yield from wordings(getattr(record, field), f"{name}.{field}")
    elif isinstance(record, tuple):
        for number, each in enumerate(record):
            yield from wordings(each, f"{name}.{number}")


def typed_figures(text: str, years: tuple[int, ...] = ()) -> set[str]:
    """The figures of a text that neither a place nor the list of names accounts for, '09:00' as '9:00'."""
    plain = _PLACE.sub("", text)
    for pattern in NAMES_WITH_FIGURES:
        plain = re.sub(pattern, "", plain, flags=re.IGNORECASE)
    return {figure.lstrip("0") for figure in _FIGURE.findall(plain)} - {str(year) for year in years}


def proven_figures(rule: Rule) -> set[str]:
    """The figures that stand in the phrases of a rule's proofs, or are its values: another one refuses the rule.

    Not its days: those of another year's edition are read from the text.
    """
    proofs: list[Proof] = [criterion.proof for criterion in all_criteria(rule)]
    proofs += [each.proof for each in rule.parameters.values()]
    proofs += [case.proof for case in rule.cases] if isinstance(rule, ChoiceRule) else []
    proofs += [rule.proof] if rule.proof else []
    told = [phrase for proof in proofs for phrase in proof.holds]
    told += [str(each.value) for each in rule.parameters.values() if each.unit != "date"]
    return {figure.lstrip("0") for text in told for figure in _FIGURE.findall(text)}


def unproven_figures(cards: CardFile) -> list[str]:
    """The wordings with a figure that is typed, and that no proof holds: it would stay when the policy changes."""
    found = []
    for each in cards.rules:
        own = proven_figures(each)
        found += [
            f"{cards.policy}.{each.id}{name}: {text}"
            for name, text in wordings(each)
            if typed_figures(text, cards.years) - own
        ]
    for spec in cards.facts:
        readers = [each for each in cards.rules if spec.name in facts_of(each)]
        held = set.intersection(*map(proven_figures, readers)) if readers else set()
        found += [
            f"{cards.policy}.{spec.name}{name}: {text}"
            for name, text in wordings(spec)
            if typed_figures(text, cards.years) - held
        ]
    return found


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Een omzet van ten minste {least}.", set()),
        ("Een omzet van ten minste € 100.000.", {"100.000"}),
        ("Ten minste 1,2 fte of 2.5 FTE.", {"1,2", "2.5"}),
        ("Uiterlijk 7 november 2026.", {"7"}),
        ("In 2025 had u een contract.", {"2025"}),
        ("Van 09:00 tot 17:00 uur.", {"9:00", "17:00"}),
        ("Hoofdstuk 3 en bijlage 1 zeggen dat, NEN8009:2018 ook.", set()),
        ("De termijn (5.3, bij een aanvraag) staat in 2.7.", set()),
        ("Wie naar 2,7 fte gaat, in 2.5 weken 1.2 FTE heeft, 1.5%.", {"2,7", "2.5", "1.2", "1.5"}),
        ("Binnen {term} na {first_day_2}.", set()),
    ],
)
def test_a_typed_figure_is_seen(text: str, figures: set[str]) -> None:
    assert typed_figures(text, (2026,)) == figures


def test_a_figure_of_a_proof_may_be_typed() -> None:
    """A card's text may repeat what its own proof holds: with another figure there the rule is refused."""
    held = criterion("iso", **{"is": True}) | {
        "needs": said("open van 09:00 tot 17:00"),
        "proof": {"sections": ["1"], "holds": ["09:00 tot 17:00"]},
    }
    loose = held | {"proof": HERE}
    for need, count in ((held, 0), (loose, 2)):
        assert len(unproven_figures(card_file(rule("conditions", **NEEDS, needs=need)))) == count


@pytest.mark.parametrize("cards", bundled_cards(), ids=lambda cards: cards.policy)
def test_no_bundled_wording_holds_a_figure_that_nothing_proves(cards: CardFile) -> None:
    assert list(unproven_figures(cards)) == []


def test_every_name_with_a_figure_is_used() -> None:
    """A pattern that no wording needs would only hide what is typed later."""
    texts = [text for cards in bundled_cards() for each in (*cards.facts, *cards.rules) for _, text in wordings(each)]
    for pattern in NAMES_WITH_FIGURES:
        assert any(re.search(pattern, text, re.IGNORECASE) for text in texts), pattern


def test_the_wordings_of_a_card_are_all_read() -> None:
    """Of facts and rules, down to the criteria of cases and the labels of options."""
    spec = FactSpec.model_validate(FACTS[4])
    names = {name for name, _ in wordings(spec)}
    assert {".label.nl", ".ask.en", ".options.0.label.nl"} <= names
    need: Criterion = all_criteria(
        card_file(rule("conditions", **NEEDS, needs=criterion("iso", **{"is": True}))).rules[0]
    )[0]
    assert {".name.nl", ".needs.en"} <= {name for name, _ in wordings(need)}
