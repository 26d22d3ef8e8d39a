"""Model files by the API: what is here, what is chosen, and how a download goes on and may fail."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.analysis.drafting.catalogue import BY_NAME
from agent.api.app import create_app
from agent.api.model_shelf import Fetch, ModelShelf
from agent.contract.access import Role
from agent.errors import ModelMissing
from tests.api.conftest import Office

NAME = "smollm2-135m"


@pytest.fixture
def with_shelf(office: Office, tmp_path: Path) -> Callable[[Fetch], Office]:
    def make(fetch: Fetch) -> Office:
        reach = replace_models(office, ModelShelf(tmp_path / "models", fetch))
        return replace(office, reach=reach, app=create_app(reach))

    return make


def replace_models(office: Office, shelf: ModelShelf) -> Any:
    object.__setattr__(office.reach, "models", shelf)
    return office.reach


async def state_of(client: Any, name: str = NAME) -> dict[str, Any]:
    [found] = [one for one in (await client.get("/api/models")).json()["items"] if one["name"] == name]
    return dict(found["download"] or {})


async def comes_to(client: Any, state: str) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while (found := await state_of(client)).get("state") != state:
            await asyncio.sleep(0.01)
    return found


async def test_the_catalogue_and_what_is_chosen(with_shelf: Callable[[Fetch], Office]) -> None:
    office = with_shelf(lambda *_: Path())
    client = await office.client(Role.SUPERVISOR)
    told = (await client.get("/api/models")).json()
    assert [one["name"] for one in told["items"]] == list(BY_NAME)
    assert [one["present"] for one in told["items"]] == [False] * len(BY_NAME)
    assert (told["chosen"], told["state"], sum(one["chosen"] for one in told["items"])) == ("auto", "off", 1)
    admin = await office.client(Role.ADMIN)
    assert (await admin.patch("/api/settings", json={"model.name": NAME})).status_code == 200
    told = (await client.get("/api/models")).json()
    assert [one["name"] for one in told["items"] if one["chosen"]] == [NAME]


async def test_a_download_goes_on_is_checked_and_ends(with_shelf: Callable[[Fetch], Office]) -> None:
    steps, total, asked = [threading.Event() for _ in range(3)], BY_NAME[NAME].size, []

    def fetch(name: str, progress: Callable[[int, int], None]) -> Path:
        asked.append(name)
        for done, step in zip((total // 2, total, None), steps, strict=True):
            if done is not None:
                progress(done, total)
            step.wait(20)
        return Path()

    client = await with_shelf(fetch).client(Role.ADMIN)
    begun = await client.post(f"/api/models/{NAME}/download")
    assert begun.status_code == 202
    async with asyncio.timeout(20):
        while (await state_of(client))["done"] != total // 2:
            await asyncio.sleep(0.01)
    assert (await client.post(f"/api/models/{NAME}/download")).status_code == 202
    assert asked == [NAME]  # It was on its way already.
    steps[0].set()
    assert (await comes_to(client, "checking"))["done"] == total
    steps[1].set()
    steps[2].set()
    await comes_to(client, "done")


async def test_a_false_checksum_is_told_and_it_may_be_tried_again(with_shelf: Callable[[Fetch], Office]) -> None:
    tries: list[str] = []

    def fetch(name: str, _: object) -> Path:
        tries.append(name)
        if len(tries) == 1:
            raise ModelMissing("what came is not the official file (its checksum differs)", "Try again.")
        return Path()

    client = await with_shelf(fetch).client(Role.ADMIN)
    await client.post(f"/api/models/{NAME}/download")
    assert "checksum differs" in (await comes_to(client, "failed"))["reason"]
    await client.post(f"/api/models/{NAME}/download")
    await comes_to(client, "done")


async def test_who_may_and_what_there_is(with_shelf: Callable[[Fetch], Office]) -> None:
    tries: list[str] = []

    def fetch(name: str, _: object) -> Path:
        tries.append(name)
        return Path()

    office = with_shelf(fetch)
    assert (await (await office.client(Role.ATTENDANT)).get("/api/models")).status_code == 403
    assert (await (await office.client(Role.SUPERVISOR)).post(f"/api/models/{NAME}/download")).status_code == 403
    admin = await office.client(Role.ADMIN)
    for name in ("nothing", "auto", "..", "x.gguf"):
        assert (await admin.post(f"/api/models/{name}/download")).status_code == 404
    assert tries == []
