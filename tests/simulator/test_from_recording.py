"""A recording as a scenario: every message, in order, at its time, with what became of it; the rest is counted."""

from pathlib import Path

import pytest

from agent.contract.rows import OpenChat
from agent.errors import BadInput
from agent.recordings.file import FRAMES, open_recording
from agent.recordings.pseudonyms import Pseudonyms
from simulator.from_recording import Made, scenario_of
from simulator.scenario import ScenarioChat
from simulator.scenario_file import read_scenario, write_scenario
from tests.recordings.conftest import STORED
from tests.recordings.made_session import MadeSession, changed, row

ANA = OpenChat(token=1, title="Ana Beatriz", is_group=False)
BIA = OpenChat(token=2, title="+55 11 90000-0031", is_group=False, phone="+5511900000031")
TURMA = OpenChat(token=3, title="Turma do 3º", is_group=True)


def made_of(session: MadeSession, folder: Path) -> Made:
    with open_recording(session.write(folder / "s.balcao")) as recording:
        return scenario_of(recording, "Loja", "pizzaria")


def chat(made: Made, title: str) -> ScenarioChat:
    return next(one for one in made.scenario.chats if one.shown_title == title)


def test_what_was_before_is_history_and_what_came_is_played_at_its_time(tmp_path: Path) -> None:
    session = MadeSession()
    old, reply = row(1, "oi", ago=90), row(2, "Olá!", direction="out", author="Loja", status="read", ago=80)
    session.rows(2, ANA, "baseline", old, reply)
    session.rows(7.5, ANA, "new", row(3, "quanto custa?"))
    session.rows(9.25, ANA, "new", row(4, "R$ 10\n à vista", direction="out", author="Loja"))
    made = made_of(session, tmp_path)
    history = chat(made, "Ana Beatriz").history
    assert [(one.sender, one.text, one.status) for one in history][1] == ("business", "Olá!", "read")
    assert [one.minutes_ago for one in history] == pytest.approx([90.5, 80.5], abs=0.1)
    assert [(one.at, one.sender, one.text) for one in made.scenario.script] == [
        (5.5, "customer", "quanto custa?"),
        (7.25, "attendant", "R$ 10\n à vista"),
    ]
    assert [(one.at, one.chat) for one in made.scenario.openings] == [(0.0, "c1")]
    assert (made.scenario.own_name, made.scenario.attendant) == ("Loja", "script")


def test_what_came_while_another_chat_was_open_is_played_when_the_list_showed_it(tmp_path: Path) -> None:
    session = MadeSession()
    session.listed(1, {"title": "Ana Beatriz"}, {"title": "Clara", "last_text": "oi"})
    session.rows(2, TURMA, "baseline", row(1, "bom dia", author="Davi", ago=200))
    session.listed(8, {"title": "Ana Beatriz", "last_text": "tem  bolo?"}, {"title": "Clara", "last_text": "oi"})
    voice = row(3, kind="voice")
    session.rows(20, ANA, "baseline", row(2, "oi", ago=500), voice, row(4, "tem\nbolo?"), row(5, "de milho"))
    made = made_of(session, tmp_path)
    assert [(one.at, one.kind, one.text) for one in made.scenario.script] == [
        (0.0, "voice", ""),
        (7.0, "text", "tem\nbolo?"),
        (7.0, "text", "de milho"),
    ]
    assert [one.text for one in chat(made, "Ana Beatriz").history] == ["oi"]
    assert chat(made, "Clara").history == ()
    assert made.otherwise["chats that nobody opened: they stand in the list, without their messages"] == 1


def test_older_rows_that_were_scrolled_to_stand_above(tmp_path: Path) -> None:
    session = MadeSession()
    session.rows(2, ANA, "baseline", row(5, "fünf", ago=50), row(6, "sechs", ago=49))
    session.rows(3, ANA, "history", row(3, "drei", ago=70), row(4, kind="system", time=None, text="Ana mudou o número"))
    made = made_of(session, tmp_path)
    assert [one.text for one in chat(made, "Ana Beatriz").history] == ["drei", "Ana mudou o número", "fünf", "sechs"]
    ago = [one.minutes_ago for one in chat(made, "Ana Beatriz").history]
    assert ago == sorted(ago, reverse=True)


