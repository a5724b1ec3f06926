"""A case that a question names in what it asks: 'gelden in een krimpregio andere eisen?' asks about that region.

Nothing is concluded of the asker. A decision table that hangs on the fact so named is told for that case, as what holds
if it is his: he need not be asked back for what he has just named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.facts import AskerFact, AskerFacts
from assistant.prose.tokens import read_tokens
from assistant.rule_fit import Question, Routed, asked_part
from knowledge.dutch import fold
from knowledge.rules.card import ChoiceRule, FactSpec
from knowledge.rules.rulebook import Rulebook
from knowledge.rules.run import if_it_applies

_DENIES = re.compile(
    r"\b(?:niet|geen|zonder|buiten|behalve|nooit|of|alleen|slechts|not|no|without|outside|except|never|or|only)\b"
)
"""With any of these a name may be put aside, or stand beside another case."""


def with_named_case(routed: Routed, question: Question, rulebook: Rulebook) -> Routed:
    """The table as it is for the case that the question names, said to hold if that is the asker's; else as it is."""
    if not isinstance(routed.rule.rule, ChoiceRule) or routed.result.verdict != "undecided":
        return routed
    specs = rulebook.specs(routed.rule.policy_id)
    named = _named(question, {name: specs[name] for name in routed.result.missing})
    if named is None:
        return routed
    known = {**routed.facts.known(), named.name: True}
    result = rulebook.run(routed.rule, known, question.today)
    if result.verdict == "undecided":
        return routed
    sentence = if_it_applies([specs[named.name].label], result.sentence)
    facts = AskerFacts((*(fact for fact in routed.facts if fact.name != named.name), named))
    return replace(routed, facts=facts, result=result.model_copy(update={"sentence": sentence}))


def _named(question: Question, specs: Mapping[str, FactSpec]) -> AskerFact | None:
    """The first of these facts of which the part that asks has a name; None where a word may put it aside."""
    part = asked_part(question.said)
    if _DENIES.search(fold(part)) is not None:
        return None
    tokens = read_tokens(part)
    keys = [token.key for token in tokens]
    for spec in specs.values():
        for name in spec.names if spec.kind == "yes_no" else ():
            run = [token.key for token in read_tokens(name)]
            places = [at for at in range(len(keys) - len(run) + 1) if run and keys[at : at + len(run)] == run]
            if places:
                first, last = tokens[places[0]], tokens[places[0] + len(run) - 1]
                start = question.said.find(part) + first.start
                return AskerFact(spec.name, True, part[first.start : last.end], start, start + last.end - first.start)
    return None
