"""Read `manifest.yaml`: which file is which insurer's policy for which year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from ingest.source import one_line, printable
from knowledge.errors import ManifestError
from knowledge.records import Policy

MANIFEST_NAME = "manifest.yaml"
POLICY_SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text"})


class _StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses a key given twice; plain YAML silently keeps the last."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    doubled = [key for key, n in Counter(map(str, keys)).items() if n > 1]
    if doubled:
        line = node.start_mark.line + 1
        raise ManifestError(f"key {doubled[0]!r} stands twice in the entry at line {line}; keep one")
    return loader.construct_mapping(node, deep=True)


# Dates are read by the record's own field: YAML's constructor raises a bare error on the 30th of February.
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _StrictLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_manifest(folder: Path) -> tuple[Policy, ...]:
    """The policies of `folder`, in the manifest's order.

    Raises:
        ManifestError: no folder or manifest; not YAML; an unknown, missing or doubled field; a
            doubled id or file; an entry without its file; a policy file without an entry.
    """
    path = folder / MANIFEST_NAME
    if not folder.is_dir():
        raise ManifestError(f"{folder} is not a folder; name a folder of policy files with a {MANIFEST_NAME}")
    if not path.is_file():
        raise ManifestError(f"{folder} holds no {MANIFEST_NAME}; write one entry for each policy file")
    policies = _parse(path)
    _refuse_doubles(path, policies)
    _compare_with_folder(folder, policies)
    return policies


def _parse(path: Path) -> tuple[Policy, ...]:
    try:
        content = yaml.load(path.read_text("utf-8-sig"), _StrictLoader)  # noqa: S506  # a SafeLoader with one more check
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ManifestError(f"{path.name} is not valid YAML: {printable(one_line(str(error)))}") from error
    except OSError as error:
        raise ManifestError(
            f"{path.name} cannot be read: {error.strerror}; give this user the right to read it"
        ) from error
    if not isinstance(content, dict) or not isinstance(content.get("policies"), list):
        raise ManifestError(f"{path.name} has no list 'policies:'; put one entry for each file under it")
    unknown = sorted(str(key) for key in content if key != "policies")
    if unknown:
        raise ManifestError(f"{path.name} has an unknown field {unknown[0]!r} beside 'policies'; remove it")
    if not content["policies"]:
        raise ManifestError(f"{path.name} lists no policies; add at least one entry")
    return tuple(_entry(path, number, raw) for number, raw in enumerate(content["policies"], start=1))


def _entry(path: Path, number: int, raw: object) -> Policy:
    name = (
        f"entry {number} ({printable(one_line(str(raw.get('id', 'no id'))))})"
        if isinstance(raw, dict)
        else f"entry {number}"
    )
    if not isinstance(raw, dict):
        raise ManifestError(
            f"{path.name}, {name}: expected fields such as 'id:' and 'file:', found {type(raw).__name__}"
        )
    try:
        policy = Policy.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "entry"
        what = "is an unknown field" if first["type"] == "extra_forbidden" else first["msg"].lower()
        raise ManifestError(f"{path.name}, {name}: '{field}' {what}") from error
    if Path(policy.file).is_absolute() or ".." in Path(policy.file).parts:
        raise ManifestError(f"{path.name}, {name}: file {policy.file!r} lies outside the folder; move it in")
    return policy


def _refuse_doubles(path: Path, policies: tuple[Policy, ...]) -> None:
    ids, files = Counter(policy.id for policy in policies), Counter(str(Path(policy.file)) for policy in policies)
    for field, counts in (("id", ids), ("file", files)):
        for value, count in counts.items():
            if count > 1:
                raise ManifestError(f"{path.name}: {field} {value!r} is given to {count} entries; make it unique")


def _compare_with_folder(folder: Path, policies: tuple[Policy, ...]) -> None:
    root = folder.resolve()
    for policy in policies:
        name = printable(policy.file)
        try:
            there = (folder / policy.file).resolve(strict=True)
        except (OSError, RuntimeError, ValueError) as error:
            raise ManifestError(
                f"entry {policy.id!r} names {name!r}, which is not in {folder}; add the file or remove the entry"
            ) from error
        if not there.is_relative_to(root):
            raise ManifestError(f"entry {policy.id!r} names {name!r}, a link to outside the folder; copy the file in")
    named = {Path(policy.file) for policy in policies}
    for found in sorted(folder.rglob("*")):
        relative = found.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if found.is_file() and found.suffix.lower() in POLICY_SUFFIXES and not hidden and relative not in named:
            raise ManifestError(
                f"{printable(str(relative))!r} has no entry in {MANIFEST_NAME}; add one or move the file away"
            )
