"""Door 2: prose asked of the model, checked sentence by sentence and as a whole, and repaired once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.model.budget import Budget
from assistant.model.check import Fault, prose_faults, sentence_faults
from assistant.model.exchange import ChatLine, Request
from assistant.model.form import is_too_long
from assistant.model.material import Material
from assistant.model.prompt_files import Prompt, load_prompt
from assistant.model.prose import tidy, whole_sentences

REPAIR_SHARE = 0.15
"""With less of the budget left no repair is tried."""
MOST_FAULTS = 12


class Withheld(Exception):
    """The model's prose did not pass; `kinds` of what was wrong with it."""

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__(", ".join(kinds))
        self.kinds = tuple(dict.fromkeys(kinds))


class Writing:
    """The wording of one answer. `prompts`: the prompts that were used, with their versions."""

    def __init__(self, line: ChatLine, material: Material, ordinary: Collection[str], budget: Budget) -> None:
        self._line = line
        self._material = material
        self._ordinary = ordinary
        self._budget = budget
        self._begun = ""
        self._told = 0
        self._is_sound = True
        self.prompts: list[str] = []

    def prose(self) -> str:
        """Prose that passes, tidied.

        Raises ModelFailure when the model gives none in time, Withheld when it does not pass, repaired or not.
        """
        write = load_prompt(f"write.{self._material.language}")
        prose, faults = self._try(Request("write", *self._with(write), self._material.as_data()))
        if not faults:
            return prose
        if self._budget.remaining < self._budget.seconds * REPAIR_SHARE:
            raise Withheld([fault.kind for fault in faults])
        self._is_sound = False  # what is shown now may be replaced: the repaired text is shown when it is whole
        repair = load_prompt(f"repair.{self._material.language}")
        told = [fault.told for fault in faults[:MOST_FAULTS]]
        reference, system = self._with(repair)
        data = self._material.as_data(previous=prose, faults=told)
        prose, faults = self._try(Request("repair", reference, f"{write.text}\n\n{system}", data))
        if faults:
            raise Withheld([fault.kind for fault in faults])
        return prose

    def _with(self, prompt: Prompt) -> tuple[str, str]:
        self.prompts.append(prompt.reference)
        return prompt.reference, prompt.text

    def _try(self, request: Request) -> tuple[str, list[Fault]]:
        reply = self._line.ask(request, self._budget, self._budget.remaining, self._hear)
        prose = tidy(reply)
        return prose, prose_faults(prose, self._material, self._ordinary)

    def _hear(self, piece: str) -> None:
        """Tell the sentences that are whole and pass, up to the first one that does not."""
        if not self._is_sound:
            return
        self._begun += piece
        if is_too_long(self._begun):
            self._is_sound = False
            return
        sentences = whole_sentences(self._begun)
        for sentence in sentences[self._told :]:
            if sentence_faults(sentence, self._material, self._ordinary):
                self._is_sound = False
                return
            self._told += 1
            self._budget.listener.text(" ".join(each.text for each in sentences[: self._told]))
