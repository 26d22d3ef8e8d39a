"""Nothing is lost, nothing is invented."""

import pytest

from agent.contract.rows import Delivery, Direction, Kind, Row
from agent.contract.stored import Outcome
from simulator.world import Message, Quote
from tests.browser.conftest import OpenDesk, chat

pytestmark = pytest.mark.browser

QUOTE = Quote(author="Ana", text="Azul?")
EVERY_KIND = [
    (Message(id="3A01", chat="ana", direction="in", text="oi, tudo bem?", at=0), Kind.TEXT),
    (Message(id="3A02", chat="ana", direction="in", text="Quero:\n- calça\n\nObrigada", at=0), Kind.TEXT),
    (Message(id="3A03", chat="ana", direction="in", text="amei 😍👍🏽 demais ❤️", at=0), Kind.TEXT),
    (Message(id="3A04", chat="ana", direction="in", text="esse", quote=QUOTE, at=0), Kind.TEXT),
    (Message(id="3A05", chat="ana", direction="in", kind="image", text="tem essa cor?", at=0), Kind.IMAGE),
    (Message(id="3A06", chat="ana", direction="in", kind="image", at=0), Kind.IMAGE),
    (Message(id="3A07", chat="ana", direction="in", kind="voice", seconds=14, at=0), Kind.VOICE),
    (Message(id="3A08", chat="ana", direction="in", kind="sticker", at=0), Kind.STICKER),
    (Message(id="3A09", chat="ana", direction="in", kind="document", name="comprovante.pdf", at=0), Kind.DOCUMENT),
    (Message(id="3A10", chat="ana", direction="in", kind="video", text="olha", at=0), Kind.VIDEO),
    (Message(id="3A11", chat="ana", direction="in", kind="contact", name="João Frete", at=0), Kind.CONTACT),
    (Message(id="3A12", chat="ana", direction="in", kind="location", at=0), Kind.LOCATION),
    (Message(id="3A1A", chat="ana", direction="in", kind="album", tiles=5, text="essas", at=0), Kind.ALBUM),
    (Message(id="3A1B", chat="ana", direction="in", kind="gif", at=0), Kind.GIF),
    (Message(id="3A1C", chat="ana", direction="in", kind="audio", seconds=70, at=0), Kind.AUDIO),
    (Message(id="3A1D", chat="ana", direction="in", kind="poll", text="Qual?", choices=("A", "B"), at=0), Kind.POLL),
    (Message(id="3A1E", chat="ana", direction="in", kind="call", at=0), Kind.CALL),
    (Message(id="3A1F", chat="ana", direction="in", kind="view_once", at=0), Kind.VIEW_ONCE),
    (Message(id="3A13", chat="ana", direction="in", kind="deleted", at=0), Kind.DELETED),
    (Message(id="3A14", chat="ana", direction="in", kind="waiting", at=0), Kind.WAITING),
    (Message(id="3A15", chat="ana", direction="none", kind="system", text="Ana mudou de número.", at=0), Kind.SYSTEM),
    (Message(id="3EB001", chat="ana", direction="out", text="Temos sim!", status="sent", at=0), Kind.TEXT),
    (Message(id="3EB002", chat="ana", direction="out", text="*Azul* e verde", status="delivered", at=0), Kind.TEXT),
    (Message(id="3EB003", chat="ana", direction="out", kind="image", status="read", at=0), Kind.IMAGE),
]  # fmt: skip
EVERYWHERE = [
    ("2026", "pt-BR"), ("2026", "en"), ("2025", "pt-BR"), ("2025", "en"), ("2023", "pt-BR"), ("2023", "es"),
    ("mixed", "es"),
]  # fmt: skip
GENERATIONS = ["2026", "2025", "2023", "mixed"]
NOON = 1_783_090_800_000
"""A minute-exact time of day in 2026."""


def rows_of(messages: list[Message]) -> set[str]:
    return {message.id for message in messages}


def bare(text: str | None) -> str | None:
    """Without the marks that the page shows as formatting instead of characters."""
    return text.replace("*", "").replace("• ", "- ") if text else None


@pytest.mark.parametrize(("generation", "language"), EVERYWHERE)
async def test_every_kind_is_read_as_it_was_written(open_desk: OpenDesk, generation: str, language: str) -> None:
    written = [m.model_copy(update={"at": NOON + n * 60_000}) for n, (m, _) in enumerate(EVERY_KIND)]
    desk = await open_desk(
        generation=generation,
        language=language,
        chats=[chat("Ana", id="ana").model_copy(update={"messages": tuple(written)})],
    )
    await desk.opens("Ana")
    # Rows that are far above may lose their children before their pictures have come: the person scrolls up to them.
    # Then longer than the reader waits for the children of a row that says nothing yet.
    await desk.quiet()
    await desk.tab.mouse.move(800, 400)
    await desk.tab.mouse.wheel(0, -5000)
    await desk.quiet(2)
    rows: dict[str, Row] = {row.id: row for row in desk.rows()}
    # The page itself puts the notice of encryption above the first message.
    assert [row.id for row in desk.rows() if row.kind is not Kind.SYSTEM or row.id in rows_of(written)] == [
        m.id for m in written
    ]
    for message, kind in zip(written, (kind for _, kind in EVERY_KIND), strict=True):
        row = rows[message.id]
        told = f"{message.kind} {message.text!r}"
        assert row.kind is kind, told
        if message.direction != "none":
            assert row.direction == message.direction, told
        if message.kind in ("text", "image", "video", "album", "poll"):
            assert bare(row.text) == (bare(message.text) or None), told
        assert row.status == (Delivery(message.status) if message.status else None), told
        assert (row.quoted.text if row.quoted else None) == (message.quote.text if message.quote else None), told
        # In 2023 a call was a line between the messages, with its time among its words.
        if message.kind not in ("system", "call"):
            assert row.time is not None, told
            assert row.date in ("2026-07-03", None), told


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_groups_say_who_wrote(open_desk: OpenDesk, generation: str) -> None:
    group = chat("Turma da Costura", group=True, members=["Carla", "Davi"])
    desk = await open_desk(generation=generation, chats=[group])
    await desk.opens("Turma da Costura")
    for n, (author, text) in enumerate([("Carla", "oi"), ("Carla", "tem linho?"), ("Davi", "eu também quero")]):
        await desk.standin.deliver(group.id, text, author=author, message_id=f"3A0{n}")
    await desk.captured(3)
    assert [(row.author, row.text) for row in desk.rows() if row.kind is not Kind.SYSTEM] == [
        ("Carla", "oi"),
        ("Carla", "tem linho?"),
        ("Davi", "eu também quero"),
    ]
    opened = desk.flow.state.open
    assert opened is not None
    assert opened.chat.is_group


