"""The policies of the published snapshot and what they prove, read without its search engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.errors import SnapshotCorrupt, SnapshotMissing
from knowledge.index_folder import changed_file, published_id, read_record
from knowledge.records import PolicyText
from knowledge.rules.proven import PolicyRules
from knowledge.statements.proven import PolicyStatements

RULES_FILE, STATEMENTS_FILE = "rules.json", "statements.json"
_RULES, _STATEMENTS = TypeAdapter(list[PolicyRules]), TypeAdapter(list[PolicyStatements])


@dataclass(frozen=True)
class OnFile:
    """The policies by id, with the rules and statements that each proves."""

    snapshot_id: str
    texts: Mapping[str, PolicyText]
    rules: Mapping[str, PolicyRules]
    statements: Mapping[str, PolicyStatements]


def read_on_file(index_dir: Path) -> OnFile:
    """What the published snapshot holds of its policies; the files that are read are checked against their hashes.

    Raises:
        SnapshotMissing: nothing has been published here.
        SnapshotCorrupt: the published snapshot is damaged, or of another format.
    """
    snapshot_id = published_id(index_dir)
    if snapshot_id is None:
        raise SnapshotMissing(f"no snapshot has been published in {index_dir}; run 'loket ingest' first")
    folder = index_dir / snapshot_id
    record = read_record(folder)
    wanted = {*(f"policies/{policy_id}.json" for policy_id in record.policies), RULES_FILE, STATEMENTS_FILE}
    changed = changed_file(folder, {name: file for name, file in record.files.items() if name in wanted})
    if changed is not None:
        raise SnapshotCorrupt(f"{changed} of snapshot {snapshot_id} is missing or changed; roll back or build anew")
    try:
        files = (folder / "policies" / f"{policy_id}.json" for policy_id in record.policies)
        texts = [PolicyText.model_validate_json(file.read_bytes()) for file in files]
        rules = _RULES.validate_json((folder / RULES_FILE).read_bytes())
        statements = _STATEMENTS.validate_json((folder / STATEMENTS_FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise SnapshotCorrupt(f"snapshot {snapshot_id} cannot be read ({error}); build a new snapshot") from error
    return OnFile(
        snapshot_id,
        {text.policy.id: text for text in texts},
        {each.policy_id: each for each in rules},
        {each.policy_id: each for each in statements},
    )
