"""Every state in which an attendant may see the card, and the steps that lead to it: one line a state.

A state is made from outside, as in life: commands of the agent, keys and clicks of the person, the page's own changes.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from agent.contract.cares import CareCode
from agent.contract.commands import (
    AnyCommand,
    NoticeCommand,
    PauseCommand,
    PreferencesCommand,
    RepliesCommand,
    StatusCommand,
)
from agent.contract.life import Life
from agent.contract.workplace import Preferences
from tests.page import telling
from tests.page.desk import ANA, Desk
from tests.page.telling import LONG
from tests.patience import PATIENCE_S

Step = Callable[[Desk], Awaitable[None]]
Said = AnyCommand | Callable[[int], AnyCommand]

SIZES = {"wide": (1280, 800), "low": (1280, 640), "small": (980, 700)}


def token_of(desk: Desk) -> int:
    """Of the chat that is open now."""
    return int(desk.of("chat")[-1].chat.token)


async def opened(desk: Desk) -> None:
    """The person has a chat open and writes in its box."""
    await desk.open_chat(ANA)
    await desk.box.focus()


async def answered(desk: Desk) -> None:
    """The person has sent something in the chat before."""
    chat = (await desk.standin.snapshot()).chat(ANA).id
    await desk.standin.write_from_phone(chat, "Boa tarde! Guardei o P para você até sexta.")


def told(*said: Said) -> Step:
    """The agent says something; what is about a chat is made with the open one's token."""

    async def step(desk: Desk) -> None:
        for one in said:
            await desk.bridge.tell(one(token_of(desk)) if callable(one) else one)

    return step


def keys(*pressed: str) -> Step:
    """The person presses keys."""

    async def step(desk: Desk) -> None:
        for key in pressed:
            await desk.tab.keyboard.press(key)

    return step


def typed(text: str) -> Step:
    """The person types where the focus is."""

    async def step(desk: Desk) -> None:
        await desk.tab.keyboard.type(text)

    return step


def shown(css: str) -> Step:
    """Wait until the card shows it."""

    async def step(desk: Desk) -> None:
        await place_of(desk, css)

    return step


def clicked(css: str) -> Step:
    """The person clicks what the card shows."""

    async def step(desk: Desk) -> None:
        await desk.card("(root, css) => root.querySelector(css)?.scrollIntoView({ block: 'nearest' })", css)
        await desk.tab.mouse.click(*await place_of(desk, css))

    return step


def tab(name: str) -> Step:
    """The person goes to another tab."""
    return clicked(f"[role=tab][data-tab={name}]")


def window(size: str) -> Step:
    """The person makes the window larger or smaller."""

    async def step(desk: Desk) -> None:
        width, height = SIZES[size]
        await desk.tab.set_viewport_size({"width": width, "height": height})

    return step


async def place_of(desk: Desk, css: str) -> tuple[float, float]:
    """The middle of an element of the card, once it is there and stands still."""
    box: list[float] | None = None
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                before, box = box, await desk.card(_MIDDLE, css)
                if box is not None and box == before:
                    return box[0], box[1]
    except TimeoutError:
        raise AssertionError(f"the card never shows {css}") from None


_MIDDLE = """async (root, css) => {
  await new Promise((done) => requestAnimationFrame(done));
  const part = root.querySelector(css);
  const box = part?.getBoundingClientRect();
  return box && box.width > 0 ? [box.left + box.width / 2, box.top + box.height / 2] : null;
}"""


def status(model: str = "ready", **life: Any) -> StatusCommand:
    """What the agent says of itself."""
    said = Life.model_validate(life or {"level": "live"})
    return StatusCommand.model_validate({"model": model, "model_name": "Qwen2.5 1.5B", "life": said})


def liking(**likes: Any) -> PreferencesCommand:
    """The habits that the agent keeps for the person; without the tour, which has a state of its own."""
    return PreferencesCommand(preferences=Preferences.model_validate({"tour_seen": True} | likes))


