from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.settings import READ_ELSEWHERE, Settings
from knowledge.errors import ConfigurationError


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("LOKET_")]:
        monkeypatch.delenv(name)


def test_the_defaults_serve_this_machine_only_and_trust_no_caller() -> None:
    settings = Settings.from_environment()
    assert (settings.host, settings.port, settings.index) == ("127.0.0.1", 8000, Path("var/index"))
    assert settings.allow_today is False
    assert settings.rate_limit > 0


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"INDEX": "/srv/index", "RATE_LIMIT": "0", "ALLOW_TODAY": "true", "PORT": "9000"}.items():
        monkeypatch.setenv(f"LOKET_{name}", value)
    settings = Settings.from_environment()
    assert (settings.index, settings.rate_limit, settings.allow_today, settings.port) == (
        Path("/srv/index"),
        0,
        True,
        9000,
    )


@pytest.mark.parametrize(
    ("given", "threads"),
    [({}, 2), ({"model": "openai:m"}, 8), ({"answers_at_once": 5}, 5), ({"answers_at_once": 5, "model": "m:n"}, 5)],
)
def test_more_questions_at_a_time_are_worth_it_only_where_they_wait_for_a_model(
    given: dict[str, object], threads: int
) -> None:
    assert Settings.model_validate(given).threads == threads


@pytest.mark.parametrize("name", sorted(READ_ELSEWHERE))
def test_settings_of_other_packages_are_no_mistake(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x")
    Settings.from_environment()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("LOKET_RATELIMIT", "5", "bedoelde u LOKET_RATE_LIMIT?"),
        ("LOKET_QQQQ", "5", "bekend zijn LOKET_"),
        ("LOKET_PORT", "70000", "LOKET_PORT"),
        ("LOKET_PORT", "http", "LOKET_PORT"),
        ("LOKET_RATE_LIMIT", "-1", "LOKET_RATE_LIMIT"),
        ("LOKET_ALLOW_TODAY", "misschien", "LOKET_ALLOW_TODAY"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=told.replace("?", r"\?")):
        Settings.from_environment()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]  # that it is refused is the point
