"""Yes or no to who asks whether one outcome of a decision table is his: 'Krijgen wij A?', 'is dat standaard?'.

Which outcome he means he names himself, or it is the kind of provider that he says he is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.prose.tokens import read_tokens
from knowledge.dutch import STOP_WORDS, words
from knowledge.rules.card import Case, ChoiceRule, Facts, FactSpec, FactValue
from knowledge.rules.inputs import criteria_of
from knowledge.rules.logic import judge
from knowledge.rules.proven import ProvenRule
from knowledge.rules.result import RuleResult

COMPOUND_LETTERS = 6
"""From this length on a word of an outcome may begin a longer one: 'standaardcontract'."""
_LETTER = re.compile(
    r"\b(?:contract|\w*overeenkomst|variant|type|soort|categorie|klasse|agreement|category|option|optie)\s+([a-d])\b(?!\s+\w+\s+(?:van|of)\b)"
    r"|(?-i:(?<![\w.])(?<!^)([A-D])(?=[\s,?.)/-]|$))",
    re.IGNORECASE,
)
"""An outcome that is a letter: 'contract a', 'Krijgt zij nu A?'."""
_SAYS_YES_OR_NO = re.compile(r"(?:ja|nee)\b|niet\b", re.IGNORECASE)
"""An outcome that opens so tells yes or no itself."""
_AGAINST = frozenset(
    """
    niet geen nooit buiten zonder probleem bezwaar erg uitgesloten verboden not no never without problem out excluded
    """.split()
)
"""A question that holds one of these is not answered by yes or no alone."""


def outcomes_named(rule: ChoiceRule, asked: str, kinds: Iterable[str] = ()) -> frozenset[str]:
    """The outcomes of a table (in Dutch) that `asked` names, or that are among `kinds`: labels of what the asker is."""
    labels = {case.value.nl: (case.value.nl, case.value.en) for case in rule.cases if case.value is not None}
    if len(labels) < 2:
        return frozenset()
    letters = {each.casefold() for match in _LETTER.finditer(asked) for each in match.groups() if each}
    said = [token.text for token in read_tokens(asked)]
    named = {label for label in labels if _letter_of(label) in letters}
    for at in (0, 1):
        told = {label: _words(each[at]) for label, each in labels.items()}
        for word in {word for each in told.values() for word in each}:
            holding = sorted((label for label in told if word in told[label]), key=lambda label: len(told[label]))
            is_own = len(holding) == 1 or len(told[holding[0]]) < len(told[holding[1]])
            if is_own and any(_is_word(each, word) for each in said) and _is_half_said(told[holding[0]], said):
                named.add(holding[0])
    return frozenset(named or {label for label in labels if label in set(kinds)})


def kinds_told(specs: Iterable[FactSpec], known: Mapping[str, FactValue]) -> tuple[str, ...]:
    """The labels of the options that the asker told."""
    return tuple(option.label.nl for spec in specs for option in spec.options if known.get(spec.name) == option.value)


def is_meant(proven: ProvenRule, result: RuleResult, named: frozenset[str], asked: str) -> bool | None:
    """Whether the outcome is the one that is asked about; None where several are, or it cannot be told."""
    case = chosen_case(proven, result)
    if (
        case is None
        or case.value is None
        or _SAYS_YES_OR_NO.match(case.value.nl)
        or any(token.text in _AGAINST for token in read_tokens(asked))
    ):
        return None
    if not named:
        return case.grants
    if len(named) != 1:
        return None
    (meant,) = named
    return case.value.nl == meant or (case.fits_all and meant != case.value.nl)


def is_ruled_out(proven: ProvenRule, named: frozenset[str], known: Facts, specs: Mapping[str, FactSpec]) -> bool:
    """Whether the one outcome that is asked about can no longer be the asker's, whatever else he may tell."""
    if not isinstance(proven.rule, ChoiceRule) or len(named) != 1:
        return False
    cases = [case for case in proven.rule.cases if case.value is not None and case.value.nl in named]
    return bool(cases) and all(
        case.when is not None and judge(case.when, known, proven, specs).verdict == "not_met" for case in cases
    )


def chosen_case(proven: ProvenRule, result: RuleResult) -> Case | None:
    """The case that came out, be it only if the table is for the asker."""
    rule = proven.rule
    gate = {criterion.fact for criterion in criteria_of(rule.applies)}
    if not isinstance(rule, ChoiceRule) or not result.spots or not gate.issuperset(result.missing):
        return None
    spots = [proven.spots[f"case {number}"] for number in range(1, len(rule.cases) + 1)]
    told = [case for case in rule.cases if case.value is not None and case.value.nl in result.sentence.nl]
    return next(
        (case for case, spot in zip(rule.cases, spots, strict=True) if case in told and spot in result.spots), None
    )


def _letter_of(label: str) -> str:
    last = label.rsplit(maxsplit=1)[-1]
    return last.casefold() if len(last) == 1 else ""


def _words(label: str) -> frozenset[str]:
    return frozenset(word for word in words(label) if len(word) > 1 and word not in STOP_WORDS)


def _is_half_said(label: frozenset[str], said: Sequence[str]) -> bool:
    """Whether at least half of the words of an outcome are said: 'zzp' alone names no 'bureau of zzp-verband'."""
    return 2 * sum(any(_is_word(each, word) for each in said) for word in label) >= len(label)


def _is_word(said: str, word: str) -> bool:
    return said == word or (len(word) >= COMPOUND_LETTERS and said.startswith(word))
