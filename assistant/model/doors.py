"""The two uses that an answer makes of a language model: reading a follow-up, and wording what is settled.

Whatever the model does (nothing, too late, wrong, on someone else's orders), the turn goes on: what it says is used
as far as code finds it said or proven, and else the answer is the composed one.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from assistant.citations import unsupported
from assistant.model import form
from assistant.model.budget import BUDGET_SECONDS, Budget, Listener
from assistant.model.exchange import HOPELESS, ChatLine, ModelFailure, Request
from assistant.model.instructions import seems_instruction
from assistant.model.material import Material, read_material
from assistant.model.names import ordinary_words
from assistant.model.prompt_files import load_prompt
from assistant.model.said import Checked, Heard, Understood, checked, hear
from assistant.model.writing import Withheld, Writing
from assistant.record import Turn
from assistant.scope import Understanding
from assistant.turn import HistoryTurn, Language, ModelUse
from knowledge.records import PolicyText

log = logging.getLogger("loket.model")

UNDERSTAND_SHARE = 0.35
"""The share of the budget that reading a question may take."""
MOST_EARLIER_TURNS = 6
LIST_ITEMS = 2
"""An answer with this many items is given as composed: of a list nothing may be left out, and no check sees that."""

Read = Callable[[str, Sequence[HistoryTurn], Mapping[str, object]], Understanding]
"""Reads the scope of a question, of the conversation, and of what else is known."""


@dataclass(frozen=True)
class LanguageModel:
    """A model with what one answer may spend on it."""

    line: ChatLine
    budget_seconds: float = BUDGET_SECONDS

    def begin(self, listener: Listener | None = None) -> Budget:
        """The budget of a turn that starts now."""
        return Budget(self.budget_seconds, listener)


class Doors:
    """The uses of a model for the policies of one snapshot. Safe to call from several threads."""

    def __init__(self, model: LanguageModel, texts: Mapping[str, PolicyText]) -> None:
        self._line = model.line
        self._texts = dict(texts)
        self._ordinary = ordinary_words(list(self._texts.values()))
        form.prepare()

    def understand(self, turn: Turn, read: Read) -> Turn:
        """The turn with what the model read in its question, as far as that was said.

        It is asked where a conversation goes on or the scope is open; `read` reads a scope again.
        """
        if turn.status is not None or turn.budget is None or turn.understanding is None:
            return turn
        use = ModelUse(name=self._line.name)
        if not turn.history and len(turn.understanding.policies) == 1:
            return replace(turn, model=use)
        if seems_instruction(turn.question):
            return replace(turn, model=_withheld(use, "instruction"))
        prompt, heard = load_prompt("understand"), hear(turn.question, turn.history)
        use = _with_prompt(use, prompt.reference)
        request = Request("understand", prompt.reference, prompt.text, self._conversation(turn, heard), Understood)
        try:
            reply = self._line.ask(request, turn.budget, turn.budget.share(UNDERSTAND_SHARE))
            understood = Understood.model_validate_json(reply)
        except ModelFailure as failure:
            return replace(turn, model=use.model_copy(update={"failed": failure.kind}))
        except ValidationError:
            return replace(turn, model=use.model_copy(update={"failed": "malformed"}))
        found = checked(understood, heard, [text.policy for text in self._texts.values()])
        return _applied(turn, found, use, read)

    def write(self, turn: Turn) -> Turn:
        """The turn with its composed answer in the model's words, where these pass; else with the composed answer."""
        if turn.budget is None:
            return turn
        use = turn.model or ModelUse(name=self._line.name)
        if turn.status == "out_of_scope_other" and use.intent in ("medical", "insured", "small_talk"):
            return replace(turn, status=f"out_of_scope_{use.intent}")
        draft = turn.draft
        if turn.status not in ("answered", "answered_partly") or draft is None or draft.text is None:
            return turn if turn.understanding is None else replace(turn, model=use)
        if use.failed in HOPELESS or draft.clarification is not None:
            return replace(turn, model=use)
        material = read_material(turn.question, turn.language, draft.text, turn.citations, turn.results)
        if why := _unfit(material):
            return replace(turn, model=_withheld(use, why))
        turn.budget.listener.evidence(turn.citations, turn.results)
        return self._written(turn, draft.text, material, use, turn.budget)

    def _written(self, turn: Turn, composed: str, material: Material, use: ModelUse, budget: Budget) -> Turn:
        writing = Writing(self._line, material, self._ordinary, budget)
        try:
            prose = writing.prose()
            text = _shown(prose, material)
            if unsupported(text, turn.citations, self._texts, computed=(composed, *map(_as_text, turn.results))):
                raise Withheld(("figure",))  # the last gate, the same as that of composed answers
        except ModelFailure as failure:
            log.info("the model failed: %s", failure.kind)
            use = use.model_copy(update={"failed": failure.kind})
        except Withheld as withheld:
            use = _withheld(use, *withheld.kinds)
        except Exception:
            # A fault in a check must not let prose through, nor cost the user the answer.
            log.exception("prose could not be checked")
            use = _withheld(use, "unchecked")
        else:
            use = use.model_copy(update={"wrote": True, "failed": None})
            turn = replace(turn, draft=replace(turn.draft, text=text) if turn.draft else None)
        return replace(turn, model=_with_prompt(use, *writing.prompts))

    def _conversation(self, turn: Turn, heard: Heard) -> str:
        earlier = [
            {"role": each.role, "text": each.content}
            for each in turn.history
            if each.content in heard.asked or each.content in heard.answered
        ]
        policies = [
            {"insurer": policy.insurer, "labels": policy.labels, "year": policy.year, "care": policy.care}
            for policy in (text.policy for text in self._texts.values())
        ]
        data = {
            "question": turn.question,
            "conversation": earlier[-MOST_EARLIER_TURNS:],
            "today": turn.today.isoformat(),
            "policies": policies,
        }
        return json.dumps(data, ensure_ascii=False, indent=1)


