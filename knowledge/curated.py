"""What is curated about the policies of a snapshot: proven rules and statements, found by the questions they answer.

    <folder>/rules.json       the rules that the policies prove, and those refused
    <folder>/statements.json  the statements, likewise
    <folder>/cards/           the questions that the proven ones answer, indexed, and what was learnt of them
    <folder>/words.json       the words of those questions, policy by policy
    <folder>/asked_words.json the stems of the questions that each statement answers, and the concepts that they name
    <folder>/card_encoder.txt the name of the encoder that they were encoded with

Rules and statements are *cards*, counted together: the rules first, policy by policy, then the statements.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter

from knowledge.bank import TiedQuestion, phrase_key
from knowledge.bank_index import BankIndex
from knowledge.card_fits import CardFits, card_names, cards_by_policy, idle_phrases
from knowledge.card_layer import BUNDLED_LAYER_FOLDER, CardLayer
from knowledge.encoder import BUNDLED_CARDS_FOLDER, StaticEncoder
from knowledge.errors import SnapshotCorrupt
from knowledge.policy_words import PolicyWords, count_words
from knowledge.rules.proven import PolicyRules, ProvenRule
from knowledge.statements.proven import PolicyStatements, ProvenStatement
from knowledge.text_words import TextWords, text_words
from knowledge.thesaurus import load_thesaurus

if TYPE_CHECKING:
    from knowledge.encoder import Encoder
    from knowledge.records import PolicyText

Curation = TypeVar("Curation", PolicyRules, PolicyStatements)
_RULES_FILE, _RULES = "rules.json", TypeAdapter(list[PolicyRules])
_STATEMENTS_FILE, _STATEMENTS = "statements.json", TypeAdapter(list[PolicyStatements])
_CARDS_FOLDER = "cards"
_ENCODER_FILE = "card_encoder.txt"
_WORDS_FILE, _WORDS = "words.json", TypeAdapter(list[PolicyWords])
_ASKED_FILE, _ASKED = "asked_words.json", TypeAdapter(list[tuple[list[str], list[str]]])


@dataclass(frozen=True, eq=False)
class Curated:
    """Rules and statements by policy id, and the questions that they answer.

    `asks`: for "passage" read "card". A question that is `borrowed` is one of the bank, tied to the very
    spot that proves a statement: it says less surely that the statement answers it. `own`: the numbers of each
    policy's cards, and `fits` what was learnt of their questions. `asked_words`: of the questions of each statement.
    """

    rules: Mapping[str, PolicyRules]
    statements: Mapping[str, PolicyStatements]
    asks: BankIndex
    own: Mapping[str, Sequence[int]]
    fits: CardFits
    words: tuple[PolicyWords, ...] = ()
    asked_words: tuple[TextWords, ...] = ()

    @classmethod
    def open(cls, folder: Path, dimensions: int) -> Curated:
        """What `write_curated` wrote.

        Raises OSError, ValueError or SnapshotCorrupt where it cannot be read, or another encoder was in use.
        """
        if (folder / _ENCODER_FILE).read_text("utf-8") != card_encoder().name:
            raise SnapshotCorrupt(f"{folder.name} was built with another encoder of cards; run 'loket ingest' again")
        rules = _RULES.validate_json((folder / _RULES_FILE).read_bytes())
        statements = _STATEMENTS.validate_json((folder / _STATEMENTS_FILE).read_bytes())
        own = cards_by_policy(rules, statements)
        return cls(
            rules={each.policy_id: each for each in rules},
            statements={each.policy_id: each for each in statements},
            asks=BankIndex.open(folder / _CARDS_FOLDER, _count(rules) + _count(statements), dimensions),
            own=own,
            fits=CardFits.open(folder / _CARDS_FOLDER, own),
            words=tuple(_WORDS.validate_json((folder / _WORDS_FILE).read_bytes())),
            asked_words=_asked_words(folder / _ASKED_FILE, _count(statements)),
        )

    @property
    def proven_rules(self) -> tuple[ProvenRule, ...]:
        """The rules that are used, policy by policy."""
        return tuple(rule for each in self.rules.values() for rule in each.proven)

    @property
    def proven_statements(self) -> tuple[ProvenStatement, ...]:
        """The statements that are used, policy by policy."""
        return tuple(statement for each in self.statements.values() for statement in each.proven)


@cache
def card_encoder() -> Encoder:
    """The encoder that tells cards apart. Raises EncoderError where its files are missing."""
    return StaticEncoder(BUNDLED_CARDS_FOLDER, label="cards")


@cache
def card_layer() -> CardLayer:
    """What the encoder of cards was fitted with. Raises EncoderError where its files are missing."""
    return CardLayer.open(BUNDLED_LAYER_FOLDER)


def write_curated(
    folder: Path,
    texts: Sequence[PolicyText],
    rules: Sequence[PolicyRules],
    statements: Sequence[PolicyStatements],
    bank: Sequence[TiedQuestion],
) -> None:
    """Write what is curated into `folder`, which exists; the questions are encoded.

    `bank`: the bank's questions, tied to the passages of `texts` in their order.
    """
    rules, statements = _in_order(rules), _in_order(statements)
    (folder / _RULES_FILE).write_bytes(_RULES.dump_json(rules, by_alias=True))
    (folder / _STATEMENTS_FILE).write_bytes(_STATEMENTS.dump_json(statements, by_alias=True))
    asks = card_questions(texts, rules, statements, bank)
    index = BankIndex.build(asks, card_encoder(), _count(rules) + _count(statements))
    index.save(folder / _CARDS_FOLDER)
    rules_of = {each.policy_id: each for each in rules}
    idle = {text.policy.id: idle_phrases(text.policy, rules_of.get(text.policy.id)) for text in texts}
    own = cards_by_policy(rules, statements)
    names = card_names(rules, statements, {text.policy.id: text.policy.year for text in texts})
    CardFits.learn(index, own, idle, card_encoder(), card_layer(), names).save(folder / _CARDS_FOLDER)
    words = [
        count_words(text.policy.id, (ask.text for ask in asks if ask.policy_id == text.policy.id), text.text)
        for text in texts
    ]
    (folder / _WORDS_FILE).write_bytes(_WORDS.dump_json(words))
    asked = [
        text_words(" ".join((*one.card.asks, one.card.about.nl, one.card.about.en)), load_thesaurus())
        for each in statements
        for one in each.proven
    ]
    (folder / _ASKED_FILE).write_bytes(_ASKED.dump_json([(sorted(a.stems), sorted(a.concepts)) for a in asked]))
    (folder / _ENCODER_FILE).write_text(card_encoder().name, "utf-8")


def fingerprint_curated(rules: Sequence[PolicyRules], statements: Sequence[PolicyStatements]) -> str:
    """A digest that changes with any rule or statement, and with the encoder of their questions."""
    digest = hashlib.sha256(_RULES.dump_json(_in_order(rules), by_alias=True))
    digest.update(_STATEMENTS.dump_json(_in_order(statements), by_alias=True))
    digest.update(card_encoder().name.encode())
    return digest.hexdigest()


def card_questions(
    texts: Sequence[PolicyText],
    rules: Sequence[PolicyRules],
    statements: Sequence[PolicyStatements],
    bank: Sequence[TiedQuestion],
) -> list[TiedQuestion]:
    """The questions that cards answer, those of a policy together, and the bank's that tie to their spots."""
    asks = [*_of_rules(rules), *_of_statements(statements, _count(rules))]
    asks += _of_bank(texts, statements, _count(rules), bank)
    return sorted(asks, key=lambda ask: ask.policy_id)


