"""Citations: made from offsets, and checked against the text before an answer leaves.

An answer of which a quote does not stand in the text, or that holds a number or an address that
no quote holds, is withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote as url_quote

from assistant.turn import Citation, Language
from knowledge.figures import figures_of
from knowledge.records import Passage, PolicyText, Span
from knowledge.rules.proven import Spot

LONGEST_QUOTE_CHARS = 600
CITED_WORDS = 80
"""A paragraph, item or row up to this length is cited whole."""

_COMMAS = str.maketrans(".,", ",.")
_MARK = re.compile(r"\[\d{1,2}\]")


class CitationBook:
    """Numbers the citations of one answer; a quote cited twice keeps its label."""

    def __init__(self, texts: dict[str, PolicyText]) -> None:
        self._texts = texts
        self.citations: list[Citation] = []

    def cite(self, passage: Passage, span: Span) -> Citation:
        """The citation of `span` (cut to whole words at `LONGEST_QUOTE_CHARS`) in `passage`."""
        source = self._texts[passage.policy_id]
        end = _cut(source.text, span.start, min(span.end, len(source.text)))
        for citation in self.citations:
            if citation.policy_id == passage.policy_id and citation.start <= span.start and end <= citation.end:
                return citation
        policy = source.policy
        page = next((page for page in reversed(source.pages) if page.start <= span.start), None)
        citation = Citation(
            label=len(self.citations) + 1,
            policy_id=policy.id,
            policy_title=policy.title,
            insurer=policy.insurer,
            year=policy.year,
            authority=policy.authority,
            section=passage.section,
            heading_path=passage.heading_path,
            page=page.number if page else passage.page,
            page_label=page.label if page else passage.page_label,
            quote=source.text[span.start : end],
            passage_id=passage.id,
            start=span.start,
            end=end,
            url=f"/policies/{policy.id}?passage={url_quote(passage.id)}#{url_quote(passage.id)}",
        )
        self.citations.append(citation)
        return citation


def spot_line(spot: Spot, passage: Passage, text: str) -> Span:
    """The whole item, row or paragraph that a spot stands in, where that is not long, so that it is read in place."""
    start = max(text.rfind("\n", 0, spot.start) + 1, passage.start)
    end = text.find("\n", spot.end)
    line = Span(start=start, end=min(end if end >= 0 else len(text), passage.end))
    if len(text[line.start : line.end].split()) <= CITED_WORDS:
        return line
    return Span(start=spot.start, end=spot.end)


def _cut(text: str, start: int, end: int) -> int:
    if end - start <= LONGEST_QUOTE_CHARS:
        return end
    last_space = text.rfind(" ", start, start + LONGEST_QUOTE_CHARS)
    return last_space if last_space > start else start + LONGEST_QUOTE_CHARS


def unsupported(
    text: str,
    citations: Sequence[Citation],
    texts: dict[str, PolicyText],
    *,
    computed: Sequence[str] = (),
    language: Language = "nl",
) -> list[str]:
    """What `text` holds without support: quotes that are not in the policy, figures that no citation holds.

    A figure may also come from what names the source: the policy's title and year, the section; or from
    `computed`, the outcomes of rules as they were computed. In English points and commas change places.
    """
    faults = [
        f"quote {c.label} does not stand in {c.policy_id}"
        for c in citations
        if texts[c.policy_id].text[c.start : c.end] != c.quote
    ]
    allowed = {
        f
        for c in citations
        for part in (c.quote, c.policy_title, str(c.year), c.section, *c.heading_path)
        for f in figures_of(part)
    }
    allowed |= {figure for outcome in computed for figure in figures_of(outcome)}
    if language == "en":
        allowed |= {figure.translate(_COMMAS) for figure in allowed}
    faults += [
        f"figure {figure!r} stands in no quote" for figure in figures_of(_MARK.sub(" ", text)) if figure not in allowed
    ]
    return faults
