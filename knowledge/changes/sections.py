"""Which section of one policy is which of the other: by title and content, not by number alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.changes.sentences import Sentence, indexed_sections
from knowledge.dutch import STOP_WORDS, fold, words
from knowledge.records import PolicyText, Section

SAME_CONTENT = 0.6
"""Share of content words in common from which two sections are one, whatever their titles."""
SAME_NUMBER_CONTENT = 0.4
"""The same where they bear the same number."""
SAME_TITLE_CONTENT = 0.15
"""The same where they bear the same title, at another place."""

_NUMBER_IN_FRONT = re.compile(r"^\d[\w.]*\s+")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class _Outline:
    """A section as it is matched: its title, its titles from the top down, and its content words."""

    section: Section
    title: str
    path: tuple[str, ...]
    content: Counter[str]


def match_sections(
    old: PolicyText,
    new: PolicyText,
    old_sentences: Mapping[str, Sequence[Sentence]],
    new_sentences: Mapping[str, Sequence[Sentence]],
) -> dict[str, str]:
    """The id of the old section by the id of the new one, for every section that both have."""
    before = [_outline(section, old_sentences.get(section.id, ())) for section in indexed_sections(old)]
    after = [_outline(section, new_sentences.get(section.id, ())) for section in indexed_sections(new)]
    old_paths, new_paths = Counter(each.path for each in before), Counter(each.path for each in after)
    by_path = {each.path: each for each in before if old_paths[each.path] == 1}
    matched = {
        each.section.id: by_path[each.path].section.id
        for each in after
        if new_paths[each.path] == 1 and each.path in by_path
    }
    left_old = [each for each in before if each.section.id not in matched.values()]
    left_new = [each for each in after if each.section.id not in matched]
    ranked = sorted(
        ((_rank(one, other), i, j) for i, one in enumerate(left_old) for j, other in enumerate(left_new)),
        key=lambda each: (-each[0], abs(each[1] - each[2]), each[1]),
    )
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for rank, i, j in ranked:
        if rank > 0 and i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            matched[left_new[j].section.id] = left_old[i].section.id
    return matched


def _outline(section: Section, sentences: Sequence[Sentence]) -> _Outline:
    content = Counter(w for each in sentences for w in words(each.text) if w not in STOP_WORDS)
    return _Outline(section, _key(section.title), tuple(map(_key, section.path)), content)


def _key(title: str) -> str:
    """A title as it is compared: without its number, years alike."""
    return _YEAR.sub("jaartal", " ".join(fold(_NUMBER_IN_FRONT.sub("", title)).split()))


def _rank(one: _Outline, other: _Outline) -> float:
    """How surely two sections are one; 0 where they are not."""
    shared = sum((one.content & other.content).values())
    both = sum(one.content.values()) + sum(other.content.values())
    content = 2 * shared / both if both else 0.0
    same_title, same_path = one.title == other.title, one.path == other.path
    same_number = one.section.number is not None and one.section.number == other.section.number
    is_bare = not one.content and not other.content
    is_one = (
        content >= SAME_CONTENT
        or (same_number and content >= SAME_NUMBER_CONTENT)
        or (same_title and (content >= SAME_TITLE_CONTENT or same_path or is_bare))
    )
    return content + 0.5 * same_title + 0.3 * same_path + 0.2 * same_number if is_one else 0.0
