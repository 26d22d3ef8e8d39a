"""What ``draft score`` says of the drafts that were judged: figures, and examples to read."""

import random
from collections import Counter
from collections.abc import Sequence

from agent.contract.base import Value


class Scored(Value):
    """One draft and what was found about it."""

    key: str
    """Dialogue and number of the turn."""
    business: str
    before: str
    """What our side had said last, for the reader of the examples."""
    asked: str
    answered: str
    """The attendant's own reply."""
    raw: str
    shown: str | None
    refusal: str | None
    invented: tuple[str, ...]
    """In what was shown."""
    invented_raw: tuple[str, ...]
    """In what the model wrote."""
    portuguese: bool
    finished: bool
    defers: bool
    grounded: bool | None
    """None: no passage is labelled, or nothing was shown."""
    first_token_ms: float | None
    cold_ms: float | None


def summary(scored: Sequence[Scored], model: str | None) -> dict[str, object]:
    """The figures of ``draft score --json``; shares are of the drafts that were shown."""
    shown = [one for one in scored if one.shown]
    labelled = [one for one in shown if one.grounded is not None]
    return {
        "model": model,
        "turns": len(scored),
        "shown": _share(len(shown), len(scored)),
        "invented": sum(bool(one.invented) for one in shown),
        "invented_before_guard": sum(bool(one.invented_raw) for one in scored),
        "portuguese": _share(sum(one.portuguese for one in shown), len(shown)),
        "finished_sentence": _share(sum(one.finished for one in shown), len(shown)),
        "labelled_turns": len(labelled),
        "grounded": _share(sum(bool(one.grounded) for one in labelled), len(labelled)),
        "defers": _share(sum(one.defers for one in shown), len(shown)),
        "refusals": dict(Counter(one.refusal for one in scored if one.refusal).most_common()),
        "first_token_ms": _quantiles([one.first_token_ms for one in scored if one.first_token_ms is not None]),
        "first_token_cold_ms": _quantiles([one.cold_ms for one in scored if one.cold_ms is not None]),
    }


def examples(scored: Sequence[Scored], count: int, seed: int) -> str:
    """``count`` drafts at random as Markdown, good and bad as they come."""
    picked = random.Random(seed).sample(list(scored), min(count, len(scored)))  # noqa: S311 - not for secrets
    lines = []
    for n, one in enumerate(picked, 1):
        verdict = [f"refused: {one.refusal}"] if one.refusal else []
        verdict += ["nothing shown"] if not one.shown and not one.refusal else []
        verdict += ["invented: " + ", ".join(one.invented)] if one.invented else []
        verdict += (
            ["right passage" if one.grounded else "not by the labelled passage"] if one.grounded is not None else []
        )
        verdict += ["defers"] if one.shown and one.defers else []
        lines += [f"{n}. `{one.key}` ({', '.join(verdict) or 'shown'})", ""]
        lines += [f"   - attendant before: {_line(one.before)}"] if one.before else []
        lines += [f"   - customer: {_line(one.asked)}", f"   - **draft:** {_line(one.shown or one.raw)}"]
        lines += [f"   - attendant: {_line(one.answered)}", ""]
    return "\n".join(lines)


def _quantiles(values: list[float]) -> dict[str, float | None]:
    ordered = sorted(values)
    if not ordered:
        return {"p50": None, "p95": None}
    return {
        name: round(ordered[min(len(ordered) - 1, int(q * len(ordered)))], 1)
        for name, q in (("p50", 0.5), ("p95", 0.95))
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _line(text: str) -> str:
    return " ".join(text.split())
