"""How well whole conversations go: follow-ups, facts told and corrected, another care type half-way, small talk.

Run: python -m evals.conversations --index DIR [--file PATH] [--show]

Without --file two bundled files are measured: `own.jsonl`, by which follow-ups were mended, and `held_out.jsonl`,
which was written from the policies alone and is not looked into. `looked_at.jsonl` is by one of its authors, and was.

Each conversation is played turn by turn, the history being what was asked and what was really answered.
A turn is right when its answer is judged correct as a case is (`evals.judge`) and cites the policies that
it must; a conversation when all its turns are. The scope is right when it names the care type that is
being talked about. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assistant.answer import Assistant
from assistant.turn import Answer, HistoryTurn
from evals.case import Case, Evidence, read_records
from evals.case import Kind as CaseKind
from evals.judge import judge
from knowledge.errors import LoketError
from knowledge.records import Record

OWN = Path(__file__).with_suffix("") / "own.jsonl"
HELD_OUT = OWN.with_name("held_out.jsonl")
FEWEST_TURNS, MOST_TURNS = 3, 6

Text = Annotated[str, Field(min_length=1)]
Family = Literal["answer", "clarify", "abstain"]
Kind = Literal[
    "opening",
    "follow_up",
    "switch",
    "new_fact",
    "corrected_fact",
    "reply",
    "going_back",
    "reset",
    "whole",
    "unanswerable",
    "off_topic",
    "thanks",
]
"""What a turn does: a switch is to another care type or policy, a reply answers the question asked back, a whole
question needs none of the turns before it."""

_CASE_KINDS: Mapping[Family, CaseKind] = {"answer": "fact", "clarify": "clarify", "abstain": "unanswerable"}
_ANY_POLICY = "any policy"

SAME_CARE: Mapping[str, frozenset[str]] = {
    "kraamzorg": frozenset({"kraamzorgaanbieder", "kraamverzorgende", "digitale kraamzorg"}),
    "verloskundige zorg": frozenset({"verloskundige"}),
    "echoscopie": frozenset({"echoscopist"}),
    "integrale geboortezorg": frozenset({"Integrale Geboortezorg Organisatie"}),
    "farmaceutische zorg": frozenset(
        {
            "apotheek",
            "apotheekketen",
            "zelfstandige apotheek",
            "poliklinische apotheek",
            "dienstapotheek",
            "spoedeisende farmaceutische zorg",
        }
    ),
    "verbruiksartikelen": frozenset({"incontinentiemateriaal", "farmaceutische zorg", "apotheek"}),
    "zelfstandig behandelcentrum": frozenset({"medisch-specialistische zorg"}),
    "stoppen met roken": frozenset({"stoppen-met-roken-coach"}),
    "categorale instelling": frozenset({"categorale zorg"}),
    "revalidatiecentrum": frozenset({"medisch-specialistische revalidatiezorg"}),
    "medisch-specialistische revalidatiezorg": frozenset({"revalidatiecentrum"}),
    "medisch-specialistische zorg": frozenset({"ziekenhuis"}),
    "dialyse": frozenset({"dialysecentrum"}),
    "audiologische zorg": frozenset({"audiologisch centrum"}),
    "trombosezorg": frozenset({"trombosedienst"}),
    "eerstelijnsdiagnostiek": frozenset({"eerstelijns diagnostisch centrum"}),
}
"""A care type and what is as right to name in the scope: who provides it, or that of its policy."""


class ConversationTurn(Record):
    """A question and what a right answer to it holds.

    `policy_ids`: those that an answer must cite, or that a question asked back may set side by side; none: any.
    `care`: the care type that the scope must name; None where that is not held against the answer.
    """

    question: Text
    kind: Kind
    must: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()
    must_not: tuple[Text, ...] = ()
    family: Family
    policy_ids: tuple[Text, ...] = ()
    care: Text | None = None

    @model_validator(mode="after")
    def _says_what_is_right(self) -> Self:
        if (self.family == "answer") != bool(self.must):
            raise ValueError("must is what an answer holds; give it where an answer is due, and only there")
        return self


class Conversation(Record):
    """A conversation of one asker on the day `today`, oldest turn first."""

    id: Text
    lang: Literal["nl", "en"]
    today: dt.date
    turns: Annotated[tuple[ConversationTurn, ...], Field(min_length=FEWEST_TURNS, max_length=MOST_TURNS)]


@dataclass(frozen=True)
class TurnJudgement:
    """The verdict on one turn. `reason`: why it is not right; `scope_right` None: no care type was to be named."""

    conversation_id: str
    turn: ConversationTurn
    answer: Answer
    reason: str
    scope_right: bool | None

    @property
    def is_right(self) -> bool:
        """Whether the turn was answered as is due."""
        return not self.reason


@dataclass(frozen=True)
class Shares:
    """Shares from 0 to 1: of turns and of conversations that are right, and of scopes; `turns`: by kind too."""

    turn: float
    conversation: float
    scope: float
    kinds: Mapping[str, tuple[int, float]]


def load_conversations(path: Path = OWN) -> tuple[Conversation, ...]:
    """The conversations of a file, in its order.

    Raises UnreadableFile where the file cannot be read, a line is no conversation, or an id stands there twice.
    """
    return read_records(path, Conversation, "conversation")


def play(assistant: Assistant, conversation: Conversation) -> list[Answer]:
    """The answer to every turn, each given what was asked and answered before it."""
    history: list[HistoryTurn] = []
    answers = []
    for turn in conversation.turns:
        answer = assistant.answer(turn.question, today=conversation.today, history=tuple(history))
        answers.append(answer)
        history += [
            HistoryTurn(role="user", content=turn.question),
            HistoryTurn(role="assistant", content=answer.text),
        ]
    return answers


def judged(conversation: Conversation, answers: Sequence[Answer]) -> list[TurnJudgement]:
    """The verdicts on the turns of a conversation, from their answers."""
    return [
        TurnJudgement(
            conversation.id, turn, answer, _fault(conversation, number, answer), _scope_right(turn.care, answer)
        )
        for number, (turn, answer) in enumerate(zip(conversation.turns, answers, strict=True))
    ]


def _fault(conversation: Conversation, number: int, answer: Answer) -> str:
    """Why the answer to a turn is not right; empty where it is."""
    turn = conversation.turns[number]
    docs = turn.policy_ids or ((_ANY_POLICY,) if turn.family == "answer" else ())
    case = Case(
        id=f"{conversation.id}.{number + 1}",
        lang=conversation.lang,
        kind=_CASE_KINDS[turn.family],
        today=conversation.today,
        question=turn.question,
        answer=turn.question,
        must=turn.must,
        must_not=turn.must_not,
        evidence=tuple(Evidence(doc=doc, quote=turn.question) for doc in docs),
        behaviour=turn.family,
    )
    judgement = judge(case, answer)
    if judgement.verdict != "correct":
        return judgement.reason
    uncited = set(turn.policy_ids) - {citation.policy_id for citation in answer.citations}
    return f"does not cite {', '.join(sorted(uncited))}" if turn.family == "answer" and uncited else ""


def _scope_right(care: str | None, answer: Answer) -> bool | None:
    return None if care is None else answer.scope.care in {care, *SAME_CARE.get(care, ())}


def shares(conversations: Sequence[Sequence[TurnJudgement]]) -> Shares:
    """The shares over conversations, each given by the verdicts on its turns."""
    turns = [turn for conversation in conversations for turn in conversation]
    kinds = {
        kind: [turn.is_right for turn in turns if turn.turn.kind == kind]
        for kind in dict.fromkeys(turn.turn.kind for turn in turns)
    }
    return Shares(
        turn=_share(turn.is_right for turn in turns),
        conversation=_share(all(turn.is_right for turn in conversation) for conversation in conversations),
        scope=_share(turn.scope_right for turn in turns if turn.scope_right is not None),
        kinds={kind: (len(rights), _share(rights)) for kind, rights in kinds.items()},
    )


def _share(flags: Iterable[bool]) -> float:
    listed = list(flags)
    return sum(listed) / len(listed) if listed else 0.0


def measure(
    assistant: Assistant, conversations: Sequence[Conversation], tell: Callable[[str], None] = lambda _: None
) -> tuple[Shares, list[list[TurnJudgement]]]:
    """The shares, and the verdicts that they are of; `tell` hears of each conversation once it is judged."""
    verdicts = []
    for conversation in conversations:
        verdicts.append(judged(conversation, play(assistant, conversation)))
        tell(_shown(verdicts[-1]))
    return shares(verdicts), verdicts


def _shown(turns: Sequence[TurnJudgement]) -> str:
    """The conversation as text where one of its turns is not right; empty where all are."""
    if all(turn.is_right and turn.scope_right is not False for turn in turns):
        return ""
    lines = [f"\n== {turns[0].conversation_id}"]
    for each in turns:
        mark = "ok  " if each.is_right else "FAIL"
        lines.append(f"{mark} [{each.turn.kind}] {each.turn.question}")
        if not each.is_right:
            lines += [
                f"       {each.reason}",
                f"       {each.answer.status}: {' '.join(each.answer.text.split())[:400]}",
            ]
        if each.scope_right is False:
            lines.append(f"       scope: {each.answer.scope.care}, wanted {each.turn.care}")
    return "\n".join(lines)


def table(found: Shares) -> str:
    """The shares as text, a line each."""
    lines = [f"{'kind':16s}    n  right"]
    lines += [
        f"{kind:16s} {count:4d}  {right:.3f}"
        for kind, (count, right) in sorted(found.kinds.items(), key=lambda item: -item[1][0])
    ]
    lines += [
        f"{name:22s} {value:.3f}"
        for name, value in (
            ("turn right", found.turn),
            ("conversation right", found.conversation),
            ("scope right", found.scope),
        )
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 0, or 2 where the index or the conversations cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--file", type=Path, help="the conversations (default: the two bundled files)")
    parser.add_argument("--show", action="store_true", help="print every conversation in which something goes wrong")
    given = parser.parse_args(arguments)
    show = (lambda text: print(text) if text else None) if given.show else (lambda _: None)
    try:
        files = {path.name: load_conversations(path) for path in ([given.file] if given.file else [OWN, HELD_OUT])}
        assistant = Assistant.open(given.index)
        for name, conversations in files.items():
            hidden = name == HELD_OUT.name and given.file is None
            found, _ = measure(assistant, conversations, (lambda _: None) if hidden else show)
            print(f"{name}: {len(conversations)} conversations\n{table(found)}\n")
    except LoketError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
