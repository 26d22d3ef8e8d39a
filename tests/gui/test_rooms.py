"""Places with little room: nothing is wider than its place, and what does not fit is scrolled to."""

import tkinter as tk
from tkinter import font, ttk

from agent.contract.backups import Backups
from gui.kit.forms import Line
from gui.kit.heading import Heading
from gui.kit.plain_table import PlainTable
from gui.kit.roomy import Roomy
from gui.kit.scrolled import Scrolled
from gui.kit.shown_text import cut
from gui.kit.split import Split
from gui.loop import Loop
from gui.theme import Theme
from gui.words import Words
from tests.gui.conftest import OpenWindow
from tests.gui.served import ServedOffice


def sized(root: tk.Tk, width: int, height: int = 500) -> None:
    root.geometry(f"{width}x{height}")
    while (root.winfo_width(), root.winfo_height()) != (width, height):
        root.update()
    root.update()


def test_both_sides_are_seen_in_every_width(root: tk.Tk) -> None:
    split = Split(root, 400)
    split.pack(fill="both", expand=True)
    left, right = ttk.Frame(split), ttk.Frame(split)
    split.put(left, right)
    for width, wanted in ((1200, 400), (600, 270), (1200, 400), (800, 360)):
        sized(root, width)
        assert abs(left.winfo_width() - wanted) < 5
        assert right.winfo_width() > width / 2 - 5
    split._bar(200)
    sized(root, 1200)
    assert abs(left.winfo_width() - 200) < 5, "who has moved the bar keeps it there"


def test_nothing_that_is_scrolled_is_wider_than_its_place(root: tk.Tk) -> None:
    theme, loop = Theme(root, "light", 100), Loop(root)
    scrolled = Scrolled(root, theme, loop)
    widest: list[int] = []
    scrolled.body.bind("<Configure>", lambda event: widest.append(event.width))
    tk.Label(scrolled.body, text="muito comprido " * 100).pack()
    scrolled.place(x=0, y=0, width=1, height=400)
    root.update()
    scrolled.place(width=300)
    root.update()
    assert widest
    assert max(widest) <= 300
    loop.close()


def test_a_page_that_needs_more_room_is_scrolled(root: tk.Tk) -> None:
    theme = Theme(root, "light", 100)
    room = Roomy(root, theme, (600, 400))
    room.pack(fill="both", expand=True)
    ttk.Label(room.body, text="longe").place(x=560, y=380)
    sized(root, 800, 500)
    assert (room.body.winfo_width(), room.body.winfo_height()) == (800, 500)
    assert not room._across.winfo_ismapped()
    assert not room._down.winfo_ismapped()
    sized(root, 400, 300)
    assert (room.body.winfo_width(), room.body.winfo_height()) == (600, 400)
    assert room._across.winfo_ismapped()
    assert room._down.winfo_ismapped()
    label = room.body.winfo_children()[0]
    label.event_generate("<Button-5>")
    root.update()
    assert room._canvas.canvasy(0) > 0
    room.see(label)
    assert room._canvas.canvasx(0) > 0
    sized(root, 800, 500)
    assert (room._canvas.canvasx(0), room._canvas.canvasy(0)) == (0, 0)


def test_buttons_go_below_a_title_where_there_is_no_room_beside_it(root: tk.Tk) -> None:
    head = Heading(root, Theme(root, "light", 100), "Base de conhecimento", "Textos sobre a empresa. " * 6)
    head.pack(fill="x")
    for text in ("Adicionar arquivo", "Novo texto", "Outro botão"):
        ttk.Button(head.tools, text=text).pack(side="right")
    for width, row in ((800, 0), (420, 1), (800, 0)):
        sized(root, width)
        assert int(head.tools.grid_info()["row"]) == row
        assert head.tools.winfo_rootx() + head.tools.winfo_width() <= root.winfo_rootx() + width


def test_a_text_that_does_not_fit_ends_with_an_ellipsis(root: tk.Tk) -> None:
    letters = font.Font(root, size=-14)
    assert cut("Ana", letters, 200) == "Ana"
    short = cut("Comercial de Ferragens", letters, 90)
    assert short.endswith("…")
    assert letters.measure(short) <= 90
    assert cut("Ana", letters, 0) == "…"


def test_a_cell_that_is_too_narrow_ends_with_an_ellipsis_and_is_told_whole(open_window: OpenWindow) -> None:
    desk = open_window()
    table = PlainTable(desk.root, desk.window.office, ("name", "count"), show="headings")
    table.place(x=0, y=0, width=400, height=200)
    table.column("count", width=60, stretch=False)
    long, other = "Dona Conceição 🌻 mãe da Júlia (Vila Esperança) só liga depois do almoço", "Ana\nBeatriz"
    table.write("1", (long, "007"))
    table.write("2", (other, "8"), at=0, tag="calm")

    def shown(line: str) -> tuple[str, ...]:
        return tuple(map(str, table.tk.splitlist(table.tk.call(str(table), "item", line, "-values"))))

    desk.until(lambda: shown("1")[0].endswith("…"))
    narrow = len(shown("1")[0])
    assert shown("2") == ("Ana Beatriz", "8")
    assert (table.values("1"), table.values("2")) == ((long, "007"), (other, "8"))
    assert table.get_children() == ("2", "1")
    table.place(width=900)
    desk.until(lambda: len(shown("1")[0]) > narrow)
    table.column("count", stretch=True)
    for event, x in (("<Button-1>", table.column("name", "width")), ("<B1-Motion>", 130), ("<ButtonRelease-1>", 130)):
        table.event_generate(event, x=x, y=8)
    desk.until(lambda: len(shown("1")[0]) < narrow)
    table.delete("1")
    table.write("1", ("Bia", "9"))
    assert shown("1") == ("Bia", "9")


def test_a_field_goes_below_its_name_where_there_is_no_room_beside_it(root: tk.Tk) -> None:
    theme = Theme(root, "light", 200)
    field = Line(root, theme, Words("pt-BR"), "Endereço do agente", str, note="api.address", beside=True)
    field.pack(fill="x")
    for width, beside in ((1600, True), (700, False), (1600, True)):
        sized(root, width)
        name, control = field.name, field.control
        assert (control.winfo_rooty() < name.winfo_rooty() + name.winfo_height()) is beside
        assert control.winfo_width() >= 600, "as wide as it has to be, or as the place"


def test_the_foot_leaves_out_as_a_whole_what_does_not_fit_and_never_what_is_wrong(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = open_window()
    foot = desk.window.status
    assert foot is not None
    desk.until(lambda: foot.text("model"), "the model is known")
    foot.fill_backups(Backups(backups=(), every_hours=24, keep=7, last_proven_at=None))
    foot.place(x=0, y=0, width=10)
    for width in (1400, 700, 450, 900, 250):
        foot.place(width=width)
        desk.until(lambda width=width: foot.winfo_width() == width)
        desk.turn(0.05)
        for name, (label, _) in foot._labels.items():
            if width >= 450 and label.winfo_ismapped():
                assert label.winfo_width() >= label.winfo_reqwidth(), (width, name)
        assert foot._labels["connection"][0].winfo_ismapped()
        assert bool(foot._labels["model"][0].winfo_ismapped()) is (width >= 700), width
