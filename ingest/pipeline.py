"""A folder of policy files to a published snapshot: all steps, in order, on one screen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.kin_cards import kin_rules, kin_statements
from ingest.manifest import read_manifest
from ingest.parse import parse_policy
from ingest.prove import prove_rules
from ingest.prove_statements import prove_statements
from ingest.report import PolicyReport, Report, compare_with, report_bank, report_policy
from ingest.sandbox import read_document
from ingest.source import printable
from knowledge.bank import QuestionBank
from knowledge.curated import card_encoder
from knowledge.encoder import Encoder
from knowledge.errors import SnapshotError, SourceError, UnreadableFile
from knowledge.index_folder import building
from knowledge.records import Policy, PolicyText
from knowledge.rules.proven import PolicyRules
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.snapshot_build import Share, build_snapshot, passage_input
from knowledge.statements.proven import PolicyStatements

RECIPE = "5"
"""Changes when the cleaning or the cutting changes: texts made by another recipe are made anew."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""


@dataclass(frozen=True)
class _Parsed:
    text: PolicyText
    fingerprint: str
    reused: bool


def ingest(
    folder: Path,
    index_dir: Path,
    encoder: Encoder,
    *,
    bank: QuestionBank | None = None,
    progress: Progress | None = None,
    share: Share | None = None,
) -> Report:
    """Build a snapshot from the policy files of `folder` and the questions of `bank`, and publish it in `index_dir`.

    `share` gets the snapshot before it is published, or the one that stays.

    Files that have not changed since the published snapshot are not read again; when nothing has
    changed at all, the published snapshot stays. On any error nothing is published.

    Raises:
        SnapshotBusy: another process is building in `index_dir`.
        SourceError: the manifest or one or more files are wrong; the message has a line for each.
    """
    tell = progress or (lambda *_: None)
    policies = read_manifest(folder)
    with building(index_dir), ExitStack() as opened:
        previous = _published(index_dir)
        if previous is not None:
            opened.callback(previous.close)
        parsed = _parse_all(folder, policies, previous, tell)
        texts = [item.text for item in parsed]
        fingerprints = {item.text.policy.id: item.fingerprint for item in parsed}
        rules = tuple(map(rules_of, texts))
        statements = tuple(map(statements_of, texts))
        reports = tuple(
            report_policy(item.text, rule, said, reused=item.reused)
            for item, rule, said in zip(parsed, rules, statements, strict=True)
        )
        changes = compare_with(previous.texts if previous else {}, texts)
        ours = (bank or QuestionBank()).only(item.text.policy.id for item in parsed)
        questions = report_bank(ours, texts)
        if previous is not None and _same(previous, fingerprints, ours, rules, statements, encoder):
            if share is not None:
                share(previous)
            return Report(
                snapshot_id=previous.id, published=False, policies=reports, changes=changes, questions=questions
            )
        remembered = _Remembering(encoder, previous)
        tell("bouwen", 0, 1)
        snapshot = build_snapshot(
            index_dir,
            texts,
            remembered,
            bank=ours,
            rules=rules,
            statements=statements,
            report=_stored(fingerprints, ours, reports),
            progress=progress,
            share=share,
        )
        opened.callback(snapshot.close)
        return Report(snapshot_id=snapshot.id, published=True, policies=reports, changes=changes, questions=questions)


def check(folder: Path, *, bank: QuestionBank | None = None, progress: Progress | None = None) -> Report:
    """Read and cut the files of `folder` and report, without building or publishing anything."""
    texts = read_policies(folder, progress)
    ours = (bank or QuestionBank()).only(text.policy.id for text in texts)
    return Report(
        snapshot_id=None,
        published=False,
        policies=tuple(report_policy(text, rules_of(text), statements_of(text), reused=False) for text in texts),
        changes=(),
        questions=report_bank(ours, texts),
    )


def rules_of(text: PolicyText) -> PolicyRules:
    """The rules that a policy proves: those written for it, else those of its kin."""
    own = prove_rules(text)
    return own if own.proven or own.refused else kin_rules(text)


