"""Names of persons in care: patients, insured persons and their family, told from organisations and contact persons.

A name alone is nobody's secret: a provider may say who signs for it. It is personal data when the
words around it say that this person is cared for. Lists of names are in `names.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

import yaml

from assistant.guard.bsn import Span
from assistant.guard.person_context import does_something, is_cared_for, suffers

_PARTICLE = r"(?:(?:van|von|in)\s+(?:der|den|de|het|'t)|van|von|de|der|den|ter|ten|te|el|al|ben|bin|da|dos|la|le|'t|d')"
_INITIALS = r"(?:[A-Z]\.[ ]?){1,4}"
_CAPITAL = r"[A-ZÀ-Þ][a-zß-ÿ’']+(?:-[A-ZÀ-Þ][a-zß-ÿ]+)?"
_SURNAME = rf"(?:(?i:{_PARTICLE})\s+)*{_CAPITAL}"
_NAME = rf"(?:{_INITIALS})?{_SURNAME}(?:\s+{_SURNAME}){{0,2}}"
_SMALL = r"[a-zß-ÿ'’]+"
_PLAIN_NAME = rf"(?:(?:{_PARTICLE})\s+)*{_SMALL}(?:\s+(?:(?:{_PARTICLE})\s+)*{_SMALL})?"

_TITLE = (
    r"(?:mevrouw|mevr\.?|mw\.?|mejuffrouw|meneer|mijnheer|dhr\.?|de\s+heer|familie|fam\.|mrs?\.?|ms\.?|miss|mister)"
)
_PATIENT = (
    r"(?:(?:thuiszorg|kraam|ggz-?|apotheek|diabetes)?(?:pati[eë]nte?|cli[eë]nte?)|verzekerde|zorgvrager|zorgvraagster|"
    r"kraamvrouw|zwangere|bewoner|bewoonster|pupil|patient|client|insured(?:\s+person)?|resident|policy\s*holder)"
)
_FAMILY = (
    r"(?:moeder|vader|zoon|zoontje|dochter|dochtertje|kind|kindje|baby|man|vrouw|echtgenoot|echtgenote|partner|oma|opa|"
    r"broer|zus|mother|father|son|daughter|husband|wife|grandmother|grandfather|brother|sister)"
)
_CALLED = r"(?:genaamd|met\s+de\s+naam|met\s+als\s+naam|heet|die\s+heet|named|called|whose\s+name\s+is)"

_BEHIND_PATIENT = re.compile(
    rf"\b(?P<whose>(?i:mijn|onze|m'n|deze|my|our|this)\s+)?(?i:{_PATIENT})\s*[:,(]?\s*(?P<called>(?i:{_CALLED})\s+)?"
    rf"(?P<title>(?i:{_TITLE})\s+)?(?P<name>{_NAME})"
)
_OF_INSURER = re.compile(rf"(?i:verzekerde|insured(?:\s+person)?|policy\s*holder)\s+(?:van|of)\s+{_CAPITAL}")
"""'een verzekerde van Zilverberg': whose he is, unless the name is one of the lists ('verzekerde Van Dijk')."""
_BEHIND_TITLE = re.compile(rf"\b(?i:{_TITLE})\s+(?P<name>{_NAME})")
_BEHIND_FAMILY = re.compile(rf"\b(?i:mijn|m'n|onze|my|our)\s+(?i:{_FAMILY})\s*,?\s*(?P<name>{_NAME})")
_LABEL = (
    rf"\b(?i:naam\s+(?:van\s+(?:de|mijn|onze)\s+)?{_PATIENT}|{_PATIENT}(?:en)?naam|(?:patient|client)(?:'s)?\s+name)"
)
_LABELLED = re.compile(rf"{_LABEL}\s*(?:(?i::|=|is|was)\s*)?(?P<name>{_NAME})")
_LABELLED_PLAIN = re.compile(rf"{_LABEL}\s*(?i::|=|is|was)\s*(?P<name>(?i:{_PLAIN_NAME}))")
_UNCASED = re.compile(
    rf"\b(?:{_PATIENT}|{_TITLE})\s*[:,(]?\s*(?:{_CALLED}\s+)?(?:{_TITLE}\s+)?(?P<name>{_PLAIN_NAME})", re.IGNORECASE
)
_FULL = re.compile(rf"(?<![\w.])(?P<name>{_INITIALS}{_SURNAME}|{_NAME})")
_MONTH = re.compile(r"\s*(?:[-.\d]|t/m|tot)")
_SURNAME_END = re.compile(
    r"(?:sen|stra|sma|inga|ema|mans|huis|veld|berg|broek|man|ink|hof|wijk|oglu|dijk|aars|sson|wicz|ska|ski)$"
)


def find_names(text: str) -> Iterator[Span]:
    """Where names of persons in care stand."""
    is_title_case = _is_title_case(text)
    for match in _BEHIND_PATIENT.finditer(text):
        span = _trimmed(text, match.span("name"))
        if span and _is_patient(text, match, span, is_title_case=is_title_case):
            yield span
    for match in _LABELLED.finditer(text):
        span = _trimmed(text, match.span("name"))
        if span:
            yield span
    for pattern in (_BEHIND_TITLE, _BEHIND_FAMILY):
        for match in pattern.finditer(text):
            span = _trimmed(text, match.span("name"))
            if span and is_cared_for(text, match.start(), span[1]):
                yield span
    yield from _full_names(text)
    yield from _without_capitals(text)


def _is_patient(text: str, match: re.Match[str], span: Span, *, is_title_case: bool) -> bool:
    """Whether the capitalised words behind 'patiënt' are a name, and not a medicine, a law or a place."""
    name = text[slice(*span)]
    if _OF_INSURER.match(text[match.start() : span[1]]) and not _is_listed(name):
        return False
    if match["called"] or match["title"] or _holds_known(name):
        return True
    if is_title_case:
        return False
    if len(name.split()) > 1 or _SURNAME_END.search(name):
        return True
    before = text[: match.start()].rstrip()
    return bool(match["whose"] or not before or before[-1] in ".?!:;") and does_something(text, span[1])


def _full_names(text: str) -> Iterator[Span]:
    """First name or initials with a surname, followed by a birth date, an age, or what the person has."""
    for match in _FULL.finditer(text):
        span = _trimmed(text, match.span("name"))
        if span is None:
            continue
        name = text[slice(*span)]
        is_full = re.match(_INITIALS, name) or (len(name.split()) > 1 and _is_first(name.split()[0]))
        if is_full and suffers(text, *span):
            yield span


def _without_capitals(text: str) -> Iterator[Span]:
    """Known names behind a label, 'patiënt' or a title, where capitals tell nothing."""
    for match in _LABELLED_PLAIN.finditer(text):
        span = _known_part(text, match.span("name"))
        if span:
            yield span
    if text not in (text.lower(), text.upper()):
        return
    for match in _UNCASED.finditer(text):
        span = _known_part(text, match.span("name"))
        if span and (re.match(_PATIENT, match.group(), re.IGNORECASE) or is_cared_for(text, match.start(), span[1])):
            yield span


def _trimmed(text: str, span: Span) -> Span | None:
    """The part of a match that can be a name: up to the first word that names nobody; None when nothing is left."""
    start, end = span
    kept_end = start
    for match in re.finditer(r"\S+", text[start:end]):
        word = match.group()
        if word in _names("nobody") and not re.fullmatch(_PARTICLE, word, re.IGNORECASE):
            break
        kept_end = start + match.end()
    return (start, kept_end) if re.search(rf"(?!(?i:{_PARTICLE})\b){_CAPITAL}", text[start:kept_end]) else None


def _known_part(text: str, span: Span) -> Span | None:
    """The words from the start of a match up to the last name of the lists; None where the first is none of them."""
    start, end = span
    known_end, is_behind_particle = start, False
    for match in re.finditer(r"\S+", text[start:end]):
        word = match.group().lower()
        if re.fullmatch(_PARTICLE, word):
            is_behind_particle = True
            continue
        is_month = word == "jan" and _MONTH.match(text[start + match.end() :])
        is_known = word in _names("first") or word in _names("last")
        if is_month or not (is_known or (is_behind_particle and word.capitalize() in _names("capital"))):
            break
        known_end = start + match.end()
    return (start, known_end) if known_end > start else None


def _holds_known(name: str) -> bool:
    """Whether initials, a particle before a capital, or a name of the lists are in it."""
    if re.match(_INITIALS, name) or re.search(rf"(?:^|\s)(?:(?i:{_PARTICLE}))\s+{_CAPITAL}", name):
        return True
    return _is_listed(name)


def _is_listed(name: str) -> bool:
    """Whether a word of it is a name of the lists."""
    return any(_is_first(word) or word.lower() in _names("last") for word in name.replace("-", " ").split())


def _is_first(word: str) -> bool:
    return word.lower() in _names("first") or word in _names("capital")


def _is_title_case(text: str) -> bool:
    """Whether most words have a capital, so that one tells nothing."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 4 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


@cache
def _names(kind: str) -> frozenset[str]:
    lists = yaml.safe_load(resources.files("assistant.guard").joinpath("names.yaml").read_text("utf-8"))
    return frozenset(str(lists[kind]).split())
