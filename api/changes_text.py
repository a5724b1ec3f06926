"""What `loket diff` shows in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.changes.records import CardChange, MovedFigure, PolicyChanges, SectionChange, SentenceChange

LONGEST_SHOWN = 160
_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


def changes_text(changes: PolicyChanges) -> str:
    """Sections with their sentences and figures, rules, statements and questions; totals last."""
    lines = [f"{changes.against} -> {changes.policy_id}", ""]
    for section in changes.sections:
        lines += _section(section)
    lines += _cards("rules", changes.rules)
    lines += _cards("statements", changes.statements)
    lines += _questions(changes)
    return "\n".join([*lines, *_totals(changes)])


def _section(section: SectionChange) -> Iterator[str]:
    number = f"{section.section} " if section.section != section.title else ""
    was = []
    if section.renumbered:
        was.append(f"was {section.old_section}")
    if section.retitled:
        was.append(f"was {section.old_title!r}")
    yield f"{_SIGNS[section.kind]} {number}{section.title}" + (f"  ({', '.join(was)})" if was else "")
    for sentence in section.sentences:
        yield from _sentence(sentence)


def _sentence(sentence: SentenceChange) -> Iterator[str]:
    if sentence.kind == "moved":
        yield f"    > moved: {_short(sentence.new)}"
        return
    if sentence.old is not None:
        yield f"    - {_short(sentence.old)}"
    if sentence.new is not None:
        yield f"    + {_short(sentence.new)}"
    yield from (f"        {_figure(figure)}" for figure in sentence.figures)


def _figure(figure: MovedFigure) -> str:
    return f"{figure.kind}: {figure.old or '(none)'} -> {figure.new or '(none)'}"


def _cards(what: str, cards: Sequence[CardChange]) -> Iterator[str]:
    """The cards that are worth a line: all but those that are proven as they were."""
    told = [card for card in cards if card.why or card.state != "proven"]
    if told:
        yield from ("", f"{what}:")
    for card in told:
        look = ", look at it" if card.look else ""
        yield f"    {card.state}{look}: {card.name}" + (f" ({_short(card.why, 3)})" if card.why else "")


def _questions(changes: PolicyChanges) -> Iterator[str]:
    told = [change for change in changes.questions if change.state != "carried"]
    if told:
        yield from ("", "question bank:")
    for change in told:
        yield f"    {change.state}: {_short(change.questions[0])} ({_short(change.why)})"


def _totals(changes: PolicyChanges) -> Iterator[str]:
    kinds = Counter("renumbered" if _is_only_renamed(each) else each.kind for each in changes.sections)
    yield ""
    yield f"sections: {_counts(kinds)}; {changes.unchanged_sections} unchanged"
    sentences = Counter[str](each.kind for section in changes.sections for each in section.sentences)
    yield f"sentences: {_counts(sentences)}; {changes.years_only} differ only in the policy's year"
    figures = Counter[str](each.kind for section in changes.sections for each in section.figures)
    yield f"figures moved: {_counts(figures)}"
    for what, cards in (("rules", changes.rules), ("statements", changes.statements)):
        if cards:
            look = sum(card.look for card in cards)
            yield f"{what}: {_counts(Counter(card.state for card in cards))}; {look} need a person"
    if changes.questions:
        yield f"bank lines: {_counts(Counter(each.state for each in changes.questions))}"


def _is_only_renamed(section: SectionChange) -> bool:
    return section.kind == "changed" and not section.sentences


def _counts(counts: Counter[str]) -> str:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{count} {what}" for what, count in ordered) or "none"


def _short(text: str | None, times: int = 1) -> str:
    shown = text or ""
    return shown if len(shown) <= LONGEST_SHOWN * times else f"{shown[: LONGEST_SHOWN * times]}..."
