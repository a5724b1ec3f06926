"""The manifest: one table of mistakes, each refused in one line that names the culprit, and what is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.manifest import MANIFEST_NAME, read_manifest
from ingest.source import _FORMAT_OF_SUFFIX
from knowledge.errors import ManifestError
from tests.conftest import entry, forbid_reading, policy_markdown, write_manifest, write_policies

Change = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which nothing is wrong."""
    texts = {name: policy_markdown(name) for name in ("logopedie", "dietetiek")}
    return write_policies(tmp_path / "beleid", texts)


def raw(text: str | bytes) -> Change:
    """The manifest holds `text`."""
    data = text.encode() if isinstance(text, str) else text
    return lambda folder: (folder / MANIFEST_NAME).write_bytes(data)


def listed(*entries: Any) -> Change:
    return raw(yaml.safe_dump({"policies": list(entries)}, allow_unicode=True))


def first(**fields: Any) -> Change:
    """The first entry has these fields besides its own; None leaves a field out."""
    return listed(entry("logopedie", **fields), entry("dietetiek"))


def without(name: str) -> Change:
    return first(**{name: None})


def file_beside(name: str) -> Change:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("tekst", "utf-8")

    return write


def link(name: str, target: str) -> Change:
    """`name` is a link to a file outside the folder, and the first entry's file."""

    def write(folder: Path) -> None:
        outside = folder.parent / target
        outside.mkdir(exist_ok=True)
        (outside / "logopedie.md").write_text("tekst", "utf-8")
        (folder / "logopedie.md").unlink()
        (folder / name).symlink_to(outside / "logopedie.md" if name.endswith(".md") else outside)
        first(file=name if name.endswith(".md") else f"{name}/logopedie.md")(folder)

    return write


def without_manifest(folder: Path) -> None:
    (folder / MANIFEST_NAME).unlink()


def both(*changes: Change) -> Change:
    return lambda folder: [change(folder) for change in changes]


GOOD = yaml.safe_dump({"policies": [entry("logopedie"), entry("dietetiek")]})
ALIASES = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))

