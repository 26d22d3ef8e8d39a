"""The recorded page as pictures, which the agent makes: the newest moment that is wanted, and no other."""

import tkinter as tk
from tkinter import ttk

from gui.kit.panels import Empty
from gui.link.api import Api, part
from gui.link.errors import Refused
from gui.loop import Debounced
from gui.office import Office

SHOWS = "Balcao-Shows"
_REST_MS = 120
"""Between two pictures: the agent has other things to do, too."""
_AGAIN_MS = 3000
_RESIZED_MS = 200
_SMALLEST, _LARGEST = 100, 4000
"""Pixels that the agent takes."""
_NONE = frozenset({"no_picture", "no_browser"})


class Pictures(ttk.Frame):
    """A place for the page. One request is under way at a time."""

    def __init__(self, master: tk.Misc, office: Office, name: str) -> None:
        """``name``: of the recording."""
        super().__init__(master)
        self._office, self._name = office, name
        px, words = office.theme.px, office.words
        self.canvas = tk.Canvas(self, highlightthickness=1, borderwidth=0, width=px(200), height=px(140))
        self.canvas.pack(fill="both", expand=True)
        self.waiting = tk.Label(self.canvas, text=words("player.loading"), font="SunValleyCaptionFont", padx=px(10))
        self.none = Empty(self.canvas, words("player.no_picture"))
        self.wanted: float | None = None
        """The second that is wanted."""
        self.shown: float | None = None
        """The second that can be seen."""
        self.is_off = False
        """There is no page to be seen, and none will come."""
        self._asked = False
        self._picture: tk.PhotoImage | None = None
        self._resized = Debounced(office.loop, self, _RESIZED_MS, self._again)
        self.canvas.bind("<Configure>", self._resize)
        office.theme.follow(self, self._restyle)

    def want(self, at_s: float) -> None:
        """Show this second as soon as it can be had."""
        self.wanted = at_s
        self._ask()

    def nothing(self, why: str) -> None:
        """There is no page to be seen, and none will come."""
        self.is_off, self._picture = True, None
        self.canvas.delete("page")
        self.none.say(self._office.words("player.no_picture"), why)
        self.none.place(x=1, y=1, relwidth=1, relheight=1, width=-2, height=-2)
        self.waiting.place_forget()

    def _again(self) -> None:
        self.shown = None
        self._ask()

    def _resize(self, _: object) -> None:
        self._centre()
        self._resized()

    def _ask(self) -> None:
        width, height = self.canvas.winfo_width() - 2, self.canvas.winfo_height() - 2
        wanted = self.wanted
        if self.is_off or self._asked or wanted is None or wanted == self.shown or min(width, height) < _SMALLEST:
            return
        self._asked = True
        if self._picture is None or abs(wanted - (self.shown or 0.0)) > 1:
            self._office.loop.later(2 * _REST_MS, self._say_waiting, self)
        path = f"/api/recordings/{part(self._name)}/picture"
        size = {"width": min(width, _LARGEST), "height": min(height, _LARGEST)}

        def job(api: Api) -> tuple[bytes, str]:
            return api.file_with(path, SHOWS, at=round(wanted, 3), **size)

        self._office.ask(job, lambda found: self._came(found, wanted), owner=self, failed=self._failed)

    def _say_waiting(self) -> None:
        if self._asked:
            self.waiting.place(relx=0.5, rely=0.5, anchor="center")

    def _came(self, found: tuple[bytes, str], wanted: float) -> None:
        png, shows = found
        self._asked = False
        self._picture = tk.PhotoImage(master=self, data=png)
        self.canvas.delete("page")
        self.canvas.create_image(0, 0, image=self._picture, tags="page")
        self._centre()
        reached = float(shows or wanted)
        self.shown = wanted if abs(reached - wanted) < 0.01 else reached
        if self.shown == wanted:
            self.waiting.place_forget()
        self._office.loop.later(_REST_MS, self._ask, self)

    def _failed(self, error: Exception) -> None:
        self._asked = False
        if isinstance(error, Refused) and error.code in _NONE:
            self.nothing(error.detail)
            return
        self.waiting.configure(text=self._office.explain(error), wraplength=self._office.theme.px(320))
        self.waiting.place(relx=0.5, rely=0.5, anchor="center")
        self._office.loop.later(_AGAIN_MS, self._try_again, self)

    def _try_again(self) -> None:
        self.waiting.configure(text=self._office.words("player.loading"))
        self._again()

    def _centre(self) -> None:
        self.canvas.coords("page", self.canvas.winfo_width() // 2, self.canvas.winfo_height() // 2)

    def _restyle(self) -> None:
        colours = self._office.theme.palette
        self.canvas.configure(background=colours.paper, highlightbackground=colours.line)
        self.waiting.configure(background=colours.calm_soft, foreground=colours.calm, pady=self._office.theme.px(6))
