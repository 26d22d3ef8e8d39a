"""The three promises, as far as the sources can show them: nothing sends, nothing leaks, nothing leaves the machine."""

import ast

import pytest

from tests.structure.sendings import markup_and_network, python_sendings, script_sendings
from tests.structure.sources import texts

HTTP_CLIENTS = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
    "urllib3",
    "websockets",
}
MAY_CONNECT = {
    "agent/analysis/drafting/downloads.py",  # Fetches model files, and only those.
    "agent/analysis/drafting/models.py",
    "agent/analysis/drafting/server.py",  # Asks a server for drafts: here only, unless a person says otherwise.
    "agent/api/door.py",  # Takes frames and errors of the library for WebSockets: it answers, and opens none.
    "agent/api/server.py",  # Asks whether its own port is free.
    "agent/cli/recording_over_api.py",  # Asks the agent that runs on this computer, at the address of its own settings.
    "agent/net/addresses.py",  # For webhooks and the customer look-up, both off until a person names an address:
    "agent/net/client.py",  # which addresses may be asked, and the asking.
}

MAY_PRESS = {
    # "Use here", where the setting page.use_here asks for it: only that button of that question, checked by its words.
    "agent/page/takeover.py": [".click("],
}
"""All presses that the agent can make, each once."""

AGENT = dict(texts("agent/", suffixes=(".py",)))
SCRIPT = dict(texts("userscript/src/", suffixes=(".ts", ".tsx")))


def test_there_is_something_to_look_at():
    assert len(AGENT) > 20
    assert len(SCRIPT) > 10


@pytest.mark.parametrize("path", sorted(AGENT))
def test_the_agent_has_no_way_to_send(path):
    assert [found.partition(": ")[2] for found in python_sendings(AGENT[path])] == MAY_PRESS.get(path, [])


@pytest.mark.parametrize("path", sorted(SCRIPT))
def test_the_script_in_the_page_has_no_way_to_send_and_takes_no_markup(path):
    assert script_sendings(SCRIPT[path]) == []
    assert markup_and_network(SCRIPT[path]) == []


@pytest.mark.parametrize(
    "line",
    [
        'await page.keyboard.press("Enter")',
        'await page.keyboard.press("Control+Enter")',
        "await page.keyboard.press(key)",
        'await page.keyboard.down("NumpadEnter")',
        "await page.keyboard.type(text)",
        "await box.press_sequentially(text)",
        "await page.locator('button').click()",
        "await page.evaluate(\"document.querySelector('button').click()\")",
        "await page.evaluate(\"new KeyboardEvent('keydown')\")",
        'await cdp.send("Input.dispatchKeyEvent", {})',
        'await cdp.send("Input.dispatchMouseEvent", {})',
        "await page.evaluate(\"require('WAWebSendMsg')\")",
        "await box.dispatch_event('keydown')",
    ],
)
def test_a_way_to_send_is_noticed_in_python(line):
    assert python_sendings(f"async def act(page, box, cdp, key, text):\n    {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        '"""Never button.click() here."""',
        "# page.keyboard.type(text)",
        'await page.keyboard.press("Escape")',
        "type(page)",
    ],
)
def test_what_cannot_send_is_left_alone_in_python(line):
    assert python_sendings(f"async def act(page):\n    {line}\n    return None\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "button.click();",
        'box.dispatchEvent(new KeyboardEvent("keydown"));',
        'const key = "Enter";',
        "form.requestSubmit();",
        'require("WAWebSendMsg")',
    ],
)
def test_a_way_to_send_is_noticed_in_the_script(line):
    assert script_sendings(line)
    assert not script_sendings(f"// {line}\n/* {line} */")


def test_asking_which_key_a_person_pressed_is_no_way_to_send():
    asking = 'if (event.key === "Enter") '
    assert script_sendings(f"{asking}keep(event);") == []
    assert script_sendings(f'{asking}press({{ key: "Enter" }});') == ['"Enter"']
    assert script_sendings('event.key = "Enter";') == ['"Enter"']


@pytest.mark.parametrize(
    "line",
    [
        "host.innerHTML = text;",
        'host.insertAdjacentHTML("beforeend", text);',
        'fetch ("http://127.0.0.1")',
        "new WebSocket(url)",
        "new XMLHttpRequest()",
        "eval(text)",
        "new Function(text)",
        "navigator.sendBeacon(url)",
        "<p dangerouslySetInnerHTML={text} />",
        "new DOMParser()",
    ],
)
def test_markup_and_connections_are_noticed_in_the_script(line):
    assert markup_and_network(line)
    assert not markup_and_network(f"// {line}")


def test_a_comment_sign_inside_a_string_hides_nothing():
    assert markup_and_network('const url = "https://x"; fetch(url);')


def connections(text: str) -> set[str]:
    names = set[str]()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if any(name == client or name.startswith(f"{client}.") for client in HTTP_CLIENTS)}


def test_only_the_rooms_that_must_can_open_a_connection():
    assert {path for path, text in AGENT.items() if connections(text)} <= MAY_CONNECT


def test_an_opened_connection_is_noticed():
    assert connections("def f():\n    from urllib import request\n") == {"urllib.request"}
    assert connections("import httpx\n") == {"httpx"}
    assert connections("import asyncio, json\n") == set()
