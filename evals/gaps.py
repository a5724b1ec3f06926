"""What the owner of a policy can mend: what was asked and not found, what had to be asked back, what is unclear.

Read from receipts of answers that were given, or from an answers file of a run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.answer_receipts import AnswerReceipt
from assistant.turn import Answer
from evals.duplicates import ALIKE, Question, likeness, question
from knowledge.dutch import fold
from knowledge.records import Passage, PolicyText, Record
from knowledge.rules.proven import PolicyRules

MOST_GROUPS = 500
"""Different questions that are kept apart; later ones are counted only."""
MOST_WORDINGS = 3

_CONTRADICTS = re.compile(
    r"\b(?:twee dingen|tegenstrijdig\w*|tegen elkaar|elders)\b|"
    r"\b(?:hoofdstuk|paragraaf) \d[\d.]* .*\b(?:hoofdstuk \d|\d\.\d)",
    re.IGNORECASE,
)
_IS_OPEN = re.compile(
    r"\b(?:zegt|legt|noemt|staat|staan|schrijft|beschrijft|geeft)\b.*\bniets?\b|\bgeen precieze\b|\blaat\b.*\bopen\b|"
    r"\been (?:gevolg|maat|aantal\w*|dag|datum|termijn)\b.*\bniet\b"
)


class Asked(Record):
    """A question as it was answered: how it ended, within which policies, from which passages and rules."""

    text: str
    status: str
    policies: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class QuestionLine(BaseModel):
    """A line of the questions that a run answered; whatever else it holds is not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    question: str


class NotFound(Record):
    """A question that found no answer, how often, in its other wordings, and where it was looked for."""

    question: str
    count: int
    status: str
    wordings: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()


class AskedBack(Record):
    """A passage over which the asker had to be asked something, how often, and over which questions."""

    policy_id: str
    passage_id: str
    section: str
    heading: str
    count: int
    questions: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The policy, and the heading with its number."""
        number = "" if self.heading.startswith(self.section) else f"{self.section} "
        return f"{self.policy_id}, {number}{self.heading}"


class Doubt(Record):
    """A place that contradicts another or leaves something open, as a rule's card notes it.

    `used`: how often the rule was run in what was read.
    """

    kind: Literal["contradicts", "open"]
    policy_id: str
    section: str
    rule: str
    note: str
    used: int = 0


class Gaps(Record):
    """Everything that a policy's owner can mend, the most asked first."""

    asked: int
    not_found: tuple[NotFound, ...] = ()
    asked_back: tuple[AskedBack, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def from_receipt(receipt: AnswerReceipt) -> Asked:
    """A question as its receipt has it; what was masked stays masked."""
    return Asked(
        text=receipt.question,
        status=receipt.status,
        policies=receipt.scope.policy_ids,
        passages=tuple(dict.fromkeys(passage.passage_id for passage in receipt.passages)),
        rules=tuple(rule.rule for rule in receipt.rules),
    )


def from_answer(text: str, answer: Answer) -> Asked:
    """A question with the answer that a run gave."""
    return Asked(
        text=text,
        status=answer.status,
        policies=answer.scope.policy_ids,
        passages=tuple(dict.fromkeys(citation.passage_id for citation in answer.citations)),
        rules=tuple(str(result["rule"]) for result in answer.results if "rule" in result),
    )


def find_gaps(asked: Sequence[Asked], texts: Mapping[str, PolicyText], rules: Mapping[str, PolicyRules]) -> Gaps:
    """The gaps that the questions show in the policies on file."""
    return Gaps(
        asked=len(asked),
        not_found=tuple(_not_found(each for each in asked if each.status.startswith("unanswerable"))),
        asked_back=tuple(_asked_back([each for each in asked if each.status.startswith("clarify")], texts)),
        doubts=tuple(_doubts(rules, texts, Counter(name for each in asked for name in each.rules))),
    )


def _not_found(asked: Iterable[Asked]) -> Iterator[NotFound]:
    """One for questions that are nearly the same, and ended the same."""
    groups: list[tuple[Question, list[Asked]]] = []
    same: dict[tuple[str, str], list[Asked]] = {}
    for each in asked:
        key = (each.status, " ".join(fold(each.text).split()))
        if key not in same:
            words = question("", each.text)
            alike = (
                found for head, found in groups if found[0].status == each.status if likeness(head, words) >= ALIKE
            )
            group = next(alike, None)
            if group is None:
                group = []
                if len(groups) < MOST_GROUPS:
                    groups.append((words, group))
            same[key] = group
        same[key].append(each)
    for _, found in sorted(groups, key=lambda group: -len(group[1])):
        wordings = list(dict.fromkeys(each.text for each in found))
        yield NotFound(
            question=wordings[0],
            count=len(found),
            status=found[0].status,
            wordings=tuple(wordings[1 : MOST_WORDINGS + 1]),
            policies=tuple(dict.fromkeys(policy for each in found for policy in each.policies)),
        )


def _asked_back(asked: Sequence[Asked], texts: Mapping[str, PolicyText]) -> Iterator[AskedBack]:
    passages = {passage.id: passage for text in texts.values() for passage in text.passages}
    counts = Counter(passage_id for each in asked for passage_id in each.passages if passage_id in passages)
    for passage_id, count in counts.most_common():
        passage = passages[passage_id]
        over = dict.fromkeys(each.text for each in asked if passage_id in each.passages)
        yield AskedBack(
            policy_id=passage.policy_id,
            passage_id=passage_id,
            section=passage.section,
            heading=passage.heading_path[-1],
            count=count,
            questions=tuple(over)[:MOST_WORDINGS],
        )


def _doubts(rules: Mapping[str, PolicyRules], texts: Mapping[str, PolicyText], used: Counter[str]) -> list[Doubt]:
    """The notes of rules that say that a policy contradicts itself, or does not say something; used ones first."""
    found: dict[tuple[str, str], Doubt] = {}
    for policy_id, proven in rules.items():
        if policy_id not in texts:
            continue
        passages = {passage.id: passage for passage in texts[policy_id].passages}
        for rule in proven.proven:
            spots = [*rule.spots.values(), *(value.spot for value in rule.values.values())]
            for note in rule.rule.notes:
                kind = _kind(note.nl)
                if kind is None or "{" in note.nl or (policy_id, note.nl) in found:
                    continue
                found[policy_id, note.nl] = Doubt(
                    kind=kind,
                    policy_id=policy_id,
                    section=_section(spots[0].passage_id, passages) if spots else "",
                    rule=rule.rule.title.nl,
                    note=note.nl,
                    used=used[f"{policy_id}.{rule.id}"],
                )
    return sorted(found.values(), key=lambda each: (-each.used, each.kind, each.policy_id))


def _kind(note: str) -> Literal["contradicts", "open"] | None:
    if _CONTRADICTS.search(note):
        return "contradicts"
    return "open" if _IS_OPEN.search(note) else None


def _section(passage_id: str, passages: Mapping[str, Passage]) -> str:
    passage = passages.get(passage_id)
    return " > ".join(passage.heading_path[-2:]) if passage else ""
