"""Chromium keeps its sandbox, but for root."""

import os

import pytest

from agent.page.browser import open_browser, sandboxed


class Launched(Exception):
    pass


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no root")
@pytest.mark.parametrize(("user", "sandbox"), [(1000, True), (0, False)])
async def test_only_root_goes_without_the_sandbox(tmp_path, monkeypatch, user, sandbox):
    asked = {}

    async def launch(_self, _folder, **options):
        asked.update(options)
        raise Launched

    monkeypatch.setattr("playwright.async_api.BrowserType.launch_persistent_context", launch)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    with pytest.raises(Launched):
        async with open_browser(tmp_path, headless=True):
            pass
    assert asked["chromium_sandbox"] is sandbox is sandboxed()
    assert not [argument for argument in asked["args"] if "sandbox" in argument]
