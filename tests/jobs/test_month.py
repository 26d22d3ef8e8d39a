"""A short month of three attendants through the real search and a real encrypted database."""

from pathlib import Path

import pytest

from tests.bench.learning import simulate

pytestmark = pytest.mark.slow


async def test_what_was_learned_helps_survives_a_restart_and_can_be_undone(tmp_path: Path) -> None:
    month = await simulate("loja-de-roupas", 200, 4, tmp_path)
    assert month.picks >= 200
    assert month.running > month.unlearned
    assert month.restarted == month.running
    assert month.rolled_back == month.unlearned
    assert month.erased_left == 0
    assert month.erased_equal
