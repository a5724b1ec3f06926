"""`loket diff`: what changed from one policy to another, and what that does to rules and questions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import BanksOption, IndexOption, JsonOption, open_banks, settings_of
from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from api.settings import Settings
    from knowledge.bank import BankLine
    from knowledge.on_file import OnFile
    from knowledge.records import PolicyText
    from knowledge.rules.proven import PolicyRules
    from knowledge.statements.proven import PolicyStatements

POLICY_HELP = "A policy id of the snapshot, a policy file beside its manifest.yaml, or a folder of one policy."


@dataclass(frozen=True)
class _Given:
    """One side of the comparison, with what its text proves."""

    text: PolicyText
    rules: PolicyRules
    statements: PolicyStatements


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=POLICY_HELP)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The policy that is compared with it; likewise.")],
    index: IndexOption = None,
    bank: BanksOption = None,
    carry_to: Annotated[
        Path | None,
        typer.Option("--carry-to", metavar="FILE", help="Write the bank lines that serve the new policy to this file."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare two policies: sections, sentences, figures, rules, statements and bank questions."""
    from api.changes_text import changes_text
    from knowledge.changes.cards import compare_rules, compare_statements
    from knowledge.changes.compare import compare, list_changes
    from knowledge.changes.questions import carry_over

    settings = settings_of(index)
    before, after = _given(old, new, settings)
    comparison = compare(before.text, after.text)
    questions = carry_over(open_banks(bank, settings).lines, comparison)
    changes = list_changes(comparison).model_copy(
        update={
            "rules": compare_rules(before.rules, after.rules, comparison),
            "statements": compare_statements(before.statements, after.statements, comparison),
            "questions": questions,
        }
    )
    if carry_to is not None:
        _write(carry_to, [each.line for each in questions if each.line is not None])
    print(changes.model_dump_json(indent=1) if as_json else changes_text(changes))


def _given(old: str, new: str, settings: Settings) -> tuple[_Given, _Given]:
    """Both sides; the snapshot is read only where one of them names a policy in it."""
    on_file = None
    sides = []
    for name in (old, new):
        if Path(name).exists():
            sides.append(_from_file(Path(name)))
            continue
        if on_file is None:
            from knowledge.on_file import read_on_file

            on_file = read_on_file(settings.index)
        sides.append(_from_snapshot(name, on_file))
    return sides[0], sides[1]


def _from_snapshot(policy_id: str, on_file: OnFile) -> _Given:
    if policy_id not in on_file.texts:
        raise ConfigurationError(
            f"{policy_id} is no file, and no policy of snapshot {on_file.snapshot_id}; "
            f"there are: {', '.join(on_file.texts)}"
        )
    return _Given(on_file.texts[policy_id], on_file.rules[policy_id], on_file.statements[policy_id])


def _from_file(path: Path) -> _Given:
    from ingest.manifest import read_manifest
    from ingest.parse import parse_policy
    from ingest.pipeline import rules_of, statements_of
    from ingest.sandbox import read_document

    folder = path if path.is_dir() else path.parent
    listed = read_manifest(folder)
    named = [policy for policy in listed if path.is_dir() or Path(policy.file).name == path.name]
    if len(named) != 1:
        files = ", ".join(str(folder / policy.file) for policy in named or listed)
        raise ConfigurationError(f"{path} names {len(named)} policies of its manifest, wanted one; name one of {files}")
    text = parse_policy(named[0], read_document(folder / named[0].file))
    return _Given(text, rules_of(text), statements_of(text))


def _write(path: Path, lines: list[BankLine]) -> None:
    from knowledge.bank import write_lines

    try:
        write_lines(path, lines)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written ({error.strerror}); give another file") from error
