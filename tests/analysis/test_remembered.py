"""What the analysis remembers of texts is emptied when somebody is erased; what it has loaded stays."""

import asyncio

from agent.analysis.analyst import create_analyst
from agent.analysis.guarding.names import given_names
from agent.analysis.guarding.visible import fold
from agent.analysis.reading.normalise import normalise
from agent.analysis.remembered import forget_texts
from agent.contract.analysis import Question


def test_texts_are_forgotten_and_lists_are_not():
    for remembers in (fold, normalise):
        remembers("um segredo da Zuleica")
        assert remembers.cache_info().currsize
    given_names()
    forget_texts()
    assert fold.cache_info().currsize == normalise.cache_info().currsize == 0
    assert given_names.cache_info().currsize == 1


async def test_an_analyst_forgets_what_it_read(tmp_path):
    replies = tmp_path / "replies.yaml"
    replies.write_text(
        'business: {name: X}\nreplies:\n  - {id: a, title: A, intents: [price], text: "90", examples: ["quanto?"]}\n',
        "utf-8",
    )
    analyst = create_analyst(replies, drafts=False, profile=tmp_path)
    try:
        await analyst.analyse(Question(text="um segredo da Zuleica"))
        reader = analyst._reader
        assert normalise.cache_info().currsize
        analyst.forget({1})
        async with asyncio.timeout(60):
            while analyst._reader is reader:
                await asyncio.sleep(0.05)
        assert (await analyst.analyse(Question(text="quanto?"))).suggested_responses
    finally:
        await analyst.close()
