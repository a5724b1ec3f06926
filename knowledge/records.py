"""The nouns of the project: frozen records that carry a citation from file to screen.

Offsets are counted in characters of a policy's *kept text* (`PolicyText.text`), the text after
cleaning; `start` is included, `end` is not. Pages count from 1 in the file; plain text and
Markdown have none.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Policy(Record):
    """One insurer's procurement policy for a contract year, as its manifest entry says."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,80}$")
    file: str = Field(min_length=1)
    insurer: str = Field(min_length=1)
    labels: tuple[str, ...] = ()
    year: int = Field(ge=2000, le=2100)
    title: str = Field(min_length=1)
    care: tuple[str, ...] = ()
    version: str | None = None
    published_on: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    source: str | None = None
    authority: Literal["original", "restatement"] = "original"


class Span(Record):
    """A stretch of kept text, end excluded."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Page(Record):
    """Where a page of the file begins in the kept text, with the label printed on it."""

    start: int
    number: int
    label: str | None = None


class Section(Record):
    """A numbered or titled part of a policy.

    `path` holds the headings from the top down to this section, each with its number in front.
    `end` is where the section's own text stops: the next heading of any level, or the end.
    `contents` sections (a table of contents) are kept for reading and never indexed.
    """

    id: str
    number: str | None
    title: str
    level: int = Field(ge=1)
    path: tuple[str, ...]
    start: int
    end: int
    page: int | None = None
    kind: Literal["body", "annex", "contents", "front"] = "body"

    @property
    def name(self) -> str:
        """How the section is named in a citation: the nearest number above or at it, else its title."""
        for heading in reversed(self.path):
            first, _, rest = heading.partition(" ")
            if rest and first.replace(".", "").isdigit():
                return first
        return self.title


PartKind = Literal["paragraph", "list", "table"]


class Part(Record):
    """A paragraph, list or table within a passage: its own text, and the stretches that lead into it."""

    kind: PartKind
    start: int
    end: int
    lead: tuple[Span, ...] = ()


class Passage(Record):
    """What is indexed and cited: a stretch of one section.

    `start`/`end` is the passage's own text; `lead` are the stretches shown before it because it
    cannot be read without them (a list's lead-in, a table's caption and header). `text` is the
    lead followed by the own text, each verbatim from the kept text, joined by line breaks. `parts`
    are the paragraphs, lists and tables that it is packed from, in order; none: it is one of `kind`.
    """

    id: str
    policy_id: str
    section_id: str
    section: str
    heading_path: tuple[str, ...]
    page: int | None
    page_label: str | None = None
    start: int
    end: int
    lead: tuple[Span, ...] = ()
    text: str
    kind: PartKind = "paragraph"
    parts: tuple[Part, ...] = ()
    annex: bool = False

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """The parts, or the whole as the only one."""
        return self.parts or (Part(kind=self.kind, start=self.start, end=self.end, lead=self.lead),)

    def part_at(self, offset: int) -> Part:
        """The part in which `offset` of the kept text stands, or the nearest one before it."""
        return next((part for part in reversed(self.all_parts) if part.start <= offset), self.all_parts[0])


class DateValue(Record):
    """A date as a text words it.

    `exact`: one civil day. `period`: a stretch with exact ends (a month, a quarter, van ... t/m ...).
    `vague`: a stretch without them ("eind augustus 2025"), of which `first` and `last` are the
    outermost days it can mean. Both ends are included. `bound` tells what the words in front say of
    it. `assumed_year`: the text names no year; it was concluded from the day on which it was asked.
    """

    kind: Literal["exact", "period", "vague"]
    first: dt.date
    last: dt.date
    bound: Literal["on", "by", "before", "from", "after"] = "on"
    assumed_year: bool = False
    text: str


class Term(Record):
    """A length of time as a text words it, and to which side of its anchor it runs.

    `within`: at most `amount` units after the anchor; `after` and `before`: that many units behind
    or ahead of it. `anchor` holds the words that say what is counted from ("de dag van ontvangst"),
    empty where the text says none.
    """

    amount: int = Field(ge=1)
    unit: Literal["day", "week", "month", "year", "working_day"]
    direction: Literal["within", "after", "before"]
    anchor: str = ""
    text: str


class Fact(Record):
    """A typed row of a planning or contact table: what, its value, for whom, and where it stands."""

    id: str
    policy_id: str
    kind: Literal["deadline", "contact"]
    topic: str
    value: str
    dates: tuple[DateValue, ...] = ()
    addresses: tuple[str, ...] = ()
    for_whom: str | None = None
    passage_id: str
    spans: tuple[Span, ...]
    page: int | None = None


class Oddity(Record):
    """Something in a source that an operator may want to look at."""

    kind: Literal["optical_fault", "repaired", "page_without_text", "numbering", "table", "other"]
    text: str
    page: int | None = None


class PolicyText(Record):
    """A policy after ingest: its kept text and everything that points into it."""

    policy: Policy
    text: str
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...] = ()
    oddities: tuple[Oddity, ...] = ()