# (what is wrong, how it comes about, words of the message)
MISTAKES: list[tuple[str, Change, tuple[str, ...]]] = [
    # The folder and the file
    ("no manifest", without_manifest, ("beleid", "manifest.yaml")),
    ("manifest is a folder", both(without_manifest, file_beside("manifest.yaml/x")), ("manifest",)),
    ("empty file", raw(""), ("manifest.yaml", "policies")),
    ("only a comment", raw("# nog te doen\n"), ("policies",)),
    ("half YAML", raw("policies: [{id: a"), ("not valid YAML", "line 1")),
    ("tab as indent", raw("policies:\n\t- id: a"), ("not valid YAML", "line 2")),
    ("two documents", raw(GOOD + "---\n" + GOOD), ("not valid YAML",)),
    ("a Python object", raw("policies: !!python/object/apply:os.getcwd []"), ("not valid YAML", "python")),
    ("not UTF-8", raw(GOOD.encode() + b"# caf\xe9"), ("not valid YAML", "utf-8")),
    ("a NUL", raw(GOOD + "\0"), ("not valid YAML",)),
    ("very deep", raw("policies: " + "[" * 5000), ("not valid YAML",)),
    ("aliases that multiply", raw(ALIASES + "policies: *a11"), ("'a0'",)),
    ("a key that is a list", raw("? [a, b]\n: c\n"), ("not valid YAML",)),
    ("a key that is a mapping", raw("policies:\n- ? {a: b}\n  : c\n"), ("not valid YAML",)),
    # Beside the list
    ("a list", raw("- id: logopedie"), ("policies",)),
    ("a word", raw("beleid"), ("policies",)),
    ("no list", raw("beleid: []"), ("policies",)),
    ("one entry for a list", raw("policies: {id: a}"), ("policies",)),
    ("nothing in the list", raw("policies:"), ("policies",)),
    ("empty list", raw("policies: []"), ("no policies",)),
    ("unknown field beside the list", raw(GOOD + "versie: 2"), ("'versie'", "unknown")),
    ("doubled list", raw(GOOD + GOOD), ("'policies'", "twice")),
    # An entry
    ("entry is a word", listed(entry("logopedie"), "dietetiek"), ("entry 2", "str")),
    ("entry is nothing", listed(None), ("entry 1",)),
    ("entry is a list", listed([entry("logopedie")]), ("entry 1", "list")),
    ("doubled key", raw("policies:\n- id: a1\n  year: 2026\n  year: 2027\n"), ("'year'", "twice", "line 2")),
    ("doubled quoted key", raw("policies:\n- id: a1\n  'id': a2\n"), ("'id'", "twice")),
    ("unknown field", first(jaar=2026), ("entry 1 (logopedie)", "'jaar'", "unknown")),
    ("field in capitals", first(Care=["logopedie"]), ("'Care'", "unknown")),
    ("no id", without("id"), ("entry 1", "'id'", "required")),
    ("no file", without("file"), ("logopedie", "'file'", "required")),
    ("no insurer", without("insurer"), ("logopedie", "'insurer'", "required")),
    ("no year", without("year"), ("logopedie", "'year'", "required")),
    ("no title", without("title"), ("logopedie", "'title'", "required")),
    ("empty title", first(title=""), ("logopedie", "'title'")),
    ("empty file name", first(file=""), ("logopedie", "'file'")),
    ("year in words", first(year="volgend jaar"), ("logopedie", "'year'", "integer")),
    ("year is a list", first(year=[2026]), ("logopedie", "'year'")),
    ("year 1999", first(year=1999), ("logopedie", "'year'", "2000")),
    ("year 2101", first(year=2101), ("logopedie", "'year'", "2100")),
    ("labels is a word", first(labels="Poolster"), ("logopedie", "'labels'")),
    ("a label is a number", first(labels=["Poolster", 7]), ("logopedie", "'labels.1'")),
    ("care is a mapping", first(care={"a": "b"}), ("logopedie", "'care'")),
    ("version is a number", first(version=1.1), ("logopedie", "'version'", "string")),
    ("Dutch date", first(valid_from="1 januari 2026"), ("logopedie", "'valid_from'", "date")),
    ("day that is none", raw(GOOD.replace("year: 2026", "year: 2026\n  valid_from: 2026-02-30", 1)), ("valid_from",)),
    ("month that is none", raw(GOOD.replace("year: 2026", "year: 2026\n  valid_from: 2026-13-01", 1)), ("valid_from",)),
    ("unknown authority", first(authority="kopie"), ("logopedie", "'authority'", "original")),
    # The id
    ("id in capitals", first(id="Logopedie"), ("Logopedie", "'id'")),
    ("id with a space", first(id="logo pedie"), ("logo pedie", "'id'")),
    ("id with a slash", first(id="../logopedie"), ("../logopedie", "'id'")),
    ("id of one letter", first(id="l"), ("'id'",)),
    ("id of 82 letters", first(id="l" * 82), ("'id'",)),
    ("id that is a number", first(id=2026), ("2026", "'id'")),
    ("id of two lines", first(id="logo\npedie"), ("'id'",)),
    ("id that colours the terminal", first(id="\x1b[31mlogopedie"), ("'id'",)),
    ("doubled id", listed(entry("logopedie"), entry("logopedie", file="dietetiek.md")), ("'logopedie'", "2 entries")),
    # The file
    ("doubled file", first(file="dietetiek.md"), ("'dietetiek.md'", "2 entries")),
    ("doubled file, spelt otherwise", first(file="./dietetiek.md"), ("dietetiek.md", "2 entries")),
    ("file without", first(file="weg.md"), ("'logopedie'", "'weg.md'")),
    ("file with a long name", first(file="l" * 300 + ".md"), ("'logopedie'", "lll.md")),
    ("file with a NUL", first(file="logo\0pedie.md"), ("'logopedie'", "pedie.md")),
    ("file above the folder", first(file="../logopedie.md"), ("'../logopedie.md'", "outside")),
    ("file above, by a way round", first(file="x/../../logopedie.md"), ("logopedie", "outside")),
    ("absolute path", first(file="/etc/hostname"), ("'/etc/hostname'", "outside")),
    ("link out of the folder", link("logopedie.md", "elders"), ("logopedie.md", "outside")),
    ("folder that is a link out", link("map", "elders"), ("map/logopedie.md", "outside")),
    ("file without entry", file_beside("nieuw.pdf"), ("'nieuw.pdf'", "no entry")),
    ("file without entry, in capitals", file_beside("NIEUW.PDF"), ("'NIEUW.PDF'", "no entry")),
    ("file without entry, deeper", file_beside("2027/oud/nieuw.docx"), ("2027/oud/nieuw.docx", "no entry")),
]  # fmt: skip


