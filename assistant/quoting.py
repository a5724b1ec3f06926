"""How quotes are shown: a sentence with what it cannot be read without, a list whole, cells of a row apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.citations import LONGEST_QUOTE_CHARS, CitationBook
from assistant.turn import Language
from assistant.units import Unit
from knowledge.dutch import STOP_WORDS, stem, words
from knowledge.records import Part, Passage, Policy, PolicyText, Span
from knowledge.sentences import split_sentences

WINDOW_WORDS = 60
"""A quoted sentence is followed by the next ones of its paragraph up to this length."""
LEAST_HEADED = 3
"""A row with fewer cells is read without the headings of its columns."""
LEAST_BEGINNING = 4
"""A shorter heading of a column is not taken for the beginning of a word."""

_VALUE = re.compile(r"\d|€")
_SOURCE: dict[Language, str] = {"nl": "Bron", "en": "Source"}
_POLICY_WORD = re.compile(r"^(?:zorg)?inkoopbeleid\s+|^procurement policy(?: for)?\s+", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\W*(?:dit|deze|dat|die|daar\w*|hier\w*|dan|zo|in dat geval|ook)\b", re.IGNORECASE)


def list_text(
    parts: Sequence[tuple[Passage, Part]], texts: dict[str, PolicyText], book: CitationBook, language: Language
) -> str:
    """A list as Markdown: its lead-in, its items with the mark of their quote, and the source."""
    first, opening = parts[0]
    source = texts[first.policy_id]
    lines = [cell(source.text[span.start : span.end]) for span in opening.lead]
    for passage, part in parts:
        for block, span in _lines(source.text, part.start, part.end):
            label = book.cite(passage, span).label if span.end - span.start else 0
            lines.append(block if block.endswith(":") else f"- {block} [{label}]")
    return "\n".join([*_merged_labels(lines), "", source_line(source.policy, [first], language)])


def _lines(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """The lines of a list, each with the span that cites it: up to 600 characters of consecutive lines."""
    groups: list[Span] = []
    for match in re.finditer(r"[^\n]+", text[start:end]):
        line = Span(start=start + match.start(), end=start + match.end())
        if groups and line.end - groups[-1].start <= LONGEST_QUOTE_CHARS:
            groups[-1] = Span(start=groups[-1].start, end=line.end)
        else:
            groups.append(line)
    for group in groups:
        for match in re.finditer(r"[^\n]+", text[group.start : group.end]):
            yield match.group().strip(), group


def _merged_labels(lines: Sequence[str]) -> list[str]:
    """The mark only on the last of consecutive lines with the same one."""
    merged = list(lines)
    for index in range(len(merged) - 1):
        mark = re.search(r" \[\d+\]$", merged[index])
        if mark and merged[index + 1].endswith(mark.group()):
            merged[index] = merged[index][: mark.start()]
    return merged


def quoted(unit: Unit, texts: dict[str, PolicyText], book: CitationBook, question: str = "") -> str:
    """A unit between quotation marks with its mark, its list's lead-in in front; a row below its column headings."""
    passage, text = unit.hit.passage, texts[unit.hit.passage.policy_id].text
    if (row := headed_row(unit.text, _above(unit, text), question)) is not None:
        return f"{row} [{book.cite(passage, unit.span).label}]"
    span = window(unit, text)
    cited = book.cite(passage, span)
    # What is shown is what is cited: a long quote ends where its citation ends.
    shown = f"“{cell(text[span.start : min(span.end, cited.end)])}” [{cited.label}]"
    part = passage.part_at(span.start)
    for lead in part.lead or _own_lead(part, text, span):
        if text[lead.start : lead.end].rstrip().endswith(":"):
            leading = book.cite(passage, lead)
            return f"{cell(leading.quote)} [{leading.label}] {shown}"
    return shown


def _above(unit: Unit, text: str) -> list[str]:
    """The lines of a row's table above it, the nearest first."""
    part = unit.hit.passage.part_at(unit.span.start)
    spans = [*part.lead, Span(start=part.start, end=max(part.start, unit.span.start))]
    return [line for span in spans for line in text[span.start : span.end].splitlines()][::-1]


