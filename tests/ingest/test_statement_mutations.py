"""The bundled statements are proven, and proof works: another figure or a sentence that tells it refuses the card."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import pytest

import knowledge
from ingest.manifest import read_manifest
from ingest.parse import parse_policy
from ingest.prove_statements import prove_statements
from ingest.read_text import read_markdown, read_text
from ingest.source import SourceDocument
from knowledge.addresses import ADDRESS
from knowledge.bank import phrase_key
from knowledge.records import Part, Passage, PolicyText
from knowledge.rules.load import family_of
from knowledge.statements.card import Absence, Statement, StatementFile
from knowledge.statements.load import bundled_statements
from knowledge.statements.proven import PolicyStatements, ProvenStatement
from tests.conftest import SHARED

BUNDLED = Path(str(knowledge.__file__)).parent / "policies"
POLICY_IDS = tuple(policy.id for policy in read_manifest(BUNDLED))
READERS: dict[str, Callable[[Path], SourceDocument]] = {".md": read_markdown, ".txt": read_text}


def texts_of(folder: Path) -> dict[str, PolicyText]:
    """The policies of a folder as an ingest reads them."""
    return {
        policy.id: parse_policy(policy, READERS[Path(policy.file).suffix](folder / policy.file))
        for policy in read_manifest(folder)
    }


@cache
def bundled() -> dict[str, tuple[PolicyText, PolicyStatements]]:
    return {policy_id: (text, prove_statements(text)) for policy_id, text in texts_of(BUNDLED).items()}


def cards_of(policy_id: str) -> list[Statement | Absence]:
    policy = bundled()[policy_id][0].policy
    return [card for file in _files_of(policy.id, policy.year) for card in file.cards]


def _files_of(policy_id: str, year: int) -> list[StatementFile]:
    return [file for file in bundled_statements() if file.policy == family_of(policy_id, year)]


# Proven


@pytest.mark.parametrize("policy_id", POLICY_IDS)
def test_every_bundled_statement_and_absence_is_proven(policy_id: str) -> None:
    proven = bundled()[policy_id][1]
    assert proven.refused == ()
    assert [each.card for each in proven.proven] == cards_of(policy_id)
    assert {each.is_absence for each in proven.proven} == {True, False}


@pytest.mark.shared
def test_the_originals_prove_every_one_too() -> None:
    originals = texts_of(SHARED / "policies")
    assert set(originals) == set(POLICY_IDS)
    for policy_id, text in originals.items():
        proven = prove_statements(text)
        assert proven.refused == (), policy_id
        assert len(proven.proven) == len(cards_of(policy_id))


def test_every_card_belongs_to_a_bundled_policy() -> None:
    families = {family_of(policy_id, text.policy.year) for policy_id, (text, _) in bundled().items()}
    assert {file.policy for file in bundled_statements()} == families


def test_every_spot_stands_in_its_policy() -> None:
    for text, statements in bundled().values():
        passages = {passage.id: passage for passage in text.passages}
        for each in statements.proven:
            assert len(each.spots) == len(each.card.proofs)
            for spot in each.spots:
                passage = passages[spot.passage_id]
                assert passage.start <= spot.start < spot.end <= passage.end, each.card.id


@pytest.mark.parametrize("policy_id", POLICY_IDS)
def test_every_address_stands_in_a_spot_as_a_whole(policy_id: str) -> None:
    """Of a title too, and of a telephone number or post box, whose figures alone could stand apart."""
    text, statements = bundled()[policy_id]
    passages = {passage.id: passage for passage in text.passages}
    for each in statements.proven:
        held = "".join("".join(passages[spot.passage_id].text for spot in each.spots).lower().split())
        for wording in wordings(each.card):
            for address in ADDRESS.findall(wording):
                assert "".join(address.lower().rstrip(".,;:)'\"").split()) in held, (each.card.id, address)


def wordings(card: Statement | Absence) -> Iterator[str]:
    for said in (card.about, card.says, *(card.items if isinstance(card, Statement) else ())):
        yield said.nl
        yield said.en


# Another figure


@dataclass(frozen=True)
class Changed:
    """A number of a statement, the last letters of an address included, and what stands in its place."""

    figure: str
    other: str


SECTION = re.compile(r"\b(?:hoofdstuk|paragraaf|bijlage)\s+\d+(?:\.\d+)*|\b\d\.\d\b(?![%\d])", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")


def changes_of(text: PolicyText, proven: ProvenStatement) -> list[Changed]:
    """The numbers and addresses of a statement that only the policy's text holds, each with one as long for it.

    Not those of the title, the year and the headings, which stay as they are, and no numbers of sections.
    """
    assert isinstance(proven.card, Statement)
    own = [passage.text for passage in text.passages]
    headings = {re.sub(r"^\W*\d\S*\s+", "", part) for passage in text.passages for part in passage.heading_path}
    kept = set(NUMBER.findall(" ".join([text.policy.title, str(text.policy.year), *headings])))
    told = " ".join(said.nl for said in (proven.card.says, *proven.card.items))
    held = set(NUMBER.findall(" ".join([*own, told])))
    addresses = {address.rstrip(".,;:)'\"") for address in ADDRESS.findall(told)}
    changes = [Changed(each, each[:-1] + ("1" if each[-1] == "2" else "2")) for each in sorted(addresses)]
    for figure in sorted(set(NUMBER.findall(SECTION.sub("", ADDRESS.sub("", told)))) - kept):
        others = (figure[:at] + digit + figure[at + 1 :] for at, digit in product(range(len(figure)), "123456789")
                  if figure[at].isdigit())  # fmt: skip
        other = next((each for each in others if each not in held), None)
        changes += [Changed(figure, other)] if other else []
    return changes


def with_other_figure(text: PolicyText, change: Changed) -> PolicyText:
    """The policy with another figure wherever the one stands; no offset moves."""
    before, behind = (r"(?<![\w.@/-])", r"(?![\w@-])") if not change.figure[0].isdigit() else (
        r"(?<!\d)(?<!\d[.,:/-])", r"(?!\d|[.,:/-]\d)")  # fmt: skip
    changed = re.sub(before + re.escape(change.figure) + behind, change.other, text.text, flags=re.IGNORECASE)
    assert len(changed) == len(text.text)
    return text.model_copy(update={"text": changed})


def of_its_sections(text: PolicyText, proven: ProvenStatement) -> PolicyText:
    """The policy with only the passages in which the statement's proofs may stand."""
    sections = {phrase_key(name) for proof in proven.card.proofs for name in proof.sections}
    return text.model_copy(
        update={"passages": tuple(each for each in text.passages if phrase_key(each.section) in sections)}
    )


