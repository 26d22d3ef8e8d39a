"""The screens before the chats, the document around them, and the security policy."""

import pytest
from playwright.async_api import BrowserContext, expect

from simulator.headers import content_security_policy
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import ORIGIN
from simulator.world import Csp
from tests.conftest import OpenStandIn
from tests.simulator.places import ANA, many_chats

pytestmark = pytest.mark.browser

QR = '[data-testid="link-device-qr-code"][data-ref]'


async def test_login_walks_every_screen(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(start="login", bootstrap_seconds=1, sync_seconds=1.5, chats=[ANA])
    await expect(page.locator("#wa_web_initial_startup progress")).to_have_count(1)
    await page.locator(QR).wait_for()
    await expect(page.locator("#wa_web_initial_startup")).to_have_count(0)
    assert await page.locator("#pane-side").count() == 0
    await standin.scan()
    loading = page.locator('[data-testid="wa-web-loading-screen"]')
    await loading.wait_for()
    await expect(loading).to_contain_text("Carregando suas conversas")
    assert int(await loading.locator("progress").get_attribute("value") or -1) <= 100
    await page.locator("#pane-side [role=grid]").wait_for()
    # A profile that has logged in once loads its chats without a code.
    await page.reload()
    await loading.wait_for()
    await page.locator("#pane-side [role=grid]").wait_for()


async def test_the_code_rotates_and_expires(open_standin: OpenStandIn) -> None:
    _, page = await open_standin(start="qr", qr_rotate_seconds=0.4, qr_codes=2)
    code = page.locator(QR)
    first = await code.get_attribute("data-ref")
    assert first is not None
    assert first.startswith("2@")
    assert first.count(",") == 3
    await expect(code).not_to_have_attribute("data-ref", first)
    refresh = page.locator('[data-testid="link_device_qr_expired_refresh_button"]')
    await refresh.wait_for()
    canvas = code.locator("canvas")
    assert await canvas.get_attribute("aria-label") == "Scan this QR code to link a device!"
    await expect(canvas).to_have_css("opacity", "0.04")
    await refresh.click()
    await expect(canvas).to_have_css("opacity", "1")


async def test_the_phone_scans_by_itself_and_a_logout_goes_back(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(start="qr", qr_scan_after_seconds=0.3, chats=[ANA])
    await page.locator("#pane-side [role=grid]").wait_for()
    await standin.set_screen("qr")
    await page.locator(QR).wait_for()
    assert await page.locator("#pane-side, #main").count() == 0


@pytest.mark.parametrize("language", ["pt-BR", "en"])
async def test_the_document_is_the_pages(open_standin: OpenStandIn, language: str) -> None:
    standin, page = await open_standin(language=language, chats=many_chats(4))
    root = page.locator("html")
    assert await root.get_attribute("id") == "whatsapp-web"
    assert await root.get_attribute("lang") == language
    assert await page.title() == "WhatsApp"
    for chat in ("c1", "c2", "c3"):
        await standin.deliver(chat, "oi")
    await expect(page).to_have_title("(3) WhatsApp")
    await expect(page.locator("#favicon")).to_have_count(1)


async def test_themes_follow_the_setting_and_are_remembered(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA])
    assert "dark" not in (await page.locator("body").get_attribute("class") or "")
    await standin.set_theme("dark")
    await expect(page.locator("body")).to_have_class("dark")
    await page.reload()
    await expect(page.locator("body")).to_have_class("dark")
    assert await page.evaluate("() => localStorage.getItem('theme')") == '"dark"'


async def test_a_dialog_lies_over_the_page(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA])
    await standin.set_dialog(True)
    dialog = page.locator('[role="dialog"][aria-modal="true"]')
    await dialog.wait_for()
    await dialog.get_by_role("button", name="Fechar").click()
    await expect(dialog).to_have_count(0)


@pytest.mark.parametrize(
    ("csp", "styles", "inner_html"),
    [("unsafe-inline", True, True), ("nonce", False, True), ("trusted-types", False, False)],
)
async def test_the_policy_stops_what_the_real_one_stops(
    browser_context: BrowserContext, csp: Csp, styles: bool, inner_html: bool
) -> None:
    standin = await install(browser_context, StandInOptions(csp=csp, chats=(ANA,)))
    problems: list[str] = []
    page = browser_context.pages[0]
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    await standin.open(page)
    await standin.ready()
    assert problems == [], "the stand-in breaks its own policy"
    found = await page.evaluate(
        """async () => {
          const style = document.createElement("style");
          style.textContent = "#probe { color: rgb(1, 2, 3) }";
          const probe = document.createElement("div");
          probe.id = "probe";
          document.body.append(style, probe);
          let inner = true;
          try { probe.innerHTML = "<b>x</b>"; } catch { inner = false; }
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("#probe { background-color: rgb(4, 5, 6) }");
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
          const reached = await fetch("http://127.0.0.1:9/").then(() => true, () => false);
          const blocked = new Promise(done => {
            addEventListener("securitypolicyviolation", event => {
              if (event.blockedURI.startsWith("ws:")) done(event.effectiveDirective);
            });
            try { new WebSocket("ws://127.0.0.1:9/"); } catch { done("threw"); }
          });
          const look = getComputedStyle(probe);
          return {
            styles: look.color === "rgb(1, 2, 3)", adopted: look.backgroundColor === "rgb(4, 5, 6)",
            inner, reached, blocked: await blocked,
          };
        }"""
    )
    assert found == {
        "styles": styles,
        "adopted": True,
        "inner": inner_html,
        "reached": False,
        "blocked": "connect-src",
    }


def test_the_policy_names_what_it_should() -> None:
    strict = content_security_policy("nonce", "abc")
    assert "'unsafe-inline'" not in strict
    assert "'unsafe-eval'" not in strict
    assert strict.count("'nonce-abc'") == 2
    assert "'unsafe-inline'" in content_security_policy("unsafe-inline", "abc")
    assert "require-trusted-types-for 'script'" in content_security_policy("trusted-types", "abc")


async def test_other_addresses_of_the_origin_are_not_found(open_standin: OpenStandIn) -> None:
    _, page = await open_standin(chats=[ANA])
    status = await page.evaluate("async address => (await fetch(address)).status", f"{ORIGIN}rsrc.php/v4/none.js")
    assert status == 404
