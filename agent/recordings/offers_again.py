"""Cards of a recording and those of its replay: which is which, and what their replies said, in pseudonyms.

A frame that speaks of a card names it by a number that counts up in the agent that was recorded. In a replay the card
of the same message takes its place.
"""

from collections.abc import Iterable

from agent.contract.analysis import Analysis
from agent.contract.frames import AnyFrame, PaintedFrame
from agent.contract.wishes import CorrectedFrame, DismissedFrame, JudgedFrame, PickedFrame
from agent.recordings.lines import Line, OfferedLine, Shown


class OffersAgain:
    """The cards of one recording. A new one for each replay."""

    def __init__(self) -> None:
        """``read`` fills it."""
        self._of = dict[str, str]()
        self._shown = dict[str, tuple[Shown, ...]]()
        self._texts = dict[tuple[str, str], str]()
        self._any = dict[str, str]()
        self._now = dict[str, tuple[str, tuple[str, ...]]]()

    @classmethod
    def read(cls, lines: Iterable[Line]) -> "OffersAgain":
        """All cards that the lines tell of."""
        made = cls()
        for line in lines:
            if isinstance(line, OfferedLine):
                made._of[line.offer] = line.of
                made._shown[line.offer] = line.shown
                for one in line.shown:
                    made._texts[(line.of, one.reply)] = one.text
                    made._any.setdefault(one.reply, one.text)
        return made

    def made(self, wa_id: str, offer_id: str, replies: Iterable[str]) -> None:
        """The replay shows a card: ``replies`` by slot."""
        self._now[wa_id] = (offer_id, tuple(replies))

    def today(self, frame: AnyFrame) -> AnyFrame:
        """The frame, speaking of the replay's card of the same message and of the slot that has the same reply."""
        if not isinstance(frame, PickedFrame | DismissedFrame | CorrectedFrame | JudgedFrame | PaintedFrame):
            return frame
        of = self._of.get(frame.offer_id)
        if of is None or of not in self._now:
            return frame
        offer_id, replies = self._now[of]
        changed: dict[str, object] = {"offer_id": offer_id}
        if isinstance(frame, PickedFrame | JudgedFrame):
            reply = next((one.reply for one in self._shown[frame.offer_id] if one.slot == frame.slot), "")
            if reply and reply in replies:
                changed["slot"] = replies.index(reply)
        return frame.model_copy(update=changed)

    def with_texts(self, wa_id: str, analysis: Analysis) -> Analysis:
        """Replies with the texts under which the recording knows them, never those of today's file."""
        again = {"cares": (), "sent_by": "", "sent_on": None}
        replies = tuple(
            one.model_copy(update=again | {"text": self.text(wa_id, one.reply_id), "source": one.reply_id})
            for one in analysis.suggested_responses
        )
        return analysis.model_copy(update={"suggested_responses": replies})

    def text(self, wa_id: str, reply: str) -> str:
        """What a reply said for a message; its id where the recording never showed it."""
        return self._texts.get((wa_id, reply)) or self._any.get(reply) or f"({reply})"
