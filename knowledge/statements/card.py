"""Statement cards: the answer to a look-up, one point of a policy each, and what a policy does not tell.

A file of cards belongs to one policy family, as a file of rules does; a family may have several. A
statement holds where every spot of its proof is found and each of its figures, dates and addresses
stands in one of them (see `ingest.prove_statements`); an absence holds where the policy has no
sentence that would tell it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from knowledge.records import Record
from knowledge.rules.card import Proof, Said

Gives = Literal["fact", "yes_no", "when", "amount", "contact", "list", "change", "reason", "how", "consequence", "who"]
"""The kinds of questions that a statement answers."""


class Whom(Record):
    """For which kind of provider a statement holds, where the policy tells others otherwise."""

    label: Said
    names: tuple[str, ...] = Field(min_length=1)


class Statement(Record):
    """What a policy says on one point.

    `says` is the answer, or the lead-in of `items`. `point`: the same word for the same point in other
    policies, and for its variants in one policy, which differ by `whom`. `is_elsewhere`: it only says where
    a subject is regulated, so that whoever asks for the rules themselves does not find them here. `asks`:
    questions that it answers, in askers' words.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    about: Said
    gives: tuple[Gives, ...] = ("fact",)
    point: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9-]*$")
    whom: Whom | None = None
    is_elsewhere: bool = False
    says: Said
    items: tuple[Said, ...] = ()
    proofs: tuple[Proof, ...] = Field(min_length=1)
    asks: tuple[str, ...] = Field(min_length=3)


class Absence(Record):
    """What a policy does not tell though providers ask for it.

    `lacks`: what never stands together in one of its sentences, phrases joined by ' + ', each with
    `|` alternatives; {eur}, {percent}, {date} and {number} stand for any such figure. `proofs`: what
    the policy does say nearby, where `says` tells of it.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    about: Said
    says: Said
    lacks: tuple[str, ...] = Field(min_length=1)
    proofs: tuple[Proof, ...] = ()
    asks: tuple[str, ...] = Field(min_length=3)


class StatementFile(Record):
    """A file of cards: the policy family, the years it was written for, its statements and absences."""

    policy: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    years: tuple[int, ...] = Field(min_length=1)
    statements: tuple[Statement, ...] = ()
    absences: tuple[Absence, ...] = ()

    @property
    def cards(self) -> tuple[Statement | Absence, ...]:
        """All cards of the file."""
        return (*self.statements, *self.absences)
