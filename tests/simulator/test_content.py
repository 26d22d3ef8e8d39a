"""The scripted afternoons and the canned replies keep what the other tests and the demo build on."""

import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.analysis.dialogues import BUSINESSES
from agent.analysis.retrieval.replies import load_replies
from agent.contract.analysis import INTENTS

ROOT = Path(__file__).parents[2] / "simulator"
SLUGS = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
ITEM_KEYS = {
    "text": {"at", "chat", "text", "author", "quote"},
    "voice": {"at", "chat", "kind", "seconds", "author"},
    "image": {"at", "chat", "kind", "text", "author"},
    "sticker": {"at", "chat", "kind", "author"},
    "document": {"at", "chat", "kind", "name", "author"},
}
REPLY_KEYS = {"id", "title", "shortcut", "intents", "text", "examples"}
PREFIX_CHARS = 1200
"""Facts and rules head every prompt: about 3 characters a token, and 600 tokens with the fixed part."""


def load(kind: str, slug: str) -> dict[str, Any]:
    path = BUSINESSES / slug / "replies.yaml" if kind == "replies" else ROOT / kind / f"{slug}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]+", " ", plain.encode("ascii", "ignore").decode()).strip()


def all_items() -> list[dict[str, Any]]:
    return [item for slug in SLUGS for item in load("scenarios", slug)["script"]]


def test_six_businesses_with_at_least_150_customer_messages():
    assert len(SLUGS) == 6
    assert len(all_items()) >= 150


def test_the_customers_write_as_people_do():
    texts = [item["text"] for item in all_items() if "text" in item]
    kinds = Counter(item.get("kind", "text") for item in all_items())
    assert set(kinds) == set(ITEM_KEYS)
    assert any("\n" in text for text in texts)
    assert any("quote" in item for item in all_items())
    for mark in ("ç", "ã", "vc", "blz", "kkk", "😡", "🙏", "obrigad", "ignore suas regras", "senha", "english"):
        assert any(mark in text.lower() for text in texts), mark


def test_two_groups_unsaved_contacts_and_confusable_names():
    chats = [(slug, chat) for slug in SLUGS for chat in load("scenarios", slug)["chats"]]
    assert sum(chat["group"] for _, chat in chats) == 2
    assert any("phone" in chat for _, chat in chats)
    titles = [chat.get("title", "") for _, chat in chats]
    assert {"Ana Beatriz", "Ana Beatris"} <= set(titles)
    assert max(map(len, titles)) > 60
    assert any(chat.get("push_name") == load("scenarios", slug)["own_name"] for slug, chat in chats)


def test_no_two_scripted_texts_are_alike():
    texts = [item["text"] for item in all_items() if "text" in item]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_chat_is_whole(slug: str):
    scenario = load("scenarios", slug)
    assert set(scenario) == {"business", "slug", "own_name", "replies", "chats", "script"}
    assert scenario["slug"] == slug
    assert (BUSINESSES / scenario["replies"] / "replies.yaml").is_file()
    assert (BUSINESSES / scenario["replies"] / "knowledge.md").is_file()
    names = [chat.get("title") or chat["phone"] for chat in scenario["chats"]]
    assert len(set(names)) == len(names)
    for chat in scenario["chats"]:
        assert ("title" in chat) != ("phone" in chat)
        assert re.fullmatch(r"\+55 11 90000-00\d\d", chat.get("phone", "+55 11 90000-0000"))
        assert ("push_name" in chat) == ("phone" in chat)
        assert ("members" in chat) == chat["group"]
        ages = [message["minutes_ago"] for message in chat["history"]]
        assert len(ages) < 12
        assert all(older > newer for older, newer in pairwise([*ages, 0]))
        for message in chat["history"]:
            assert message["text"]
            own = message["from"] == "business"
            assert message.get("status") in ({"pending", "sent", "delivered", "read"} if own else {None})
            assert ("author" in message) == (chat["group"] and not own)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_script_item_can_be_played(slug: str):
    scenario = load("scenarios", slug)
    chats = {chat["id"]: chat for chat in scenario["chats"]}
    assert len(chats) == len(scenario["chats"])
    times = [item["at"] for item in scenario["script"]]
    assert times == sorted(times)
    assert 0 <= times[0] <= times[-1] <= 600
    assert sum(at < 60 for at in times) >= 8
    assert {item["chat"] for item in scenario["script"]} == set(chats)
    said: set[tuple[str, str, str]] = set()
    for item in scenario["script"]:
        kind = item.get("kind", "text")
        chat = chats[item["chat"]]
        assert set(item) <= ITEM_KEYS[kind], item
        assert {"text": "text", "voice": "seconds", "document": "name"}.get(kind, "at") in item
        assert ("author" in item) == chat["group"]
        assert not chat["group"] or item["author"] in chat["members"]
        author = item.get("author") or chat.get("title") or chat["push_name"]
        if quote := item.get("quote"):
            assert (item["chat"], quote["author"], quote["text"]) in said
        said.add((item["chat"], author, item.get("text", "")))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_business_meets_a_burst_anger_and_thanks(slug: str):
    script = load("scenarios", slug)["script"]
    runs = [[i["at"] for i in script if i["chat"] == chat] for chat in {item["chat"] for item in script}]
    assert any(run[i + 3] - run[i] <= 3 for run in runs for i in range(len(run) - 3))
    texts = " ".join(item.get("text", "") for item in script).lower()
    assert re.search(r"obrigad|valeu|vlw|parabéns|abençoe", texts)
    assert re.search(r"absurdo|decepcionad|descaso|roubo|cadê a pizza|nunca mais", texts)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_canned_reply_is_usable(slug: str):
    sheet = load("replies", slug)
    replies = sheet["replies"]
    assert set(sheet) == {"business", "rules", "replies"}
    assert all(isinstance(value, str) for value in sheet["business"].values())
    assert sheet["business"]["name"] == load("scenarios", slug)["business"]
    assert sum(map(len, [*sheet["business"].values(), *sheet["rules"]])) < PREFIX_CHARS
    assert len(replies) == 25
    for key in ("id", "title", "shortcut", "text"):
        values = [folded(reply[key]) for reply in replies]
        assert len(set(values)) == len(values), key
    for reply in replies:
        assert set(reply) == REPLY_KEYS
        assert reply["intents"]
        assert set(reply["intents"]) <= set(INTENTS)
        assert re.fullmatch(r"/[a-z-]+", reply["shortcut"])
        assert len(reply["text"]) <= 200
        assert set(re.findall(r"\{(\w*)\}", reply["text"])) <= {"nome", "saudacao", "pedido"}
        assert len(reply["examples"]) >= 8


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("customer", ["Ana Beatriz", "+55 11 90000-0012"])
def test_every_reply_reads_well_with_and_without_a_name(slug: str, customer: str):
    book = load_replies(BUSINESSES / slug / "replies.yaml")
    for reply in book.replies:
        text = book.fill(reply, datetime(2026, 11, 21, 15, tzinfo=UTC), customer, order="1042")
        assert not re.search(r"[{}]|  | [,.!?:]|[,;][.!?:]", text), text
        assert text[0].isupper()
        assert ("Ana" in text) == ("{nome}" in reply.text and customer.startswith("Ana"))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_examples_are_not_copied_from_the_scripts(slug: str):
    scripted = {folded(item["text"]) for item in all_items() if "text" in item} - {""}
    examples = [folded(example) for reply in load("replies", slug)["replies"] for example in reply["examples"]]
    assert [example for example in examples if example in scripted] == []
    assert [example for example, times in Counter(examples).items() if times > 1] == []
