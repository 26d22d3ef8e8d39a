"""Chats are opened and left at random while answers come in any order: each reaches the chat that it is for, or none.

Every text bears the name of its chat. All that was asked for may be answered much later, twice, or never, and the
person may pick what they saw in an earlier chat.
"""

import random
from collections.abc import Callable
from functools import partial

import pytest

from agent.contract.commands import CareCommand, DraftCommand, InsertCode, InsertResult, OfferCommand, TaskCommand
from agent.contract.rows import OpenChat
from agent.contract.wishes import AskFrame, CannedFrame, PickedFrame, UseFrame
from agent.contract.workplace import Task
from agent.core.effects import Analyse, Effect, Insert, Put, Serve, StartDraft, Tell
from agent.core.errands import FillReply, Write
from agent.core.events import DraftEnded, DraftGrew, FrameArrived, InsertEnded, PutEnded, ReplyFilled, Served
from tests.core.says import Session, row

TITLES = ("Ana", "Bia", "Caio", "Dora", "Ana")
"""Two customers of one name too."""
STEPS = 5_000


class Random:
    """A session to which things happen by chance. ``step`` returns the effects of one of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (moments, not secrets)
        self.session = Session(drafts=True)
        self.pending: list[Callable[[], object]] = []
        self.offers: dict[str, str] = {}
        self.tokens = [0]
        self.asks = 0
        self.rows = 0

    @property
    def chat(self) -> OpenChat | None:
        conversation = self.session.state.open
        return conversation.chat if conversation else None

    def step(self) -> list[Effect]:
        does = [self.opens] * 2 + [self.writes] * 3 + [self.answers] * 10 + [self.picks] * 2 + [self.wishes] * 2
        self.chance.choice(does)()
        effects = self.session.take()
        for effect in effects:
            self.note(effect)
        return effects

    def opens(self) -> None:
        number = self.chance.randrange(len(TITLES) + 1)
        token = self.tokens[-1] + 1
        self.tokens.append(token)
        at = None if number == len(TITLES) else OpenChat(token=token, title=TITLES[number], is_group=False)
        self.session.opens(at)
        if at:
            self.session.shows(at, row(f"{number}-1", f"«{at.title}»"))

    def writes(self) -> None:
        if self.chat:
            self.rows += 1
            self.session.shows(self.chat, row(f"n{self.rows}", f"«{self.chat.title}»"))

    def answers(self) -> None:
        if self.pending:
            # Mostly what was asked for lately.
            first = len(self.pending) - 6 if self.chance.random() < 0.7 else 0
            number = self.chance.randrange(max(0, first), len(self.pending))
            # Some answers come again, and again.
            (self.pending[number] if self.chance.random() < 0.1 else self.pending.pop(number))()

    def picks(self) -> None:
        if self.offers:
            offer = self.chance.choice(list(self.offers)[-6:])
            slot = self.chance.randrange(3)
            frame = PickedFrame(**self.session.frame(kind="picked", offer_id=offer, slot=slot, via="click"))
            self.session >> FrameArrived(frame)

    def wishes(self) -> None:
        token = self.chance.choice(self.tokens[-3:])
        self.asks += 1
        name = self.chat.title if self.chat else ""
        base = {"chat_token": token}
        frames = (
            CannedFrame(**self.session.frame(kind="canned", reply_id="r", typed="/r", **base)),
            AskFrame(**self.session.frame(kind="ask", ask_id=self.asks, task=Task.SUMMARY, text=None, **base)),
            UseFrame(**self.session.frame(kind="use", ask_id=self.asks, text=f"«{name}»", over="", **base)),
        )
        frame = self.chance.choice(frames)
        if frame.kind == "use" and (self.chat is None or token != self.chat.token):
            name = "of before"
            frame = frame.model_copy(update={"text": f"«{name}»"})
        self.session >> FrameArrived(frame)

    def note(self, effect: Effect) -> None:
        """What was asked for will be answered at some time."""
        session, later = self.session, self.pending.append
        match effect:
            case Analyse():
                text = effect.question.text
                later(lambda: session.understands(effect, f"um {text}", f"dois {text}"))
            case Tell(OfferCommand() as offer):
                assert self.chat is not None
                self.offers[offer.offer_id] = self.chat.title
            case StartDraft(offer_id):
                name = self.offers[offer_id]
                for end in range(1, 4):
                    later(partial(session.__rshift__, DraftGrew(offer_id, f"«{name}» " * end)))
                later(lambda: session >> DraftEnded(offer_id))
            case Insert(offer_id, slot, command):
                result = InsertResult(code=InsertCode.INSERTED, box_text=command.text)
                later(lambda: session >> InsertEnded(offer_id, slot, result))
            case Put(command=command):
                result = InsertResult(code=InsertCode.INSERTED, box_text=command.text)
                later(lambda: session >> PutEnded(effect.purpose, command, result))
            case Serve(FillReply() as fill):
                text = f"«{fill.customer}»"
                later(lambda: session >> ReplyFilled(fill.chat_token, fill.reply_id, text, (), fill.typed))
            case Serve(Write() as write):
                done = TaskCommand(ask_id=write.ask_id, chat_token=write.chat_token, state="done", text="pronto")
                later(lambda: session >> Served(done))


def names(text: str) -> set[str]:
    return {part.partition("»")[0] for part in text.split("«")[1:]}


@pytest.mark.parametrize("seed", range(10))
def test_no_answer_reaches_a_foreign_chat(seed: int) -> None:
    world = Random(seed)
    kinds = set[str]()
    for _ in range(STEPS):
        before = world.chat
        for effect in world.step():
            chat = world.chat
            if isinstance(effect, Tell):
                command = effect.command
                if isinstance(command, OfferCommand):
                    assert chat is not None
                    assert command.chat_token == chat.token
                    assert {name for s in command.suggestions for name in names(s.text)} <= {chat.title}
                elif isinstance(command, DraftCommand):
                    assert chat is not None
                    assert world.session.state.offer is not None
                    assert command.offer_id == world.session.state.offer.offer_id
                    assert names(command.text) <= {chat.title}
                elif isinstance(command, TaskCommand | CareCommand):
                    assert chat is not None
                    assert command.chat_token == chat.token
                kinds.add(command.kind)
            elif isinstance(effect, Insert | Put):
                assert chat is not None
                assert chat == before
                assert (effect.command.chat_token, effect.command.chat_title) == (chat.token, chat.title)
                assert names(effect.command.text) <= {chat.title}
                kinds.add(type(effect).__name__)
    assert {"offer", "draft", "task", "Insert", "Put"} <= kinds, "nothing was there to go wrong"
