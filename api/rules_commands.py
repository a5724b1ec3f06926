"""`loket rules`: the rules of the policies, their proof, and runs of them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from api.options import (
    IndexOption,
    JsonOption,
    TodayOption,
    bundled_policies,
    settings_of,
    today_in_the_netherlands,
)
from api.terminal import progress_bar
from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from assistant.receipts import RuleReceipt
    from ingest.report import Report
    from knowledge.rules.card import FactSpec, FactValue
    from knowledge.rules.proven import ProvenRule
    from knowledge.rules.rulebook import Rulebook
    from knowledge.snapshot import Snapshot

rules_app = typer.Typer(
    no_args_is_help=True, help="The rules of the policies: list them, show their proof, check the cards, run one."
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Full name of a rule: policy_id.rule_id.")]
LanguageOption = Annotated[str, typer.Option("--language", help="Language of what the rule says: nl or en.")]


@rules_app.command(name="list")
def list_rules(
    policy: Annotated[str | None, typer.Option("--policy", metavar="ID", help="Only the rules of this policy.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the rules of the published policies; refused ones are marked."""
    from api.rules_text import list_text
    from assistant.rule_descriptions import rule_heading

    snapshot, rulebook = _published(index)
    if policy is not None and policy not in snapshot.texts:
        raise ConfigurationError(f"no policy {policy} is on file; there are: {', '.join(snapshot.texts)}")
    rows = [rule_heading(rule, "nl") for rule in rulebook.among([policy] if policy else ())]
    refused = {
        name: reasons for name, reasons in rulebook.refused().items() if not policy or name.startswith(f"{policy}.")
    }
    if as_json:
        _print_json({"rules": rows, "refused": [{"name": n, "reasons": list(r)} for n, r in refused.items()]})
    else:
        print(list_text(rows, refused))


@rules_app.command()
def show(
    name: NameArgument, index: IndexOption = None, language: LanguageOption = "nl", as_json: JsonOption = False
) -> None:
    """Show a rule: its values with the quotes that prove them, its conditions, and the facts that it reads."""
    from api.rules_text import rule_text
    from assistant.rule_descriptions import describe_rule

    snapshot, rulebook = _published(index)
    rule = _rule(rulebook, name)
    described = describe_rule(rule, rulebook, snapshot.texts, _language(language))
    if as_json:
        _print_json(described)
    else:
        print(rule_text(described))


@rules_app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of policy files with a manifest.yaml (default: the bundled policies).")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Prove the cards against policies, without building; exit with 1 when a rule is refused."""
    from ingest import pipeline

    with progress_bar() as tell:
        report = pipeline.check(folder or bundled_policies(), progress=tell)
    refused = any(policy.rules_refused for policy in report.policies)
    if as_json:
        rows = [
            {"policy_id": p.policy_id, "proven": list(p.rules_proven), "refused": list(p.rules_refused)}
            for p in report.policies
        ]
        _print_json({"policies": rows})
    else:
        print(_check_text(report))
    raise typer.Exit(1 if refused else 0)


