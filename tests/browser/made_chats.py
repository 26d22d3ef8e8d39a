"""Chats made up by Hypothesis: every kind of row, in runs of any length, over several days.

A text is made of pieces that each know how they are written and how the page shows them, so what is expected comes from
no reader and no parser.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Literal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from simulator.world import ChatSeed, Clock, Generation, Kind, Language, Message, Quote, Status

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 7, 15, 15, 0, tzinfo=ZONE)
"""A Wednesday afternoon: what the page's own clock shows while these chats are read."""
OURS = "Flor de Lis"

DAYS_AGO = (0, 1, 2, 3, 5, 6, 7, 12, 48, 195, 196, 400, 867)
"""Today, yesterday, weekdays, dates; the last day of a year, and 29 February two years ago."""

WORDS = (
    "oi", "bom dia", "quanto custa", "o vestido", "azul", "tem no P", "entrega", "amanhã", "ção", "ñandú", "über",
    "שלום", "3", "R$ 89,90", "10%", "ok",
    # Words of the page itself, a date and a time: when a person writes them they are a text like any other.
    "Editada", "Edited", "Editado", "Encaminhada", "Forwarded", "Reenviado", "Hoje", "Yesterday", "Ayer", "20:31",
    "11/07/2026", "Você:", "You", "Tú", "[20:31, 11/07/2026] Ana:", "Ler mais", "Read more", "Leer más", "GIF", "+2",
    "Mensagem de voz", "Lida", "1 mensagem não lida", "data-id", "<b>", "&amp;", "•", "1.", ">", "terça-feira",
)  # fmt: skip
NOTICES = (
    "Esta mensagem foi apagada", "This message was deleted", "Se eliminó este mensaje", "Aguardando mensagem",
    "Ligação de voz perdida", "Missed voice call", "Llamada de voz perdida", "Você apagou esta mensagem", "Hoje",
    "Encaminhada", "Editada", "Mensagem citada", "Conversar", "Mostrar votos",
)  # fmt: skip
"""Whole texts of persons that read like what the page says by itself."""
EMOJI = ("😀", "😍", "❤️", "👍🏽", "👨‍👩‍👧", "🇧🇷", "1️⃣", "🙏", "✅", "⏰")
REACTIONS = ("👍", "❤️", "😂", "🙏🏽", "🇧🇷")
NAMES = ("Ana Beatriz", "Seu Zé 🛠️", "D. Conceição – Bazar", "You & Me", "Mãe", "Flor de Liz", "José (obra)")
MEMBERS = ("Carla", "Davi 🎸", "Carla Dias", "Flor", "+55 11 90000-0042")


@dataclass(frozen=True)
class Setting:
    """Which page the chat is shown on."""

    generation: Generation
    language: Language
    clock: Clock


@dataclass(frozen=True)
class Piece:
    """Something that was written, and what the page makes of it."""

    written: str
    shown: str


@dataclass(frozen=True)
class Line:
    """One message and what of it a person would read where all of it is shown."""

    message: Message
    shown: str
    """Of a text or caption; empty without one."""


@dataclass(frozen=True)
class Made:
    """A chat to be shown, and every row that it must be read as, the page's own first notice left out."""

    seed: ChatSeed
    lines: tuple[Line, ...]


def _piece(dice: Random) -> Piece:
    word = " ".join(dice.choices(WORDS, k=dice.randint(1, 3)))
    plain = dice.choice(("azul", "muito bom", "R$ 10", "até as 18h", "😀 sim"))
    match dice.randrange(14):
        case 0:
            return Piece(f"*{plain}*", plain)
        case 1:
            return Piece(f"_{plain}_", plain)
        case 2:
            return Piece(f"~{plain}~", plain)
        case 3:
            return Piece(f"*_{plain}_*", plain)
        case 4:
            return Piece("`cupom10`", "cupom10")
        case 5:
            return Piece("```PIX 123```", "PIX 123")
        case 6:
            return Piece("@Carla", "@Carla")
        case 7:
            url = dice.choice(("https://loja.example/a_b_c?x=1*2", "http://loja.example"))
            return Piece(url, url)
        case 8 | 9:
            return Piece(*[dice.choice(EMOJI) * dice.randint(1, 4)] * 2)
        case _:
            return Piece(word, word)


