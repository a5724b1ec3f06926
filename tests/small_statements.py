"""Statement cards made in a line, for small policies: no test of what proves a card rests on the bundled ones."""

from __future__ import annotations

from typing import Any

from knowledge.records import PolicyText
from knowledge.statements.card import StatementFile
from tests.fakes import policy_text

FAMILY, POLICY_ID = "noord-fysio", "noord-fysio-2026"
ASKS = ("een?", "twee?", "drie?")


def said(nl: str, en: str | None = None) -> dict[str, str]:
    """A wording; the English one is the Dutch one where none is given."""
    return {"nl": nl, "en": nl if en is None else en}


def proof(*holds: str, sections: tuple[str, ...] = ("1",)) -> dict[str, Any]:
    return {"sections": list(sections), "holds": list(holds)}


def statement(says: str, *proofs: dict[str, Any], en: str | None = None, **fields: Any) -> dict[str, Any]:
    """A statement that the first sentence of section 1 proves, where no proof is given."""
    return {
        "id": "punt", "about": said("een punt"), "says": said(says, en), "proofs": list(proofs) or [proof()],
        "asks": list(ASKS), **fields,
    }  # fmt: skip


def absence(*lacks: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": "gemis", "about": said("een gemis"), "says": said("Dat staat er niet."), "lacks": list(lacks),
        "asks": list(ASKS), **fields,
    }  # fmt: skip


def statement_file(
    *statements: dict[str, Any],
    absences: tuple[dict[str, Any], ...] = (),
    policy: str = FAMILY,
    years: tuple[int, ...] = (2026,),
) -> StatementFile:
    return StatementFile.model_validate(
        {"policy": policy, "years": years, "statements": statements, "absences": absences}
    )


def policy(*sentences: str, policy_id: str = POLICY_ID) -> PolicyText:
    """A policy of one section, a passage a sentence or more."""
    return policy_text(policy_id, [("Planning", sentences)])
