"""What a model's prose must pass before a user sees any of it. Pure: the same prose and material, the same faults.

A fault's words go to the model, for its one repair; receipts bear its kind alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from assistant.model import form, verdicts
from assistant.model.bounds import drops_condition, lost_bounds, new_bounds
from assistant.model.figures import figures_in
from assistant.model.likeness import content_of, denies
from assistant.model.material import Behind, Material
from assistant.model.names import strange_names
from assistant.model.prose import LABELS, Sentence, is_ended, quotes_in, sentences_of
from assistant.model.support import unsupported_clauses

FaultKind = Literal[
    "label", "figure", "name", "quote", "language", "form", "verdict", "statement", "bound", "lead", "unfinished"
]
LEAST_OF_LEAD = 0.3
"""The share of the words of the answer itself that prose has again: it must say that, not something beside it."""
LEAST_GIST_WORDS = 3

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


@dataclass(frozen=True)
class Fault:
    """Something wrong with prose; `told` in words."""

    kind: FaultKind
    told: str


def sentence_faults(sentence: Sentence, material: Material, ordinary: Collection[str]) -> list[Fault]:
    """What is wrong with one sentence. `ordinary`: words that are no names, though a sentence begins with them."""
    unknown = [label for label in sentence.labels if label not in material.labels]
    if not sentence.labels or unknown:
        told = f"there is no evidence {unknown}" if unknown else f"no label stands behind: {sentence.bare}"
        return [Fault("label", told)]
    behind = material.behind(sentence.labels)
    faults = [Fault("form", told) for told in form.form_faults(sentence.text)]
    faults += [Fault("figure", f"not in the evidence: {words}") for words in _strange_figures(sentence, behind)]
    names = strange_names(sentence.bare, behind.words, ordinary)
    faults += [Fault("name", f"not in the evidence: {name}") for name in names]
    faults += [Fault("quote", f"not verbatim: {quote}") for quote in _strange_quotes(sentence, behind)]
    if not form.is_in(material.language, sentence):
        faults.append(Fault("language", f"not in {material.language}: {sentence.bare}"))
    faults += [Fault("verdict", told) for told in _strange_verdicts(sentence, material, behind)]
    faults += [Fault("bound", f"not in the evidence: {word}") for word in new_bounds(sentence.bare, behind)]
    unsaid = unsupported_clauses(sentence, behind, material.language)
    return faults + [Fault("statement", f"the evidence does not say: {clause}") for clause in unsaid]


def prose_faults(prose: str, material: Material, ordinary: Collection[str]) -> list[Fault]:
    """What is wrong with a whole text, tidied: each of its sentences, and what only the whole can show."""
    sentences = sentences_of(prose)
    if not sentences:
        return [Fault("unfinished", "there is no text")]
    faults = [Fault("form", told) for told in form.form_faults(prose)]
    if form.is_too_long(prose):  # what is refused in any case is not read to its end
        return faults
    if not is_ended(prose):
        faults.append(Fault("unfinished", "the text stops in the middle of a sentence"))
    for sentence in sentences:
        faults += [fault for fault in sentence_faults(sentence, material, ordinary) if fault not in faults]
    plain = " ".join(sentence.bare for sentence in sentences)
    lost = figures_in(_core(material)).without("weekday").missing_in(figures_in(plain))
    faults += [Fault("lead", f"the text leaves out: {words}") for words in lost]
    if content_of(_gist(material)).share_in(content_of(plain)) < LEAST_OF_LEAD:
        faults.append(Fault("lead", "the text says something else than the answer"))
    own = Sentence(material.lead).own_words
    if drops_condition(own, plain):
        faults.append(Fault("bound", "the text leaves out the condition of the answer"))
    if denies(own) and not denies(plain):
        faults.append(Fault("bound", "the text leaves out what the answer denies"))
    return faults + [Fault("bound", f"the text leaves out: {words}") for words in lost_bounds(material.body, plain)]


def _strange_figures(sentence: Sentence, behind: Behind) -> list[str]:
    return figures_in(sentence.bare).missing_in(behind.figures)


def _strange_quotes(sentence: Sentence, behind: Behind) -> list[str]:
    held = [" ".join(text.split()) for text in (*behind.quotes, *behind.told)]
    return [quote for quote in quotes_in(sentence.bare) if not any(quote.rstrip(".,;:") in text for text in held)]


def _strange_verdicts(sentence: Sentence, material: Material, behind: Behind) -> list[str]:
    """Verdicts that code did not give, and what may or must be done turned round."""
    composed = verdicts.verdicts_in(_plain("\n".join(material.body)))
    settled = composed | verdicts.of_results(material.verdicts)
    if not material.verdicts & {"met", "not_met", "undecided"}:
        settled |= frozenset(v for quote in behind.quotes for v in verdicts.verdicts_in(quote) if v[0] != "yes")
    quoted = settled | frozenset(v for quote in behind.quotes for v in verdicts.verdicts_in(quote))
    strange = []
    for what, affirmed in sorted(verdicts.verdicts_in(sentence.bare)):
        allowed = settled if what in verdicts.JUDGED else quoted
        is_told = (what, affirmed) in allowed
        if not is_told and (what in verdicts.JUDGED or (what, not affirmed) in allowed):
            strange.append(f"the answer does not say '{what}: {'yes' if affirmed else 'no'}': {sentence.bare}")
    return strange


def _core(material: Material) -> str:
    """What must be said again: what is in bold type, or else the answer itself without what it quotes."""
    bold = _BOLD.findall(material.lead)
    return " ".join(bold) if bold else Sentence(material.lead).own_words


def _gist(material: Material) -> str:
    """What the prose must be about: the answer itself; of one that only quotes, in Dutch, the quote."""
    own = _plain(Sentence(material.lead).own_words)
    if len(content_of(own).stems) >= LEAST_GIST_WORDS:
        return own
    return _plain(material.lead) if material.language == "nl" else ""


def _plain(text: str) -> str:
    return LABELS.sub(" ", text).replace("**", "")
