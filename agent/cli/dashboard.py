"""The supervisor's window: a process of its own, which knows the agent by its API alone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from agent.api.local_token import TOKEN_FILE
from agent.cli.options import Config, Profile, settings_for
from agent.settings import Settings

app = typer.Typer()

Server = Annotated[str | None, typer.Option(help="Address of an agent elsewhere, to sign in to.")]


@app.command()
def dashboard(config: Config = None, profile: Profile = None, server: Server = None) -> None:
    """Open the supervisor's window."""
    from gui.__main__ import main

    settings = settings_for(config, log=False, profile=profile)
    raise typer.Exit(main(["--server", server] if server else _arguments(settings)))


@contextmanager
def beside(settings: Settings) -> Iterator[None]:
    """The window open beside what is done meanwhile, where there is a screen to open it on."""
    if settings.browser.headless or not settings.api.enabled or not _has_screen():
        yield
        return
    # A standalone Balcão takes the same words: see scripts/standalone/start_desktop.py.
    with subprocess.Popen([sys.executable, "-m", "gui", *_arguments(settings)]) as window:
        try:
            yield
        finally:
            window.terminate()


def agent_address(settings: Settings) -> str:
    """Where the agent of these settings is asked, on this machine."""
    api = settings.api
    scheme = "https" if api.tls_certificate else "http"
    host = "127.0.0.1" if api.host in ("0.0.0.0", "::") else api.host  # noqa: S104 (compared, not listened on)
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{api.port}"


def _arguments(settings: Settings) -> list[str]:
    token = settings.profile_dir / TOKEN_FILE
    address = agent_address(settings)
    return ["--server", address, "--token-file", str(token.resolve()), "--language", settings.language]


def _has_screen() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY"))