def _words(dice: Random, most: int = 4) -> Piece:
    """Words on one line; never what would make the line an item of a list or a quote."""
    pieces = [_piece(dice) for _ in range(dice.randint(1, most))]
    first = Piece("então", "então") if pieces[0].written.startswith(("•", "1.", ">")) else pieces[0]
    pieces[0] = first
    return Piece(" ".join(piece.written for piece in pieces), " ".join(piece.shown for piece in pieces))


def _text(dice: Random) -> Piece:
    """A message's text: mostly lines, sometimes lists, quotes, emoji alone, or a very long text."""
    choice = dice.randrange(20)
    if choice == 0:
        return Piece(*["".join(dice.choices(EMOJI, k=dice.randint(1, 5)))] * 2)
    if choice == 1:
        return Piece(*[dice.choice(NOTICES)] * 2)
    if choice == 2:
        count = dice.choice((20, 90, 400, 500))
        return Piece(*[" ".join(f"palavra{n % 7}" for n in range(count))] * 2)
    if choice > 9:
        return _words(dice)
    written: list[str] = []
    shown: list[str] = []
    for block in range(dice.randint(1, 4)):
        form = dice.choice(("lines", "bullets", "numbers", "quote"))
        if block and dice.random() < 0.3:
            written.append("")
            shown.append("")
        elif block:
            # A line between them: two lists of one form would be one list.
            written.append("depois")
            shown.append("depois")
        for number in range(1, 1 if form == "quote" else dice.randint(1, 3) + 1):
            words = _words(dice, 2)
            before = {"bullets": "- ", "numbers": f"{number}. ", "lines": ""}[form]
            written.append(before + words.written)
            shown.append(before.replace("- ", "• ") + words.shown)
        if form == "quote":
            words = _words(dice, 2)
            written.append(f"> {words.written}")
            shown.append(f"> {words.shown}")
    return Piece("\n".join(written), "\n".join(shown))


CAPTIONED = ("image", "album", "video", "gif", "document")
ANSWERING = ("text", "image", "voice", "sticker", "poll", "document")
QUIET = ("system", "deleted", "waiting", "call", "view_once")
"""Rows to which nothing is attached: no reaction, no forwarded mark, no quote."""
TEXTS: tuple[Kind, ...] = ("text",) * 8
KINDS: tuple[Kind, ...] = (
    *TEXTS, "image", "image", "album", "video", "gif", "voice", "voice", "audio", "sticker", "document",
    "contact", "location", "poll", "event", "call", "view_once", "system", "deleted", "waiting",
)  # fmt: skip
INCOMING_ONLY = ("waiting", "view_once")


def _content(kind: Kind, dice: Random) -> tuple[dict[str, object], str]:
    """The fields of a message of this kind, and the text that it shows."""
    fields: dict[str, object] = {"kind": kind}
    text = Piece("", "")
    if kind == "text":
        text = _text(dice)
        if dice.random() < 0.15:
            url = "https://loja.example/vestido"
            text = (
                Piece(f"{text.written} {url}", f"{text.shown} {url}") if "\n" not in text.written else Piece(url, url)
            )
            fields["preview"] = "Vestido azul | Loja"
    elif kind in CAPTIONED and dice.random() < 0.5:
        text = _text(dice)
    elif kind in ("poll", "event"):
        text = Piece(*[dice.choice(("Qual cor?", "Bazar no sábado 😀", "Quando?"))] * 2)
    elif kind == "system":
        text = Piece(*[dice.choice(("Ana mudou de número.", "As mensagens são temporárias."))] * 2)
    if kind in ("voice", "audio", "video") or (kind == "call" and dice.random() < 0.5):
        fields["seconds"] = dice.randint(1, 900)
    if kind == "document":
        fields["name"] = dice.choice(("comprovante.pdf", "lista de preços.xlsx"))
    if kind == "contact":
        fields["name"] = dice.choice(MEMBERS)
    if kind == "poll":
        fields["choices"] = ("Azul", "Verde 20:31", "Editada")
    if kind == "event":
        fields["name"] = "Rua das Flores, 10"
    if kind == "album":
        fields["tiles"] = dice.randint(2, 7)
    return fields | {"text": text.written}, text.shown