def with_cares(token: int) -> AnyCommand:
    """An answer in which something is to be looked at twice."""
    made = telling.offer(token)
    cares = ((CareCode.UNKNOWN_NUMBER,), (CareCode.UNKNOWN_LINK, CareCode.PERSONAL_NUMBER), ())
    slots = [s.model_copy(update={"cares": c}) for s, c in zip(made.suggestions, cares, strict=True)]
    return made.model_copy(update={"suggestions": tuple(slots)})


def with_blanks(token: int) -> AnyCommand:
    """An answer with a variable that nobody could fill."""
    made = telling.offer(token)
    blank = {"text": "Oi, Ana! O código do pedido é {codigo}, e chega {quando}.", "missing": ("codigo", "quando")}
    first = made.suggestions[0].model_copy(update=blank)
    return made.model_copy(update={"suggestions": (first, *made.suggestions[1:])})


def notice(code: str) -> Step:
    """How a wish of the person ended."""
    return told(NoticeCommand(code=code))


READY = told(status(), liking())
OFFERED = told(telling.offer)
BASE = (READY, opened, OFFERED, shown(".slot"))
AWAITING = told(telling.awaiting)
SHELF = told(telling.replies())
LONG_RECORD = told(lambda token: telling.record(token, LONG))
LENGTHY = told(lambda token: telling.offer(token, LONG))
WRITTEN = (*BASE, typed("oi vc pode vim amanha"), tab("writing"), clicked("[data-ask=shorter]"))
CORRECTED = (*BASE, typed("oi vc pode vim amanha"), tab("writing"), clicked("[data-ask=correct]"))
NOTICES = ("inserted", "wrong_chat", "no_box", "box_not_empty", "dialog_open", "not_verified", "copied", "stale", "new")

