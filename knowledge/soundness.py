"""Do policies after ingest hold together? Checked before a snapshot is built, and in every full check of one."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.errors import SnapshotCorrupt
from knowledge.records import PolicyText, Span


def check_texts(texts: Sequence[PolicyText]) -> None:
    """Check that passages and facts point to what they say they point to, and that no id is used twice.

    Raises:
        SnapshotCorrupt: at the first fault, or when there is no passage at all.
    """
    _check_unique("policy", [text.policy.id for text in texts])
    _check_unique("passage", [passage.id for text in texts for passage in text.passages])
    if not any(text.passages for text in texts):
        raise SnapshotCorrupt(f"{len(texts)} policies hold no passage, wanted at least one; nothing was built")
    for text in texts:
        sections = {section.id: section for section in text.sections}
        for passage in text.passages:
            section = sections.get(passage.section_id)
            if passage.policy_id != text.policy.id or section is None:
                raise SnapshotCorrupt(f"passage {passage.id} stands in no section of policy {text.policy.id}")
            if not section.start <= passage.start < passage.end <= section.end <= len(text.text):
                raise SnapshotCorrupt(f"passage {passage.id} does not lie within section {section.id}")
            spans = (*passage.lead, Span(start=passage.start, end=passage.end))
            if passage.text != "\n".join(text.text[span.start : span.end] for span in spans):
                raise SnapshotCorrupt(f"passage {passage.id} differs from the text that it points to")
        held = {passage.id for passage in text.passages}
        stray = next((fact.id for fact in text.facts if fact.passage_id not in held), None)
        if stray is not None:
            raise SnapshotCorrupt(f"fact {stray} stands in no passage of policy {text.policy.id}")


def _check_unique(kind: str, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise SnapshotCorrupt(f"{kind} id {id_!r} is used twice; nothing was built")
        seen.add(id_)
