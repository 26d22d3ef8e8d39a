"""The player's window: the page, the events beside it, the timeline below, and the buttons and keys that move them."""

import tkinter as tk
from time import monotonic
from tkinter import ttk

from agent.contract.recordings import RecordingDetails, RecordingFile
from gui.kit.dialogs import Dialog
from gui.link.api import part
from gui.office import Office
from gui.player.events import Events
from gui.player.pictures import Pictures
from gui.player.playback import SPEEDS, Playback, moment
from gui.player.timeline import Timeline

_TICK_MS = 80
_WIDE, _TALL = 1200, 780
"""Pixels at 100 % that it takes where there is room; never more than the main window, but at least the next ones."""
_LEAST = (840, 540)
_MARGIN = 48
_EVENTS = 400
_SHARE = 0.42


class PlayerWindow(Dialog):
    """One recording."""

    def __init__(self, office: Office, file: RecordingFile) -> None:
        """Opens at once; what is in the recording comes when the agent has read it."""
        words, px = office.words, office.theme.px
        super().__init__(office, words("player.title", name=file.name), width=_LEAST[0])
        self.file = file
        self.details: RecordingDetails | None = None
        self.playback = Playback(0.0, ())
        self._beaten, self._beats = 0.0, False
        self.about = ttk.Label(self.body, style="Quiet.TLabel", justify="left")
        self.about.pack(anchor="w", fill="x", pady=(0, px(8)))
        self.alone = ttk.Label(self.body, justify="left")
        for label in (self.about, self.alone):
            label.bind("<Configure>", lambda event: event.widget.configure(wraplength=max(event.width, 1)))
        self.timeline = Timeline(self.body, office, self.go)
        self.timeline.pack(side="bottom", fill="x", pady=(px(10), 0))
        both = ttk.Frame(self.body)
        both.pack(fill="both", expand=True)
        self.events = Events(both, office, self._chosen)
        self.pictures = Pictures(both, office, file.name)
        self._share_out(both)
        self._make_buttons()
        self._bind_keys()
        self._describe()
        self._fit()
        self.open(self.timeline)
        office.ask(
            lambda api: api.get(f"/api/recordings/{part(file.name)}", RecordingDetails), self.fill, owner=self,
            failed=self._failed,
        )  # fmt: skip

    def fill(self, details: RecordingDetails) -> None:
        """Show what is in it."""
        self.details = details
        marks = details.marks
        self.playback = Playback(details.seconds, [one.at_s for one in marks], skips=details.page_from_s is None)
        self.events.fill(marks)
        self.timeline.fill(self.playback.seconds, marks)
        for button in self._buttons:
            button.state(["!disabled"])
        if details.page_from_s is None:
            self._events_alone()
        self._describe()
        self._show()

    def go(self, at_s: float) -> None:
        """To a moment."""
        self.playback.go(at_s)
        self._show()

    def step(self, by: int) -> None:
        """To the next event, or the one before."""
        self.playback.step(by)
        self._show()

    def turn(self) -> None:
        """Play, or stand still."""
        if self.details is None:
            return
        if self.playback.playing:
            self.playback.pause()
        else:
            self.playback.play()
            self._beaten = monotonic()
            if not self._beats:  # Who stopped and went on at once has a beat that still comes.
                self._beats = True
                self.office.loop.later(_TICK_MS, self._beat, self)
        self._show()

    def _beat(self) -> None:
        self._beats = self.playback.playing
        if not self._beats:
            return
        now = monotonic()
        self.playback.advance(now - self._beaten)
        self._beaten = now
        self._show()
        self.office.loop.later(_TICK_MS, self._beat, self)

    def _show(self) -> None:
        """Everything as the playback stands."""
        playback, words = self.playback, self.office.words
        self.timeline.stand(playback.at_s)
        self.events.stand(playback.last)
        self.clock.configure(text=f"{moment(playback.at_s)} / {moment(playback.seconds)}")
        self.play.configure(text=words("player.pause" if playback.playing else "player.play"))
        if self.details is not None:
            self.pictures.want(playback.at_s)

    def _chosen(self, index: int) -> None:
        self.playback.choose(index)
        self._show()

    def _speed_up(self) -> None:
        self.playback.speed = self._speed.get()

    def _describe(self) -> None:
        office, words, file, details = self.office, self.office.words, self.file, self.details
        layers = "both" if file.page and file.frames else "page" if file.page else "frames"
        told = [words.day(file.date), words("player.messages", n=file.messages, count=office.number(file.messages))]
        told += [words(f"player.layers_{layers}"), words(f"player.texts_{'kept' if file.keeps_text else 'replaced'}")]
        if details is None:
            told.append(words("player.opening"))
        elif details.left_out:
            told.append(words("player.left_out", n=details.left_out, count=office.number(details.left_out)))
        self.about.configure(text=" · ".join(told), style="Quiet.TLabel")

    def _failed(self, error: Exception) -> None:
        self.about.configure(text=self.office.explain(error), style="Fault.TLabel")
        self.pictures.nothing(self.office.words("player.not_opened"))

    def _events_alone(self) -> None:
        """The recording has no page: say so, and give its place to the events."""
        self.pictures.is_off = True
        self.pictures.pack_forget()
        self.events.pack_configure(fill="both", expand=True)
        words = self.office.words
        self.alone.configure(text=f"{words('player.no_page')} {words('player.no_page_hint')}")
        self.alone.pack(anchor="w", fill="x", pady=(0, self.office.theme.px(8)), after=self.about)

    def _make_buttons(self) -> None:
        words, px = self.office.words, self.office.theme.px
        left = ttk.Frame(self.foot)
        left.pack(side="left")
        self.back = ttk.Button(left, text=words("player.back"), command=lambda: self.step(-1))
        self.play = ttk.Button(left, text=words("player.play"), style="Accent.TButton", width=12, command=self.turn)
        self.on = ttk.Button(left, text=words("player.on"), command=lambda: self.step(1))
        self.clock = ttk.Label(left, text=moment(0), style="Strong.TLabel")
        for widget in (self.back, self.play, self.on):
            widget.pack(side="left", padx=(0, px(6)))
        self.clock.pack(side="left", padx=px(12))
        self._buttons: list[ttk.Button | ttk.Radiobutton] = [self.back, self.play, self.on]
        self._speed = tk.DoubleVar(self, SPEEDS[0])
        for speed in SPEEDS:
            choice = ttk.Radiobutton(
                left, text=f"{speed:g}x", value=speed, variable=self._speed, style="Toggle.TButton", width=3,
                command=self._speed_up,
            )  # fmt: skip
            choice.pack(side="left", padx=(0, px(4)))
            self._buttons.append(choice)
        for button in self._buttons:
            button.state(["disabled"])
        self.button(words("dialogs.close"), self.close)

    def _bind_keys(self) -> None:
        steps = {"<Left>": -1, "<Right>": 1}
        for keys, by in steps.items():
            self.bind(keys, lambda _, by=by: self.step(by))  # type: ignore[misc]
        self.bind("<Home>", lambda _: self.go(0.0))
        self.bind("<End>", lambda _: self.go(self.playback.seconds))
        self.bind("<space>", self._space)

    def _space(self, event: "tk.Event[tk.Misc]") -> None:
        # A button that has the keyboard is pressed by the same key.
        if not isinstance(event.widget, ttk.Button | ttk.Radiobutton):
            self.turn()

    def _share_out(self, both: ttk.Frame) -> None:
        """The page gets what the events leave; on a small screen they do not take more than their share."""
        gap = self.office.theme.px(12)
        self.events.pack_propagate(False)
        self.events.pack(side="right", fill="y")
        self.pictures.pack(side="left", fill="both", expand=True, padx=(0, gap))

        def shared(event: "tk.Event[tk.Misc]") -> None:
            self.events.configure(width=min(self.office.theme.px(_EVENTS), int(event.width * _SHARE)))

        both.bind("<Configure>", shared)

    def _fit(self) -> None:
        """As large as the main window allows, on this screen."""
        root, px = self.office.root, self.office.theme.px
        margin = px(_MARGIN)
        wide = min(px(_WIDE), max(root.winfo_width() - margin, px(_LEAST[0])), root.winfo_screenwidth() - margin)
        tall = min(px(_TALL), max(root.winfo_height() - margin, px(_LEAST[1])), root.winfo_screenheight() - margin)
        self._size = (wide, tall)

    def open(self, focus: tk.Misc | None = None) -> None:
        """In the middle of the window, as large as it allows."""
        super().open(focus)
        root, (wide, tall) = self.office.root, self._size
        left = root.winfo_rootx() + (root.winfo_width() - wide) // 2
        top = root.winfo_rooty() + (root.winfo_height() - tall) // 2
        self.minsize(min(wide, self.office.theme.px(_LEAST[0])), min(tall, self.office.theme.px(_LEAST[1])))
        self.geometry(f"{wide}x{tall}+{max(left, 0)}+{max(top, 0)}")
