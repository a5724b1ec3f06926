"""What a model read in a question, kept only as far as it was said. What fails is dropped, never used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field

from assistant.guard.door import refuse
from assistant.language import detect_language
from assistant.model.figures import all_figures, figures_in
from assistant.model.instructions import seems_instruction
from assistant.model.likeness import content_of, denies
from assistant.model.names import strange_names
from assistant.turn import HistoryTurn, Language
from knowledge.dutch import words
from knowledge.records import Policy

Intent = Literal["policy", "medical", "insured", "small_talk", "other"]

LONGEST_QUESTION = 600
NEW_WORDS, KEPT_WORDS = 0.25, 0.5
"""A rewritten question has at most this share of words that nobody said, and at least this share of those asked."""


class Understood(BaseModel):
    """What the model read: the language, what kind of question it is, its scope, and how it reads on its own."""

    language: Literal["nl", "en"] | None = Field(description="language of the question")
    intent: Intent | None = Field(description="what kind of question it is")
    insurer: str | None = Field(description="insurer, in words of the question or the conversation")
    year: int | None = Field(description="contract year that was said")
    care: str | None = Field(description="care type, in words of the question or the conversation")
    question: str | None = Field(description="the question, readable without the conversation")


@dataclass(frozen=True)
class Heard:
    """What was said: the question, the asker's earlier ones, and the answers between them."""

    question: str
    asked: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()

    @property
    def by_asker(self) -> str:
        """All that the asker said."""
        return "\n".join((*self.asked, self.question))

    @property
    def by_all(self) -> str:
        """All that was said."""
        return "\n".join((*self.answered, self.by_asker))


@dataclass(frozen=True)
class Checked:
    """What of it holds; `dropped` names the rest."""

    language: Language | None = None
    intent: Intent | None = None
    scope: tuple[tuple[str, str | int], ...] = ()
    question: str | None = None
    dropped: tuple[str, ...] = ()


def hear(question: str, history: Sequence[HistoryTurn]) -> Heard:
    """What was said that a model may see: nothing that was refused, or that seems an instruction to a machine."""
    fit = [turn for turn in history if not seems_instruction(turn.content) and not _is_refused(turn)]
    return Heard(
        question,
        tuple(turn.content for turn in fit if turn.role == "user"),
        tuple(turn.content for turn in fit if turn.role == "assistant"),
    )


def _is_refused(turn: HistoryTurn) -> bool:
    return turn.role == "user" and (refuse(turn.content) or "").startswith("guardrail")


def checked(read: Understood, heard: Heard, policies: Sequence[Policy]) -> Checked:
    """The part of `read` that was said, or names a policy on file that was."""
    scope: dict[str, str | int] = {}
    for name in ("insurer", "year", "care"):
        value = getattr(read, name)
        if value is not None and _is_said(name, value, heard, policies):
            scope[name] = value
    question = read.question.strip() if read.question else None
    holds = question is None or is_rewritten(question, heard, policies)
    language = read.language if read.language and _may_be(read.language, heard.question) else None
    wanted = {name for name in ("insurer", "year", "care") if getattr(read, name) is not None}
    dropped = sorted(wanted - scope.keys()) + (["question"] if not holds else [])
    dropped += ["language"] if read.language and language is None else []
    return Checked(
        language=language,
        intent=read.intent,
        scope=tuple(scope.items()),
        question=question if holds else None,
        dropped=tuple(dropped),
    )


def is_rewritten(question: str, heard: Heard, policies: Sequence[Policy]) -> bool:
    """Whether `question` only fills in what the asker said: no figure, date, name, address or denial of its own."""
    if not question or len(question) > LONGEST_QUESTION or "\n" in question or re.search(r"[<>{}\[\]`|]", question):
        return False
    if seems_instruction(question) or refuse(question) is not None:
        return False
    named = [name for policy in policies if _names_policy(policy, heard) for name in (policy.insurer, *policy.labels)]
    known = frozenset(words(" ".join((heard.by_asker, *named))))
    if figures_in(question).missing_in(all_figures((*heard.asked, heard.question))):
        return False
    if strange_names(question, known, known | frozenset(_ASKING)):
        return False
    now, asked, said = content_of(question), content_of(heard.question), content_of(heard.by_asker)
    whole = content_of(" ".join((heard.by_asker, *named)))
    is_new = now.share_in(whole) < 1 - NEW_WORDS
    is_other = asked.share_in(now) < KEPT_WORDS
    turned = denies(question) != denies(heard.question) and not (denies(question) and denies(heard.by_asker))
    return bool(said.stems) and not (is_new or is_other or turned)


_ASKING = """wat wie waar wanneer welke welk hoe hoeveel waarom is zijn mag mogen kan kunnen kun moet moeten wordt
worden geldt gelden krijg krijgt heeft hebben wil tot per vanaf aan bij voor in op what who where when which how why
is are may can must does do will until from at for in on""".split()


def _is_said(name: str, value: str | int, heard: Heard, policies: Sequence[Policy]) -> bool:
    """Whether the asker said a value, or an answer did of a policy that is on file."""
    if _stands_in(value, heard.by_asker) or (name == "care" and _is_named(str(value), heard.by_asker)):
        return True
    on_file = any(_has(policy, name, value) for policy in policies)
    return on_file and (_stands_in(value, heard.by_all) or (name == "care" and _is_named(str(value), heard.by_all)))


def _stands_in(value: str | int, text: str) -> bool:
    spelled = " ".join(words(str(value)))
    return bool(spelled) and f" {spelled} " in f" {' '.join(words(text))} "


def _is_named(care: str, text: str) -> bool:
    """Whether the text names the concept of a care type by another word."""
    named = content_of(care).named
    return bool(named) and bool(named & content_of(text).named)


def _has(policy: Policy, name: str, value: str | int) -> bool:
    if name == "year":
        return policy.year == value
    names = (policy.insurer, *policy.labels) if name == "insurer" else (policy.title, *policy.care)
    return any(_stands_in(str(value), each) for each in names)


def _names_policy(policy: Policy, heard: Heard) -> bool:
    return any(_stands_in(name, heard.by_all) for name in (policy.insurer, *policy.labels))


def _may_be(language: Language, question: str) -> bool:
    """Whether a question may be in `language`: only where its own words do not tell otherwise."""
    return detect_language(question, history_language=language) == language
