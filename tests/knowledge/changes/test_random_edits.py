"""Random edits of random sentences are all found, and what was not edited gives nothing."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from knowledge.changes.compare import compare, list_changes
from knowledge.changes.sentences import sentences_by_section
from knowledge.records import PolicyText
from tests.next_edition import FOLDER, read_markdown_policy

POLICIES = sorted(path.stem for path in FOLDER.glob("*.md"))
EDITS_AT_ONCE = 6
ROUNDS = 4


@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("policy_id", POLICIES)
def test_edited_sentences_are_found_and_no_others(policy_id: str, seed: int, tmp_path: Path) -> None:
    source = (FOLDER / f"{policy_id}.md").read_text("utf-8")
    old = read_markdown_policy(tmp_path, policy_id, source)
    draw = random.Random(f"{policy_id} {seed}")
    edited, wanted = source, set()
    for number, sentence in enumerate(draw.sample(editable(old, source), EDITS_AT_ONCE)):
        kind = draw.choice(["changed", "removed", "added"])
        replacement = edit(kind, sentence, number, draw)
        edited = edited.replace(sentence, replacement)
        wanted.add((kind, sentence if kind != "added" else f"Dit is de nieuwe zin met nummer zz{number}."))
    changes = list_changes(compare(old, read_markdown_policy(tmp_path, policy_id, edited)))
    found = {
        (sentence.kind, sentence.new if sentence.kind == "added" else sentence.old)
        for section in changes.sections
        for sentence in section.sentences
    }
    assert found == wanted
    assert all(section.kind == "changed" for section in changes.sections)


def editable(text: PolicyText, source: str) -> list[str]:
    """Sentences within a paragraph, none of them its only one, that stand in the file once and as they are read."""
    found = []
    for sentences in sentences_by_section(text).values():
        for before, sentence in pairwise(sentences):
            raw = text.text[sentence.span.start : sentence.span.end]
            follows = text.text[before.span.end : sentence.span.start] == " "
            if follows and raw.endswith(".") and len(raw.split()) >= 8 and source.count(raw) == 1:
                found.append(raw)
    return found


def edit(kind: str, sentence: str, number: int, draw: random.Random) -> str:
    if kind == "removed":
        return ""
    if kind == "added":
        return f"{sentence} Dit is de nieuwe zin met nummer zz{number}."
    words = sentence.split()
    words[draw.randrange(1, len(words) - 1)] = "zzanders"
    return " ".join(words)