def test_what_became_of_messages_is_played_too(tmp_path: Path) -> None:
    session = MadeSession()
    first, reply = row(1, "um vestido", ago=30), row(2, "R$ 10", direction="out", author="Loja", status="sent")
    waiting, gone = row(3, kind="waiting"), row(4, "meu CPF é 1")
    session.rows(2, ANA, "baseline", first)
    session.rows(4, ANA, "new", reply, waiting, gone)
    session.rows(5, ANA, "edited", changed(first, text="dois vestidos", edited=True))
    session.rows(6, ANA, "status", changed(reply, status="read"))
    session.rows(7, ANA, "edited", changed(waiting, kind="text", text="chegou"))
    session.rows(8, ANA, "deleted", changed(gone, kind="deleted", text=None))
    session.rows(9, ANA, "reaction", changed(first, text="dois vestidos", edited=True, reactions=("👍", "❤️")))
    session.rows(10, ANA, "edited", changed(reply, status="read", text="R$ 12", edited=True))
    session.rows(11, ANA, "baseline", row(9, kind="deleted"), row(10, "novo", edited=True, reactions=("🙏",)))
    made = made_of(session, tmp_path)
    assert [(one.at, one.of, one.change, one.text) for one in made.scenario.changes] == [
        (3.0, "m1", "edit", "dois vestidos"),
        (5.0, "m3", "decrypt", "chegou"),
        (6.0, "m4", "delete", ""),
        (7.0, "m1", "react", "👍"),
        (8.0, "m2", "edit", "R$ 12"),
    ]
    assert made.otherwise["ticks of what the attendant types: the stand-in makes its own"] == 1
    assert made.otherwise["reactions beside the first one, put on a message later: left out"] == 1
    assert [(one.kind, one.edited, one.reactions) for one in made.scenario.script[-2:]] == [
        ("deleted", None, None),
        ("text", True, ("🙏",)),
    ]


def test_a_group_has_its_people_and_an_unsaved_chat_its_number(tmp_path: Path) -> None:
    session = MadeSession()
    quoted = {"author": "Davi", "text": "bora?"}
    session.rows(2, TURMA, "new", row(1, "bora?", author="Davi"), row(2, "sim", author="Eva", quoted=quoted))
    session.rows(
        3, TURMA, "new", row(3, "quem sou?"), row(4, "meia", quoted={"author": None, "text": "x"}, author="Eva")
    )
    session.rows(4, BIA, "new", row(5, "oi", author="Bia", forwarded=True))
    made = made_of(session, tmp_path)
    assert (chat(made, TURMA.title).group, chat(made, TURMA.title).members) == (True, ("Davi", "Eva"))
    assert (chat(made, BIA.title).phone, chat(made, BIA.title).push_name) == (BIA.title, "Bia")
    script = made.scenario.script
    assert [(one.author, one.quote and one.quote.text, one.forwarded) for one in script] == [
        ("Davi", None, None),
        ("Eva", "bora?", None),
        ("?", None, None),
        ("Eva", None, None),
        (None, None, True),
    ]
    assert made.otherwise["messages of a group whose writer the page did not tell: '?' writes them"] == 1
    assert made.otherwise["quotes of which the page showed only a part: left out"] == 1


def test_what_the_stand_in_cannot_show_is_counted(tmp_path: Path) -> None:
    session = MadeSession()
    session.told(1, "typing", chat_token=1)
    session.rows(
        2,
        ANA,
        "new",
        row(1, kind="unknown"),
        row(2, "legenda", kind="unknown"),
        row(3, "de quem?", direction="unknown"),
        row(4, kind="document", file_name="tabela.pdf"),
        row(5, kind="document"),
        row(6, "Qual?", kind="poll"),
        row(7, "comprido", truncated=True),
    )
    made = made_of(session, tmp_path)
    assert [(one.kind, one.text, one.name) for one in made.scenario.script] == [
        ("text", "legenda", None),
        ("document", "", "tabela.pdf"),
        ("document", "", "arquivo"),
        ("poll", "Qual?", None),
        ("text", "comprido", None),
    ]
    told = {what.split(":")[0].split(",")[0]: number for what, number in made.otherwise.items()}
    assert told == {
        "messages without a text": 1,
        "media of a kind that the page did not tell": 1,
        "messages of which the page did not tell who wrote them": 1,
        "files whose name is not recorded": 1,
        "polls": 1,
        "long messages of which the page showed the beginning": 1,
        "signs that a customer was typing": 1,
        "screens of the page": 1,
        "cards of the agent": 1,
    }


