"""Rule cards: what a policy asks, as parameters with unit, validity and the place that proves them.

A file of cards belongs to one policy family (`policy`: a policy id without its year) and holds the
facts that its rules ask about and the rules. A rule holds for the policies of `years`; for another
year's edition it is tried and used only where its proof stands there too (see `ingest.prove`).
Every number, date and address of a rule is a `Parameter`, every condition a `Criterion`, and each
of them bears its own `Proof`: a spot in the text, by section and by the phrases that stand together
there, so that an original and its restatement prove the same card.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from knowledge.records import Record

Unit = Literal[
    "eur", "percent", "fte", "count", "number", "day", "week", "month", "year", "hour", "working_day", "date",
    "month_day", "address",
]  # fmt: skip
"""`count` and `number`: whole things and bare figures; `month_day`: a day without a year, as '05-01'."""

FactKind = Literal["yes_no", "amount", "date", "choice"]


class Said(Record):
    """A wording in Dutch (B1, formal 'u') and in English."""

    nl: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: str) -> str:
        """The wording in `language` ("nl" or "en")."""
        return self.en if language == "en" else self.nl


class Option(Record):
    """One value of a choice, with the names that askers have for it."""

    value: str
    label: Said
    names: tuple[str, ...] = ()


class FactSpec(Record):
    """A fact about the asker that rules need, and how it is told in prose.

    `names`: what it is called (nouns; Dutch and English): a negator near it makes a yes_no fact false.
    `true`, `false`: phrases that state a yes_no fact outright ("over straat" for a dry connection: false);
    `false` of a share: names of what is not part of it ("zzp" of those in paid employment).
    A phrase is a run of words compared by stem; `|` parts alternatives of one word, `..` lets up to
    four words stand between ("niet|geen .. keten").
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: FactKind
    unit: Unit | None = None
    label: Said
    ask: Said
    names: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> FactSpec:
        if (self.kind == "amount") != (self.unit is not None):
            raise ValueError(f"fact {self.name}: an amount has a unit, and nothing else has one")
        if (self.kind == "choice") != bool(self.options):
            raise ValueError(f"fact {self.name}: a choice has options, and nothing else has them")
        return self


class Proof(Record):
    """The spot in a policy that proves a value or a condition.

    `sections`: numbers or titles of the sections in which it may stand (original and restatement may
    differ). `holds`: phrases that stand together in the sentence, row or list item (its lead-in counts).
    """

    sections: tuple[str, ...] = Field(min_length=1)
    holds: tuple[str, ...] = ()


class Parameter(Record):
    """A value that a rule computes with, its unit, and the spot that holds it.

    `value`: a number; for unit `date` an ISO day or a phrase ("eind augustus 2025"), for `month_day`
    'MM-DD', for `address` the address. In the edition of another year the value is parsed from the spot.
    """

    value: Decimal | str
    unit: Unit
    proof: Proof


class Criterion(Record):
    """One condition: a fact, the test it must pass, and what the policy asks in a sentence of our own.

    Exactly one test. `is`: a yes_no fact or a choice; `one_of`: choices; the others compare an amount, or
    (`by`, `before`, `from_day`) a date, with the rule's parameter of that name, as the policy words its bound.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Said
    needs: Said
    fact: str
    proof: Proof
    is_: bool | str | None = Field(default=None, alias="is")
    one_of: tuple[str, ...] = ()
    at_least: str | None = None
    at_most: str | None = None
    more_than: str | None = None
    less_than: str | None = None
    by: str | None = None
    before: str | None = None
    from_day: str | None = None
    note: Said | None = None
    met: Said | None = None
    not_met: Said | None = None

    @model_validator(mode="after")
    def _has_one_test(self) -> Criterion:
        if len(self.tests) != 1:
            raise ValueError(f"criterion {self.id}: wants exactly one test, has {sorted(self.tests)}")
        return self

    @property
    def tests(self) -> tuple[str, ...]:
        """The names of the tests that are set."""
        found = [name for name in COMPARISONS if getattr(self, name) is not None]
        found += ["is"] if self.is_ is not None else []
        return (*found, *(["one_of"] if self.one_of else []))

    @property
    def parameter(self) -> str | None:
        """The name of the parameter that the fact is compared with."""
        return next((getattr(self, name) for name in COMPARISONS if getattr(self, name) is not None), None)


COMPARISONS = ("at_least", "at_most", "more_than", "less_than", "by", "before", "from_day")


class AllOf(Record):
    """Every one of these is needed."""

    all: tuple[Need, ...] = Field(min_length=1)


class AnyOf(Record):
    """One of these is enough."""

    any: tuple[Need, ...] = Field(min_length=1)


Need = Criterion | AllOf | AnyOf


class Case(Record):
    """A row of a decision table: where `when` is met, the outcome is `value`, the parameter `date`, or a `term`.

    `when` None: in every other case. `term` is counted from the date fact `after`. `fits_all`: whoever asks for one
    of the other outcomes has that one too. `grants`: whether what is asked leave for is permitted then; None: no leave.
    `elsewhere`: another policy or agreement holds for him instead, so that the conditions of this one are not his.
    """

    when: Need | None = None
    value: Said | None = None
    date: str | None = None
    term: str | None = None
    after: str | None = None
    fits_all: bool = False
    grants: bool | None = None
    elsewhere: bool = False
    proof: Proof

    @model_validator(mode="after")
    def _has_one_outcome(self) -> Case:
        if sum(outcome is not None for outcome in (self.value, self.date, self.term)) != 1:
            raise ValueError("a case has one of value, date and term")
        if (self.term is None) != (self.after is None):
            raise ValueError("a term is counted after a date fact")
        return self


class _Rule(Record):
    """What all rules have.

    `asks`: questions that this rule answers, in askers' words, for routing. `applies`: to whom the rule
    speaks; where it is not met the rule has nothing to say. `notes`: what is ambiguous, contradictory or an
    aim in the policy; shown with every result. `then`: what to do when it is not met, too late or closed.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: Said
    care: tuple[str, ...] = ()
    asks: tuple[str, ...] = Field(min_length=3)
    parameters: Mapping[str, Parameter] = Field(default_factory=dict)
    applies: Need | None = None
    notes: tuple[Said, ...] = ()
    then: Said | None = None
    proof: Proof | None = None


