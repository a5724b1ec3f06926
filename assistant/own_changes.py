"""What a policy itself lists as changed for the care asked about: the lists under that care's heading, whole."""

from __future__ import annotations

from assistant.change_answer import asks_changes
from assistant.evidence import Evidence
from assistant.rows import care_of
from assistant.whole_lists import MAX_LIST_WORDS, are_of_changes
from knowledge.records import Part, Passage, PolicyText


def own_changes(evidence: Evidence, texts: dict[str, PolicyText]) -> list[tuple[Passage, Part]] | None:
    """The lists of changes under a heading that names care of the question; None where there are none, or too long."""
    ids = evidence.understanding.scope.policy_ids or tuple(texts)
    if len(ids) != 1 or not asks_changes(evidence.question):
        return None
    thesaurus, source = evidence.searcher.thesaurus, texts[ids[0]]
    asked = care_of(evidence.question, thesaurus)
    found = [
        (passage, part)
        for passage in source.passages
        if len(passage.heading_path) > 1
        and are_of_changes(passage.heading_path[:-1])
        and asked & care_of(passage.heading_path[-1], thesaurus)
        for part in passage.all_parts
        if part.kind == "list"
    ]
    count = sum(len(source.text[part.start : part.end].split()) for _, part in found)
    return found if found and count <= MAX_LIST_WORDS else None
