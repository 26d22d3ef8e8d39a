"""What the page layer keeps of a page: structure and the page's own words, and nobody else's."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from agent.errors import BadInput
from agent.recordings.page_attributes import attribute, css
from agent.recordings.page_differences import RULE, page_differences
from agent.recordings.page_player import page_lines
from agent.recordings.page_pseudonyms import AsRecorded, PagePseudonyms, Replaced, about
from agent.recordings.page_words import Place, is_page_word, listed, page_parts
from agent.recordings.pseudonyms import Pseudonyms

ROOT = Path(__file__).parents[2]
NAMES = Pseudonyms(bytes(range(32)))
WORDS = Replaced(NAMES)


def kept(tag: str, name: str, value: object) -> object:
    return attribute(tag, name, value, WORDS)


def element(
    number: int, tag: str, *children: dict[str, Any], drawing: bool = False, **attributes: Any
) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    node = {"type": 2, "id": number, "tagName": tag, "attributes": named, "childNodes": list(children)}
    return node | ({"isSVG": True} if drawing else {})


def text(number: int, said: str) -> dict[str, Any]:
    return {"type": 3, "id": number, "textContent": said}


def whole(*children: dict[str, Any]) -> dict[str, Any]:
    html = element(2, "html", element(3, "body", *children), lang="pt-BR")
    return {"type": 2, "timestamp": 1000.4, "data": {"node": {"type": 0, "id": 1, "childNodes": [html]}}}


def changed(**parts: Any) -> dict[str, Any]:
    data = {"source": 0, "texts": [], "attributes": [], "removes": [], "adds": [], **parts}
    return {"type": 3, "timestamp": 2000, "data": data}


def batch(*events: dict[str, Any], number: int = 1) -> str:
    said = {"lang": "pt-BR", "zone": "America/Sao_Paulo", "width": 1280, "height": 800}
    return json.dumps({"batch": number, "about": said, "events": events})


def lines_of(*events: dict[str, Any]) -> list[dict[str, Any]]:
    return list(PagePseudonyms(NAMES).lines(batch(*events)))


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        ("div", "data-testid", "cell-frame-title"),
        ("div", "role", "row"),
        ("span", "class", "x1n2onr6 _ak8l message-in"),
        ("svg", "viewBox", "0 0 24 24"),
        ("path", "d", "M12.1 4.2l3,3-3 3z"),
        ("div", "style", "height: 76px; transform: translateY(152px);"),
        ("div", "aria-rowcount", "485"),
        ("span", "aria-label", "9 mensagens não lidas"),
        ("span", "aria-label", " Entregue "),
        ("div", "aria-label", "Mensagem citada"),
        ("img", "alt", "😍"),
        ("li", "data-pre-plain-text", "• "),
        ("li", "data-pre-plain-text", "1. "),
        ("div", "id", "pane-side"),
        ("input", "checked", True),
    ],
)
def test_structure_and_the_pages_own_words_stay(tag: str, name: str, value: object) -> None:
    assert kept(tag, name, value) == value


@pytest.mark.parametrize(
    ("tag", "name", "value", "gone"),
    [
        ("span", "title", "Quitéria Bragantim", "Bragantim"),
        ("span", "title", "+55 11 98765-4321", "98765"),
        ("span", "aria-label", "Bragantim:", "Bragantim"),
        ("span", "aria-label", "Lida:", "Lida"),
        ("img", "alt", "Figurinha de Bragantim", "Bragantim"),
        ("div", "title", 'Ver "contrato-bragantim.pdf"', "bragantim"),
        ("button", "aria-label", "reaction 👍 Bragantim", "Bragantim"),
        ("div", "data-pre-plain-text", "[20:31, 11/07/2026] Bragantim: ", "Bragantim"),
        ("div", "data-id", "true_5511987654321@c.us_3EB0A1B2C3D4E5F60718", "5511987654321"),
        ("div", "data-testid", "conv-msg-3EB0A1B2C3D4E5F60718", "3EB0A1B2C3D4E5F60718"),
        ("div", "data-ref", "2@Bragantim98765432,abc", "Bragantim"),
        ("div", "data-link-code", "K,Q,3,7,Z,9,P,2", "K,Q,3,7"),
        ("div", "data-unheard-of", "Bragantim", "Bragantim"),
        ("div", "aria-unheard-of", "Bragantim", "Bragantim"),
        ("div", "id", "chat-bragantim", "bragantim"),
        ("div", "data-testid", "chat 5511987654321", "5511987654321"),
        ("div", "style", "background: url(https://pps.whatsapp.net/bragantim.jpg)", "bragantim"),
        ("a", "href", "https://wa.me/5511987654321", "5511987654321"),
        ("a", "href", "mailto:quiteria@example.com", "quiteria"),
    ],
)
def test_whatever_tells_who_somebody_is_goes(tag: str, name: str, value: str, gone: str) -> None:
    assert gone not in str(kept(tag, name, value))


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        ("div", "onclick", "run()"),
        ("body", "onload", "run()"),
        ("img", "onerror", "run()"),
        ("img", "srcset", "https://a.example/1 2x"),
        ("img", "src", "https://a.example/face.jpg"),
        ("img", "rr_dataURL", "data:image/png;base64,AAAA"),
        ("video", "src", "blob:https://web.whatsapp.com/1"),
        ("video", "poster", "https://a.example/1"),
        ("iframe", "srcdoc", "<script>run()</script>"),
        ("form", "action", "https://a.example/"),
        ("link", "href", "https://a.example/x.css"),
        ("use", "xlink:href", "https://a.example/x.svg"),
        ("meta", "http-equiv", "refresh"),
        ("div", "na me", "x"),
        ("div", "Quitéria", "x"),
        ("video", "rr_mediaState", "played"),
        ("div", "title", ["x"]),
    ],
)
def test_what_runs_or_fetches_something_is_left_out(tag: str, name: str, value: object) -> None:
    assert kept(tag, name, value) is None


def test_addresses_keep_only_what_kind_they_are() -> None:
    assert kept("img", "src", "blob:https://web.whatsapp.com/3f2") == "blob:"
    assert kept("img", "src", "data:image/jpeg;base64,/9j/4AAQ") == "data:image/jpeg,"
    assert kept("img", "src", "https://pps.whatsapp.net/v/t61/quiteria.jpg?x=1") == "about:pps.whatsapp.net"
    assert kept("a", "href", "https://maps.google.com/maps?q=-23.5,-46.6") == "https://maps.google.com/"
    assert kept("a", "href", "javascript:run()") == "#"
    for tag, name, value in (("img", "src", "blob:x"), ("img", "src", "about:pps.whatsapp.net"), ("a", "href", "#")):
        once = attribute(tag, name, value, AsRecorded())
        assert attribute(tag, name, once, AsRecorded()) == once


def test_rules_of_style_fetch_nothing_and_say_nothing() -> None:
    rules = css(
        "@import 'https://a.example/x.css'; /* Quitéria */ [data-icon=\"tail-in\"] { content: 'Quitéria'; "
        'background: url("https://a.example/q.png"); mask: URL (x); color: red }'
    )
    assert '[data-icon="tail-in"]' in rules
    assert "color: red" in rules
    assert not any(part in rules.lower() for part in ("quitéria", "a.example", "url", "import"))


def test_a_message_has_the_same_id_in_both_layers() -> None:
    bare = "3EB0A1B2C3D4E5F60718"
    assert kept("div", "data-id", bare) == NAMES.identifier(bare)
    old = str(kept("div", "data-id", f"false_5511987654321@c.us_{bare}"))
    assert re.fullmatch(rf"false_\d{{13}}@c\.us_{NAMES.identifier(bare)}", old)
    assert str(kept("div", "data-testid", f"conv-msg-{bare}")) == f"conv-msg-{NAMES.identifier(bare)}"


def test_names_and_texts_are_the_same_as_in_the_frame_layer() -> None:
    copied = str(kept("div", "data-pre-plain-text", "[20:31, 11/07/2026] Quitéria Bragantim: "))
    assert copied == f"[20:31, 11/07/2026] {NAMES.name('Quitéria Bragantim')}: "
    lines = lines_of(whole(element(4, "span", text(5, "Sou a Quitéria Bragantim"))))
    assert NAMES.text("Sou a Quitéria Bragantim") in json.dumps(lines, ensure_ascii=False)


def test_in_the_place_of_a_name_every_word_is_one() -> None:
    # A word of the page elsewhere; here somebody is called so.
    title = element(4, "div", element(5, "span", text(6, "Você"), title="Lida"), data_testid="cell-frame-title")
    icon = element(7, "svg", element(8, "title", text(9, "tail-in"), drawing=True), drawing=True)
    (line,) = lines_of(whole(title, icon, element(10, "span", text(11, "ana-maria"))))
    written = json.dumps(line, ensure_ascii=False)
    assert "tail-in" in written
    assert "Você" in written
    assert not any(f'"{word}' in written for word in ("Lida", "ana-maria"))


def test_what_comes_later_is_read_with_its_place() -> None:
    title = element(4, "div", element(5, "span", text(6, "Ana")), data_testid="author")
    style = element(7, "style", text(8, "a { color: red }"))
    added = {"parentId": 5, "nextId": None, "previousId": 6, "node": text(9, "Lida")}
    texts = [{"id": 6, "value": "Julio"}, {"id": 8, "value": "a { background: url(x) }"}]
    attributes = [{"id": 5, "attributes": {"title": "Bragantim", "onclick": "x", "class": None}}]
    attributes += [{"id": 4, "attributes": {"style": {"height": "2px", "background": "url(x)", "top": False}}}]
    given = changed(adds=[added], texts=texts, attributes=attributes, removes=[{"parentId": 5, "id": 6}])
    change = lines_of(whole(title, style), given)[1]["event"]["data"]
    assert change["adds"][0]["node"]["textContent"] == NAMES.name("Lida") != "Lida"
    assert [one["value"] for one in change["texts"]] == [NAMES.name("Julio"), "a { background: none }"]
    assert change["attributes"][0]["attributes"] == {"title": NAMES.name("Bragantim"), "class": None}
    assert change["attributes"][1]["attributes"]["style"] == {"height": "2px", "background": "none", "top": False}
    assert change["removes"] == [{"parentId": 5, "id": 6}]


def test_what_a_person_types_is_never_kept() -> None:
    typed = {"type": 3, "timestamp": 3000, "data": {"source": 5, "id": 4, "text": "minha senha", "isChecked": False}}
    assert lines_of(whole(element(4, "input")), typed)[1]["event"]["data"]["text"] == "***** *****"


@pytest.mark.parametrize(
    "event",
    [
        {"type": 5, "timestamp": 1, "data": {"tag": "x", "payload": "Quitéria"}},
        {"type": 6, "timestamp": 1, "data": {"plugin": "console", "payload": "Quitéria"}},
        {"type": 3, "timestamp": 1, "data": {"source": 1, "positions": []}},
        {"type": 3, "timestamp": 1, "data": {"source": 9, "commands": ["Quitéria"]}},
        {"type": 3, "timestamp": "now", "data": {"source": 0}},
        {"type": 3, "timestamp": 1, "data": {"source": 0, "adds": [{"parentId": "x"}]}},
        {"type": 2, "timestamp": 1, "data": None},
        {"type": 2, "timestamp": 1},
        {},
    ],
)
def test_an_event_of_another_form_is_left_out_and_counted(event: dict[str, Any]) -> None:
    layer = PagePseudonyms(NAMES)
    assert list(layer.lines(batch(event))) == []
    assert layer.skipped == 1


def test_a_page_without_end_is_left_out() -> None:
    deep = text(9999, "x")
    for number in range(200):
        deep = element(10 + number, "div", deep)
    layer = PagePseudonyms(NAMES)
    assert list(layer.lines(batch(whole(deep)))) == []
    assert layer.skipped == 1


def test_half_an_emoji_can_be_written_down() -> None:
    given = batch(whole(element(4, "span", text(5, "Ol\u00e1 \ud83d"))))
    (line,) = PagePseudonyms(NAMES).lines(given)
    assert "\ufffd" in json.dumps(line, ensure_ascii=False).encode().decode()


def test_each_document_has_its_number_and_each_whole_picture_says_of_what() -> None:
    layer = PagePseudonyms(NAMES)
    first = list(layer.lines(batch(whole(element(4, "p")), changed())))
    again = list(layer.lines(batch(whole(element(4, "p")), number=2)))
    second = list(layer.lines(batch(whole(element(4, "p")))))
    assert [line["doc"] for line in (*first, *again, *second)] == [1, 1, 1, 2]
    assert ["about" in line for line in (*first, *again, *second)] == [True, False, True, True]
    assert first[0]["about"] == {"zone": "America/Sao_Paulo", "lang": "pt-BR", "width": 1280, "height": 800}


def test_what_a_page_says_of_itself_is_checked() -> None:
    said = about({"zone": "Quitéria <x>", "lang": "Quitéria Bragantim", "width": 1e9, "height": "x"})
    assert said == {"zone": None, "lang": None, "width": 4000, "height": 900}


def test_the_readers_words_are_all_kept() -> None:
    source = (ROOT / "userscript" / "src" / "labels.ts").read_text("utf-8")
    lists = re.findall(r"(?:new Set\(\[|: \[)([^\]]*)\]", source)
    words = {word.lower() for part in lists for word in re.findall(r'"([^"]+)"', part)}
    words |= {
        word.lower()
        for word in re.findall(r'^  "?([^"\n:]+?)"?: "(?:pending|sent|delivered|read)"', source, re.MULTILINE)
    }
    assert len(words) > 60
    assert words - listed() == set()


@pytest.mark.parametrize(
    "said",
    [
        *("20:31", "8:19 PM", "12:33 a. m.", "Hoje", "ONTEM", "terça-feira", "11 de julho de 2026", "July 11, 2026"),
        *("Editada", "Encaminhada", "Ler mais", "Você", "\u202aHoje\u202c", "3 unread messages"),
    ],
)
def test_words_of_the_page(said: str) -> None:
    assert is_page_word(said, label=False)
    assert WORDS.words(said, label=False) == said


@pytest.mark.parametrize(
    "said",
    [
        *("Julio", "Lida", "Lu", "April", "1234567", "529.982.247-25", "Enviado por mim"),
        *(": 98765-4321", ":11987654321", "987654321 14:00", "98765-4321 10:22", "4111:1111:1111", "12:34:5678"),
        *("1234:56", "99:99", "45/45/2026", "12/34", "2026-13-40", "10:22 98765"),
    ],
)
def test_no_words_of_the_page(said: str) -> None:
    for place in Place:
        assert not is_page_word(said, label=False, place=place)
    if any(c.isdigit() for c in said):
        assert WORDS.words(said, label=False) == NAMES.text(said) != said


@pytest.mark.parametrize(
    "said", ["20:31", "12/05/1987", "2026-05-12", "11 de julho de 2026", "nasci em 12/05/1987", "às 14:00", "ap 12/34"]
)
def test_in_a_message_no_time_and_no_date_is_the_pages(said: str) -> None:
    for place in (Place.WRITTEN, Place.PREVIEW):
        assert WORDS.words(said, label=False, place=place) == NAMES.text(said) != said
    assert WORDS.words("Editada 20:31", label=False, place=Place.TIME) == "Editada 20:31"


def read(*nodes: dict[str, Any]) -> list[str]:
    """The texts of a page, as they are recorded."""
    (line,) = lines_of(whole(*nodes))
    found, waiting = list[str](), [line["event"]["data"]["node"]]
    while waiting:
        node = waiting.pop()
        found += [node["textContent"]] if node["type"] == 3 else []
        waiting += reversed(node.get("childNodes", []))
    return found


def test_where_a_date_stands_says_whose_it_is() -> None:
    def shown(**place: str) -> str:
        return read(element(4, "div", element(5, "span", text(6, "11/07/2026")), **place))[0]

    made = NAMES.text("11/07/2026")
    assert shown(data_testid="cell-frame-primary-detail") == shown() == "11/07/2026"
    for place in ("select-all selectable-text", "quoted-message", "last-msg-status", "media-caption", "poll-bubble"):
        assert shown(data_testid=place) == made
    for own in ({"class": "x1 selectable-text copyable-text"}, {"contenteditable": "true"}, {"class": "message-in"}):
        assert shown(**own) == made
    row = element(4, "div", element(5, "span", text(6, "20:31")), data_id="false_3EB0")
    assert read(row) == ["20:31"], "its time stays where the page has no mark for it"
    meta = element(6, "div", text(7, "20:31"), data_testid="msg-meta")
    assert read(element(4, "div", text(5, "20:31"), meta, data_testid="poll-bubble")) == [NAMES.text("20:31"), "20:31"]


def test_no_common_word_is_kept_of_a_name_wherever_the_page_writes_it() -> None:
    name, made = "Luís Barata da Porta", NAMES.name("Luís Barata da Porta")
    assert "da" in made.split()
    assert not {"Barata", "Porta"} & set(made.split())
    title = element(4, "span", text(5, name), dir="auto", title=name)
    author = element(6, "span", text(7, name), dir="auto")
    preview = element(8, "span", author, element(9, "span", text(10, "oi, bom dia"), dir="ltr"), title="oi, bom dia")
    members = element(11, "span", text(12, f"{name}, Você"), title=f"{name}, Você", **{"class": "selectable-text"})
    header = element(13, "header", members, element(14, "span", text(15, "digitando…")))
    assert read(title, preview, header) == [made, made, "oi, bom dia", f"{made}, Você", "digitando…"]
    for own in ("Chamada de vídeo em grupo", "Chamada de voz em grupo", "Videollamada grupal", "Video group call"):
        assert WORDS.words(own, label=True, place=Place.MEMBERS) == own, "by this the reader knows a group"
    assert kept("span", "aria-label", f"{name}:") == f"{made}:"
    assert kept("span", "aria-label", "Você:") == "Você:"
    assert kept("div", "data-pre-plain-text", f"[20:31, 11/07/2026] {name}: ") == f"[20:31, 11/07/2026] {made}: "


def test_a_notice_keeps_its_own_part() -> None:
    assert page_parts("Mensagem apagada pelo admin Bragantim", label=False)[1] == ("Mensagem apagada pelo", True)
    assert WORDS.words("Bragantim: digitando…", label=False).endswith("digitando…")
    assert "Bragantim" not in WORDS.words("Bragantim: digitando…", label=False)


def test_a_layer_without_a_page_cannot_be_shown() -> None:
    for lines in ([], [{"doc": 1, "event": changed()}], [{"doc": "x", "event": whole()}], [{"event": 1}, {}]):
        with pytest.raises(BadInput, match="holds no page"):
            page_lines(lines)


def test_a_layer_begins_with_its_first_whole_picture() -> None:
    shown, page = page_lines([
        {"doc": 1, "event": changed()},
        {"doc": 1, "event": whole(element(4, "p")), "about": {"zone": "UTC", "lang": "en", "width": 900}},
        {"doc": 1, "event": changed()},
        {"doc": 2, "event": changed()},
        {"doc": 2, "event": whole(element(4, "p"))},
    ])  # fmt: skip
    assert [(line.document, line.event["type"]) for line in shown] == [(1, 2), (1, 3), (2, 2)]
    assert page == ("en", "UTC", 900, 900)


def test_a_difference_names_the_anchor_it_comes_from() -> None:
    row = {"id": "A1", "text": "Oi", "status": "read", "changes": ["baseline"]}
    anchors = {name: {"rank": 0, "matches": 4} for name in ("meta", "status", "text")}
    golden = {("row", "Ana | A1"): row} | {("anchor", name): found for name, found in anchors.items()}
    same = json.loads(json.dumps([[*key, value] for key, value in golden.items()]))
    assert page_differences(golden, {(what, which): value for what, which, value in same}) == []
    broken = golden | {("row", "Ana | A1"): row | {"status": None}, ("anchor", "status"): {"rank": None, "matches": 0}}
    of_row, of_anchor = page_differences(golden, broken)
    assert (of_row.which, of_row.field, of_row.expected, of_row.found) == ("Ana | A1", "status", "read", None)
    assert of_row.cause == "anchor status: sign 1, 4 times, now not found"
    assert (of_anchor.what, of_anchor.which) == ("anchor", "status")
    ruled = page_differences(golden, golden | {("row", "Ana | A1"): row | {"text": "oi"}})
    assert [(one.field, one.cause) for one in ruled] == [("text", RULE)]
    gone = page_differences(golden, {key: value for key, value in golden.items() if key[0] != "row"})
    assert [(one.what, one.found) for one in gone] == [("row", None)]
