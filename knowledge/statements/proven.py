"""What came of a policy's statement cards at ingest: those proven, with their spots, and those refused."""

from __future__ import annotations

from knowledge.records import Record
from knowledge.rules.proven import Spot
from knowledge.statements.card import Absence, Statement


class ProvenStatement(Record):
    """A card that the text of a policy proves. `spots`: one for each proof, in order.

    `is_kin`: the card was written for another policy, so that most of this one has no card.
    """

    policy_id: str
    card: Statement | Absence
    spots: tuple[Spot, ...] = ()
    is_kin: bool = False

    @property
    def is_absence(self) -> bool:
        """Whether the card tells what the policy does not say."""
        return isinstance(self.card, Absence)


class RefusedStatement(Record):
    """A card that is not used for a policy, and why."""

    statement_id: str
    reasons: tuple[str, ...]


class PolicyStatements(Record):
    """The statements of one policy."""

    policy_id: str
    proven: tuple[ProvenStatement, ...] = ()
    refused: tuple[RefusedStatement, ...] = ()
