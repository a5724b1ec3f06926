"""deploy/ asks of the product only what it has: settings, commands and folders."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer
import yaml

from api.cli import app
from api.settings import PREFIX, Settings
from tests.conftest import ROOT

KNOWN = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
OURS = [name for name, service in COMPOSE["services"].items() if "build" in service]


def test_the_services_of_the_compose_file() -> None:
    assert set(COMPOSE["services"]) == {"database", "chroma", "ingest", "service"}
    assert OURS == ["ingest", "service"]
    for service in COMPOSE["services"].values():
        named = [volume.partition(":")[0] for volume in service["volumes"]]
        assert all(name in COMPOSE["volumes"] for name in named if re.fullmatch(r"\w+", name))
        assert set(service.get("depends_on", ())) <= set(COMPOSE["services"])


@pytest.mark.parametrize("name", OURS)
def test_its_settings_are_ours_and_fit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the environment of who starts it leaves out."""
    environment = COMPOSE["services"][name]["environment"]
    assert set(environment) <= KNOWN
    for variable, value in environment.items():
        monkeypatch.setenv(variable, re.sub(r"\$\{\w+(?::[-?]([^}]*))?\}", r"\1", value))
    settings = Settings.from_environment()
    assert settings.workers == 2
    assert settings.chroma_url == ""


def test_its_commands_exist() -> None:
    commands = [service["command"] for service in COMPOSE["services"].values() if "command" in service]
    commands += [re.findall(r'"([^"]+)"', line) for line in DOCKERFILE.splitlines() if line.startswith("CMD")]
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group
    assert {command[0] for command in commands} == {"loket"}
    assert {command[1] for command in commands} == {"ingest", "serve"} <= set(known)


def test_the_settings_of_the_image_are_ours_and_its_packages_there() -> None:
    assert set(re.findall(rf"\b({PREFIX}\w+)=", DOCKERFILE)) <= KNOWN
    for package in re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE):
        assert (ROOT / package / "__init__.py").is_file()
