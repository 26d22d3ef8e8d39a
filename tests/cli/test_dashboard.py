"""The command that opens the supervisor's window, and the window beside the demo."""

import subprocess
from pathlib import Path
from typing import Self

import pytest

from agent.cli import dashboard
from agent.settings import Settings


def settings(tmp_path: Path, **groups: object) -> Settings:
    return Settings.model_validate({"profiles_dir": tmp_path, "profile": "loja", **groups})


def test_it_is_told_where_the_agent_is_and_whose_token_to_read(tmp_path: Path) -> None:
    told = dashboard._arguments(settings(tmp_path, api={"port": 9090}, language="en"))
    token = str(tmp_path / "loja" / "api.token")
    assert told == ["--server", "http://127.0.0.1:9090", "--token-file", token, "--language", "en"]


@pytest.mark.parametrize(
    ("host", "address"),
    [("0.0.0.0", "http://127.0.0.1:8080"), ("::1", "http://[::1]:8080"), ("10.0.0.5", "http://10.0.0.5:8080")],  # noqa: S104
)
def test_an_agent_that_listens_everywhere_is_reached_here(tmp_path: Path, host: str, address: str) -> None:
    assert dashboard._arguments(settings(tmp_path, api={"host": host}))[1] == address


@pytest.mark.parametrize(
    ("display", "groups", "opens"),
    [
        (":1", {}, True),
        ("", {}, False),
        (":1", {"browser": {"headless": True}}, False),
        (":1", {"api": {"enabled": False}}, False),
    ],
)
def test_it_opens_beside_the_demo_where_there_is_a_screen_and_closes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, display: str, groups: dict[str, object], opens: bool
) -> None:
    seen: list[str] = []

    class Started:
        def __init__(self, command: list[str]) -> None:
            seen.append(" ".join(command[1:3]))

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            seen.append("waited for")

        def terminate(self) -> None:
            seen.append("ended")

    monkeypatch.setattr(subprocess, "Popen", Started)
    monkeypatch.setattr(dashboard.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    with dashboard.beside(settings(tmp_path, **groups)):
        seen.append("demo")
    assert seen == (["-m gui", "demo", "ended", "waited for"] if opens else ["demo"])
