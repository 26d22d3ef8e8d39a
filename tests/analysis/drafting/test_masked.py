"""A model learns no customer's numbers, the guard still knows them, and no mask reaches a card."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from agent.analysis.drafting.making import make_drafter
from agent.analysis.drafting.masked import MaskedWriter, own_identifiers
from agent.analysis.drafting.prompt import MAX_TURN_CHARS, Briefing
from agent.analysis.drafting.run import DraftRun
from agent.analysis.drafting.server import ServerOptions, ServerWriter
from agent.analysis.drafting.writer import DraftOptions, Writer
from agent.analysis.guarding.guard import Guard
from agent.analysis.guarding.sources import Sources
from agent.analysis.retrieval.replies import ReplyBook, load_replies
from agent.contract.rows import Direction
from tests.analysis.conftest import turn

PUBLIC = ("O telefone da loja é (11) 3000-4321.", "Nossa chave PIX é financeiro@loja.example.")
BRIEFING = Briefing(base="Uma loja.", later="", examples=(), public=PUBLIC, private=())
SAID = (
    turn(1, "meu cpf é 529.982.247-25 e o cartão 4111 1111 1111 1111"),
    turn(2, "Anotei o (11) 90000-0012! Nossa chave é financeiro@loja.example", Direction.OUT),
    turn(3, "pode confirmar meu telefone e mandar o pix? liga no 3000-4321 se precisar"),
)
TOLD = (
    "meu cpf é [CPF] e o cartão [CARTÃO]",
    "Anotei o [TELEFONE]! Nossa chave é financeiro@loja.example",
    "pode confirmar meu telefone e mandar o pix? liga no 3000-4321 se precisar",
)


@contextmanager
def server(answer: str) -> Iterator[tuple[str, list[str]]]:
    """A server that answers every chat with the same words, and keeps all that it was sent."""
    asked = list[str]()

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            parts = [{"choices": [{"delta": {"content": f"{word} "}}]} for word in answer.split(" ")]
            parts.append({"choices": [{"delta": {}, "finish_reason": "stop"}]})
            self.send_response(200)
            self.end_headers()
            self.wfile.write("".join(f"data: {json.dumps(part)}\n\n" for part in parts).encode())

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}/v1", asked
    finally:
        listening.shutdown()
        thread.join(10)
        listening.server_close()


def write(writer: Writer, sources: Sources) -> DraftRun:
    run = DraftRun(writer, sources)
    writer.read(SAID[:-1], lambda: False)
    for _ in run.texts(SAID, ["Confirme o CPF 529.982.247-25 no (11) 3000-4321."], lambda: False):
        pass
    writer.close()
    return run


def test_a_server_is_told_labels_and_the_business_keeps_its_own_numbers():
    with server("Vou conferir e já te respondo.") as (url, asked):
        inner = ServerWriter(ServerOptions(url, "small"), DraftOptions(), BRIEFING)
        run = write(MaskedWriter(inner, PUBLIC), Sources.read(PUBLIC))
    assert len(asked) == 2
    sent = "".join(asked)
    for number in ("529", "982", "4111", "90000", "0012"):
        assert number not in sent
    contents = [one["content"] for one in json.loads(asked[1])["messages"]]
    assert [one.split("\n")[0].strip("«»") for one in contents[1:]] == list(TOLD)
    assert contents[-1].endswith("Pode servir: Confirme o CPF [CPF] no (11) 3000-4321.")
    assert run.shown == "Vou conferir e já te respondo."


def test_without_the_setting_everything_is_told():
    with server("Vou conferir e já te respondo.") as (url, asked):
        write(ServerWriter(ServerOptions(url, "small"), DraftOptions(), BRIEFING), Sources.read(PUBLIC))
    assert "529.982.247-25" in asked[1]


def test_the_setting_decides_what_a_drafter_is_made_of(tmp_path):
    book: ReplyBook = load_replies(tmp_path / "none.yaml")
    options, now = DraftOptions(), datetime(2026, 7, 12, tzinfo=UTC)
    local = ServerOptions("http://127.0.0.1:9/v1", "small")
    for chosen in (None, local):
        masked = make_drafter(book, (), "auto", options, chosen, now)
        plain = make_drafter(book, (), "auto", options, chosen, now, masked=False)
        assert isinstance(masked._writer, MaskedWriter)
        assert not isinstance(plain._writer, MaskedWriter)


@pytest.mark.parametrize(
    "draft",
    [
        "Seu CPF é [CPF], certo?",
        "Anotei aqui o [TELEFONE] e já te ligo.",
        "Confirmado! Vou mandar para [email] agora mesmo.",
        "O final do cartão é **** **** **** 1111, certo?",
        "Seu CPF ***.***.***-25 está certo?",
    ],
)
def test_no_mask_reaches_the_card(draft):
    with server(draft) as (url, _):
        inner = ServerWriter(ServerOptions(url, "small"), DraftOptions(), BRIEFING)
        run = write(MaskedWriter(inner, PUBLIC), Sources.read(PUBLIC))
    assert run.shown is None
    assert run.refusal is not None
    whole = Guard([turn.text or "" for turn in SAID])
    assert whole.finish(draft, cut=False) is None


def test_the_guard_says_why():
    guard = Guard(["meu cpf é 529.982.247-25"])
    assert guard.finish("Seu CPF é [CPF], certo?", cut=False) is None
    assert guard.refusal == "mask"


def test_the_guard_still_refuses_a_number_that_nobody_wrote_and_knows_the_customers_own():
    """The masks are the model's affair: what was really written is what a draft is measured by."""
    for number, shown in (("(11) 90000-0012", True), ("(11) 90000-0099", False)):
        guard = Guard([SAID[0].text or "", "meu telefone é (11) 90000-0012"])
        assert (guard.finish(f"Anotei o seu telefone novo aqui: {number}.", cut=False) is not None) == shown


def test_what_is_cut_off_is_cut_behind_the_mask():
    """Else half a number would be left at the end of a long message, and be none any more."""
    text = "a " * (MAX_TURN_CHARS // 2 - 4) + "529.982.247-25"
    with server("Vou conferir e já te respondo.") as (url, asked):
        writer = MaskedWriter(ServerWriter(ServerOptions(url, "small"), DraftOptions(), BRIEFING), PUBLIC)
        list(writer.write([turn(1, text)], (), lambda: False))
        writer.close()
    assert "529" not in asked[0]


def test_a_line_of_ones_own_is_known_with_and_without_its_area():
    assert own_identifiers(PUBLIC) == {"+551130004321", "30004321", "financeiro@loja.example"}
