"""From a customer's message on the page to the painted card, against the bare channel, in one run of the demo."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.page.session import WhatsAppPage
from agent.runtime import Agent
from agent.settings import load
from agent.telemetry.measurements import quantile
from simulator.demo import Demo

ECHOES, PAUSE_S = 20, 1.5


async def measure(seconds: float, business: str, model: str | None) -> dict[str, Any]:
    """Run the demo and ask the page for echoes now and then, under the same load. Times in milliseconds."""
    echoes: list[float] = []

    async def ask(agent: Agent) -> None:
        while True:
            page = agent.page
            assert isinstance(page, WhatsAppPage)
            echoes.extend([1000 * await page.bridge.echo() for _ in range(ECHOES)])
            await asyncio.sleep(PAUSE_S)

    overrides = {
        "profile": "bench",
        "browser.headless": True,
        "api.enabled": False,
        "model.name": model if model != "none" else None,
        "model.drafts": model != "none",
    }
    report = await Demo(load(None, overrides), business, seconds, beside=ask).run()
    assert report is not None
    suggestion, round_trip = report["suggestion_ms"], quantile(echoes, 0.5)
    assert round_trip, "the page gave no echo"
    return {
        "suggestion_ms": suggestion,
        "binding_round_trip_ms": {"p50": round_trip, "p95": quantile(echoes, 0.95), "samples": len(echoes)},
        "suggestion_over_binding": round(suggestion["p50"] / round_trip, 1),
        "draft_first_token_ms": report["draft_first_token_ms"],
        "model": report["model"],
        "messages_captured": report["messages_captured"],
        "messages_written_by_customers": report["messages_written_by_customers"],
        "sends_by_agent": report["sends_by_agent"],
    }


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named."""
    parser = argparse.ArgumentParser(prog="scripts/bench e2e", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--business", default="loja-de-roupas")
    parser.add_argument("--model", help="draft model; 'none' for retrieval only")
    given = parser.parse_args(arguments)
    text = json.dumps(asyncio.run(measure(given.seconds, given.business, given.model)), indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return 0
