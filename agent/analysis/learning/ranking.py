"""Learns from what attendants pick which reply should come first.

The learned state is a pure function of the stored choices, in their order: what a restart forgets, the choices tell
again; what a customer's erasure removes was never learned; an earlier state is the same function with fewer choices.

A card is one choice among the shown replies and "something else". Its chances are a softmax of how well each reply fits
and of what was learned; a choice moves what was learned by the difference between what happened and what was expected.
So a reply that is shown first and picked as often as expected gains nothing (the rich do not get richer), one that was
not shown loses nothing, and everything stays near zero where there is little to learn from. What a person called wrong
or outdated loses more than what was passed over.
"""

import math
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

import numpy as np
import numpy.typing as npt

from agent.analysis.learning.masking import mask
from agent.analysis.learning.style import TRAITS, traits, traits_of
from agent.analysis.reading.normalise import normalise
from agent.contract.learning import Choice
from agent.contract.stored import Outcome

Boosts = npt.NDArray[np.float32]
Key = tuple[str, str]
"""Whose habit, in which intent; empty: of anyone, in any."""

_LIKELY = 0.1
"""Intents less probable than this do not count: four at most do, and the others say little."""

_SOMETHING_ELSE = 0.2
"""The chance of "none of these" beside those of the search."""

_LONGEST_EXAMPLE = 200
_MOST_WORDINGS = 5_000
_AGAINST = frozenset({"wrong", "outdated"})
"""Judgements that say something of the answer; those of its tone, or of nothing in particular, do not."""

