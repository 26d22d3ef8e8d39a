"""Chats and messages for the tests of the stand-in."""

import time

from simulator.world import ChatSeed, Message

ANA = ChatSeed(id="ana", title="Ana Beatriz", phone="+55 11 90000-0101")
BIA = ChatSeed(id="bia", title="+55 11 90000-0102", phone="+55 11 90000-0102", push_name="Bia")
TURMA = ChatSeed(id="turma", title="Turma do bairro", group=True, members=("Carla", "Davi"))
MINUTE_MS = 60_000


def long_chat(count: int, *, unread: int = 0) -> ChatSeed:
    """A chat of numbered messages, one a minute up to now; every third is ours."""
    now = time.time() * 1000
    messages = tuple(
        Message(
            id=f"3A{index:018X}",
            chat="longa",
            direction="out" if index % 3 == 2 else "in",
            text=f"mensagem {index}",
            at=now - (count - index) * MINUTE_MS,
            status="read" if index % 3 == 2 else None,
        )
        for index in range(count)
    )
    return ChatSeed(id="longa", title="Conversa longa", messages=messages, unread=unread)


def many_chats(count: int) -> tuple[ChatSeed, ...]:
    """Chats that each hold one message, the first one newest."""
    now = time.time() * 1000
    return tuple(
        ChatSeed(id=f"c{index}", title=f"Cliente {index:03d}", messages=(_greeting(index, now),))
        for index in range(count)
    )


def _greeting(index: int, now_ms: float) -> Message:
    return Message(
        id=f"3B{index:018X}", chat=f"c{index}", direction="in", text=f"oi {index}", at=now_ms - index * MINUTE_MS
    )