@cache
def with_figures(policy_id: str) -> list[tuple[ProvenStatement, PolicyText, list[Changed]]]:
    """Statements with figures, the sections that prove them and what is changed in these."""
    text, statements = bundled()[policy_id]
    found = []
    for each in statements.proven:
        own = of_its_sections(text, each)
        if not each.is_absence and (changes := changes_of(own, each)):
            found.append((each, own, changes))
    return found


def refused_reasons(text: PolicyText, card: Statement | Absence) -> Sequence[str] | None:
    """Why a text does not prove a card; None where it does."""
    family = family_of(text.policy.id, text.policy.year)
    kind = "absences" if isinstance(card, Absence) else "statements"
    file = StatementFile.model_validate({"policy": family, "years": (text.policy.year,)}).model_copy(
        update={kind: (card,)}
    )
    made = prove_statements(text, [file])
    assert all(each.statement_id == card.id for each in made.refused)
    return made.refused[0].reasons if made.refused else None


@pytest.mark.parametrize("policy_id", POLICY_IDS)
def test_a_changed_figure_refuses_the_statement_and_is_named(policy_id: str) -> None:
    """One digit is another everywhere in the sections of the proof: the card is refused, for that figure's sake."""
    for proven, own, changes in with_figures(policy_id):
        assert refused_reasons(own, proven.card) is None
        for change in changes:
            reasons = refused_reasons(with_other_figure(own, change), proven.card)
            assert reasons is not None, (proven.card.id, change)
            named = NUMBER.findall(change.figure)[-1:] or [change.figure.lower()]
            assert any("stands nowhere" in reason or named[0] in reason for reason in reasons), (
                proven.card.id,
                change,
                reasons,
            )


def test_enough_figures_are_changed() -> None:
    assert sum(len(with_figures(policy_id)) for policy_id in POLICY_IDS) >= 200


# A sentence that tells it

FIGURES = {"{eur}": "€ 4.321", "{percent}": "43 procent", "{date}": "3 maart", "{number}": "97"}


def telling(entry: str) -> Iterator[str]:
    """Sentences that tell what an absence says is lacking: every alternative of a part once, with the others' first."""
    parts = [[each.strip() for each in part.split("|")] for part in entry.split(" + ")]
    for number, alternatives in enumerate(parts):
        for alternative in alternatives:
            chosen = [alternative if place == number else part[0] for place, part in enumerate(parts)]
            yield "Verder geldt: " + " of ".join(FIGURES.get(each, each) for each in chosen) + " daarbij."


def with_sentences(text: PolicyText, sentences: Sequence[str]) -> PolicyText:
    """The policy with a passage at its end, a sentence a line."""
    added = "\n".join(sentences)
    start = len(text.text) + 1
    last: Passage = text.passages[-1].model_copy(
        update={
            "id": f"{text.policy.id}#added", "section": "toegevoegd", "start": start, "end": start + len(added),
            "text": added, "lead": (), "kind": "paragraph",
            "parts": (Part(kind="paragraph", start=start, end=start + len(added)),),
        }
    )  # fmt: skip
    return text.model_copy(update={"text": f"{text.text}\n{added}", "passages": (*text.passages, last)})


@pytest.mark.parametrize("policy_id", POLICY_IDS)
def test_a_sentence_that_tells_it_refuses_the_absence(policy_id: str) -> None:
    """Whatever else the policy says; what the absence says nearby is left out of account."""
    text, statements = bundled()[policy_id]
    nothing = text.model_copy(update={"passages": text.passages[:1], "text": text.text[: text.passages[0].end]})
    nothing = with_sentences(nothing, ["Verder geldt niets."])
    for proven in statements.proven:
        if isinstance(proven.card, Absence):
            alone = proven.card.model_copy(update={"proofs": ()})
            assert not any(reason.startswith("it is told") for reason in refused_reasons(nothing, alone) or ())
            for entry in alone.lacks:
                for sentence in telling(entry):
                    reasons = refused_reasons(with_sentences(nothing, [sentence]), alone)
                    assert reasons == (f"it is told: {sentence[:100]!r}",), (alone.id, entry)
