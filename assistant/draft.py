"""A draft of an answer, and the question back which of several policies is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.quoting import policy_name
from assistant.scope import Understanding
from assistant.turn import Clarification, ClarificationOption, Language
from knowledge.records import PolicyText


@dataclass(frozen=True)
class Draft:
    """An answer before it is checked; `text` None means that the evidence does not answer.

    `results`: what came of holding quotes against what the asker tells; no quote need hold their figures.
    `counted`: sentences that tell days counted from today; nor need one hold these.
    """

    text: str | None
    clarification: Clarification | None = None
    partly: bool = False
    results: tuple[dict[str, object], ...] = ()
    counted: tuple[str, ...] = ()

    @property
    def computed(self) -> tuple[str, ...]:
        """The sentences of its results, and what was counted."""
        return (*(str(result["sentence"]) for result in self.results), *self.counted)


def asks_scope(understanding: Understanding) -> bool:
    """Whether the policy is to be asked for: nothing that was said tells which of them is meant."""
    return len(understanding.scope.policy_ids) != 1 and not set(understanding.scope.said) >= {
        "insurer",
        "care",
    }


def ask_scope(policy_ids: Sequence[str], texts: dict[str, PolicyText], language: Language) -> Clarification:
    """The question which of several policies is meant, with a button for each."""
    options = tuple(
        ClarificationOption(
            label=policy_name(policy),
            scope={
                "insurer": policy.insurer,
                "year": policy.year,
                "care": policy.care[0] if policy.care else policy.title,
            },
        )
        for policy in (texts[policy_id].policy for policy_id in policy_ids)
    )
    question = "Over welk beleid gaat uw vraag?" if language == "nl" else "Which policy is your question about?"
    return Clarification(question=question, options=options)
