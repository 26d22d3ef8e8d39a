"""What the tests of drafts share: the smallest real model, and messages of a chat."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.analysis.drafting.models import ensure_model
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, StoredMessage


@pytest.fixture(scope="session")
def smallest() -> Path:
    """The file of SmolLM2 with 135 million parameters: English only, but real weights."""
    if os.environ.get("BALCAO_NO_MODEL") == "1":
        pytest.skip("BALCAO_NO_MODEL=1: the tests with a real model were switched off by hand")
    return ensure_model("smollm2-135m")


def turn(
    number: int, text: str, direction: Direction = Direction.IN, chat: int = 1, title: str = "Ana"
) -> StoredMessage:
    """A message of a chat."""
    return StoredMessage(
        id=number,
        wa_id=str(number),
        conversation_id=chat,
        chat_title=title,
        direction=direction,
        kind=Kind.TEXT,
        author=None,
        text=text,
        state=MessageState.COMPLETE,
        origin=Change.NEW,
        first_seen=datetime(2026, 7, 12, tzinfo=UTC),
    )
