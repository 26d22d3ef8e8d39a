"""Reads one message: classification and retrieval together, in the calling thread."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from agent.analysis.guarding.unheard import Base
from agent.analysis.guarding.visible import without_hidden
from agent.analysis.reading.choices import intent_choices
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.encoder import Encoder
from agent.analysis.reading.weights import shipped
from agent.analysis.retrieval.knowledge import Passage
from agent.analysis.retrieval.orders import order_number
from agent.analysis.retrieval.passages import as_reply
from agent.analysis.retrieval.replies import LearnedReply, ReplyBook, left_open
from agent.analysis.retrieval.search import Found, Learned, Retrieval
from agent.contract.analysis import Analysis, Question, SuggestedResponse, SuggestionKind, Turn
from agent.contract.cares import CareCode


class Reader:
    """Everything but drafts, in the calling thread: about 2 ms a message, and 4 more with the encoder."""

    def __init__(
        self,
        book: ReplyBook,
        classifier: Classifier | None = None,
        *,
        knowledge: Sequence[Passage] = (),
        ranking: Learned | None = None,
        learned: Sequence[LearnedReply] = (),
        encoder: Encoder | None = None,
        attendant: str = "",
        titles: Mapping[str, str] | None = None,
        own: Sequence[str] = (),
    ) -> None:
        """Prepare everything for one business.

        Args:
            book: The canned replies; may be empty.
            classifier: None takes the one that comes with Balcão.
            knowledge: Passages of the knowledge base.
            ranking: What was learned from use.
            learned: Approved replies; their titles are shown as sources.
            encoder: Makes the search better, and the classifier where it was made with it.
            attendant: Who sits here.
            titles: The business's own intents, and what it calls them.
            own: The company's PIX keys, domains and telephones.
        """
        self._book = book
        self._classifier = classifier or Classifier.shipped(encoder)
        self._encoder = encoder
        self._attendant = attendant
        self._titles = titles or {}
        said = [
            *(reply.text for reply in book.replies),
            *book.business.values(),
            *book.rules,
            *own,
            *(passage.text for passage in knowledge),
        ]
        self._base = Base(said) if learned else None
        self._retrieval = Retrieval(
            book,
            shipped().idf,
            knowledge,
            ranking,
            learned=learned,
            encoder=encoder,
            read=self._classifier.turn_intents,
        )

    def analyse(self, question: Question, now: datetime, limit: int = 3, *, attendant: str | None = None) -> Analysis:
        """Sentiment, intent and up to ``limit`` replies with their variables filled.

        ``attendant``: whose habits count, where it is not the one who usually sits here.
        """
        vector = None if self._encoder is None else self._encoder.encode([question.text])[0]
        reading = self._classifier.read(question.text, question.context, vector)
        considered: list[tuple[str, float]] = []
        found = self._retrieval.find(
            question,
            reading.intents,
            limit,
            attendant=self._attendant if attendant is None else attendant,
            vector=vector,
            considered=considered,
        )
        order = order_number((*question.context, Turn(out=False, text=question.text))) if found else None
        return Analysis(
            sentiment_score=reading.sentiment_score,
            sentiment=reading.sentiment,
            intent=reading.intent,
            unsure=reading.unsure,
            intent_choices=intent_choices(reading.intents, self._titles),
            mood_score=reading.mood,
            confidence_scores={"sentiment": reading.sentiment_confidence, "intent": reading.intent_confidence},
            suggested_responses=tuple(
                one
                for hit in found
                if CareCode.UNKNOWN_LINK not in (one := self._suggestion(hit, question, now, order)).cares
            ),
            considered=tuple(considered),
            model_version=self._classifier.version,
        )

    def passages(self, question: Question, limit: int = 2) -> list[Found]:
        """The passages of the knowledge base that most likely hold the facts of an answer, best first."""
        vector = None if self._encoder is None else self._encoder.encode([question.text])[0]
        reading = self._classifier.read(question.text, question.context, vector)
        return self._retrieval.passages(question, reading.intents, limit, vector)

    def _suggestion(self, hit: Found, question: Question, now: datetime, order: str | None) -> SuggestedResponse:
        answer = hit.answer
        missing: tuple[str, ...] = ()
        if answer.kind is SuggestionKind.PASSAGE:
            text = as_reply(answer.text)
        else:
            text = self._book.fill_text(answer.text, now, question.customer, order)
            missing = left_open(text)
        return SuggestedResponse(
            # People paste such characters without knowing, and a file of others may hold them on purpose.
            text=without_hidden(text),
            source=answer.source,
            score=hit.score,
            kind=answer.kind,
            reply_id=answer.id,
            missing=missing,
            sent_by=answer.sent_by,
            sent_on=answer.sent_on,
            cares=self._cares(text, question) if answer.kind is SuggestionKind.LEARNED else (),
        )

    def _cares(self, text: str, question: Question) -> tuple[CareCode, ...]:
        """A learned reply was sent to somebody else: what it names must be known here too."""
        if self._base is None:
            return ()
        return self._base.cares(text, (*(turn.text for turn in question.context), question.text))
