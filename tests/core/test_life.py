"""The verdict on the capture follows from what the page said and when; all times are made up."""

import pytest

from agent.contract.frames import (
    PULSE_S,
    AnyFrame,
    ChatFrame,
    ChatsFrame,
    EchoFrame,
    HelloFrame,
    PageNotice,
    PageState,
    PulseFrame,
    RowsFrame,
    StateFrame,
)
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.contract.rows import Change, ChatPreview, Direction, Kind, OpenChat, Row, RowChange
from agent.contract.wishes import PauseFrame
from agent.core import life
from agent.core.life import Signs


def pulse(
    missed: int = 0,
    broken: tuple[str, ...] = (),
    worn: tuple[str, ...] = (),
    late_ms: float = 0,
    *,
    online: bool = True,
    paused: bool = False,
) -> PulseFrame:
    looked = {"missed": missed, "broken": broken, "worn": worn, "online": online, "paused": paused}
    return PulseFrame.model_validate({"seq": 1, "at_ms": 0, "kind": "pulse", "late_ms": late_ms, **looked})


def screen(state: PageState, *notices: PageNotice, progress: int | None = None) -> StateFrame:
    return StateFrame(seq=1, at_ms=0, kind="state", state=state, notices=notices, progress=progress)


class Session:
    """A clock that is moved by hand; pulses come every five seconds unless told otherwise."""

    def __init__(self) -> None:
        self.now = 100.0
        self.signs: Signs = life.began(self.now)

    def hears(self, frame: AnyFrame) -> "Session":
        self.signs = life.heard(self.signs, frame, self.now)
        return self

    def passes(self, seconds: float, *frames: PulseFrame | None) -> "Session":
        """Time passes with ``frames`` as its pulses, one each five seconds; quiet ones by default; None for silence."""
        for n in range(int(seconds / PULSE_S)):
            self.now += PULSE_S
            frame = (frames[min(n, len(frames) - 1)]) if frames else pulse()
            if frame is not None:
                self.hears(frame)
        return self

    @property
    def verdict(self) -> Life:
        return life.judge(self.signs, self.now)

    @property
    def told(self) -> tuple[str, str | None]:
        return self.verdict.level.value, self.verdict.reason and self.verdict.reason.value


@pytest.fixture
def live() -> Session:
    session = Session().hears(screen(PageState.READY)).passes(10)
    assert session.told == ("live", None)
    return session


def test_an_idle_hour_has_no_false_alarm(live: Session) -> None:
    for _ in range(720):
        live.passes(PULSE_S)
        assert live.told == ("live", None)


def test_a_page_that_is_loading_is_starting_and_not_blind_until_it_takes_too_long() -> None:
    session = Session()
    assert session.told == ("degraded", "starting")
    session.hears(screen(PageState.BOOTSTRAP)).passes(40)
    assert session.told == ("degraded", "starting")
    session.passes(10)
    assert session.verdict == Life(level=LifeLevel.BLIND, reason=LifeReason.SCREEN, screen="bootstrap")
    for percent in range(0, 100, 10):
        session.hears(screen(PageState.SYNCING, progress=percent)).passes(200)
        assert session.told == ("degraded", "starting")
    session.hears(screen(PageState.READY))
    assert session.told == ("live", None)


@pytest.mark.parametrize("pulses", [pulse(), None])
def test_a_page_that_never_says_anything_is_silent(pulses: PulseFrame | None) -> None:
    session = Session().passes(life.SILENT_S + PULSE_S, None)
    assert session.told == ("blind", "silent")
    if pulses:
        assert session.hears(screen(PageState.READY)).passes(5, pulses).told == ("live", None)


def test_silence_is_noticed_within_half_a_minute_and_any_other_frame_is_no_proof(live: Session) -> None:
    live.passes(20, None)
    assert live.told == ("live", None)
    live.hears(EchoFrame(seq=1, at_ms=0, kind="echo", nonce=1)).passes(5, None)
    assert live.told == ("blind", "silent")
    assert live.passes(5).told == ("live", None)


