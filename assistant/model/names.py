"""Proper names in a model's prose: every one must stand in the evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from knowledge.dutch import fold, words
from knowledge.records import PolicyText
from knowledge.thesaurus import load_insurers

_TOKEN = re.compile(r"[^\W\d_][\w’'&.+-]*[\w+]|[^\W\d_]")
_OPENS = re.compile(r"(?:^|[.!?:;–—(\[“„\"‘«/]|\n|…)\s*\**$")
_ENDINGS = re.compile(r"(?:['’]s|['’]|s|en)$")
_LOWER = re.compile(r"(?<![\w.@/-])[^\W\d_]+(?![\w@])")

_NO_NAMES = frozenset(
    """u uw i ik dutch english nederlands nederlandse engels monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december""".split()
)
_OPENERS = frozenset(
    """a according after all also an and any apply as ask at because before both but by call can care complete contact
    contracts do does each email every fill first for from give had has have he her his how however i if in include
    instead is it its later let mail make may mention must neither no nor not note of on once one only or other our
    please provided providers put questions quote register report request return send she should show sign since so
    some state submit such than that the their them then there therefore these they this those to under unless until
    upon use we what when where whether which while who why with within without yes you your
    aan achter al alle alleen als andere ander beide bij binnen buiten daar daarbij daarin daarna daarom daarnaast dan
    dat de deze die dien dient dit doe door dus e-mail een eerst elk elke en er geen geef gaat had heb hebt heeft
    het hier hiervoor hierbij hoe hun hoeft ieder iedere in indien is ja kan kunt let lever maak maar mag mail meer meld
    met mits moet na naar naast nee neem niet niets nog noem nu of om omdat onder ook op over per regel schrijf sinds
    stel stuur te tekent teken tenzij ten toch tot tussen u uit uw van vanaf vanwege vermeld verder via volgens voor
    vraag vraagt vul waar wacht wanneer want wat welke werkt wie wij wilt wordt worden zet zij zo zodra zonder zorg
    bel beide belt""".split()
)
"""Words with which a sentence begins, beside those that the policies themselves write without a capital."""


def ordinary_words(texts: Collection[PolicyText]) -> frozenset[str]:
    """The words that policies write without a capital, folded: a capital at the start of a sentence makes no name."""
    return frozenset(
        fold(word) for text in texts for word in _LOWER.findall(text.text) if word[0].islower() and len(word) > 1
    )


def strange_names(prose: str, held: Collection[str], ordinary: Collection[str]) -> list[str]:
    """The names in `prose` that are not among the folded words `held`, in order, each once."""
    found = [name for name in _capitalised(prose, ordinary) if not _is_held(name, held)]
    said = f" {' '.join(words(prose))} "
    there = f" {' '.join(held)} "
    for insurer in load_insurers():
        spelled = words(insurer)
        named = " ".join(spelled)
        if named and f" {named} " in said and not all(f" {word} " in there for word in spelled):
            found.append(insurer)
    return list(dict.fromkeys(found))


def _capitalised(prose: str, ordinary: Collection[str]) -> Iterator[str]:
    """The words with a capital that are names: all but those which begin a sentence and are ordinary words."""
    for match in _TOKEN.finditer(prose):
        word = match.group().rstrip(".")
        if not any(character.isupper() for character in word):
            continue
        folded = fold(word)
        if folded in _NO_NAMES:
            continue
        is_plain = word[1:].islower() or len(word) == 1
        opens = _OPENS.search(prose, 0, match.start()) is not None
        if opens and is_plain and (folded in _OPENERS or folded in ordinary):
            continue
        yield word


def _is_held(name: str, held: Collection[str]) -> bool:
    parts = [part for part in re.split(r"[-/&.’']", fold(name)) if part]
    whole = fold(name)
    return any(form in held for form in _forms(whole)) or all(
        any(form in held for form in _forms(part)) for part in parts if len(part) > 1
    )


def _forms(word: str) -> tuple[str, ...]:
    return (word, _ENDINGS.sub("", word))