def _marks(kind: Kind, group: bool, title: str, dice: Random) -> dict[str, object]:
    """Edited, forwarded, answering, reacted to."""
    if kind in QUIET:
        return {}
    marks: dict[str, object] = {}
    if kind == "text" and dice.random() < 0.15:
        marks["edited"] = True
    if dice.random() < 0.12:
        marks["forwarded"] = True
    if kind in ANSWERING and dice.random() < 0.2:
        of = dice.choice((title, OURS, MEMBERS[0] if group else title))
        picture = dice.random() < 0.3
        marks["quote"] = Quote(
            author=of,
            text="Foto" if picture else dice.choice(("Azul?", "quanto custa 😀", "20:31", "Encaminhada")),
            kind="image" if picture else None,
        )
    if dice.random() < 0.2:
        marks["reactions"] = tuple(dice.sample(REACTIONS, k=dice.randint(1, 3)))
    return marks


Recipe = tuple[Kind, int]
"""A kind and a number that decides everything else of the row."""
Form = Literal["saved", "unsaved", "group", "same name"]
FORMS: tuple[Form, ...] = ("saved", "group", "unsaved", "group", "same name")


@dataclass(frozen=True)
class Plan:
    """What is drawn for a chat."""

    name: str
    recipes: tuple[Recipe, ...]
    days: tuple[int, ...]
    """How many days ago its messages were written, oldest first."""


def plans(fewest: int = 40, most: int = 60) -> st.SearchStrategy[Plan]:
    """Plans of chats with so many rows."""
    recipes = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 2**20)), min_size=fewest, max_size=most)
    days = st.lists(st.sampled_from(DAYS_AGO), min_size=2, max_size=5, unique=True)
    return st.builds(
        lambda name, rows, ago: Plan(name, tuple(rows), tuple(sorted(ago, reverse=True))),
        st.sampled_from(NAMES),
        recipes,
        days,
    )


def make_chat(plan: Plan, form: Form, salt: str) -> Made:
    """The chat of a plan, its rows spread evenly over its days. Another ``salt`` gives other rows of the same kinds."""
    group = form == "group"
    titles = {"unsaved": "+55 11 90000-0102", "same name": OURS, "group": "Turma da Costura ✂️"}
    title = titles.get(form, plan.name)
    lines: list[Line] = []
    moments = _moments(len(plan.recipes), plan.days, Random(salt))  # noqa: S311
    author = MEMBERS[0]
    for place, (kind, seed) in enumerate(plan.recipes):
        # Hypothesis likes to draw the same number again: the place makes another row of it.
        dice = Random(f"{salt} {place} {seed}")  # noqa: S311
        fields, shown = _content(kind, dice)
        fields |= _marks(kind, group, title, dice)
        ours = kind not in INCOMING_ONLY and dice.random() < 0.4
        author = dice.choice(MEMBERS) if dice.random() < 0.4 else author
        statuses: tuple[Status, ...] = ("pending", "sent", "delivered", "read")
        message = Message.model_validate(
            {
                "id": f"{dice.choice(('3A', '3EB0', 'AC', 'A5'))}{dice.getrandbits(64):016X}",
                "chat": salt,
                "direction": "none" if kind == "system" else "out" if ours else "in",
                "at": moments[place].timestamp() * 1000,
                "author": author if group and not ours and kind != "system" else None,
                "status": dice.choice(statuses) if ours and kind not in ("system", "call", "deleted") else None,
                **fields,
            }
        )
        lines.append(Line(message, shown))
    seed_of_chat = ChatSeed(
        id=salt,
        title=title,
        group=group,
        members=MEMBERS if group else (),
        phone="+55 11 90000-0102",
        push_name="Bia" if form == "unsaved" else None,
        messages=tuple(line.message for line in lines),
    )
    return Made(seed_of_chat, tuple(lines))


def _moments(count: int, days: tuple[int, ...], dice: Random) -> list[datetime]:
    """Times that never go back, on each of the days; none of today is still to come."""
    moments: list[datetime] = []
    for place, day in enumerate(days):
        share = count * (place + 1) // len(days) - count * place // len(days)
        begin = (NOW - timedelta(days=day)).replace(hour=0, minute=0)
        last = 14 * 60 if day == 0 else 23 * 60 + 59
        minutes = sorted(dice.randint(0, last) for _ in range(share))
        moments += [begin + timedelta(minutes=minute) for minute in minutes]
    return moments


def without_outdated_kinds(made: Made, generation: Generation) -> Made:
    """Events came after 2023: such a row is a text there."""
    if generation != "2023":
        return made
    lines = tuple(
        replace(line, message=line.message.model_copy(update={"kind": "text"}))
        if line.message.kind == "event"
        else line
        for line in made.lines
    )
    messages = tuple(line.message for line in lines)
    return Made(made.seed.model_copy(update={"messages": messages}), lines)
