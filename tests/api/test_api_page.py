"""The examples of docs/api.md, with a real curl against a real server."""

import asyncio
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from agent.contract.access import Role
from agent.contract.stored import AnalysedMessage
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.api.listening import serving
from tests.core.says import analysis
from tests.storage.chats import row, shows

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None or shutil.which("bash") is None, reason="there is no curl here")
async def test_every_example_works(office: Office) -> None:
    saved = await office.store.save(shows(row("A1", "tem entrega amanhã?"), title="Ana", phone="+5511900000012"))
    await office.store.save_analysis(AnalysedMessage(message_id=saved.ids["A1"], analysis=analysis("Sim!")))
    hashed = await office.reach.passwords.hash("uma frase bem longa")
    await office.store.accounts.add("paula", Role.ATTENDANT, hashed)
    script = "set -euo pipefail\n" + "\n".join(BLOCKS).replace("curl -sf", "echo; curl -sS --fail-with-body")
    async with serving(office) as served:
        address = f"http://127.0.0.1:{served.doors.http_port}"
        shell = await asyncio.create_subprocess_exec(
            "bash",
            "-c",
            script,
            env={"PATH": os.environ["PATH"], "BALCAO": address, "TOKEN": LOCAL_TOKEN},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(shell.communicate(), 60)
        assert shell.returncode == 0, out.decode() + err.decode()
        async with asyncio.timeout(10):
            while await office.store.desk.handed_over():
                await asyncio.sleep(0.01)
    answers = [json.loads(line) for line in out.decode().splitlines() if line.strip()]
    assert len(answers) + 1 == "".join(BLOCKS).count("curl -sf")  # one has nothing to say
    card = next(one for one in answers if "first_contact" in one)
    assert (card["tags"], card["notes"][0]["text"]) == (["atacado"], "Prefere entrega à tarde.")
    captured = next(one for one in answers if one.get("session") == "api:loja-online")
    message = await office.store.desk.message(captured["messages"][0]["message_id"])
    assert message is not None
    assert message.analysis is not None
    (found,) = [one["messages"] for one in answers if "cursor" in one and "messages" in one]
    assert found[0]["text"] == "tem entrega amanhã?"
