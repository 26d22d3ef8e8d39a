from datetime import datetime

import pytest

from agent.analysis.retrieval.replies import DEFAULT_FILE, first_name, greeting, load_replies
from agent.contract.analysis import INTENTS
from agent.errors import BadInput

MORNING = datetime.fromisoformat("2026-07-12T09:00:00-03:00")

BOOK = """
business:
  name: Pizzaria
  pix: pix@pizzaria.example
replies:
  - id: oi
    title: Oi
    text: "{saudacao}, {nome}! Tudo bem?"
  - id: nome-na-frente
    title: Nome na frente
    text: "{nome}, a chave é {pix}."
"""


def book(tmp_path, text=BOOK):
    path = tmp_path / "replies.yaml"
    path.write_text(text, "utf-8")
    return load_replies(path)


def test_variables_are_filled(tmp_path):
    replies = book(tmp_path)
    assert replies.fill(replies.replies[0], MORNING, "Ana Souza") == "Bom dia, Ana! Tudo bem?"
    assert replies.fill(replies.replies[1], MORNING, "ana") == "Ana, a chave é pix@pizzaria.example."


@pytest.mark.parametrize("title", [None, "+55 11 91234-5678", "🌷", "", "~"])
def test_who_has_no_known_name_is_not_named(tmp_path, title):
    replies = book(tmp_path)
    assert replies.fill(replies.replies[0], MORNING, title) == "Bom dia! Tudo bem?"
    assert replies.fill(replies.replies[1], MORNING, title) == "A chave é pix@pizzaria.example."


@pytest.mark.parametrize(("hour", "words"), [(4, "Boa noite"), (5, "Bom dia"), (12, "Boa tarde"), (18, "Boa noite")])
def test_greeting_follows_the_clock(hour, words):
    assert greeting(MORNING.replace(hour=hour)) == words


def test_names_keep_their_letters():
    assert first_name("JOÃO PEDRO") == "João"
    assert first_name("D'Ávila") == "D'Ávila"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("replies:\n  - id: a\n    title: A\n", r"line 2, replies\.0\.text: Field required"),
        (
            "replies:\n  - id: a\n    title: A\n    text: oi\n    intents: [prise]\n",
            r"line 5, replies\.0\.intents: unknown intent prise",
        ),
        ("replies:\n  - {id: a, title: A, text: oi}\n  - {id: a, title: B, text: oi}\n", "two replies have the id a"),
        ("replies:\n  - {id: a, title: A, text: 'é {cep}'}\n", r"reply a uses \{cep\}"),
        ("replies:\n  - id: [\n", "line "),
        ("replies:\n  - {id: a, title: A, text: oi, extra: 1}\n", r"replies\.0\.extra: Extra inputs"),
        ("- oi\n", "the whole file"),
        ("", "the whole file"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(tmp_path, text, says):
    with pytest.raises(BadInput, match=says) as refused:
        book(tmp_path, text)
    assert "replies.yaml" in str(refused.value)


def test_text_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "replies.yaml"
    path.write_bytes("replies: [é]".encode("cp1252"))
    with pytest.raises(BadInput, match="UTF-8"):
        load_replies(path)


def test_the_built_in_replies_state_no_fact(tmp_path):
    replies = load_replies(tmp_path / "none.yaml")
    assert replies == load_replies(DEFAULT_FILE)
    assert replies.business == {}
    assert not [reply.id for reply in replies.replies if any(c.isdigit() for c in reply.text)]
    covered = {intent for reply in replies.replies for intent in reply.intents}
    assert set(INTENTS) - covered == {"small_talk", "spam_scam", "other"}
