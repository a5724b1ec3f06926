"""`loket token`, `loket review`, `loket close` and `loket open`: the store from the command line."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.options import IndexOption, JsonOption, settings_of, the_store
from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from api.store import Store
    from api.store.reviews import ReviewItem, State

token_app = typer.Typer(name="token", no_args_is_help=True, help="Keys for the helpdesk and administrators.")
review_app = typer.Typer(name="review", no_args_is_help=True, help="Answers that were called bad.")

NameArgument = Annotated[str, typer.Argument(help="Whose it is: letters, digits, . _ @ and -.")]
ItemArgument = Annotated[str, typer.Argument(help="The item's id, or its first characters.")]
NoteOption = Annotated[str, typer.Option("--note", help="Why.")]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")
EXPORTED_AT_MOST = 10_000


@token_app.command(name="add")
def add_token(
    name: NameArgument,
    role: Annotated[Literal["helpdesk", "administrator"], typer.Option("--role", help="What it allows.")] = "helpdesk",
) -> None:
    """Make a token and print it. It is shown this once; what is kept is its hash."""
    from api.store import tokens

    if not _NAME.fullmatch(name):
        raise ConfigurationError("een naam heeft alleen letters, cijfers en . _ @ -, en ten hoogste 100 tekens")
    with the_store() as store:
        print(store.write_now(tokens.add_token, name, role, _now()))


@token_app.command(name="list")
def list_tokens(as_json: JsonOption = False) -> None:
    """The tokens that were made, and which are revoked."""
    from api.store import tokens

    with the_store() as store:
        found = store.read_now(tokens.list_tokens)
    if as_json:
        print(json.dumps([entry.model_dump(mode="json") for entry in found], indent=1))
        return
    for entry in found:
        until = f", revoked {entry.revoked_at:%Y-%m-%d %H:%M} UTC" if entry.revoked_at else ""
        print(f"{entry.name}  {entry.role}  made {entry.created_at:%Y-%m-%d %H:%M} UTC{until}")


@token_app.command(name="revoke")
def revoke_token(name: NameArgument) -> None:
    """Make a token worthless, from this moment on."""
    from api.store import tokens

    with the_store() as store:
        if not store.write_now(tokens.revoke_token, name, _now()):
            raise ConfigurationError("er is geen geldige sleutel met deze naam; zie loket token list")
    print("revoked")


def close_service() -> None:
    """Have the service answer no questions, within a second, in all processes; pages and policies stay."""
    from api.store import state

    with the_store() as store:
        store.write_now(state.close, _now())
    print("closed; loket open opens it again")


def open_service() -> None:
    """Have the service answer questions again."""
    from api.store import state

    with the_store() as store:
        print("open" if store.write_now(state.reopen) else "it was open")


@review_app.command(name="list")
def list_reviews(
    state: Annotated[Literal["open", "approved", "rejected"], typer.Option("--state", help="Which.")] = "open",
    as_json: JsonOption = False,
) -> None:
    """The items in a state, newest first."""
    from api.store import reviews

    with the_store() as store:
        items = store.read_now(reviews.list_reviews, state, EXPORTED_AT_MOST)
    if as_json:
        print(json.dumps([item.model_dump(mode="json") for item in items], ensure_ascii=False, indent=1))
        return
    for item in items:
        reasons = f" ({', '.join(item.reasons)})" if item.reasons else ""
        print(f"{item.id[:8]}  {item.created_at:%Y-%m-%d}  {item.status}{reasons}\n    {item.question}")
        for label, value in (("comment", item.comment), ("where", item.passage_id or item.policy_id)):
            if value:
                print(f"    {label}: {value}")


@review_app.command(name="approve")
def approve(
    item_id: ItemArgument,
    policy_id: Annotated[str | None, typer.Option("--policy", help="The policy that answers it.")] = None,
    passage_id: Annotated[str | None, typer.Option("--passage", help="The passage that answers it.")] = None,
    note: NoteOption = "",
    index: IndexOption = None,
) -> None:
    """Say that the question and the passage belong together, so that `export` gives them as a line of the bank."""
    from knowledge.snapshot import open_snapshot

    with the_store() as store:
        item = _find(store, item_id)
        policy_id, passage_id = policy_id or item.policy_id, passage_id or item.passage_id
        if policy_id is None or passage_id is None:
            raise ConfigurationError("geef met --policy en --passage waar het antwoord staat")
        policy = open_snapshot(settings_of(index).index).texts.get(policy_id)
        if policy is None or not any(passage.id == passage_id for passage in policy.passages):
            raise ConfigurationError("die passage staat niet in het gepubliceerde beleid; loket search toont passages")
        _decide(store, item, state="approved", note=note, policy_id=policy_id, passage_id=passage_id)


@review_app.command(name="reject")
def reject(item_id: ItemArgument, note: NoteOption = "") -> None:
    """Say that there is nothing to mend."""
    with the_store() as store:
        item = _find(store, item_id)
        _decide(store, item, state="rejected", note=note)


@review_app.command(name="export")
def export(
    out: Annotated[Path | None, typer.Option("--out", help="A file (default: the screen).")] = None,
    index: IndexOption = None,
) -> None:
    """The approved items as lines of a question bank; those whose passage is gone are named and left out."""
    from api.bank_lines import bank_lines
    from api.store import reviews
    from knowledge.bank import as_row, write_lines
    from knowledge.snapshot import open_snapshot

    with the_store() as store:
        items = store.read_now(reviews.list_reviews, "approved", EXPORTED_AT_MOST)
    lines, lost = bank_lines(items, open_snapshot(settings_of(index).index).texts)
    if out is not None:
        write_lines(out, lines)
    for line in lines if out is None else ():
        print(as_row(line))
    for item in lost:
        print(f"loket: {item.id[:8]}: no words of {item.passage_id} name it alone, or it is gone", file=sys.stderr)
    raise typer.Exit(1 if lost else 0)


@review_app.command(name="cases")
def candidate_cases(
    out: Annotated[Path | None, typer.Option("--out", help="A file (default: the screen).")] = None,
    index: IndexOption = None,
) -> None:
    """Approved items and approved answers as candidate cases for `loket eval --cases`, for a person to complete."""
    from api.settled import settled_answers, settled_reviews
    from api.store import approvals, reviews
    from evals.candidates import candidate
    from knowledge.snapshot import open_snapshot

    with the_store() as store:
        items = store.read_now(reviews.list_reviews, "approved", EXPORTED_AT_MOST)
        answers = store.read_now(approvals.list_approved)
    texts = open_snapshot(settings_of(index).index).texts
    settled = [*settled_reviews(items, texts), *settled_answers(answers, texts)]
    found = [(each, candidate(each, texts) if each.passages else None) for each in settled]
    lines = "".join(f"{case.model_dump_json()}\n" for _, case in found if case)
    if out is None:
        print(lines, end="")
    else:
        out.write_text(lines, "utf-8")
    lost = [each.name for each, case in found if case is None]
    for name in lost:
        print(f"loket: {name}: its passage is gone, or tells nothing that an answer is known by", file=sys.stderr)
    raise typer.Exit(1 if lost else 0)


def _find(store: Store, start: str) -> ReviewItem:
    from api.store import reviews

    states: tuple[State, ...] = ("open", "approved", "rejected")
    every = [
        item
        for state in states
        for item in store.read_now(reviews.list_reviews, state, EXPORTED_AT_MOST)
        if item.id.startswith(start)
    ]
    if len(every) != 1:
        raise ConfigurationError(f"{len(every)} items beginnen zo; zie loket review list")
    return every[0]


def _decide(store: Store, item: ReviewItem, **decided: str | None) -> None:
    from api.store import reviews

    by = {"decided_at": _now(), "decided_by": f"command line: {getpass.getuser()}"}
    store.write_now(reviews.decide, item.model_copy(update={**decided, **by}))
    print(f"{item.id[:8]} {decided['state']}")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
