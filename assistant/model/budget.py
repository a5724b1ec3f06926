"""How long the model may take in one turn, and who hears the answer come to be."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence

from assistant.turn import Citation

BUDGET_SECONDS = 8.0
"""What a user waits at most, whatever the model does."""
RESERVE = 0.08
"""The share of the budget kept for what code does after the model."""


class Listener:
    """Hears what an answer rests on before it is worded, then its checked sentences; and may leave.

    The methods are called in the thread that answers. This one hears and does nothing.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = False
        self._acts: list[Callable[[], None]] = []

    def evidence(self, citations: Sequence[Citation], results: Sequence[Mapping[str, object]]) -> None:
        """What the answer rests on; said once, and only where a model is to word it."""

    def text(self, so_far: str) -> None:
        """The checked sentences so far. The answer itself still may be another: it alone counts."""

    def leave(self) -> None:
        """Stop hearing: what the model is still doing is cancelled."""
        with self._lock:
            self._left, acts = True, list(self._acts)
            self._acts.clear()
        for act in acts:
            act()

    @property
    def has_left(self) -> bool:
        """Nobody hears any more."""
        return self._left

    def on_leaving(self, act: Callable[[], None]) -> None:
        """Have `act` done when the hearer leaves, or at once where that has been."""
        with self._lock:
            if not self._left:
                self._acts.append(act)
                return
        act()


class Budget:
    """The time of one turn: it runs from the moment that it is made, for both doors and the repair together."""

    def __init__(
        self, seconds: float, listener: Listener | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.listener = listener or Listener()
        self.seconds = seconds
        self._clock = clock
        self._ends = clock() + seconds * (1 - RESERVE)

    @property
    def remaining(self) -> float:
        """Seconds left; 0 where none are, or where nobody waits any more."""
        return 0.0 if self.listener.has_left else max(0.0, self._ends - self._clock())

    def share(self, part: float) -> float:
        """`part` (0 to 1) of the whole budget, or what is left where that is less."""
        return min(self.seconds * part, self.remaining)