def test_it_is_written_and_read_the_same(tmp_path: Path) -> None:
    with open_recording(STORED / "demo.balcao") as recording:
        made = scenario_of(recording, "demo", "loja-de-roupas")
        seen = {
            change["row"]["id"]
            for line in recording.lines(FRAMES)
            if line["k"] == "frame" and line["v"]["kind"] == "rows"
            for change in line["v"]["changes"]
        }
    counts = made.counts
    notices = made.otherwise["notices of encryption at the top of a chat: the stand-in puts up its own"]
    assert counts["messages_before"] + counts["messages"] + notices == len(seen)
    out = tmp_path / "demo.yaml"
    write_scenario(made.scenario, out, ["Ana: *x", "b"])
    assert read_scenario(out) == made.scenario
    assert out.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadInput, match="there already"):
        write_scenario(made.scenario, out, [])


def test_pseudonyms_stay_pseudonyms(tmp_path: Path) -> None:
    session = MadeSession()
    session.rows(2, ANA, "new", row(1, "Genoveva Fulgêncio, CPF 123.456.789-09"))
    path = session.write(tmp_path / "s.balcao", Pseudonyms.fresh())
    with open_recording(path) as recording:
        write_scenario(scenario_of(recording, "Loja", "pizzaria").scenario, tmp_path / "s.yaml", [])
    written = (tmp_path / "s.yaml").read_text("utf-8")
    assert not any(secret in written for secret in ("Genoveva", "Fulg", "123.456", "Beatriz"))


def test_a_recording_without_messages_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no message"):
        made_of(MadeSession(), tmp_path)


HEAD = "business: L\nslug: l\nown_name: L\nreplies: pizzaria\nattendant: script\n"
BOMB = "a: &a [x]\nb: &b [*a, *a]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "valid dictionary"),
        ("[1, 2", "is no YAML"),
        ("!!python/object/apply:os.system ['echo']", "is no YAML"),
        (BOMB, "has an alias"),
        ("[" * 40 + "]" * 40, "nested too deeply"),
        (HEAD + "chats: []\n", "at script"),
        (HEAD.replace("pizzaria", "../../etc") + "chats: []\nscript: []\n", "at replies"),
        (HEAD.replace("pizzaria", "nobody") + "chats: []\nscript: []\n", "no replies of a business 'nobody'"),
        (HEAD + "chats: [{id: a, title: A}, {id: b, title: A}]\nscript: []\n", "the same title"),
        (HEAD + "chats: []\nscript: []\nopenings: [{at: 1, chat: x}]\n", "unknown chat: x"),
        (
            HEAD + "chats: []\nscript: []\nchanges: [{at: 1, chat: x, of: y, change: delete}]\n",
            "unknown message: y of x",
        ),
        (HEAD + "chats: [{id: a, title: A}]\nscript: [{at: .inf, chat: a, text: x}]\n", "at script.0.at"),
        (HEAD + "chats: [{id: a, title: A}]\nscript: [{at: .nan, chat: a, text: x}]\n", "at script.0.at"),
        (
            HEAD + "chats: [{id: a, title: A}]\nscript: [{at: 1, chat: a, from: attendant, text: ' x'}]\n",
            "with a blank",
        ),
    ],
)
def test_a_broken_or_hostile_file_ends_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as raised:
        read_scenario(path)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_is_no_text_is_no_scenario(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        read_scenario(tmp_path / "x.yaml")
    with pytest.raises(BadInput, match="no file"):
        read_scenario(tmp_path / "y.yaml")
    with pytest.raises(BadInput, match="cannot be read"):
        read_scenario(tmp_path)