def statements_of(text: PolicyText) -> PolicyStatements:
    """The statements that a policy proves, likewise."""
    own = prove_statements(text)
    return own if own.proven or own.refused else kin_statements(text)


def read_policies(folder: Path, progress: Progress | None = None) -> tuple[PolicyText, ...]:
    """The policies of `folder`, read and cut, in the manifest's order; nothing is built.

    Raises SourceError when the manifest or one or more files are wrong; the message has a line for each.
    """
    parsed = _parse_all(folder, read_manifest(folder), None, progress or (lambda *_: None))
    return tuple(item.text for item in parsed)


def _parse_all(folder: Path, policies: Sequence[Policy], previous: Snapshot | None, tell: Progress) -> list[_Parsed]:
    """Every policy's text; all files are tried, so that one run names all that is wrong."""
    parsed: list[_Parsed] = []
    failures: list[SourceError] = []
    for number, policy in enumerate(policies):
        tell(policy.file, number, len(policies))
        try:
            parsed.append(_parse(folder, policy, previous))
        except SourceError as error:
            failures.append(error)
    tell("", len(policies), len(policies))
    if len(failures) == 1:
        raise failures[0]
    if failures:
        raise SourceError("\n".join(str(error) for error in failures))
    return parsed


def _parse(folder: Path, policy: Policy, previous: Snapshot | None) -> _Parsed:
    path = folder / policy.file
    fingerprint = _fingerprint(path, policy)
    if previous is not None and _known(previous).get(policy.id) == fingerprint and policy.id in previous.texts:
        return _Parsed(previous.texts[policy.id], fingerprint, reused=True)
    return _Parsed(parse_policy(policy, read_document(path)), fingerprint, reused=False)


def _fingerprint(path: Path, policy: Policy) -> str:
    digest = hashlib.sha256(RECIPE.encode())
    digest.update(policy.model_dump_json().encode())
    try:
        with path.open("rb") as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                digest.update(part)
    except IsADirectoryError:
        pass  # the reader says what is wrong with it
    except OSError as error:
        raise UnreadableFile(f"{printable(policy.file)} cannot be read: {error.strerror}; check the file") from error
    return digest.hexdigest()


def _published(index_dir: Path) -> Snapshot | None:
    """What is served now; None when there is nothing, or nothing that can be opened."""
    try:
        return open_snapshot(index_dir)
    except SnapshotError:
        return None


def _known(snapshot: Snapshot) -> Mapping[str, str]:
    fingerprints = snapshot.report.get("fingerprints", {})
    return fingerprints if isinstance(fingerprints, dict) else {}


def _same(
    previous: Snapshot,
    fingerprints: Mapping[str, str],
    bank: QuestionBank,
    rules: Sequence[PolicyRules],
    statements: Sequence[PolicyStatements],
    encoder: Encoder,
) -> bool:
    return (
        previous.encoder_name == encoder.name
        and previous.report.get("card_encoder") == card_encoder().name
        and previous.report.get("bank") == bank.fingerprint
        and dict(_known(previous)) == dict(fingerprints)
        and dict(previous.rules) == {each.policy_id: each for each in rules}
        and dict(previous.curated.statements) == {each.policy_id: each for each in statements}
        and not previous.vectors.degraded
    )


def _stored(fingerprints: Mapping[str, str], bank: QuestionBank, reports: Sequence[PolicyReport]) -> dict[str, object]:
    return {
        "fingerprints": dict(fingerprints),
        "bank": bank.fingerprint,
        "card_encoder": card_encoder().name,
        "policies": [report.model_dump(mode="json") for report in reports],
    }


class _Remembering:
    """An encoder that takes the vectors of texts it has encoded before from the published snapshot."""

    def __init__(self, encoder: Encoder, previous: Snapshot | None) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self._known: dict[str, npt.NDArray[np.float32]] = {}
        if previous is not None and previous.encoder_name == encoder.name:
            inputs = (passage_input(previous.policies[p.policy_id], p) for p in previous.passages)
            self._known = dict(zip(inputs, previous.exact.vectors, strict=True))

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._encoder.encode_passages(fresh), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else self._encoder.encode_passages(texts)