STATES: dict[str, tuple[Step, ...]] = {
    "no chat": (READY,),
    "quiet": (READY, opened),
    "answers": (READY, opened, OFFERED, shown(".slot")),
    "draft awaited": (READY, opened, AWAITING, shown("[data-phase=waiting]")),
    "draft streaming": (READY, opened, AWAITING, told(telling.draft()), shown("[data-phase=streaming]")),
    "draft ready": (READY, opened, AWAITING, told(telling.draft(state="done")), shown("[data-slot='2']")),
    "no draft after all": (READY, opened, AWAITING, told(telling.draft(state="none")), shown("[data-phase=none]")),
    "a reply in its place": (READY, opened, AWAITING, told(telling.instead()),
                             shown("[data-kept=true][data-phase=ready]")),
    "nothing found": (READY, opened, told(lambda token: telling.offer(token, suggestions=()))),
    "unsure": (READY, opened, told(lambda token: telling.offer(token, unsure=True)), shown(".slot")),
    "dismissed": (READY, opened, OFFERED, shown(".slot"), keys("Escape")),
    "long": (READY, opened, told(lambda token: telling.offer(token, LONG)), shown(".slot-more")),
    "reading": (READY, opened, told(lambda token: telling.offer(token, LONG)), shown(".slot-more"), keys("Alt+1"),
                shown(".reading")),
    "blanks": (READY, opened, told(with_blanks), shown(".blank")),
    "cautions in an answer": (READY, opened, told(with_cares), shown(".slot")),
    "record": (READY, opened, OFFERED, told(telling.record), shown(".record-field")),
    "long record": (READY, opened, OFFERED, LONG_RECORD, shown(".record-field")),
    "intents": (READY, opened, OFFERED, shown(".slot"), keys("Alt+4"), shown("[role=listbox]")),
    "no intent found": (READY, opened, OFFERED, shown(".slot"), keys("Alt+4"), typed("zzz"), shown(".intents-none")),
    "corrected": (READY, opened, OFFERED, shown(".slot"), keys("Alt+4", "Enter"), notice("corrected")),
    "model loading": (told(status("loading"), liking()), opened),
    "no model": (told(status("off"), liking()), opened, OFFERED),
    "model failed": (told(status("failed"), liking()), opened),
    "degraded": (told(status(level="degraded", reason="worn", anchors=("composer",)), liking()), opened, OFFERED),
    "blind": (told(status(level="blind", reason="silent"), liking()), opened, OFFERED),
    "paused": (READY, opened, told(PauseCommand(on=True))),
    "folded": (READY, opened, OFFERED, shown(".slot"), clicked(".head > .tool:last-child"), shown("[data-mode=rail]")),
    "low": (READY, opened, OFFERED, window("low"), shown("[data-low=true] .slot")),
    "strip": (READY, opened, AWAITING, window("small"), shown("[data-mode=strip] .slot")),
    "folded strip": (READY, opened, OFFERED, window("small"), shown("[data-mode=strip] .slot"),
                     clicked(".head > .tool:last-child"), shown("[data-mode=bar]")),
    "cautions asked": (READY, opened, told(with_cares), shown(".slot"), keys("Alt+1"), notice("new")),
    "judging": (*BASE, clicked("[data-slot='0'] .slot-thumb"), shown(".reason")),
    "judged": (*BASE, clicked("[data-slot='0'] .slot-thumb"), clicked("[data-reason=tone]"), shown(".slot-refused")),
    "editing": (*BASE, keys("Alt+Enter"), shown(".edit")),
    "editing with a caution": (READY, opened, told(with_cares), shown(".slot"), keys("Alt+Enter"), shown(".edit"),
                               keys("Alt+Enter"), shown(".edit [data-asking=true]")),
    "editing a long one": (READY, opened, LENGTHY, shown(".slot"), keys("Alt+Enter"), shown(".edit")),
    "insert at the cursor": (*BASE, typed("Já te respondo"), keys("Alt+1"), shown("[data-asking=true]")),
    "canned": (READY, opened, SHELF, keys("/"), shown(".canned-one")),
    "canned found": (READY, opened, SHELF, keys("/"), shown(".canned-one"), typed("ras"), shown(".canned-typed")),
    "canned, by the button": (READY, opened, SHELF, clicked("[data-tool=canned]"), shown(".canned-one")),
    "canned, none found": (READY, opened, SHELF, clicked("[data-tool=canned]"), shown(".canned-one"),
                           clicked(".canned-head input"), typed("zzzz"), shown(".canned-none")),
    "canned, none at all": (READY, opened, told(RepliesCommand(replies=())), clicked("[data-tool=canned]"),
                            shown(".canned-none")),
    "keeping a sent one": (READY, answered, opened, SHELF, clicked("[data-tool=canned]"),
                           clicked(".canned-foot .plain"), shown(".canned-fields")),
    "canned long": (READY, opened, told(telling.replies(LONG)), keys("/"), shown(".canned-one")),
    "writing": (*BASE, tab("writing")),
    "writing, with a text": (*BASE, typed("oi vc pode vim amanha"), tab("writing")),
    "writing now": (*WRITTEN, told(lambda token: telling.task(token, state="writing"))),
    "written": (*WRITTEN, told(telling.task)),
    "written, corrected": (*CORRECTED, told(telling.task)),
    "written long": (*WRITTEN, told(lambda token: telling.task(token, LONG))),
    "writing failed": (*WRITTEN, told(lambda token: telling.task(token, state="failed", reason="unfit"))),
    "writing stopped": (*WRITTEN, told(lambda token: telling.task(token, state="stopped"))),
    "what they wait for": (*BASE, tab("writing"), clicked("[data-ask=waiting]"), told(telling.unanswered)),
    "summary": (*BASE, tab("writing"), clicked("[data-ask=summary]"),
                told(lambda token: telling.task(token, text=telling.SUMMARY))),
    "writing without a model": (told(status("off"), liking()), opened, OFFERED, tab("writing")),
    "customer": (*BASE, told(telling.customer), tab("customer"), shown(".customer-name")),
    "customer awaited": (*BASE, tab("customer")),
    "customer of whom nothing is known": (*BASE, told(telling.bare_customer), tab("customer"), shown(".customer")),
    "customer long": (*BASE, told(lambda token: telling.customer(token, LONG)), LONG_RECORD,
                      tab("customer"), shown(".customer-name")),
    "customer's name": (*BASE, told(telling.customer), tab("customer"), clicked(".customer-name"),
                        shown(".writing-text")),
    "customer's tag": (*BASE, told(telling.customer), tab("customer"), clicked("[data-part=tags] .customer-add"),
                       shown(".writing-text")),
    "customer's note": (*BASE, told(telling.customer), tab("customer"), clicked("[data-part=notes] .customer-add"),
                        shown(".writing-text")),
    "reminders": (*BASE, told(telling.reminders()), shown(".customer-reminder")),
    "queue": (*BASE, told(telling.queue()), tab("queue"), shown(".queue-line")),
    "queue of nobody": (*BASE, told(telling.queue().model_copy(update={"lines": ()})), tab("queue")),
    "queue, long": (*BASE, told(telling.queue(LONG)), tab("queue"), shown(".queue-line")),
    "queue, closed": (*BASE, told(telling.queue(is_open=False)), tab("queue"), shown(".queue-line")),
    "care": (*BASE, told(telling.care), shown(".care")),
    "care, folded": (*BASE, told(telling.care), told(telling.reminders()), clicked(".head > .tool:last-child"),
                     shown("[data-mode=rail] .sign")),
    "care, folded strip": (*BASE, window("small"), told(telling.care), told(telling.reminders()),
                           shown("[data-mode=strip] .slot"), clicked(".head > .tool:last-child"),
                           shown("[data-mode=bar] .sign")),
    "care, one": (*BASE, told(telling.one_care), shown(".care")),
    "care, all": (*BASE, told(telling.care), clicked("[data-act=open]"), shown(".care-sheet")),
    "care, long": (*BASE, told(lambda token: telling.care(token, LONG)), clicked("[data-act=open]"),
                   shown(".care-sheet")),
    "a number typed": (*BASE, typed("o cpf dela é 529.982.247-25 "), shown(".care-typed")),
    "settings": (*BASE, clicked("[data-tool=settings]"), shown(".form-list")),
    "shortcuts": (*BASE, keys("Alt+Shift+?"), shown(".form-keys")),
    "a key awaited": (*BASE, keys("Alt+Shift+?"), clicked("[data-action=pick1] .button"), shown("[data-waits=true]")),
    "a key refused": (*BASE, keys("Alt+Shift+?"), clicked("[data-action=pick1] .button"), keys("Alt+k"),
                      shown(".form-refused")),
    "capture": (*BASE, clicked(".capture"), shown(".form-state")),
    **{f"tour {n + 1}": (told(status(), liking(tour_seen=False)), opened, shown(".tour-words"),
                         *[clicked(".form-foot [data-main]")] * n, shown(".tour-words")) for n in range(4)},
    "left": (READY, opened, AWAITING, told(liking(place="left")), shown(".slot")),
    "bar": (READY, opened, AWAITING, told(liking(place="bar")), shown("[data-mode=strip] .slot")),
    "large": (READY, opened, AWAITING, told(liking(scale=150)), shown(".slot")),
    "twice as large": (READY, opened, AWAITING, told(liking(scale=200)), shown(".card")),
    **{f"notice {code}": (READY, opened, OFFERED, notice(code)) for code in NOTICES},
}  # fmt: skip


SMALL = (
    "writing",
    "written",
    "customer",
    "queue",
    "care",
    "care, all",
    "canned",
    "settings",
    "shortcuts",
    "editing",
    "editing with a caution",
)
STATES |= {f"{name}, strip": (window("small"), *STATES[name]) for name in SMALL}
STATES |= {f"{name}, low": (window("low"), *STATES[name]) for name in (*SMALL, "tour 1", "reminders")}


async def bring(desk: Desk, name: str) -> None:
    """Lead the card into a state; the desk has just been opened."""
    for step in STATES[name]:
        await step(desk)