def headed_row(row: str, above: Sequence[str], question: str = "") -> str | None:
    """A row with several values, each behind its column's heading; None where it has no others or no heading.

    Where the question names columns, only theirs are shown: the figures of the others are not its answer.
    """
    cells = [each.strip() for each in row.split("\t")]
    if len(cells) < LEAST_HEADED:
        return None
    header = next((line for line in above if line.count("\t") == len(cells) - 1 and not _VALUE.search(line)), None)
    if header is None:
        return None
    titles = [each.strip() for each in header.split("\t")]
    asked = {stem(word) for word in words(question)}
    named = [at for at in range(1, len(cells)) if _names(asked, titles[at])]
    shown = named or range(1, len(cells))
    return cell("\t".join([cells[0], *(f"{titles[at]}: {cells[at]}" for at in shown if cells[at])]))


def _names(asked: Collection[str], title: str) -> bool:
    """Whether a question names a column: by its word, or by a compound that begins with it ('basiscontract')."""
    own = {stem(word) for word in words(title)} - {stem(word) for word in STOP_WORDS}
    return any(
        word == each or (len(each) >= LEAST_BEGINNING and word.startswith(each)) for each in own for word in asked
    )


def _own_lead(part: Part, text: str, span: Span) -> list[Span]:
    """The lead-in of a list that stands in the part's own text, when `span` is an item below it."""
    if part.kind != "list":
        return []
    end = text.find("\n", part.start, span.start)
    return [Span(start=part.start, end=end)] if end > 0 and text[part.start : end].rstrip().endswith(":") else []


def window(unit: Unit, text: str) -> Span:
    """The unit with the sentences around it that it cannot be read without.

    A question draws its answer in, a sentence that points back draws in the one before, and a
    sentence goes on with the next ones of its paragraph up to `WINDOW_WORDS`.
    """
    passage = unit.hit.passage
    if "\t" in unit.text or passage.part_at(unit.span.start).kind == "table":
        return unit.span
    start, end = unit.span.start, unit.span.end
    line_start = text.rfind("\n", passage.start, start) + 1 or passage.start
    line_end = text.find("\n", end, passage.end)
    line = list(split_sentences(text, max(line_start, passage.start), line_end if line_end > 0 else passage.end))
    at = next((i for i, span in enumerate(line) if span.start == start), None)
    if at is None:
        return unit.span
    first, last = at, at
    if _POINTS_BACK.match(text[start:end]) and at:
        first -= 1
    while last + 1 < len(line) and len(text[line[first].start : line[last + 1].end].split()) <= WINDOW_WORDS:
        last += 1
    return Span(start=line[first].start, end=line[last].end)


def cell(text: str) -> str:
    """A quote as shown: cells of a row apart by a dash, white space folded, nothing that Markdown would act on."""
    shown = " – ".join(" ".join(cell.split()) for cell in text.split("\t") if cell.strip())
    return re.sub(r"([*_`<>\[\]#])", r"\\\1", shown)


def source_line(policy: Policy, passages: Sequence[Passage], language: Language) -> str:
    """Where an answer is from: policy, insurer and the sections that are not named as the policy itself."""
    word = _SOURCE[language]
    headings = dict.fromkeys(p.heading_path[-1] if p.heading_path else p.section for p in passages)
    sections = "; ".join(heading for heading in headings if heading != policy.title)
    named = policy_name(policy) + (f", {sections}" if sections else "")
    return f"{word}: {named}" + ("" if named.endswith(("?", "!", ".")) else ".")


def is_source(policy: Policy, answer: str) -> bool:
    """Whether an answer names a policy as the one source that it is from."""
    lines = [line for line in answer.splitlines() if line.startswith(tuple(f"{word}: " for word in _SOURCE.values()))]
    return len(lines) == 1 and policy_name(policy) in lines[0]


def policy_name(policy: Policy) -> str:
    """A policy as an answer names it: insurer, what it is about and year; the citations bear its whole title."""
    return f"{policy.insurer}, {short_title(policy)}"


def short_title(policy: Policy) -> str:
    """The title without the word for procurement policy and what follows a comma, with the year.

    'Inkoopbeleid Farmaceutische zorg, verbruiksartikelen en dieetpreparaten 2027' is 'Farmaceutische zorg 2027'.
    """
    subject = _POLICY_WORD.sub("", policy.title).split(",")[0].strip()
    if not subject.strip("0123456789 "):
        subject = policy.title.strip()
    return subject if str(policy.year) in subject else f"{subject} {policy.year}"
