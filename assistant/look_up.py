"""What answers a look-up: one statement, one for each thing asked, or alternatives where the asker must say which.

Alternatives are the variants of one point for different kinds of providers, or what several policies
say of the same where nothing tells which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.alike import are_variants, figures_told, is_same_point, says_alike, whole
from assistant.cards import LIKENESS
from assistant.planning import last_days
from assistant.question import (
    Channel,
    asks_address,
    asks_days_left,
    asks_exact_day,
    asks_figure,
    asks_several,
    asks_share,
    asks_which_policy,
    asks_whom,
    gives_channel,
    parts_of,
    read_asked,
)
from assistant.rule_fit import Question
from assistant.statement_preference import CLOSE, of_length, one_first, told_first
from assistant.statements import Found, StatementFinder, means_whom, names_whom, without_title
from assistant.turn_form import names_many
from knowledge.addresses import holds_address
from knowledge.dates import find_dates
from knowledge.dutch import fold
from knowledge.numerals import find_numerals
from knowledge.quantities import find_quantities
from knowledge.statements.card import Statement
from knowledge.statements.proven import ProvenStatement
from knowledge.terms import find_terms

PER_SCORE, PER_LEAD, CERTAIN = 0.36, 0.6, 2.4
"""A statement answers when its score, and its lead over the next one that says otherwise, weigh this much together.
The first two were fitted on the cards' own questions, with and without the card that answers them on file. The least
was set anew (fitted then: 2.6) for scores that are less far apart; `python -m evals.statement_finding` tells what
each least answers, and what it would without the card."""
EASIER = 0.6
"""What less is enough in a comparison: the words for the other side belong to no statement of this one."""
LEAST_MEANING = 0.5
"""A question as far as this (cosine) from all that a statement is known to answer is not answered by it, however few
rivals it has: where a policy has few cards, one of them is always the likeliest by far."""
KIN_HARDER, KIN_MEANING = 1.0, 0.7
"""Where only cards of other policies are borne out, most questions have none: more is needed, and a question that a
card is known to answer must be near in meaning (cosine). Set on policies whose own cards were kept away."""
SIDES_AMONG, SIDES_BELOW = 3, 1.0
"""Who asks for a difference means a point with variants among the best statements, this near to the best of all."""
ASKABLE = 1.0
"""Likewise for one that differs by kind of provider, where the best says that something is not told."""
TOGETHER, SAME_POINT = 0.93, 0.7
"""A statement of another policy is as good from this share of the best score on; less is enough for the same point."""
MOST_ALTERNATIVES = 4
MOST_TOLD = 2

_MEANING = LIKENESS.index("meaning")
_MONEY = re.compile(r"\b(?:vergoeding|tarief|prijs|bedrag|euro|kost|kosten|reimbursement|tariff|price|fee)\b")
_HOW_OFTEN = re.compile(r"\b(?:hoe (?:vaak|dikwijls)|hoeveel (?:keer|maal)|how (?:often|many))\b")
"""A number is asked for, whoever pays: 'hoe vaak mag dat op kosten van de verzekeraar?'."""
_OF_MONEY = frozenset({"eur", "percent"})
"""Units in which it is told what something costs."""
_ONE = re.compile(
    r"\b(?:eenmaal|een (?:keer|maal)|(?:maximaal|minimaal|hoogstens|minstens|ten (?:hoogste|minste)) een)\b"
)
"""Where 'één' counts, in folded text: mostly it is an article."""
_WHICH_YEAR = re.compile(r"\bwelk jaar\b|\b(?:what|which) year\b")
_YEARS_LONG = re.compile(r"\b\w+jarige?\b|\bjaar\b")
"""How many years something lasts tells up to which year."""
_YEAR = re.compile(r"20\d\d")
_SHARE = re.compile(r"%|\b(?:procent|percent|helft|kwart|derde|deel)\b", re.IGNORECASE)
_ENDED = re.compile(
    r"\b(?:vervalt|vervallen|verviel\w*|afgeschaft|geschrapt|verwijderd|bestaat niet|komt te vervallen)\b"
)
GENERAL_CONTACT = "contact-procurement"

IsFor = Callable[[ProvenStatement], bool]
By = Literal["whom", "policy", "each"]


@dataclass(frozen=True)
class LookUp:
    """The statements told, best first.

    `by`: they are alternatives, for "whom" or of which "policy", or the asker named "each" of them.
    `is_same`: policies of one insurer give the same address: told once, from all of them.
    `is_beside`: a figure or a day is asked for that they do not hold: they tell what there is about it.
    `is_elsewhere`: the rules themselves are asked for, and they only tell which other policy holds them.
    """

    told: tuple[Found, ...]
    by: By | None = None
    is_same: bool = False
    is_beside: bool = False
    is_elsewhere: bool = False

    @property
    def is_absence(self) -> bool:
        """Whether what is asked for is not in the policy."""
        return self.is_beside or self.is_elsewhere or all(found.statement.is_absence for found in self.told)


def look_up(
    finder: StatementFinder,
    question: Question,
    policy_ids: Sequence[str],
    *,
    settled: bool,
    compares: bool = False,
    is_for: IsFor = lambda _: False,
    on_point: Callable[[Found], bool] | None = None,
) -> LookUp | None:
    """What answers the question within `policy_ids` (empty: all); None where no statement is near enough.

    `settled`: what was said tells which policy is meant. `compares`: the same is asked of other policies, so
    that the question speaks of more than this one. `is_for`: whether a statement is for the asker by what he
    told of himself. `on_point`: whether a statement is about what all policies compared are known to tell of.
    """
    found = of_length(finder, finder.find(question, policy_ids), question, policy_ids)
    found = one_first(told_first(found, question), question)
    if on_point is not None:
        found = sorted(found, key=lambda each: not on_point(each))
    sides = _sides(finder, found) if question.compares and settled and not compares else ()
    if sides:
        return LookUp(sides, by="each")
    if on_point is None and not is_sure(found, easier=EASIER if compares else 0.0):
        return _contact(finder, found, question, policy_ids) if settled and not compares else None
    best = found[0] if on_point is not None else _rather_told(finder, found)
    variants, are_named = _variants(finder, best, question, is_for, compares=question.compares and not compares)
    if len(variants) > 1:
        return LookUp(tuple(variants[:MOST_ALTERNATIVES]), by="each" if are_named else "whom")
    best = variants[0]
    if not settled:
        others = _elsewhere(best, found[1:])
        if best.statement.is_absence and others and not others[0].statement.is_absence:
            best, *others = others  # what one policy tells answers better than what another does not
        contacts = _same_contact(finder, (best, *others)) if others else ()
        if contacts:
            return LookUp(contacts[:MOST_ALTERNATIVES], by="policy", is_same=True)
        if others:
            return LookUp((best, *others)[:MOST_ALTERNATIVES], by="policy")
    by_channel = _by_channel(best, found, question)
    if by_channel is not None:
        return LookUp((by_channel,))
    if asks_address(question.asking) and not _tells_address(best) and not asks_whom(question.asking):
        return _with_address(finder, best, found, question)
    if isinstance(best.card, Statement) and best.card.is_elsewhere and not asks_which_policy(question.said):
        return LookUp((best,), is_elsewhere=True)
    if not best.statement.is_absence and lacks_what_is_asked(best, question):
        return LookUp((best,), is_beside=True)
    if compares:
        return LookUp((best,))  # of each side the one thing that is asked of all
    return LookUp(_with_second(finder, best, found[1:], question))


def is_sure(found: Sequence[Found], *, easier: float = 0.0) -> bool:
    """Whether the best of the statements found (best first) answers; `easier`: what less is enough."""
    if not found:
        return False
    best = found[0]
    is_kin = best.statement.is_kin
    if best.features[_MEANING] < (KIN_MEANING if is_kin else LEAST_MEANING):
        return False
    return is_certain(found, least=CERTAIN - easier + (KIN_HARDER if is_kin else 0.0))


def _variants(
    finder: StatementFinder, best: Found, question: Question, is_for: IsFor, *, compares: bool
) -> tuple[list[Found], bool]:
    """The variants of the best statement's point that the asker may mean, and whether he named them.

    It alone where there are no others. `compares`: they are what is to be put side by side.
    """
    variants = finder.variants(best)
    place = next((place for place, each in enumerate(variants) if each.card.id == best.card.id), 0)
    if place >= MOST_ALTERNATIVES:  # the nearest is told, however many there are
        variants = [variants[place], *variants[:place], *variants[place + 1 :]]
    if len(variants) < 2:
        return [best], True
    if compares:
        return variants, True
    # Who was named last is meant; who names many at once tells of them.
    asked = (turn.content for turn in reversed(question.history) if turn.role == "user")
    said = (question.said, question.text, *(text for text in asked if not names_many(text)))
    said = tuple(without_title(text, finder.title_of(best)) for text in said)
    named = (
        *([each for each in variants if names_whom(text, each.statement)] for text in said),
        [each for each in variants if is_for(each.statement)],
        *([each for each in variants if means_whom(text, each.statement)] for text in said),
    )
    meant = next((each for each in named if each), None)
    return (variants, False) if meant is None else (meant, True)


def _contact(
    finder: StatementFinder, found: Sequence[Found], question: Question, policy_ids: Sequence[str]
) -> LookUp | None:
    """The nearest contact where an address is asked for, else the one for procurement; None where none is asked for."""
    if not asks_address(question.said) or len(policy_ids) != 1:
        return None
    near = [each for each in found if "contact" in getattr(each.card, "gives", ()) and holds_address(whole(each))]
    if near:
        return LookUp((near[0],))
    contacts = [each for each in finder.at_point(policy_ids[0], GENERAL_CONTACT) if holds_address(whole(each))]
    return LookUp((contacts[0],)) if contacts else None


def _by_channel(best: Found, found: Sequence[Found], question: Question) -> Found | None:
    """The nearest statement that gives the kind of address asked for, where the best gives another kind only.

    Who asks for a postal address is not helped by a mailbox.
    """
    channels = read_asked(question.asking).channels
    if not channels or not holds_address(whole(best)) or _gives_one(best, channels):
        return None
    near = (each for each in found if each.score >= best.score - ASKABLE and not each.statement.is_absence)
    return next((each for each in near if _gives_one(each, channels)), None)


def _gives_one(found: Found, channels: Collection[Channel]) -> bool:
    return any(gives_channel(whole(found), channel) for channel in channels)


def _with_address(finder: StatementFinder, best: Found, found: Sequence[Found], question: Question) -> LookUp:
    """Where the nearest statement names no address: one as near that does, or which address it is, else the contact for
    procurement, to which everything else goes; with the nearest where more than the address is asked."""
    near = [each for each in found if each.score >= best.score - CLOSE and not each.statement.is_absence]
    contacts = [
        *(each for each in near if _tells_address(each)),
        *(each for each in finder.at_point(best.statement.policy_id, GENERAL_CONTACT) if holds_address(whole(each))),
    ]
    if not contacts:
        return LookUp((best,))
    asks_more = asks_several(question.asking) and not best.statement.is_absence
    return LookUp((contacts[0], best) if asks_more else (contacts[0],))


def _tells_address(found: Found) -> bool:
    """Whether a statement names an address, or tells which it is: 'het e-mailadres dat u bij VECOZO opgaf'."""
    told = whole(found)
    return holds_address(told) or "adres" in told


def lacks_what_is_asked(found: Found, question: Question) -> bool:
    """Whether a figure or a day is asked for and a statement holds none."""
    told = whole(found)
    if _ENDED.search(fold(told)):
        return False  # of what no longer is, that is the answer
    if asks_share(question.asking):
        return _SHARE.search(told) is None
    if asks_days_left(question.asking) and last_days(told):
        return False  # how many are left is counted
    if asks_figure(question.asking):
        asks_price = _MONEY.search(fold(question.asking)) and not _HOW_OFTEN.search(fold(question.asking))
        if asks_price and not any(each.unit in _OF_MONEY for each in find_quantities(told)):
            return True
        days = [range(start, end) for _, start, end in find_dates(told)]
        is_figure = any(
            (numeral.value != 1 or not numeral.spelled)
            and not _YEAR.fullmatch(told, numeral.start, numeral.end)
            and not any(numeral.start in day for day in days)
            for numeral in find_numerals(told)
        )
        return not is_figure and "één" not in told and _ONE.search(fold(told)) is None
    if asks_exact_day(question.asking):  # '4 weken na het aanbod' is told where no day is
        is_day = next(find_dates(told, today=question.today), None) is not None  # 'vóór 1 mei' is one without its year
        tells_length = (
            _YEARS_LONG.search(fold(told)) is not None and _WHICH_YEAR.search(fold(question.asking)) is not None
        )
        return not (is_day or tells_length) and not any(term.anchor for term, *_ in find_terms(told))
    return False


def _elsewhere(best: Found, found: Sequence[Found]) -> list[Found]:
    """The best statement of each other policy that is as good an answer."""
    chosen: dict[str, Found] = {}
    for each in found:
        policy_id = each.statement.policy_id
        if policy_id == best.statement.policy_id or policy_id in chosen:
            continue
        if each.statement.is_absence and not best.statement.is_absence:
            continue  # that another policy is silent is no alternative
        same_point = is_same_point(each, best)
        share = SAME_POINT if same_point or best.statement.is_absence else TOGETHER
        if each.score >= share * best.score:
            chosen[policy_id] = each
    return list(chosen.values())


def _same_contact(finder: StatementFinder, told: Sequence[Found]) -> tuple[Found, ...]:
    """Contacts that the policies of one insurer give alike, so that none must be chosen, best first; else none."""
    figures = [figures_told(each) for each in told]
    are_contacts = all("contact" in getattr(each.card, "gives", ()) for each in told)
    if not are_contacts or len({finder.insurer_of(each) for each in told}) > 1 or not frozenset.intersection(*figures):
        return ()
    return tuple(sorted(told, key=lambda each: (not holds_address(whole(each)), -each.score)))


def _rather_told(finder: StatementFinder, found: Sequence[Found]) -> Found:
    """The best statement; before an absence one that is as near and differs by kind of provider: that can be asked."""
    best = found[0]
    if not best.statement.is_absence:
        return best
    near = (each for each in found[1:] if each.score >= best.score - ASKABLE and not each.statement.is_absence)
    return next((each for each in near if len(finder.variants(each)) > 1), best)


def _sides(finder: StatementFinder, found: Sequence[Found]) -> tuple[Found, ...]:
    """The variants of the first point among the nearest statements that has several: they are asked side by side."""
    near = [each for each in found[:SIDES_AMONG] if each.score >= found[0].score - SIDES_BELOW]
    variants = (finder.variants(each) for each in near)
    return tuple(next((each for each in variants if len(each) > 1), [])[:MOST_ALTERNATIVES])


def is_certain(found: Sequence[Found], *, least: float = CERTAIN) -> bool:
    """Whether the best of the statements found (best first) is near enough to the question to answer it."""
    best = found[0]
    rivals = [each.score for each in found[1:] if not says_alike(best, each) and not are_variants(best, each)]
    lead = best.score - rivals[0] if rivals else best.score
    return PER_SCORE * best.score + PER_LEAD * lead >= least


def _with_second(
    finder: StatementFinder, best: Found, others: Sequence[Found], question: Question
) -> tuple[Found, ...]:
    """The best statement, and what answers another part of the question or is as near to it."""
    if best.statement.is_absence:
        return (best,)
    told = [best]
    parts = parts_of(question.text)
    for part in parts if len(parts) > 1 else ():
        asked = replace(question, text=part, said=part, asked=read_asked(part))
        near = finder.find(asked, (best.statement.policy_id,))
        if near and is_certain(near) and _adds(near[0], told) and _is_for_asker(near[0], question):
            told.append(near[0])
    near = [each for each in others if each.score >= best.score - CLOSE and _is_for_asker(each, question)]
    close = [each for each in near if _adds(each, told)]
    return (*told, *close)[:MOST_TOLD]


def _is_for_asker(found: Found, question: Question) -> bool:
    """Whether a statement holds for whoever asks, or for the kind of provider that the question names."""
    whom = found.card.whom if isinstance(found.card, Statement) else None
    return whom is None or names_whom(question.text, found.statement)


def _adds(found: Found, told: Sequence[Found]) -> bool:
    """Whether a statement tells something of the same policy that those told do not."""
    same_policy = found.statement.policy_id == told[0].statement.policy_id
    return same_policy and not found.statement.is_absence and not any(says_alike(found, each) for each in told)