class ConditionsRule(_Rule):
    """A checklist. `met`, `not_met`: what it means for the asker as a whole."""

    kind: Literal["conditions"]
    needs: Need
    met: Said
    not_met: Said


class ChoiceRule(_Rule):
    """A decision table: the first case whose condition is met.

    `bound`: an outcome that is a day is one to be met (`own`) or planned by the insurer, and is held against today,
    or against the date fact `on`.
    """

    kind: Literal["choice"]
    what: Said
    bound: Literal["by", "before", "from", "on"] | None = None
    on: str | None = None
    own: bool = True
    cases: tuple[Case, ...] = Field(min_length=1)


class StartRule(_Rule):
    """The first day of a contract, from the date of application (fact `application_date`), and back again.

    `month`: the contract starts on the first day of the month `following` the application, or of the `same`
    month; never before the parameter `first_day`. An answer that counts back takes the fact `desired_start`.
    """

    kind: Literal["contract_start"]
    month: Literal["following", "same"]


class TermRule(_Rule):
    """A day counted from an event: parameter `term` after (or before) the date fact `after`.

    `is_aim`: the policy strives for it and promises nothing. `own`: the asker must act by then; `on` is the date
    fact that tells when he does. `ends`: `after` is the day so long after the event; `through` the last day of a
    stretch that begins on it (a contract of two years); `next_year` the first day of the next calendar year (once a
    year).
    """

    kind: Literal["term"]
    what: Said
    after: str
    backwards: bool = False
    ends: Literal["after", "through", "next_year"] = "after"
    is_aim: bool = False
    own: bool = False
    on: str | None = None


class DeadlineRule(_Rule):
    """A fixed day (parameter `date`) and how today, or the date fact `on`, stands to it.

    `bound`: `by` includes the day, `before` does not, `from` begins on it, `on` is that day. `own`: the asker
    must act by then; otherwise it is what the insurer plans.
    """

    kind: Literal["deadline"]
    what: Said
    bound: Literal["by", "before", "from", "on"]
    on: str | None = None
    own: bool = True


class FormulaRule(_Rule):
    """A figure by a named formula of `knowledge.rules.formulas` over amount facts and the rule's parameters."""

    kind: Literal["formula"]
    what: Said
    formula: str
    unit: Unit


class ContactRule(_Rule):
    """Whom to turn to: parameter `address`, and what the subject line must hold where the policy says so."""

    kind: Literal["contact"]
    what: Said
    subject: Said | None = None


Rule = Annotated[
    ConditionsRule | ChoiceRule | StartRule | TermRule | DeadlineRule | FormulaRule | ContactRule,
    Field(discriminator="kind"),
]


class CardFile(Record):
    """A file of cards: the policy family, the years it was written for, its facts and rules."""

    policy: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    years: tuple[int, ...] = Field(min_length=1)
    facts: tuple[FactSpec, ...] = ()
    rules: tuple[Rule, ...] = ()


FactValue = bool | Decimal | dt.date | str
Facts = Mapping[str, FactValue]
"""What is known of the asker, by fact name; a name that is not there is not known."""

AllOf.model_rebuild()
AnyOf.model_rebuild()
Case.model_rebuild()
