"""A page as rrweb tells it, with one customer wherever WhatsApp shows one."""

import re
from dataclasses import dataclass
from itertools import count
from typing import Any

Node = dict[str, Any]
_EMOJI = re.compile("([\U0001f300-\U0001faff])")
_VALUE = re.compile(r"(\S*\d\S*|[A-ZÀ-Ú]\S+)")


@dataclass
class PersonsPage:
    """The chat list, the open chat with a message in each form, and what changes a moment later."""

    name: str
    first: str
    phone: str
    cpf: str
    born: str

    def __post_init__(self) -> None:
        self._ids = count(1)

    def events(self, said: list[str]) -> list[dict[str, Any]]:
        """A whole picture and a change of it. ``said``: one message or more."""
        preview = self.node("span", said[0], data_testid="last-msg-status", title=f"\u202a{said[0]}\u202c")
        title = self.node("span", self.name, dir="auto", title=self.name)
        older = self.node("span", self.name, dir="auto", title=self.name)
        header = self.node("header", self.node("span", f"{self.name}, {self.phone}, Você", title=self.name))
        rows = [*self.rows(said[0]), self.numbers(), self.media(said[-1])]
        panel = self.node("div", header, *rows, id="main")
        side = self.node("div", self.cell(title), preview, self.node("p", older), id="pane-side")
        html = self.node("html", self.node("body", side, panel))
        whole = {"node": {"type": 0, "id": next(self._ids), "childNodes": [html]}}
        return [{"type": 2, "timestamp": 1_783_857_600_000, "data": whole}, self.change(said, preview, panel)]

    def change(self, said: list[str], preview: Node, panel: Node) -> dict[str, Any]:
        shown, written = preview["childNodes"][0], panel["childNodes"][1]
        data = {
            "source": 0,
            "texts": [{"id": shown["id"], "value": said[-1]}],
            "attributes": [
                {"id": preview["id"], "attributes": {"title": f"{self.first}: {said[-1]}"}},
                {"id": written["id"], "attributes": {"aria-label": f"{self.name}:", "data-plain-text": self.cpf}},
            ],
            "removes": [],
            "adds": [{"parentId": panel["id"], "nextId": None, "node": self.numbers()}],
        }
        return {"type": 3, "timestamp": 1_783_857_601_000, "data": data}

    def rows(self, text: str) -> list[Node]:
        """A message as one text, in pieces at what is bold, and in pieces at emoji."""
        bold = [self.node("strong", one) if _VALUE.fullmatch(one) else one for one in _VALUE.split(text) if one]
        drawn = [self.emoji(one) if _EMOJI.fullmatch(one) else one for one in _EMOJI.split(f"📱{text}") if one]
        return [self.row(text), self.row(*bold), self.row(*drawn)]

    def numbers(self) -> Node:
        """Numbers with a colon beside them, as a page has them where a bold word or an emoji comes before."""
        bare, digits = self.phone.removeprefix("+55 "), re.sub(r"\D", "", self.phone)
        lines = [f": {self.cpf}", f": {bare[3:]}", f": {digits}", f"{digits[4:]} 14:00", f"{bare[3:]} 10:22", self.born]
        return self.row(*(part for line in lines for part in (self.node("strong", "Pix"), self.emoji("📱"), line)))

    def media(self, text: str) -> Node:
        """Whatever else of a row may hold words."""
        quote = [self.node("span", self.name, data_testid="author"), self.node("span", text, dir="auto")]
        parts = [
            self.node("span", aria_label=f"{self.name}:"),
            self.node("div", *quote, data_testid="quoted-message", aria_label="Mensagem citada"),
            self.node("img", alt=f"Foto de {self.name}", src="blob:x"),
            self.node("img", alt=text, src="data:image/jpeg;base64,AA"),
            self.node("button", aria_label=f"reaction 👍 {self.name} {self.phone}", title=f'Ver "{self.first}.pdf"'),
            self.node("span", self.node("span", f"@{self.first}", data_plain_text=f"@{self.name}"), dir="ltr"),
            self.node("a", text, href=f"https://wa.me/{self.phone}"),
        ]
        return self.row(*parts)

    def row(self, *shown: Node | str) -> Node:
        copied = {"data-pre-plain-text": f"[12:34, 11/07/2026] {self.name}: "}
        text = self.node("span", self.node("span", *shown), data_testid="selectable-text", **{"class": "copyable-text"})
        meta = self.node("div", self.node("span", "12:34"), data_testid="msg-meta")
        digits = re.sub(r"\D", "", self.phone)
        return self.node("div", self.node("div", text, **copied), meta, data_id=f"false_{digits}@c.us_3EB0A1B2C3D4E5F6")

    def cell(self, title: Node) -> Node:
        time = self.node("div", "11/07/2026", data_testid="cell-frame-primary-detail")
        return self.node("div", self.node("div", title, data_testid="cell-frame-title"), time)

    def emoji(self, one: str) -> Node:
        return self.node("img", alt=one, data_plain_text=one)

    def node(self, tag: str, *children: Node | str, **attributes: str) -> Node:
        named = {name.replace("_", "-"): value for name, value in attributes.items()}
        inside = [
            {"type": 3, "id": next(self._ids), "textContent": one} if isinstance(one, str) else one for one in children
        ]
        return {"type": 2, "id": next(self._ids), "tagName": tag, "attributes": named, "childNodes": inside}