@pytest.mark.parametrize(
    "state",
    [
        PageState.QR,
        PageState.QR_EXPIRED,
        PageState.PAIRING,
        PageState.CONFLICT,
        PageState.SCREEN_LOCK,
        PageState.TEMP_BAN,
        PageState.LOGGING_OUT,
        PageState.UNSUPPORTED,
    ],
)
def test_another_screen_is_blind_at_once(live: Session, state: PageState) -> None:
    live.hears(screen(state))
    assert live.verdict == Life(level=LifeLevel.BLIND, reason=LifeReason.SCREEN, screen=state.value)
    assert live.hears(screen(PageState.READY)).told == ("live", None)


def test_every_screen_has_a_verdict_within_a_minute_but_a_synchronisation_that_goes_on(live: Session) -> None:
    for state in set(PageState) - {PageState.READY, PageState.SYNCING}:
        assert live.hears(screen(state)).passes(60).verdict.level is LifeLevel.BLIND, state
        live.hears(screen(PageState.READY)).passes(5)


@pytest.mark.parametrize(
    ("notices", "told"),
    [
        ((PageNotice.OFFLINE,), ("blind", "offline")),
        ((PageNotice.RELOAD,), ("blind", "reload")),
        ((PageNotice.UPDATE,), ("degraded", "update")),
        ((PageNotice.RESTRICTED,), ("degraded", "restricted")),
        ((PageNotice.BLOCKED,), ("live", None)),
        ((PageNotice.DIALOG,), ("live", None)),
        ((PageNotice.UPDATE, PageNotice.OFFLINE), ("blind", "offline")),
    ],
)
def test_what_lies_over_the_chats(live: Session, notices: tuple[PageNotice, ...], told: tuple[str, str]) -> None:
    assert live.hears(screen(PageState.READY, *notices)).told == told
    assert live.hears(screen(PageState.READY)).told == ("live", None)


def test_connecting_may_take_a_moment(live: Session) -> None:
    live.hears(screen(PageState.READY, PageNotice.CONNECTING)).passes(20)
    assert live.told == ("live", None)
    live.hears(screen(PageState.READY, PageNotice.CONNECTING, PageNotice.DIALOG)).passes(5)
    assert live.told == ("blind", "offline")


def test_the_browsers_own_word_on_the_network_counts(live: Session) -> None:
    assert live.passes(5, pulse(online=False)).told == ("blind", "offline")
    assert live.passes(5).told == ("live", None)


def test_a_part_that_is_gone_twice_in_a_row_is_broken(live: Session) -> None:
    assert live.passes(5, pulse(broken=("message",))).told == ("live", None)
    assert live.passes(10, pulse(), pulse(broken=("message",))).told == ("live", None)
    live.passes(5, pulse(broken=("message", "composer")))
    assert live.verdict == Life(level=LifeLevel.BLIND, reason=LifeReason.ANCHORS, anchors=("message",))
    live.passes(10, pulse(broken=("composer",)))
    assert live.verdict == Life(level=LifeLevel.DEGRADED, reason=LifeReason.COMPOSER, anchors=("composer",))


@pytest.mark.parametrize(
    ("frame", "reason"),
    [(pulse(missed=2), "missed"), (pulse(late_ms=9_000), "slow"), (pulse(worn=("text",)), "worn")],
)
def test_what_still_works_but_worse_is_said_for_a_minute(live: Session, frame: PulseFrame, reason: str) -> None:
    assert live.passes(5, frame).told == ("degraded", reason)
    assert live.passes(70).told == ("live", None)


