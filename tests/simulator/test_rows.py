"""Every kind of row, in both generations and both languages, has the markup that was seen on the real page."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from simulator.attendant import Attendant
from simulator.standin import StandIn
from simulator.world import Generation, Language, Quote
from tests.conftest import OpenStandIn
from tests.simulator.places import ANA, BIA, TURMA

pytestmark = pytest.mark.browser

EVERYWHERE = [("2026", "pt-BR"), ("2026", "en"), ("2025", "pt-BR"), ("2025", "en")]
PRE = {
    "pt-BR": re.compile(r"^\[\d{2}:\d{2}, \d{2}/\d{2}/\d{4}\] Ana Beatriz: $"),
    "en": re.compile(r"^\[\d{1,2}:\d{2} (AM|PM), \d{1,2}/\d{1,2}/\d{4}\] Ana Beatriz: $"),
}
DELIVERED = {"pt-BR": " Entregue ", "en": " Delivered "}
READ = {"pt-BR": " Lida ", "en": " Read "}


async def open_chat(open_standin: OpenStandIn, title: str = "Ana Beatriz", **options: object) -> tuple[StandIn, Page]:
    standin, page = await open_standin(chats=[ANA, BIA, TURMA], own_name="Flor de Lis", **options)
    await Attendant(page, standin).open_chat(title)
    return standin, page


def row(page: Page, message_id: str) -> Locator:
    return page.locator(f'#main [data-id*="{message_id}"]')


@pytest.mark.parametrize(("generation", "language"), EVERYWHERE)
async def test_text(open_standin: OpenStandIn, generation: Generation, language: Language) -> None:
    standin, page = await open_chat(open_standin, generation=generation, language=language)
    message = row(page, await standin.deliver("ana", "linha 1\n\nlinha 3 😊 *forte*"))
    await message.wait_for()
    wrapper = message.locator('.copyable-text[data-pre-plain-text^="["]')
    assert PRE[language].match(await wrapper.get_attribute("data-pre-plain-text") or "")
    text = wrapper.locator("> span.selectable-text")
    spans: list[str] = await text.locator("> span").evaluate_all("spans => spans.map(span => span.textContent)")
    assert spans == ["linha 1\n", "\n", "linha 3  forte"]
    emoji = text.locator("img.emoji")
    assert await emoji.get_attribute("alt") == await emoji.get_attribute("data-plain-text") == "😊"
    assert await text.locator("strong[data-app-text-template]").text_content() == "forte"
    # The hidden spacer holds a second copy of the time.
    clock = await wrapper.locator('> span > span[aria-hidden="true"]').text_content()
    assert clock
    modern = generation == "2026"
    data_id = await message.get_attribute("data-id") or ""
    if modern:
        assert await message.get_attribute("data-testid") == f"conv-msg-{data_id}"
        assert await text.get_attribute("data-testid") == "selectable-text"
        assert await message.locator('[data-testid="msg-container"]').count() == 1
        assert await message.locator(".message-in").count() == 0
    else:
        assert re.fullmatch(r"false_\d+@c\.us_[0-9A-F]+", data_id)
        assert await message.locator("div.message-in.focusable-list-item").count() == 1
        assert await page.locator("#main [data-testid]").count() == 0
    assert await message.locator('[data-icon="tail-in"]').count() == 1
    assert await message.locator('span[aria-label="Ana Beatriz:"]').count() == 1
    assert await message.locator('[aria-label=" Entregue "], [aria-label=" Delivered "]').count() == 0


@pytest.mark.parametrize(("generation", "language"), EVERYWHERE)
async def test_own_message_and_its_ticks(open_standin: OpenStandIn, generation: Generation, language: Language) -> None:
    standin, page = await open_chat(open_standin, generation=generation, language=language)
    sent = await standin.write_from_phone("ana", "Custa R$ 89,90")
    message = row(page, sent)
    pre = await message.locator('[data-pre-plain-text^="["]').get_attribute("data-pre-plain-text") or ""
    assert pre.endswith("] Flor de Lis: ")
    you = "Você:" if language == "pt-BR" else "You:"
    assert await message.locator(f'span[aria-label="{you}"]').count() == 1
    assert await message.locator('[data-icon="tail-out"]').count() == 1
    ticks = message.locator(f'span[aria-label="{DELIVERED[language]}"]')
    assert await ticks.locator("svg").count() == 1
    await standin.set_status("ana", sent, "read")
    ticks = message.locator(f'span[aria-label="{READ[language]}"]')
    await ticks.wait_for()
    if generation == "2026":
        assert await ticks.locator("svg title").text_content() == "wds-ic-read"
        assert await message.locator('[data-testid="msg-meta"][role="button"]').count() == 1
    else:
        assert await ticks.get_attribute("data-icon") == "msg-dblcheck-ack"
        assert await message.locator("div.message-out").count() == 1
        assert (await message.get_attribute("data-id") or "").startswith("true_")


@pytest.mark.parametrize(("generation", "language"), EVERYWHERE)
async def test_media(open_standin: OpenStandIn, generation: Generation, language: Language) -> None:
    standin, page = await open_chat(open_standin, generation=generation, language=language)
    english = language == "en"
    bare = row(page, await standin.deliver("ana", kind="image"))
    captioned = row(page, await standin.deliver("ana", "olha", kind="image"))
    voice = row(page, await standin.deliver("ana", kind="voice", seconds=76))
    sticker = row(page, await standin.deliver("ana", kind="sticker"))
    document = row(page, await standin.deliver("ana", kind="document", name="comprovante.pdf"))
    picture = f'[aria-label="{"Open picture" if english else "Abrir imagem"}"]'
    await expect(bare.locator(f"{picture} img")).to_have_count(2)
    assert re.match("blob:", await bare.locator(f"{picture} img").nth(1).get_attribute("src") or "")
    assert await bare.locator('[data-pre-plain-text^="["]').count() == 0
    assert await captioned.locator('[data-pre-plain-text^="["] .selectable-text').text_content() == "olha"
    play = "Play voice message" if english else "Reproduzir mensagem de voz"
    await voice.locator(f'button[aria-label="{play}"]').wait_for()
    assert await voice.locator("[role=slider]").get_attribute("aria-valuetext") == "0:00/1:16"
    await expect(voice.locator('[data-icon="ptt-status"]')).to_have_count(1)
    await sticker.locator('img[src^="blob:"]').wait_for()
    title = 'View "comprovante.pdf"' if english else 'Ver "comprovante.pdf"'
    await expect(document.locator(f"[title='{title}'] [data-icon^='document']")).to_have_count(1)
    if generation == "2026":
        for message, test_id in (
            (bare, "image-thumb"),
            (captioned, "image-caption selectable-text"),
            (sticker, "media-sticker"),
            (document, "document-thumb"),
        ):
            await expect(message.locator(f'[data-testid="{test_id}"]')).to_have_count(1)


@pytest.mark.parametrize(("generation", "language"), EVERYWHERE)
async def test_changes_keep_the_row(open_standin: OpenStandIn, generation: Generation, language: Language) -> None:
    standin, page = await open_chat(open_standin, generation=generation, language=language)
    english = language == "en"
    first = await standin.deliver("ana", "quanto custa?")
    message = row(page, first)
    data_id = await message.get_attribute("data-id")
    await standin.edit("ana", first, "quanto custa o azul?")
    await expect(message).to_contain_text("quanto custa o azul?")
    await expect(message.get_by_text("Edited" if english else "Editada").last).to_be_visible()
    await standin.react("ana", first, "👍")
    # Written today, a picture before.
    await expect(message.locator('button:is(:has-text("👍"), :has(img[alt="👍"]))')).to_have_count(1)
    assert await page.locator("#main [data-id]").count() == 2, "the notice and the message"
    await standin.delete("ana", first)
    await expect(message).to_contain_text("This message was deleted" if english else "Esta mensagem foi apagada")
    assert await message.get_attribute("data-id") == data_id
    assert await message.locator("[data-pre-plain-text]").count() == 0
    assert await message.locator("svg title", has_text="recalled").count() == 1
    waiting = await standin.deliver("ana", kind="waiting")
    await expect(row(page, waiting)).to_contain_text("Waiting for" if english else "Aguardando mensagem")
    await standin.decrypt("ana", waiting, "chegou a chave")
    await expect(row(page, waiting).locator("[data-pre-plain-text]")).to_contain_text("chegou a chave")


@pytest.mark.parametrize("generation", ["2026", "2025"])
async def test_quotes_forwards_and_groups(open_standin: OpenStandIn, generation: Generation) -> None:
    standin, page = await open_chat(open_standin, "Turma do bairro", generation=generation)
    first = row(page, await standin.deliver("turma", "bora?", author="Carla"))
    second = row(page, await standin.deliver("turma", "às 8", author="Carla"))
    third = row(
        page, await standin.deliver("turma", "fechado", author="Davi", quote=Quote(author="Carla", text="bora?"))
    )
    fourth = row(page, await standin.deliver("turma", "vejam", author="Davi", forwarded=True))
    await fourth.wait_for()
    for message, author, tails in ((first, "Carla", 1), (second, None, 0), (third, "Davi", 1), (fourth, None, 0)):
        shown = message.locator('span[dir="auto"][role="button"]')
        assert await shown.all_text_contents() == ([author] if author else [])
        assert await message.locator('[data-icon="tail-in"]').count() == tails
    quoted = third.locator('[aria-label="Mensagem citada"]')
    assert await quoted.locator(".quoted-mention").text_content() == "bora?"
    assert "Carla" in (await quoted.text_content() or "")
    assert await fourth.get_by_text("Encaminhada").count() == 1
    if generation == "2025":
        assert re.fullmatch(r"false_\d+@g\.us_\w+_\d+@c\.us", await first.get_attribute("data-id") or "")


async def test_unsaved_contact_has_two_names(open_standin: OpenStandIn) -> None:
    standin, page = await open_chat(open_standin, "+55 11 90000-0102")
    message = row(page, await standin.deliver("bia", "oi"))
    assert await message.locator('span[aria-label="+55 11 90000-0102:"]').count() == 1
    pre = await message.locator("[data-pre-plain-text]").get_attribute("data-pre-plain-text") or ""
    assert pre.endswith("] Bia: ")


async def test_invisible_label_is_missing_on_some_rows(open_standin: OpenStandIn) -> None:
    standin, page = await open_chat(open_standin)
    for index in range(30):
        await standin.deliver("ana", f"oi {index}", message_id=f"3A{index:018X}")
    await expect(page.locator("#main [data-id]")).to_have_count(31)
    labelled = await page.locator('#main [data-id] span[aria-label="Ana Beatriz:"]').count()
    assert 15 < labelled < 30


async def test_lists_quotes_links_and_mentions(open_standin: OpenStandIn) -> None:
    standin, page = await open_chat(open_standin)
    text = "quero:\n- pão\n- leite\n1. um\n> citado\nhttps://exemplo.com.br oi @Carla `x` _i_ ~t~"
    message = row(page, await standin.deliver("ana", text))
    inner: list[str] = await message.locator("li span, blockquote span").evaluate_all(
        "spans => spans.map(span => span.dataset.prePlainText + span.textContent)"
    )
    assert inner == ["• pão", "• leite", "1. um", "> citado"]
    assert await message.locator("a.selectable-text.copyable-text").get_attribute("href") == "https://exemplo.com.br"
    assert await message.locator('[data-plain-text="@Carla"]').count() == 1
    assert await message.locator("code, em, del").count() == 3


async def test_long_text_is_cut_until_asked_for(open_standin: OpenStandIn) -> None:
    standin, page = await open_chat(open_standin)
    text = "palavra " * 500
    message = row(page, await standin.deliver("ana", text))
    body = message.locator('[data-testid="selectable-text"]')
    more = message.locator(".read-more-button")
    assert await more.text_content() == "Ler mais"
    assert len(await body.text_content() or "") < 3200
    await more.click()
    await expect(more).to_have_count(0)
    assert await body.text_content() == text


async def test_system_notices(open_standin: OpenStandIn) -> None:
    standin, page = await open_chat(open_standin)
    notice = row(page, await standin.notice("ana", "Ana Beatriz mudou de número"))
    assert (
        await notice.locator('[data-testid="msg-notification-container"] [data-testid="system_message"]').count() == 1
    )
    assert await notice.locator("[data-pre-plain-text], [data-testid=msg-meta]").count() == 0