@pytest.mark.parametrize("generation", ["2026", "mixed"])
async def test_a_burst_of_fifty_messages_over_five_chats(open_desk: OpenDesk, generation: str) -> None:
    chats = [chat(f"Cliente {n}", "bom dia", "> Bom dia!") for n in range(5)]
    desk = await open_desk(generation=generation, chats=chats)
    await desk.opens("Cliente 0")
    for n in range(50):
        await desk.standin.deliver(chats[n % 5].id, f"mensagem {n} ção 👍")
    for n in range(5):
        await desk.opens(f"Cliente {n}")
        await desk.captured((n + 1) * 11)
    counts = await desk.store.counts()
    assert (counts.messages_in, counts.messages_out, counts.conversations) == (55, 5, 5)
    stored = await desk.stored(1)
    assert [m.text for m in stored][2:] == [f"mensagem {n} ção 👍" for n in range(0, 50, 5)]


@pytest.mark.parametrize("generation", ["2026", "mixed"])
async def test_scrolling_up_and_switching_make_no_new_message(open_desk: OpenDesk, generation: str) -> None:
    long = chat("Dona Conceição", *(f"mensagem {n}" if n % 3 else f"> resposta {n}" for n in range(160)))
    desk = await open_desk(generation=generation, chats=[long, chat("Bia", "oi", "> Olá!")])
    await desk.opens("Dona Conceição")
    await desk.quiet()
    await desk.tab.mouse.move(800, 400)
    for _ in range(12):
        await desk.tab.mouse.wheel(0, -1500)
        await desk.quiet(0.3)
    for title in ("Bia", "Dona Conceição", "Bia", "Dona Conceição"):
        await desk.opens(title)
        await desk.quiet(0.5)
    stored = await desk.stored(1)
    texts = [m.text for m in stored]
    assert len(set(texts)) == len(texts)
    assert texts == [f"mensagem {n}" if n % 3 else f"resposta {n}" for n in range(160)][-len(texts) :]
    assert len(texts) > 100, "scrolling loaded no older messages"
    assert {m.origin for m in stored} <= {"baseline", "history"}
    offers = (await desk.store.counts()).suggestions
    assert offers[Outcome.INSERTED] == 0


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_edits_deletions_and_late_texts_change_the_stored_row(open_desk: OpenDesk, generation: str) -> None:
    ana = chat("Ana", "oi", "> Olá!")
    desk = await open_desk(generation=generation, chats=[ana])
    await desk.opens("Ana")
    await desk.standin.deliver(ana.id, "quanto custa?", message_id="3AE1")
    await desk.standin.deliver(ana.id, kind="waiting", message_id="3AE2")
    await desk.captured(3)
    await desk.standin.edit(ana.id, "3AE1", "quanto custa o azul?")
    await desk.standin.decrypt(ana.id, "3AE2", "tem desconto?")
    await desk.standin.deliver(ana.id, "me enganei", message_id="3AE3")
    await desk.captured(4)
    await desk.standin.delete(ana.id, "3AE3")
    await desk.quiet()
    rows = {row.id: row for row in desk.rows()}
    assert (rows["3AE1"].text, rows["3AE1"].edited) == ("quanto custa o azul?", True)
    assert (rows["3AE2"].kind, rows["3AE2"].text) == (Kind.TEXT, "tem desconto?")
    assert rows["3AE3"].kind is Kind.DELETED
    stored = {m.wa_id: m for m in await desk.stored(1)}
    assert stored["3AE1"].text == "quanto custa o azul?"
    assert stored["3AE3"].kind is Kind.DELETED
    assert (await desk.store.counts()).messages_in == 4


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_the_phones_own_answer_is_ours(open_desk: OpenDesk, generation: str) -> None:
    ana = chat("Ana", "oi")
    desk = await open_desk(generation=generation, chats=[ana])
    await desk.opens("Ana")
    await desk.card()
    await desk.standin.write_from_phone(ana.id, "Oi Ana!")
    await desk.quiet(0.5)
    assert desk.rows()[-1].direction is Direction.OUT
    assert desk.flow.state.offer is None