def test_lost_frames_a_slow_loop_and_a_jumping_clock_are_said(live: Session) -> None:
    live.signs = life.lost(live.signs, live.now)
    assert live.told == ("degraded", "lost")
    live.passes(70)
    live.signs = life.turned(live.signs, live.now, lag_s=0.2, jump_s=0.5)
    assert live.told == ("live", None)
    live.signs = life.turned(live.signs, live.now, lag_s=3.0, jump_s=0.0)
    assert live.told == ("degraded", "slow")
    live.passes(70)
    live.signs = life.turned(live.signs, live.now, lag_s=0.0, jump_s=-3_600.0)
    assert live.told == ("degraded", "clock")


def test_a_new_document_begins_anew(live: Session) -> None:
    live.passes(10, pulse(broken=("message",)))
    live.hears(HelloFrame(seq=1, at_ms=0, kind="hello", script="1", lang="pt-BR"))
    assert live.told == ("degraded", "starting")
    assert live.hears(screen(PageState.READY)).passes(5).told == ("live", None)


def listed(last_text: str | None, *, unread: int = 0, is_open: bool = True, **shown: object) -> ChatsFrame:
    chat = ChatPreview(**{"title": "Ana", "unread": unread, "last_text": last_text, "is_open": is_open} | shown)
    return ChatsFrame(seq=1, at_ms=0, kind="chats", chats=(chat,))


ANA = OpenChat(token=1, title="Ana", is_group=False)
OPENED = ChatFrame(seq=1, at_ms=0, kind="chat", chat=ANA)


def read(*texts: str | None, change: Change = Change.BASELINE, **seen: object) -> RowsFrame:
    """Rows of the open chat; a text that begins with ``> `` is ours."""
    rows = [
        Row(
            **{
                "id": f"A{n}",
                "kind": Kind.TEXT,
                "direction": Direction.OUT if text and text.startswith("> ") else Direction.IN,
                "text": text and text.removeprefix("> "),
            }
            | seen
        )
        for n, text in enumerate(texts)
    ]
    changes = tuple(RowChange(change=change, row=row, seen_ms=0) for row in rows)
    return RowsFrame(seq=1, at_ms=0, kind="rows", chat=ANA, changes=changes, window=tuple(row.id for row in rows))


def test_a_message_that_only_the_chat_list_shows_is_blindness_after_a_while(live: Session) -> None:
    live.hears(OPENED).hears(read("Oi", "Quanto custa?")).hears(listed("Quanto custa?")).passes(60)
    assert live.told == ("live", None)
    live.hears(listed("Alguém aí?")).passes(life.BEHIND_S)
    assert live.told == ("live", None)
    live.passes(PULSE_S)
    assert live.told == ("blind", "behind")
    live.hears(read("Oi", "Quanto custa?", "Alguém aí?"))
    assert live.told == ("live", None)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (read("*Bom* dia,\ntudo bem?"), listed("Bom dia, tudo bem?")),
        (read("Oi", kind=Kind.IMAGE), listed("Foto")),
        (read("Oi"), listed("Foto", last_media=True)),
        (read("Oi"), listed("👍")),
        (read("Oi"), listed(None)),
        (read("Chegou o seu pedido", "Oba"), listed("Ana: Chegou o seu pedido, pode vir buscar")),
        (read("Oi"), listed("Outra coisa", is_open=False)),
    ],
)
def test_what_the_list_words_otherwise_is_no_alarm(live: Session, rows: RowsFrame, shown: ChatsFrame) -> None:
    live.hears(OPENED).hears(rows).hears(shown).passes(120)
    assert live.told == ("live", None)


def test_unread_messages_that_are_not_among_the_rows_are_blindness(live: Session) -> None:
    live.hears(listed("Dois", unread=2, is_open=False)).hears(OPENED).hears(read("> Oi", "Dois")).passes(30)
    assert live.told == ("blind", "behind")


