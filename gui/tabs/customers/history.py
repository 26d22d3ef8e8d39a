"""What a customer's conversations have told: how they felt, what they wanted, what came of it, and where it stands."""

from collections.abc import Callable

from agent.contract.access import Role
from agent.contract.analysis import Sentiment
from agent.contract.connector import ConnectorAnswer
from agent.contract.customers import CustomerCard, MergeRequest, Mood, SplitRequest
from agent.contract.people import Chat, Split
from gui.kit.edits import Edit
from gui.kit.shown_text import one_line
from gui.kit.sparkline import Sparkline
from gui.link.api import Api
from gui.link.errors import Refused
from gui.tabs.customers.paper import Said, Slip, small_button
from gui.tabs.customers.section import Rows, Section

_GOOD, _BAD = 0.15, -0.15
_INTENTS = 6


class Feelings(Section):
    """Mood over time, the last intents, the outcomes."""

    title_key = "customers.feelings"

    def build(self) -> None:
        """A chart and two texts."""
        theme, words, px = self.theme, self.office.words, self.theme.px
        self.mood = Sparkline(self.body, theme, told=self._told)
        self._none = Said(self.body, theme, words("customers.no_mood"), ink="ink_2", wraps=True)
        self._below = Slip(self.body, theme)
        self._below.pack(fill="x")
        self._texts: dict[str, Said] = {}
        for name in ("intents", "outcomes"):
            title = Said(self._below, theme, words(f"customers.{name}"), ink="ink_2", font="SunValleyCaptionFont")
            title.pack(fill="x", pady=(px(8), 0))
            self._texts[name] = Said(self._below, theme, wraps=True)
            self._texts[name].pack(fill="x")
        self._moods: tuple[Mood, ...] = ()

    def show(self, card: CustomerCard) -> None:
        """Show a customer."""
        self.customer = card
        words = self.office.words
        if self._moods != card.mood or not card.mood:
            self._moods = card.mood
            self.mood.show([one.score for one in card.mood])
            shown, hidden = (self.mood, self._none) if card.mood else (self._none, self.mood)
            hidden.pack_forget()
            shown.pack(fill="x", before=self._below)
        newest: dict[str, str] = {}
        for one in card.intents:
            name = words.intent(one.intent) + ("?" if one.unsure else "")
            newest.setdefault(name, self.office.clock(one.at))
        wanted = [f"{name} ({at})" for name, at in newest.items()][:_INTENTS]
        self._texts["intents"].configure(text=", ".join(wanted) or words("customers.none_yet"))
        came = [
            f"{words(f'customers.outcome_{outcome.value}')}: {self.office.number(n)}"
            for outcome, n in card.outcomes.items()
            if n
        ]
        self._texts["outcomes"].configure(text=" · ".join(came) or words("customers.none_yet"))

    def _told(self, at: int) -> str:
        if at >= len(self._moods):
            return ""
        one = self._moods[at]
        mood = Sentiment.NEUTRAL
        if not _BAD <= one.score <= _GOOD:
            mood = Sentiment.POSITIVE if one.score > 0 else Sentiment.NEGATIVE
        return self.office.words(
            "customers.mood_of_day", n=one.messages, day=self.office.words.day(one.day),
            mood=self.office.words(f"sentiment.{mood.value}"),
        )  # fmt: skip


class _ChatRow(Slip):
    title: Said
    about: Said


