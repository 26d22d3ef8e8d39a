"""Several businesses' afternoons on one page."""

from pathlib import Path

from agent.analysis.dialogues import BUSINESSES
from agent.analysis.retrieval.replies import load_replies
from simulator.scenario import load_all
from simulator.together import CHATS, replies_together, together


def test_each_business_has_its_chats_and_their_script_in_the_order_of_time() -> None:
    scenarios = load_all()
    made = together(scenarios)
    assert len(made.chats) == CHATS * len(scenarios) == 18
    assert [item.at for item in made.script] == sorted(item.at for item in made.script)
    for one in scenarios:
        taken = {chat.id for chat in one.chats[:CHATS]}
        own = [item for item in one.script if item.chat in taken]
        assert own
        assert [item for item in made.script if item.chat in taken] == own


def test_replies_are_known_by_their_business_and_have_its_facts(tmp_path: Path) -> None:
    names = ("pizzaria", "clinica")
    files = {name: BUSINESSES / name / "replies.yaml" for name in names}
    (tmp_path / "replies.yaml").write_text(replies_together(files), encoding="utf-8")
    book = load_replies(tmp_path / "replies.yaml")
    each = {name: load_replies(file) for name, file in files.items()}
    assert len(book.replies) == sum(len(one.replies) for one in each.values())
    assert {reply.id for reply in book.replies} == {
        f"{name}-{reply.id}" for name, one in each.items() for reply in one.replies
    }
    pix = next(reply for reply in book.replies if "pix@fornodavila.example" in reply.text)
    assert pix.id.startswith("pizzaria-")