def test_unread_messages_that_were_read_and_answered_are_not(live: Session) -> None:
    live.hears(listed("Dois", unread=2, is_open=False)).hears(OPENED).hears(read("> Oi", "Um", "Dois"))
    live.hears(listed("Dois")).passes(30)
    assert live.told == ("live", None)
    live.hears(read("> Oi", "Um", "Dois", "> Já vai", change=Change.NEW)).hears(listed("Já vai")).passes(30)
    assert live.told == ("live", None)


def test_a_person_who_scrolls_up_to_old_rows_is_no_alarm(live: Session) -> None:
    live.hears(OPENED).hears(read("Oi", "Quanto custa?")).hears(listed("Quanto custa?"))
    old = read("Velha", "Antiga", change=Change.HISTORY, id="B0")
    live.hears(old.model_copy(update={"window": ("B0",)})).passes(60)
    assert live.told == ("live", None)


@pytest.mark.parametrize("kind", [Kind.CALL, Kind.SYSTEM])
def test_a_call_or_a_notice_may_be_what_was_unread(live: Session, kind: Kind) -> None:
    live.hears(listed("Chamada perdida", unread=1, is_open=False)).hears(OPENED)
    rows = read("> Oi", "Chamada perdida")
    call = rows.changes[1].model_copy(update={"row": rows.changes[1].row.model_copy(update={"kind": kind})})
    live.hears(rows.model_copy(update={"changes": (rows.changes[0], call)})).passes(60)
    assert live.told == ("live", None)


def test_an_answer_whose_side_is_known_late_is_no_alarm(live: Session) -> None:
    live.hears(listed("Dois", unread=1, is_open=False)).hears(OPENED).hears(read("> Oi", "Dois"))
    live.hears(read("> Oi", "Dois", "Já vai", change=Change.NEW, direction=Direction.UNKNOWN))
    live.hears(read("> Oi", "Dois", "> Já vai", change=Change.SETTLED)).hears(listed("Já vai")).passes(60)
    assert live.told == ("live", None)


def pause(*, on: bool) -> PauseFrame:
    return PauseFrame(seq=1, at_ms=0, kind="pause", on=on)


def test_a_pause_is_blind_by_the_persons_own_wish_and_says_so_at_once(live: Session) -> None:
    live.hears(pause(on=True))
    assert live.told == ("blind", "paused")
    assert live.passes(3_600, pulse(paused=True)).told == ("blind", "paused")
    live.hears(pause(on=False))
    assert live.told == ("live", None)
    assert live.passes(60).told == ("live", None)


def test_what_was_not_read_during_a_pause_is_no_alarm_afterwards(live: Session) -> None:
    live.hears(OPENED).hears(read("Oi")).hears(listed("Quanto custa?")).passes(15)
    live.hears(pause(on=True)).passes(600, pulse(paused=True))
    live.hears(pause(on=False)).hears(listed("Ainda tem?")).hears(read("Oi", "Quanto custa?", "Ainda tem?"))
    assert live.passes(60).told == ("live", None)
    live.hears(listed("Alguém?")).passes(life.BEHIND_S + PULSE_S)
    assert live.told == ("blind", "behind"), "the watch over the chat list goes on"


def test_graver_things_than_a_pause_are_said_instead(live: Session) -> None:
    live.hears(pause(on=True)).passes(5, pulse(paused=True)).passes(25, None)
    assert live.told == ("blind", "silent")
    live.passes(5, pulse(paused=True)).hears(screen(PageState.QR))
    assert live.told == ("blind", "screen")
    live.hears(screen(PageState.READY, PageNotice.OFFLINE))
    assert live.told == ("blind", "paused")


def test_the_pulse_tells_of_a_pause_that_nobody_heard_of(live: Session) -> None:
    assert live.passes(5, pulse(paused=True)).told == ("blind", "paused")
    live.hears(HelloFrame(seq=1, at_ms=0, kind="hello", script="1", lang="pt-BR")).hears(screen(PageState.READY))
    assert live.told == ("blind", "paused"), "a new document is told to stay paused"
    assert live.passes(5).told == ("live", None)