@rules_app.command()
def run(
    name: NameArgument,
    facts: Annotated[
        str, typer.Option("--facts", metavar="JSON", help="What is known of the asker: a JSON object of fact names.")
    ] = "{}",
    today: TodayOption = None,
    receipt: Annotated[
        Path | None, typer.Option("--receipt", metavar="FILE", help="File for the receipt, which `replay` runs again.")
    ] = None,
    index: IndexOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Run a rule on facts; what is missing is asked for, never guessed."""
    from api.rules_text import run_text
    from assistant.receipts import rule_receipt
    from assistant.rule_facts import specs_of
    from assistant.rule_runs import run_cited

    snapshot, rulebook = _published(index)
    rule = _rule(rulebook, name)
    known = _facts(facts, specs_of(rule, rulebook))
    day = today.date() if today else today_in_the_netherlands()
    done = run_cited(rule, known, today=day, language=_language(language), rulebook=rulebook, texts=snapshot.texts)
    made = rule_receipt(done.result, rule, source=snapshot, today=day)
    if receipt is not None:
        _write(receipt, made)
    if as_json:
        _print_json(done.as_json() | {"receipt": made.model_dump(mode="json")})
    else:
        print(run_text(done, language))


@rules_app.command()
def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A receipt that `run --receipt` wrote.")],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run a receipt's rule again; exit with 1 when not the same comes out, from the same proof."""
    from assistant.receipts import rerun

    found = rerun(_read(file), _published(index)[0])
    if as_json:
        _print_json(found.model_dump(mode="json"))
    else:
        for each in found.differences:
            print(f"{each.what} {each.name}: was {each.before}; is {each.now}")
        print("the same outcome from the same proof" if found.same else "not the same")
    raise typer.Exit(0 if found.same else 1)


def _published(index: Path | None) -> tuple[Snapshot, Rulebook]:
    """The published snapshot, for its texts and rules alone, and its rules."""
    from knowledge.rules.rulebook import Rulebook
    from knowledge.snapshot import open_snapshot

    snapshot = open_snapshot(settings_of(index).index)
    snapshot.close()
    return snapshot, Rulebook(snapshot.rules)


def _rule(rulebook: Rulebook, name: str) -> ProvenRule:
    """The rule of this name. Raises ConfigurationError that says why there is none, and which are near."""
    from knowledge.rules.rulebook import full_name

    rule = rulebook.get(name)
    if rule is not None:
        return rule
    refused = rulebook.refused().get(name)
    if refused is not None:
        raise ConfigurationError(f"rule {name} is not used: its policy does not prove it ({'; '.join(refused)})")
    raise ConfigurationError(f"unknown rule {name}; {_near(name, [full_name(each) for each in rulebook])}")


def _near(name: str, names: Collection[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, names, n=3) or [each for each in names if each.endswith(f".{name}")][:3]
    return f"did you mean {' or '.join(near)}?" if near else "'loket rules list' names those that there are"


def _facts(text: str, specs: Mapping[str, FactSpec]) -> Mapping[str, FactValue]:
    """The typed facts of a JSON object. Raises ConfigurationError with a line for each that cannot be used."""
    from assistant.rule_facts import read_facts

    try:
        given = json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except ValueError as error:
        raise ConfigurationError(f"--facts is no JSON ({error}); give an object such as {_example(specs)}") from error
    if not isinstance(given, dict):
        raise ConfigurationError(f"--facts is a JSON {type(given).__name__}; give an object such as {_example(specs)}")
    unknown = [name for name in given if name not in specs]
    lines = [f"unknown fact {name}; {_reads(name, specs)}" for name in unknown]
    read = read_facts({name: value for name, value in given.items() if name in specs}, specs)
    lines += [f"fact {fault.name} does not fit; {fault.wanted.en}" for fault in read.faults]
    if lines:
        raise ConfigurationError("\n".join(lines))
    return read.facts


def _reads(name: str, specs: Mapping[str, FactSpec]) -> str:
    import difflib

    near = difflib.get_close_matches(name, specs, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"the rule reads {', '.join(specs)}" if specs else "the rule reads no facts"


def _example(specs: Mapping[str, FactSpec]) -> str:
    examples: dict[str, Any] = {"yes_no": True, "amount": 1.5, "date": "2026-04-14"}
    shown = {
        name: spec.options[0].value if spec.options else examples[spec.kind] for name, spec in list(specs.items())[:2]
    }
    return json.dumps(shown)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def _language(language: str) -> str:
    if language not in ("nl", "en"):
        raise ConfigurationError(f"--language {language} is not there; give nl or en")
    return language


def _write(path: Path, receipt: RuleReceipt) -> None:
    try:
        path.write_text(receipt.model_dump_json(indent=1) + "\n", "utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written ({error.strerror}); give another file") from error


def _read(path: Path) -> RuleReceipt:
    from pydantic import ValidationError

    from assistant.receipts import RuleReceipt

    try:
        return RuleReceipt.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read; give a file that 'rules run --receipt' wrote") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise ConfigurationError(
            f"{path} is no receipt ({where}: {first['msg']}); give a file that 'rules run --receipt' wrote"
        ) from error


def _check_text(report: Report) -> str:
    """A line a policy and a line a rule refused."""
    lines = []
    for policy in report.policies:
        lines.append(f"{policy.policy_id}: {len(policy.rules_proven)} proven, {len(policy.rules_refused)} refused")
        lines += [f"    refused: {line}" for line in policy.rules_refused]
    refused = sum(len(policy.rules_refused) for policy in report.policies)
    lines.append(f"checked; {refused} refused")
    return "\n".join(lines)


def _print_json(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))
