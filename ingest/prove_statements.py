"""Statement cards against the text: the spots of a statement hold what it says, an absence is nowhere told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.proof_finder import ProofFinder
from knowledge.bank import phrase_key
from knowledge.dates import find_dates
from knowledge.figures import figures_of
from knowledge.numerals import find_numerals
from knowledge.quantities import find_quantities
from knowledge.records import PolicyText
from knowledge.rules.card import Proof
from knowledge.rules.load import family_of
from knowledge.rules.proven import Spot
from knowledge.sentences import split_sentences
from knowledge.statements.card import Absence, Statement, StatementFile
from knowledge.statements.load import bundled_statements
from knowledge.statements.proven import PolicyStatements, ProvenStatement, RefusedStatement

_SMALL = 1
"""'een' is an article more often than a number."""

_ALIKE = str.maketrans("", "", ".,")
"""Thousands and decimals are written the other way round in English."""


def prove_statements(text: PolicyText, files: Sequence[StatementFile] | None = None) -> PolicyStatements:
    """The statements that hold for a policy, and those that its text does not bear out. Default: the bundled cards."""
    family = family_of(text.policy.id, text.policy.year)
    cards = [each for each in (bundled_statements() if files is None else files) if each.policy == family]
    finders = {own: ProofFinder(text, is_other_year=not own) for own in (True, False)}
    outcomes = [_prove(card, text, finders[text.policy.year in file.years]) for file in cards for card in file.cards]
    return PolicyStatements(
        policy_id=text.policy.id,
        proven=tuple(each for each in outcomes if isinstance(each, ProvenStatement)),
        refused=tuple(each for each in outcomes if isinstance(each, RefusedStatement)),
    )


def _prove(card: Statement | Absence, text: PolicyText, finder: ProofFinder) -> ProvenStatement | RefusedStatement:
    spots, reasons = _spots(card.proofs, finder)
    reasons += _told(card, text) if isinstance(card, Absence) else []
    if not reasons:
        reasons = _unproven(card, " ".join(_shown(text, spot) for spot in spots), text)
    if reasons:
        return RefusedStatement(statement_id=card.id, reasons=tuple(reasons))
    return ProvenStatement(policy_id=text.policy.id, card=card, spots=tuple(spots))


def _spots(proofs: Sequence[Proof], finder: ProofFinder) -> tuple[list[Spot], list[str]]:
    found = [finder.spot(proof) for proof in proofs]
    return [spot for spot in found if isinstance(spot, Spot)], [reason for reason in found if isinstance(reason, str)]


def _shown(text: PolicyText, spot: Spot) -> str:
    """A spot as it is cited, with the headings and lead-in that it stands under."""
    passage = next(passage for passage in text.passages if passage.id == spot.passage_id)
    part = passage.part_at(spot.start)
    lead = " ".join(text.text[span.start : span.end] for span in (*passage.lead, *part.lead))
    start = max(text.text.rfind("\n", 0, spot.start) + 1, passage.start)
    end = text.text.find("\n", spot.end)
    line = text.text[start : min(end if end >= 0 else len(text.text), passage.end)]
    return f"{' '.join(passage.heading_path)} {lead} {line}"


def _unproven(card: Statement | Absence, proof: str, text: PolicyText) -> list[str]:
    """The figures, days, addresses and counted words of a card that stand in none of its spots."""
    source = f"{proof} {text.policy.title} {text.policy.year}"
    figures = {figure.translate(_ALIKE) for figure in figures_of(source)}
    items = card.items if isinstance(card, Statement) else ()
    counts = {numeral.value for numeral in find_numerals(source)} | {len(items)}
    missing: list[str] = []
    for said in (card.says, *items):
        for told in (said.nl, said.en):
            missing += [figure for figure in figures_of(told) if figure.translate(_ALIKE) not in figures]
        missing += [
            said.nl[numeral.start : numeral.end]
            for numeral in find_numerals(said.nl)
            if numeral.spelled and numeral.value > _SMALL and numeral.value not in counts
        ]
    return [f"{figure!r} stands in no spot" for figure in dict.fromkeys(missing)]


_KINDS = {"eur": "{eur}", "percent": "{percent}"}


def _told(absence: Absence, text: PolicyText) -> list[str]:
    """The sentences that would tell what an absence says is not told."""
    wanted = [[each.split("|") for each in entry.split(" + ")] for entry in absence.lacks]
    return [
        f"it is told: {sentence[:100]!r}"
        for sentence in _sentences(text)
        if any(all(_holds(sentence, part) for part in parts) for parts in wanted)
    ][:1]


def _sentences(text: PolicyText) -> Iterator[str]:
    for passage in text.passages:
        for span in split_sentences(text.text, passage.start, passage.end):
            yield " ".join(text.text[span.start : span.end].split())


def _holds(sentence: str, alternatives: Sequence[str]) -> bool:
    return any(_stands(sentence, each.strip()) for each in alternatives)


def _stands(sentence: str, phrase: str) -> bool:
    if phrase in _KINDS.values():
        return any(_KINDS.get(quantity.unit) == phrase for quantity in find_quantities(sentence))
    if phrase == "{date}":
        return next(find_dates(sentence), None) is not None
    if phrase == "{number}":
        return re.search(r"\d", sentence) is not None
    return phrase_key(phrase) in phrase_key(sentence)
