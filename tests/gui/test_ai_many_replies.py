"""More canned replies than one answer of the API holds."""

from pathlib import Path

import yaml

from agent.contract.replies import ReplyShelf
from gui.link.api import Answer, Api
from gui.link.credentials import TokenFile
from gui.tabs.ai.replies import Replies, read_all
from tests.gui.ai_desk import section, type_into
from tests.gui.conftest import OpenWindow
from tests.gui.served import ServedOffice

IDS = [f"r{n:03}" for n in range(450)]


def write(file: Path, ids: list[str]) -> None:
    replies = [{"id": one, "title": f"Resposta {one}", "text": f"Texto {one}."} for one in ids]
    file.write_text(yaml.safe_dump({"business": {}, "replies": replies}), "utf-8")


def test_all_are_listed_found_and_changed(open_window: OpenWindow, served: ServedOffice) -> None:
    file = served.settings.replies_file
    write(file, IDS)
    desk = open_window(tab="ai")
    replies = section(desk, "replies", Replies)
    desk.until(lambda: list(replies.listing.list.get_children()) == IDS, "every one, in the file's order")
    replies.listing.choose("r449")
    desk.until(lambda: replies.fields["text"].read() == "Texto r449.", "the last one is open")
    type_into(desk, replies.fields["text"].text, "Outro texto.")  # type: ignore[attr-defined]
    desk.click("Salvar")
    desk.until(lambda: "Outro texto." in file.read_text("utf-8"), "saved")
    desk.fill(replies.search.entry, "resposta")  # type: ignore[attr-defined]
    desk.until(lambda: len(replies.listing.list.get_children()) == len(IDS), "a search goes through all, too")


def test_a_list_that_changes_between_two_pages_is_read_anew(served: ServedOffice) -> None:
    file = served.settings.replies_file
    write(file, IDS)

    class Changing(Api):
        """Somebody else changes the file after the first page."""

        def seen(self, path: str, into: type[Answer], **query: object) -> tuple[Answer, str]:
            found = super().seen(path, into, **query)
            if not asked:
                write(file, ["new", *IDS])
            asked.append(query.get("cursor"))
            return found

    asked = list[object]()
    shelf, version = read_all(Changing(served.address, TokenFile(served.token_file), "pt-BR"), None)
    assert [one.id for one in shelf.items] == ["new", *IDS], "none twice, none left out"
    assert asked == [None, "200", None, "200", "400"]
    assert version == Api(served.address, TokenFile(served.token_file), "pt-BR").seen("/api/replies", ReplyShelf)[1]
