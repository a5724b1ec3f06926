"""Questions of our own for the guard, a line each: see `read_questions`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def read_questions(name: str) -> list[tuple[str, str]]:
    """The questions of a file, each with the heading (`# ...`) above it."""
    heading, found = "", []
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:].strip()
        elif line.strip():
            found.append((heading, line.strip()))
    return found
