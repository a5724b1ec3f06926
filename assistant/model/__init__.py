"""The optional language model: it may help to read a question and to word an answer; code decides what is used.

`doors` has the two uses that an answer makes of it (*understand* and *write*), `check` what prose must pass.
"""

from assistant.model.asking import ask_model
from assistant.model.opening import open_model

__all__ = ["ask_model", "open_model"]