def refusal(folder: Path) -> str:
    """The message with which the folder is refused."""
    with pytest.raises(ManifestError) as caught:
        read_manifest(folder)
    return str(caught.value)


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_refused_in_one_line_that_names_it(folder: Path, change: Change, said: tuple[str, ...]) -> None:
    read_manifest(folder)  # nothing is wrong yet
    change(folder)
    message = refusal(folder)
    assert message.isprintable()
    assert len(message) < 700
    assert all(words in message for words in said), message


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "weg is not a folder" in refusal(tmp_path / "weg")


def test_a_file_for_a_folder(folder: Path) -> None:
    assert "is not a folder" in refusal(folder / MANIFEST_NAME)


@pytest.mark.parametrize("suffix", sorted(_FORMAT_OF_SUFFIX))
def test_a_file_of_every_readable_kind_needs_an_entry(folder: Path, suffix: str) -> None:
    (folder / f"nieuw{suffix}").write_text("tekst", "utf-8")
    assert f"'nieuw{suffix}' has no entry" in refusal(folder)


def test_a_manifest_without_rights_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_reading(monkeypatch, folder / MANIFEST_NAME)
    assert MANIFEST_NAME in refusal(folder)


# What is right


def test_what_an_entry_leaves_out(folder: Path) -> None:
    policies = read_manifest(folder)
    assert [policy.id for policy in policies] == ["logopedie", "dietetiek"]
    assert policies[0].model_dump() == {
        "id": "logopedie",
        "file": "logopedie.md",
        "insurer": "Noorderlicht",
        "labels": (),
        "year": 2026,
        "title": "Inkoopbeleid logopedie 2026",
        "care": (),
        "version": None,
        "published_on": None,
        "valid_from": None,
        "valid_until": None,
        "source": None,
        "authority": "original",
    }


def test_what_an_entry_says(folder: Path) -> None:
    said = {
        "labels": ["Poolster", "Zuiderzon"],
        "care": ["logopedie", "stottertherapie"],
        "version": "1.1",
        "published_on": dt.date(2025, 6, 1),
        "valid_from": dt.date(2026, 1, 1),
        "valid_until": "2026-12-31",
        "source": "www.noorderlicht.example",
        "authority": "restatement",
    }
    first(**said)(folder)
    policy = read_manifest(folder)[0]
    assert policy.model_dump(include=set(said)) == said | {
        "labels": ("Poolster", "Zuiderzon"),
        "care": ("logopedie", "stottertherapie"),
        "valid_until": dt.date(2026, 12, 31),
    }


def test_a_field_without_a_value_is_left_out(folder: Path) -> None:
    raw(GOOD.replace("year: 2026", "year: 2026\n  version: null\n  published_on:", 1))(folder)
    policy = read_manifest(folder)[0]
    assert (policy.version, policy.published_on) == (None, None)


@pytest.mark.parametrize(
    "change",
    [
        raw(b"\xef\xbb\xbf" + GOOD.encode()),
        raw(GOOD.replace("\n", "\r\n")),
        raw("---\n# beleid\n" + GOOD),
        file_beside(".geheim.pdf"),
        file_beside(".git/nieuw.md"),
        file_beside("2027/.nieuw.pdf.swp"),
        file_beside("logo.png"),
        file_beside("LEESMIJ"),
    ],
    ids=["byte order mark", "CRLF", "marker", "hidden file", "hidden folder", "hidden deeper", "picture", "no suffix"],
)
def test_what_does_no_harm(folder: Path, change: Change) -> None:
    before = read_manifest(folder)
    change(folder)
    assert read_manifest(folder) == before


def test_a_file_in_a_folder_below(folder: Path) -> None:
    (folder / "2026").mkdir()
    (folder / "logopedie.md").rename(folder / "2026" / "logopedie.md")
    write_manifest(folder, entry("logopedie", file="2026/logopedie.md"), entry("dietetiek"))
    assert read_manifest(folder)[0].file == "2026/logopedie.md"


def test_a_link_within_the_folder(folder: Path) -> None:
    (folder / ".kopie").mkdir()
    (folder / "logopedie.md").rename(folder / ".kopie" / "logopedie.md")
    (folder / "logopedie.md").symlink_to(".kopie/logopedie.md")
    assert read_manifest(folder)[0].file == "logopedie.md"


def test_names_that_are_not_ascii(folder: Path) -> None:
    (folder / "logopedie.md").rename(folder / "beleid één – definitief.md")
    write_manifest(folder, entry("logopedie", file="beleid één – definitief.md"), entry("dietetiek"))
    assert read_manifest(folder)[0].file == "beleid één – definitief.md"