def _applied(turn: Turn, found: Checked, use: ModelUse, read: Read) -> Turn:
    """The turn read again with what the model found; a reading that leads to a policy that is not here is dropped."""
    use = _withheld(use.model_copy(update={"intent": found.intent}), *found.dropped)
    language: Language = turn.language if turn.is_language_given or not found.language else found.language
    turn = replace(turn, language=language)
    rewritten = found.question if turn.history and found.question != turn.question else None
    known = {**dict(found.scope), **turn.given}
    before = turn.understanding
    if before is None or (rewritten is None and known == dict(turn.given)):
        return replace(turn, model=use)
    after = read(rewritten or turn.question, turn.history, known)
    if after.is_absent and not before.is_absent:
        return replace(turn, model=_withheld(use, "scope"))
    told = dict.fromkeys((*after.scope.said, *after.scope.assumed))
    said = tuple(name for name in told if name in before.scope.said)
    assumed = tuple(name for name in told if name not in said)
    after = replace(after, scope=after.scope.model_copy(update={"said": said, "assumed": assumed}))
    use = use.model_copy(update={"rewritten": rewritten})
    return replace(turn, rewritten=rewritten, understanding=after, model=use)


def _unfit(material: Material) -> str | None:
    """Why a composed answer is not for a model to word; None where it is."""
    if not material.body or not material.citations:
        return "nothing to word"
    if sum(line.startswith("- ") for part in material.body for line in part.splitlines()) >= LIST_ITEMS:
        return "list"
    seen = (material.question, *material.body, *(citation.quote for citation in material.citations))
    headings = (text for citation in material.citations for text in (citation.policy_title, *citation.heading_path))
    return "instruction" if any(seems_instruction(text) for text in (*seen, *headings)) else None


def _shown(prose: str, material: Material) -> str:
    """Prose as Markdown, with what stays of the composed answer: its warning and its source."""
    return "\n\n".join((prose.replace("_", r"\_"), *material.kept))


def _as_text(result: Mapping[str, object]) -> str:
    return json.dumps(result, ensure_ascii=False, default=str)


def _withheld(use: ModelUse, *why: str) -> ModelUse:
    return use.model_copy(update={"withheld": tuple(dict.fromkeys((*use.withheld, *why)))})


def _with_prompt(use: ModelUse, *references: str) -> ModelUse:
    return use.model_copy(update={"prompts": tuple(dict.fromkeys((*use.prompts, *references)))})