class Chats(Section):
    """Their conversations: a click shows one. One that another customer brought along can be given back."""

    title_key = "customers.chats"

    def build(self) -> None:
        """The list."""
        self._list = Slip(self.body, self.theme)
        self._list.columnconfigure(0, weight=1)
        self._list.pack(fill="x")
        self.rows = Rows[_ChatRow](self._list, lambda _: False, self.theme.px(8))

    def show(self, card: CustomerCard) -> None:
        """Show a customer."""
        self.customer = card
        apart = self.office.may(Role.SUPERVISOR)
        self.rows.sync(
            [((chat.conversation_id, card.id, apart), chat) for chat in card.chats if not chat.joined or apart],
            self._row, self._fill,
        )  # fmt: skip

    def _row(self, chat: Chat) -> _ChatRow:
        row, words = _ChatRow(self._list, self.theme), self.office.words
        top = Slip(row, self.theme)
        top.pack(fill="x")
        if not chat.joined:
            small_button(top, words("customers.open_chat"), lambda: self._open(chat)).pack(side="right", anchor="n")
        if self.customer is not None and chat.customer_id != self.customer.id and self.office.may(Role.SUPERVISOR):
            small_button(top, words("customers.split"), lambda: self.split(chat.customer_id)).pack(
                side="right", anchor="n"
            )
        row.title = Said(top, self.theme, ink="accent" if not chat.joined else "ink_2", wraps=True)
        row.title.pack(side="left", fill="x", expand=True)
        if not chat.joined:
            row.title.configure(cursor="hand2")
            row.title.bind("<Button-1>", lambda _: self._open(chat))
        row.about = Said(row, self.theme, ink="ink_2", font="SunValleyCaptionFont", wraps=True)
        row.about.pack(fill="x")
        return row

    def _fill(self, row: _ChatRow, chat: Chat) -> None:
        words = self.office.words
        row.title.configure(text=one_line(chat.title))
        told = [words("customers.count", n=chat.messages)]
        if chat.joined:
            told = [words("customers.joined")]
        if chat.phone:
            told.append(chat.phone)
        told.append(words("customers.since", at=words.day(chat.since)))
        if chat.last_seen is not None:
            told.append(words("customers.last_contact", at=self.office.clock(chat.last_seen)))
        row.about.configure(text=" · ".join(told))

    def _open(self, chat: Chat) -> None:
        self.office.go("messages", conversation=chat.conversation_id)

    def split(self, other: int) -> None:
        """Take back that somebody was merged into this customer."""
        own, chats = (self.customer.id, self.customer.chats) if self.customer else (0, ())
        joined = any(chat.joined and chat.customer_id == other for chat in chats)

        def apart(api: Api) -> Split:
            return api.write("POST", f"/api/customers/{other}/split", Split, SplitRequest())

        def back(api: Api, _: object) -> None:
            api.send("POST", f"/api/customers/{own}/merge", MergeRequest(other=other, same_chat=joined))

        self.edit(self.office.words("customers.did_split"), Edit("", apart, back))


class Connected(Section):
    """What the connected system knows of them; not there at all where none is connected."""

    title_key = "customers.connector"

    def build(self) -> None:
        """One text for each field."""
        self._list = Slip(self.body, self.theme)
        self._list.columnconfigure(0, weight=1)
        self._list.pack(fill="x")
        self.rows = Rows[Said](self._list, lambda _: False, self.theme.px(4))
        self.shown = False
        self.on_shown: Callable[[], None] = lambda: None

    def show(self, card: CustomerCard) -> None:
        """Ask for a customer; once, not with every message."""
        if self.customer is not None and card.id == self.customer.id and card.phone == self.customer.phone:
            return
        self.customer = card
        self._set(None)
        self.office.ask(
            lambda api: api.get(f"/api/customers/{card.id}/connector", ConnectorAnswer),
            self._fill, owner=self, key="connector", failed=self._failed,
        )  # fmt: skip

    def _fill(self, answer: ConnectorAnswer) -> None:
        if not answer.configured:
            self._set(None)
            return
        if answer.record is None:
            self._set([self.office.words("customers.not_in_connector")])
            return
        record = answer.record
        lines = [f"{one.label}: {one.value}" for one in record.fields]
        self._set([*lines, self.office.words("customers.connector_from", source=record.source)])

    def _failed(self, error: Exception) -> None:
        # That a system does not answer is worth a line; a role that may not ask, or a lost agent, is not.
        silent = isinstance(error, Refused) and error.status == 503
        self._set([self.office.words("customers.connector_silent")] if silent else None)

    def _set(self, lines: list[str] | None) -> None:
        self.shown = lines is not None
        self.rows.sync(
            list(enumerate(lines or ())),
            lambda text: Said(self._list, self.theme, text, wraps=True),
            Said.say,
        )
        self.on_shown()