_SMALL_EDIT = 40
"""Characters up to which an edited reply still counts as the answer to its question."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """By what choices become an order."""

    strength: float = 1.0
    """0: nothing learned is used."""
    reply: float = 0.05
    intent: float = 0.25
    attendant: float = 0.1
    both: float = 0.45
    style: float = 0.05
    """Steps: how much one choice moves what is known of a reply; of it in an intent; of it for an attendant; of both
    together; and of an attendant's manner."""
    half_life_days: float = 90.0
    judged: float = 1.0
    """How much more a reply loses that a person called wrong or outdated than one that was only passed over."""
    limit: float = 5.0
    """Log-odds by which a reply moves at most: what does not fit (a chance under 0.5 %) never comes first by habit.

    With 4 the simulated month's last day ended 11 points lower, with 6 to 8 another 4 to 5 higher.
    """
    examples: int = 500
    """Customers' wordings that count as examples, at most."""
    skipped: tuple[tuple[datetime, datetime], ...] = ()
    """Choices of these times are left out: how a bad week is undone."""

    def as_json(self) -> dict[str, object]:
        """For the database."""
        plain: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"skipped": [[one.isoformat() for one in pair] for pair in self.skipped]}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Self:
        """From the database; unknown names are left out, so that an older program can read a newer one's."""
        known = {name: value for name, value in stored.items() if name in cls.__slots__ and name != "skipped"}
        pairs = stored.get("skipped")
        skipped = (
            tuple((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in pairs)
            if isinstance(pairs, list | tuple)
            else ()
        )
        return replace(cls(), **known, skipped=skipped)  # type: ignore[arg-type]


class Ranking:
    """What was learned from one business's choices. Safe to use from several threads."""

    def __init__(self, parameters: Parameters | None = None, texts: Mapping[str, str] | None = None) -> None:
        """``texts``: the replies' texts by id, for what is known of an attendant's manner."""
        self.parameters = parameters or Parameters()
        self._lock = threading.Lock()
        self._forget(texts or {})

    @classmethod
    def from_log(
        cls, choices: Iterable[Choice], parameters: Parameters | None = None, texts: Mapping[str, str] | None = None
    ) -> Self:
        """A ranking that has learned ``choices``, oldest first."""
        ranking = cls(parameters, texts)
        ranking.relearn(choices)
        return ranking

    def relearn(
        self,
        choices: Iterable[Choice],
        parameters: Parameters | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Forget everything and learn ``choices`` instead, by these parameters: after an erasure, or a roll-back."""
        with self._lock:
            self.parameters = parameters or self.parameters
            self._forget(self._texts if texts is None else texts)
            for choice in choices:
                self._learn(choice)

    def learn(self, choice: Choice) -> None:
        """Learn one more choice; the next card knows it."""
        with self._lock:
            self._learn(choice)

    @property
    def learned(self) -> int:
        """How many choices were learned."""
        return self._count

    def boosts(self, ids: Sequence[str], intents: Mapping[str, float], attendant: str) -> Boosts:
        """What to add to the search's log-odds of ``ids``: -5 to 5, zeros when nothing was learned.

        Args:
            ids: Of replies. The same object again is quicker: its places are remembered.
            intents: Probability of each intent.
            attendant: Who sits there; empty when that is not known.
        """
        found = np.zeros(len(ids), dtype=np.float32)
        with self._lock:
            if not self._count or not self.parameters.strength:
                return found
            if ids is not self._ids:
                self._place(ids)
            for key, weight in self._keys(intents, attendant):
                found += np.float32(weight) * self._row(key)
            manner = self._manners.get(attendant)
            if manner is not None and attendant:
                found += self._traits @ manner
            scale = self.parameters.strength * self._faded
            limit = self.parameters.limit
            return np.asarray(np.clip(found * np.float32(scale), -limit, limit), dtype=np.float32)

    def examples(self) -> list[tuple[str, str]]:
        """Pairs of a reply's id and a wording that it answered, masked, those used longest ago first.

        Only wordings that several customers used and that always led to the same reply: the others say more of one
        attendant's habit, or of one customer, than of what is asked. (With every wording that led to a pick as an
        example, the simulated month ended 25 points below the search alone: it took habits for facts.)
        """
        with self._lock:
            clear = [(led_to, wording) for wording, led_to in self._wordings.values() if len(led_to) == 1]
        found = [(reply, wording) for led_to, wording in clear for reply, who in led_to.items() if len(who) > 1]
        return found[-self.parameters.examples :] if self.parameters.examples else []

    def order(self, choice: Choice) -> list[str]:
        """The ids that a choice had to choose from, as this ranking would have put them, best first."""
        considered = choice.considered
        if not considered:
            return []
        ids = [one.reply_id for one in considered]
        boosts = self.boosts(ids, {choice.intent: choice.certainty}, choice.attendant)
        scores = np.array([_log(one.score) for one in considered], dtype=np.float32) + boosts
        return [ids[n] for n in np.argsort(-scores, kind="stable")]

    def _forget(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)
        self._weights: dict[Key, dict[str, float]] = {}
        self._manners: dict[str, npt.NDArray[np.float32]] = {}
        self._wordings: dict[str, tuple[str, dict[str, set[int]]]] = {}
        """Folded -> as written, and the replies that it led to with the customers who used it."""
        self._count = 0
        self._first: datetime | None = None
        self._faded = 1.0
        self._ids: Sequence[str] | None = None
        self._places: dict[str, int] = {}
        self._traits = traits_of([])
        self._rows: dict[Key, Boosts] = {}
        """What was learned of each of the last ``ids``: a choice changes three numbers, gathering them takes 20 ms."""

    def _learn(self, choice: Choice) -> None:
        if not choice.shown or any(first <= choice.at < last for first, last in self.parameters.skipped):
            return
        steps = self.parameters
        self._first = self._first or choice.at
        # Old choices fade: not by shrinking them all at each new one, but by letting later ones weigh more.
        age = max((choice.at - self._first).total_seconds() / 86_400, 0.0)
        self._faded = 0.5 ** (age / steps.half_life_days)
        keys = self._keys({choice.intent: choice.certainty}, choice.attendant)
        shown = np.array([traits(one.text) for one in choice.shown], dtype=np.float32)
        utility = np.array([self._utility(one.reply_id, one.score, keys) for one in choice.shown])
        manner = self._manners.get(choice.attendant, np.zeros(len(TRAITS), np.float32))
        utility = utility + self._faded * (shown @ manner)
        utility = np.append(utility, _log(_SOMETHING_ELSE))
        chances = np.exp(utility - utility.max())
        chances /= chances.sum()
        chosen = choice.chosen
        for one, chance in zip(choice.shown, chances, strict=False):
            gap = (1.0 if one.reply_id == chosen else 0.0) - float(chance)
            gap -= steps.judged if one.judged in _AGAINST else 0.0
            for key, weight in keys:
                step = self._step(key) * weight * gap / self._faded
                known = self._weights.setdefault(key, {})
                known[one.reply_id] = known.get(one.reply_id, 0.0) + step
                if key in self._rows and (place := self._places.get(one.reply_id)) is not None:
                    self._rows[key][place] = known[one.reply_id]
        if choice.attendant and chosen is not None:
            gaps = np.array([(one.reply_id == chosen) for one in choice.shown], dtype=np.float32) - chances[:-1]
            self._manners[choice.attendant] = (manner + steps.style * (gaps @ shown) / self._faded).astype(np.float32)
        self._keep_example(choice, chosen)
        self._count += 1

    def _keep_example(self, choice: Choice, chosen: str | None) -> None:
        sent = next((one for one in choice.shown if one.reply_id == chosen), None)
        if sent is None or (sent.outcome is Outcome.EDITED and (sent.distance or 0) > _SMALL_EDIT):
            return
        wording = mask(choice.asked, choice.people)[:_LONGEST_EXAMPLE].strip()
        if wording:
            led_to = self._wordings.pop(normalise(wording), (wording, {}))[1]
            led_to.setdefault(sent.reply_id, set()).add(choice.customer_id)
            self._wordings[normalise(wording)] = (wording, led_to)
        if len(self._wordings) > _MOST_WORDINGS:
            del self._wordings[next(iter(self._wordings))]

    def _keys(self, intents: Mapping[str, float], attendant: str) -> list[tuple[Key, float]]:
        likely = [(intent, p) for intent, p in intents.items() if p >= _LIKELY]
        keys = [(("", ""), 1.0), *((("", intent), p) for intent, p in likely)]
        if attendant:
            keys += [((attendant, ""), 1.0), *(((attendant, intent), p) for intent, p in likely)]
        return keys

    def _step(self, key: Key) -> float:
        attendant, intent = key
        if attendant:
            return self.parameters.both if intent else self.parameters.attendant
        return self.parameters.intent if intent else self.parameters.reply

    def _utility(self, reply: str, score: float, keys: Sequence[tuple[Key, float]]) -> float:
        learned = math.fsum(weight * self._weights.get(key, {}).get(reply, 0.0) for key, weight in keys)
        return _log(score) + self._faded * learned

    def _place(self, ids: Sequence[str]) -> None:
        self._ids, self._rows = ids, {}
        self._places = {reply: place for place, reply in enumerate(ids)}
        # A reply whose text is not known has no manner.
        self._traits = np.zeros((len(ids), len(TRAITS)), dtype=np.float32)
        for place, reply in enumerate(ids):
            if (text := self._texts.get(reply)) is not None:
                self._traits[place] = traits(text)

    def _row(self, key: Key) -> Boosts:
        if (row := self._rows.get(key)) is None:
            row = self._rows[key] = np.zeros(len(self._traits), dtype=np.float32)
            for reply, value in self._weights.get(key, {}).items():
                if (place := self._places.get(reply)) is not None:
                    row[place] = value
        return row


def _log(chance: float) -> float:
    return math.log(max(chance, 1e-4))
