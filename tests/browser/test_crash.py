"""Kill -9 in the middle: what the page shows is stored once, and what was begun is finished."""

import pytest

from tests.bench.crash import crash

pytestmark = pytest.mark.browser


@pytest.mark.timeout(240)
def test_a_killed_agent_loses_and_doubles_nothing() -> None:
    figures = crash(rounds=2, seed=7, model="none", seconds=15)
    assert figures["messages_written_by_customers"] > 0
    assert figures["lost_or_doubled"] == 0
    assert figures["messages_unfinished"] == 0
    assert figures["sends_by_agent"] == 0
    assert figures["read_receipts_by_agent"] == 0
