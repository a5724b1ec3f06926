"""A small assistant without an index: it answers from one made-up policy, the same way every time."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.model.budget import Listener
from assistant.turn import Answer, Citation, Clarification, ClarificationOption, Handoff, HistoryTurn, Scope
from knowledge.records import Page, Passage, Policy, PolicyText, Section, Span
from knowledge.rules.proven import PolicyRules
from knowledge.search import SearchResult

POLICY = Policy(
    id="noorderlicht-fysio-2027",
    file="noorderlicht.pdf",
    insurer="Noorderlicht",
    labels=("Noorderlicht", "Poolster"),
    year=2027,
    title="Inkoopbeleid Fysiotherapie 2027",
    care=("fysiotherapie", "oefentherapie"),
    version="1.2",
    published_on=dt.date(2026, 3, 30),
    valid_from=dt.date(2027, 1, 1),
    valid_until=dt.date(2027, 12, 31),
    source="www.noorderlicht.example",
)
RESTATED = POLICY.model_copy(
    update={
        "id": "zuiderzon-logopedie-2026",
        "insurer": "Zuiderzon",
        "year": 2026,
        "labels": (),
        "version": None,
        "title": "Inkoopbeleid Logopedie 2026",
        "care": ("logopedie",),
        "authority": "restatement",
        "published_on": None,
        "valid_from": dt.date(2026, 1, 1),
        "valid_until": dt.date(2026, 12, 31),
    }
)

# (heading level, number, title, lines); an empty string is an empty line, a tab separates cells.
_PARTS: tuple[tuple[int, str | None, str, tuple[str, ...]], ...] = (
    (1, "1", "Over dit beleid", ("Dit hoofdstuk legt uit voor wie het beleid bedoeld is.",)),
    (
        2,
        "1.1",
        "Leeswijzer",
        (
            "Lees eerst de planning. Daarna volgen de voorwaarden.",
            "",
            "Wie al een contract heeft, begint bij hoofdstuk 3.",
        ),
    ),
    (1, "2", "Aanvragen", ("Een praktijk vraagt het contract aan via het portaal.",)),
    (
        2,
        "2.1",
        "Planning",
        (
            "De planning voor 2027:",
            "",
            "Stap\tDatum",
            "Aanvraag open\t1 september 2026",
            "Tekenen\tuiterlijk 13 november 2026",
        ),
    ),
    (
        2,
        "2.2",
        "Voorwaarden",
        (
            "Een praktijk komt in aanmerking als zij:",
            "een geldige AGB-code heeft;",
            "ten minste twee behandelkamers heeft;",
            "op werkdagen telefonisch bereikbaar is.",
        ),
    ),
    (1, "3", "Contact", ("Vragen stelt u aan de afdeling inkoop. <b>Bel</b> & mail mag beide.",)),
)


def policy_text(policy: Policy, filler: int = 0) -> PolicyText:
    """A policy of three chapters with a table and a list; `filler` adds that many paragraphs to chapter 3."""
    text = ""
    sections: list[Section] = []
    passages: list[Passage] = []
    pages: list[Page] = []
    path: list[str] = []
    for place, (level, number, title, lines) in enumerate(_PARTS):
        if text:
            text += "\n\n"
        path = [*path[: level - 1], f"{number} {title}"]
        start = len(text)
        if level == 1:
            pages.append(Page(start=start, number=len(pages) + 1))
        body = "\n".join(lines)
        if place == len(_PARTS) - 1 and filler:
            body += "".join(f"\n\nToelichting {count}: deze alinea vult de bladzijde." for count in range(filler))
        text += f"{title}\n\n"
        leads_in = lines[0].endswith(":")
        lead_end = len(lines[0]) if leads_in else 0
        own = len(text) + (len(body) - len(body[lead_end:].lstrip()) if leads_in else 0)
        lead = (Span(start=len(text), end=len(text) + lead_end),) if leads_in else ()
        end = len(text) + len("\n".join(lines))
        text += body
        kind = "table" if "\t" in body else "list" if leads_in else "paragraph"
        sections.append(
            Section(
                id=f"s{place}", number=number, title=title, level=level, path=tuple(path), start=start, end=len(text)
            )
        )
        shown = "\n".join([text[span.start : span.end] for span in lead] + [text[own:end]])
        passages.append(
            Passage.model_validate(
                {
                    "id": f"{policy.id}:{place}",
                    "policy_id": policy.id,
                    "section_id": f"s{place}",
                    "section": number,
                    "heading_path": path,
                    "page": len(pages),
                    "start": own,
                    "end": end,
                    "lead": lead,
                    "text": shown,
                    "kind": kind,
                }
            )
        )
    ends = [section.start for section in sections[1:]] + [len(text)]
    sections = [section.model_copy(update={"end": end}) for section, end in zip(sections, ends, strict=True)]
    return PolicyText(policy=policy, text=text, pages=tuple(pages), sections=tuple(sections), passages=tuple(passages))


@dataclass(frozen=True)
class FakeSnapshot:
    id: str
    texts: Mapping[str, PolicyText]
    rules: Mapping[str, PolicyRules] = field(default_factory=dict)
    built_at: dt.datetime = dt.datetime(2026, 9, 1, 10, 30, tzinfo=dt.UTC)


@dataclass
class Call:
    """What the assistant was asked."""

    question: str
    today: dt.date
    history: tuple[HistoryTurn, ...]
    scope: Mapping[str, object] | None
    language: str | None


def citation(text: PolicyText, place: int, label: int) -> Citation:
    """The passage at `place` as a citation."""
    passage, policy = text.passages[place], text.policy
    return Citation(
        label=label,
        policy_id=policy.id,
        policy_title=policy.title,
        insurer=policy.insurer,
        year=policy.year,
        authority=policy.authority,
        section=passage.section,
        heading_path=passage.heading_path,
        page=passage.page,
        quote=passage.text,
        passage_id=passage.id,
        start=passage.start,
        end=passage.end,
        url=f"/policies/{policy.id}?passage={passage.id}#{passage.id}",
    )


@dataclass
class FakeAssistant:
    """Answers by the words in the question; `hold` keeps answers back until it is set.

    To "woorden" it tells the evidence and a first sentence before that, as where a model words the answer.
    """

    snapshot: FakeSnapshot
    calls: list[Call] = field(default_factory=list)
    hold: threading.Event | None = None
    is_degraded: bool = False
    started: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def answer(
        self,
        question: str,
        *,
        today: dt.date,
        history: Sequence[HistoryTurn] = (),
        scope: Mapping[str, object] | None = None,
        language: str | None = None,
        listener: Listener | None = None,
    ) -> Answer:
        self.calls.append(Call(question, today, tuple(history), scope, language))
        self.started.release()
        if listener and "woorden" in question:
            listener.evidence((citation(self.snapshot.texts[POLICY.id], 3, 1),), ({"sentence": "Nog 14 dagen."},))
            listener.text("U tekent **op tijd** [1].")
        if self.hold:
            assert self.hold.wait(10)
        if "kapot" in question:
            raise ZeroDivisionError(f"secret: {question}")
        receipt_id = hashlib.sha256(question.encode("utf-8", "replace")).hexdigest()[:20]
        return self._answer(question, today, scope or {}).model_copy(update={"receipt_id": receipt_id})

    def _answer(self, question: str, today: dt.date, scope: Mapping[str, object]) -> Answer:
        about = Scope(
            insurer="Noorderlicht",
            year=2027,
            care="fysiotherapie",
            policy_ids=(POLICY.id,),
            said=("care",),
            assumed=("year",),
        )
        text = self.snapshot.texts[POLICY.id]
        if "welke" in question and not scope:
            options = tuple(
                ClarificationOption(label=f"{p.title} ({p.insurer})", scope={"insurer": p.insurer, "year": p.year})
                for p in (POLICY, RESTATED)
            )
            return Answer(
                status="clarify_policy",
                language="nl",
                text="Over welk beleid gaat uw vraag?",
                today=today,
                clarification=Clarification(question="Over welk beleid gaat uw vraag?", options=options),
            )
        if "weer" in question:
            mail = Handoff(
                email="inkoop@noorderlicht.example", subject="Vraag & antwoord", body="Geachte inkoop,\nwij vragen"
            )
            return Answer(
                status="out_of_scope_other",
                language="nl",
                text="Daarover gaat het inkoopbeleid niet.",
                handoff=mail,
                today=today,
            )
        if "echo" in question:
            quoted = citation(text, 5, 1).model_copy(
                update={"quote": question, "policy_title": question, "insurer": question}
            )
            return Answer(
                status="answered",
                language="nl",
                text=f"{question} [1] [7]",
                citations=(quoted,),
                notices=(question,),
                follow_ups=(question,),
                today=today,
            )
        return Answer(
            status="answered",
            language="nl",
            today=today,
            scope=about,
            receipt_id="receipt-1",
            follow_ups=("Wie kan ik bellen?",),
            text=(
                "U tekent **uiterlijk 13 november 2026** [1]."
                " Uw praktijk heeft nodig:\n\n- een geldige AGB-code [2]\n- ten minste twee behandelkamers [2]"
            ),
            citations=(citation(text, 3, 1), citation(text, 4, 2)),
            results=(
                {
                    "rule": "tekenen",
                    "verdict": "value",
                    "value": "2026-11-13",
                    "unit": "date",
                    "sentence": "U heeft nog 14 dagen om te tekenen.",
                    "inputs": {},
                    "missing": ["aantal behandelkamers"],
                    "criteria": [
                        {"name": "AGB-code", "verdict": "met", "needs": "geldig", "given": True, "citation": 2},
                        {"name": "behandelkamers", "verdict": "undecided", "needs": 2, "given": None, "citation": 2},
                    ],
                    "steps": ["Van vandaag tot en met 13 november 2026."],
                    "citations": [1],
                },
            ),
            notices=("Dit beleid geldt voor contractjaar 2027.",),
        )

    def search(self, query: str, *, k: int = 10, scope: object = None) -> list[SearchResult]:
        passages = [passage for text in self.snapshot.texts.values() for passage in text.passages]
        shown = set(SearchResult.model_fields) & set(Passage.model_fields)
        return [
            SearchResult(
                **passage.model_dump(include=shown),
                rank=rank,
                passage_id=passage.id,
                relevance=1 / rank,
                leg_ranks={"lexical": rank, "dense": None},
            )
            for rank, passage in enumerate(passages[:k], start=1)
        ]


def fake_assistant(snapshot_id: str = "snap-1", filler: int = 0) -> FakeAssistant:
    """An assistant over the two made-up policies."""
    texts = {policy.id: policy_text(policy, filler) for policy in (POLICY, RESTATED)}
    return FakeAssistant(FakeSnapshot(snapshot_id, texts))
