"""Practice policies: their questions are read with the stretches that answer, and what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.practice import PAIRS_FILE, read_practice
from knowledge.errors import ManifestError, PracticeError

TEXT = """1 Planning

De zolen liggen klaar op maandag.
Het portaal is open.

2 Contact

Bel de afdeling Zolen als het portaal
dicht blijft. Wij helpen u met bestellen, passen en betalen, met alles wat u in
het portaal over uw zolen leest, en met wat daarin nog niet staat.
"""
SOLES = {"question": "Wanneer liggen de zolen klaar?", "quotes": ["De zolen liggen klaar op maandag."]}
PORTAL = {
    "question": "Wat als het portaal dicht is?",
    "quotes": ["Het portaal is open.", "Bel de afdeling Zolen als het portaal dicht blijft."],
}


def practice(folder: Path, name: str = "loosdal-2026", pairs: object = (SOLES, PORTAL), entries: int = 1) -> Path:
    """A practice policy `name` in `folder`; `pairs` None: it has no such file."""
    own = folder / name
    own.mkdir(parents=True)
    ids = [name, *(f"{name}-{number}" for number in range(2, entries + 1))]
    fields = "insurer: Loosdal, year: 2026, title: Inkoopbeleid zolen"
    manifest = [f"  - {{id: {each}, file: {each}.txt, {fields}}}" for each in ids]
    (own / "manifest.yaml").write_text("\n".join(["policies:", *manifest]), "utf-8")
    for each in ids:
        (own / f"{each}.txt").write_text(TEXT, "utf-8")
    if isinstance(pairs, str):
        (own / PAIRS_FILE).write_text(pairs, "utf-8")
    elif isinstance(pairs, tuple):
        (own / PAIRS_FILE).write_text("".join(json.dumps(pair) + "\n" for pair in pairs), "utf-8")
    return folder


def test_policies_are_read_by_name_with_what_answers_each_question(tmp_path: Path) -> None:
    practice(practice(tmp_path, "waterdal-2026", (SOLES,)))
    (tmp_path / "lees_mij").mkdir()
    first, second = read_practice(tmp_path)
    assert [each.text.policy.id for each in (first, second)] == ["loosdal-2026", "waterdal-2026"]
    told = {
        question: [" ".join(first.text.text[span.start : span.end].split()) for span in spans]
        for question, spans in first.asks
    }
    assert told == {pair["question"]: pair["quotes"] for pair in (SOLES, PORTAL)}
    assert [question for question, _ in second.asks] == [SOLES["question"]]


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (None, r"holds no pairs\.jsonl"),
        ('{"question": "Waar?"}\n', r"pairs\.jsonl, line 1: quotes"),
        (f"{json.dumps(SOLES)}\n\n[]\n", r"pairs\.jsonl, line 3: the line"),
        ("geen json\n", r"line 1: the line"),
        (({**SOLES, "quotes": []},), r"line 1: quotes"),
        (({**SOLES, "question": ""},), r"line 1: question"),
        (({**SOLES, "bron": "x"},), r"line 1: bron"),
        (({**SOLES, "quotes": ["De zolen liggen klaar op dinsdag."]},), r"does not stand in loosdal-2026"),
    ],
)
def test_questions_that_are_wrong_are_refused(tmp_path: Path, pairs: object, message: str) -> None:
    with pytest.raises(PracticeError, match=message):
        read_practice(practice(tmp_path, pairs=pairs))


def test_a_pairs_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (practice(tmp_path) / "loosdal-2026" / PAIRS_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PracticeError, match="cannot be read"):
        read_practice(tmp_path)


def test_a_folder_that_holds_no_practice_policy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="is not a folder"):
        read_practice(tmp_path / "nergens")
    (tmp_path / "leeg").mkdir()
    with pytest.raises(PracticeError, match=r"holds no folder with a manifest\.yaml"):
        read_practice(tmp_path)
    with pytest.raises(PracticeError, match="holds no folder"):  # the policy's folder is not the practice folder
        read_practice(practice(tmp_path) / "loosdal-2026")


def test_policies_that_share_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="holds 2 policies"):
        read_practice(practice(tmp_path, entries=2))


def test_a_manifest_that_is_wrong_is_named(tmp_path: Path) -> None:
    (practice(tmp_path) / "loosdal-2026" / "loosdal-2026.txt").unlink()
    with pytest.raises(ManifestError, match="is not in"):
        read_practice(tmp_path)