def _asked_words(path: Path, count: int) -> tuple[TextWords, ...]:
    """Raises SnapshotCorrupt where they are not of so many statements."""
    read = tuple(TextWords.of(stems, concepts) for stems, concepts in _ASKED.validate_json(path.read_bytes()))
    if len(read) != count:
        raise SnapshotCorrupt(
            f"{path.name} has the words of {len(read)} statements, wanted {count}; run 'loket ingest' again"
        )
    return read


def _in_order(each: Sequence[Curation]) -> list[Curation]:
    return sorted(each, key=lambda one: one.policy_id)


def _count(each: Sequence[PolicyRules] | Sequence[PolicyStatements]) -> int:
    return sum(len(one.proven) for one in each)


def _of_rules(rules: Sequence[PolicyRules]) -> Iterator[TiedQuestion]:
    proven = (rule for each in rules for rule in each.proven)
    for number, rule in enumerate(proven):
        for ask in (*rule.rule.asks, rule.rule.title.nl, rule.rule.title.en):
            yield TiedQuestion(ask, rule.policy_id, (number,))


def _of_statements(statements: Sequence[PolicyStatements], first: int) -> Iterator[TiedQuestion]:
    proven = (statement for each in statements for statement in each.proven)
    for number, statement in enumerate(proven, start=first):
        for ask in (*statement.card.asks, statement.card.about.nl, statement.card.about.en):
            yield TiedQuestion(ask, statement.policy_id, (number,))


def _of_bank(
    texts: Sequence[PolicyText], statements: Sequence[PolicyStatements], first: int, bank: Sequence[TiedQuestion]
) -> Iterator[TiedQuestion]:
    """The bank's questions whose key phrases stand in a spot of a statement."""
    by_id = {text.policy.id: text for text in texts}
    places = {passage.id: place for place, passage in enumerate(passage for text in texts for passage in text.passages)}
    spots: dict[int, list[tuple[str, int]]] = {}
    proven = (statement for each in statements for statement in each.proven)
    for number, statement in enumerate(proven, start=first):
        for spot in () if statement.is_absence else statement.spots:
            held = phrase_key(by_id[statement.policy_id].text[spot.start : spot.end])
            spots.setdefault(places[spot.passage_id], []).append((held, number))
    for question in bank:
        keyed = zip(question.passages, question.keys, strict=False)
        keys = {place: tuple(map(phrase_key, key)) for place, key in keyed if key and place in spots}
        found = {card for place, key in keys.items() for held, card in spots[place] if all(k in held for k in key)}
        for card in sorted(found):
            yield TiedQuestion(question.text, question.policy_id, (card,), borrowed=True)
