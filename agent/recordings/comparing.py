"""Compares what a replay did with the golden result. Differences are values: reports and tests show them."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from agent.recordings.facts import Difference, Fact

MOST_SHOWN = 600
"""Characters of one side of a difference."""


def differences(expected: Iterable[Fact], found: Iterable[Fact]) -> list[Difference]:
    """Everything that is not as it was, in the order of time. Facts of one kind about one thing are held together."""
    wanted, got = list(expected), list(found)
    before, after = _by_key(wanted), _by_key(got)
    told = [
        (place, difference)
        for key in before.keys() | after.keys()
        for place, difference in _of_one(before.get(key, []), after.get(key, []))
    ]
    told += _order(wanted, got)
    told.sort(key=lambda one: (one[0], one[1].kind, one[1].where))
    return [difference for _, difference in told]


def _by_key(facts: Iterable[Fact]) -> dict[tuple[str, str], list[Fact]]:
    grouped = defaultdict[tuple[str, str], list[Fact]](list)
    for fact in facts:
        grouped[(fact.k, fact.key)].append(fact)
    return grouped


def _of_one(before: list[Fact], after: list[Fact]) -> Iterator[tuple[float, Difference]]:
    left, right = [_plain(fact) for fact in before], [_plain(fact) for fact in after]
    if left == right:
        return
    for how, a, a_end, b, b_end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        for step in range(max(a_end - a, b_end - b)):
            one = before[a + step] if a + step < a_end else None
            other = after[b + step] if b + step < b_end else None
            yield _difference(one, other)


def _difference(one: Fact | None, other: Fact | None) -> tuple[float, Difference]:
    fact = one or other
    assert fact is not None  # noqa: S101 (an opcode has one side at least)
    said = Difference(
        kind=fact.k,
        where=f"{moment(fact.t)} {fact.key}".strip(),
        expected=one and _shown(one, other),
        found=other and _shown(other, one),
        cause=_cause(one, other),
    )
    return fact.t, said


def _cause(one: Fact | None, other: Fact | None) -> str:
    if one is None or other is None:
        return "it was not there before" if one is None else "it did not happen"
    changed = [
        name for name in sorted(one.what.keys() | other.what.keys()) if one.what.get(name) != other.what.get(name)
    ]
    parts = []
    for name in changed:
        was, now = one.what.get(name), other.what.get(name)
        if name == "suggestions":
            was, now = [s.get("reply") for s in was or ()], [s.get("reply") for s in now or ()]
            if was == now:
                parts.append("the texts of the suggestions")
                continue
            if Counter(map(str, was)) == Counter(map(str, now)):
                parts.append(f"another order of the replies: {_short(was)} -> {_short(now)}")
                continue
        parts.append(f"{name}: {_short(was)} -> {_short(now)}")
    return "; ".join(parts)[:MOST_SHOWN]


def _order(wanted: list[Fact], got: list[Fact]) -> Iterator[tuple[float, Difference]]:
    """The same rows in another order."""
    left = [(fact.key, fact.t) for fact in wanted if fact.k == "row"]
    right = [(fact.key, fact.t) for fact in got if fact.k == "row"]
    if Counter(key for key, _ in left) != Counter(key for key, _ in right):
        return
    for (was, at), (now, _) in zip(left, right, strict=True):
        if was != now:
            yield (
                at,
                Difference(
                    kind="row", where=f"{moment(at)} order", expected=was, found=now, cause="rows in another order"
                ),
            )
            return


def moment(at_s: float) -> str:
    """Minutes and seconds, as in ``00:12.345``."""
    return f"{int(at_s // 60):02d}:{at_s % 60:06.3f}"


def _plain(fact: Fact) -> str:
    return json.dumps(fact.what, sort_keys=True, ensure_ascii=False, default=str)


def _shown(fact: Fact, beside: Fact | None) -> str:
    """What is otherwise than beside it, a field a line; all of it where there is nothing beside."""
    fields = fact.what if beside is None else {k: v for k, v in fact.what.items() if beside.what.get(k) != v}
    gone = {} if beside is None else {k: None for k in beside.what if k not in fact.what}
    told = [line for name, value in (fields | gone).items() for line in _lines(name, value)]
    text = "\n".join(told)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _lines(name: str, value: Any) -> list[str]:  # noqa: ANN401 (whatever a fact holds)
    if name != "suggestions" or not isinstance(value, list):
        return [f"{name}: {json.dumps(value, ensure_ascii=False, default=str)}"]
    return [
        f"{place}. {one.get('reply') or one.get('kind')}: {one.get('text', '')}" for place, one in enumerate(value, 1)
    ]


def _short(value: Any) -> str:  # noqa: ANN401 (whatever a fact holds)
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else text[:119] + "…"
