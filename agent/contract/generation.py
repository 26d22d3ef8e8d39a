"""What another program may have analysed: a text of its own. It is answered, and kept nowhere."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from agent.contract.analysis import IntentChoice, Sentiment, SuggestedResponse
from agent.contract.base import Value
from agent.contract.numbers import WHOLE
from agent.contract.written import Written

MAX_TEXT, MAX_TURNS = 4000, 12
"""As many turns as the agent itself looks back."""

Said = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
Yes = Annotated[bool, Field(strict=True)]

DraftState = Literal["not_asked", "written", "nothing", "timed_out", "loading", "failed", "off"]
"""``nothing``: the guard let nothing pass, or the page wanted the model meanwhile. The others: no model."""


class SaidBefore(Value):
    """One turn before the text."""

    out: Yes = Field(description="true: the business wrote it.")
    text: Said = Field(examples=["Bom dia! Como posso ajudar?"])


class AnalysisRequest(Value):
    """A customer's text."""

    text: Said = Field(examples=["Quanto custa o frete para Campinas?"])
    context: tuple[SaidBefore, ...] = Field(
        default=(), max_length=MAX_TURNS, description="What was said before it, oldest first."
    )
    customer: Annotated[Written, StringConstraints(max_length=100)] | None = Field(
        default=None, examples=["Ana Souza"], description="For replies that greet by name."
    )
    limit: Annotated[int, Field(ge=1, le=3), *WHOLE] = Field(default=3, description="So many replies at most.")
    draft: Yes = Field(default=False, description="true: the language model writes a reply too.")
    draft_s: Annotated[float, Field(strict=True, ge=0.1, le=60)] = Field(
        default=20, description="Seconds that the draft may take, the wait for the model included."
    )


class GeneratedAnalysis(Value):
    """What was made of it."""

    sentiment: Sentiment
    sentiment_score: float = Field(description="-1 (angry) to 1 (delighted).")
    mood_score: float | None = Field(description="The same over the whole conversation; null without context.")
    intent: str = Field(examples=["delivery"])
    unsure: bool = Field(description="The intent is the likeliest one, but not likely enough to be told.")
    intent_choices: tuple[IntentChoice, ...]
    confidence_scores: dict[str, float] = Field(examples=[{"sentiment": 0.93, "intent": 0.81}])
    suggested_responses: tuple[SuggestedResponse, ...]
    model_version: str
    draft: str | None = Field(description="The model's reply; null where there is none, and draft_state says why.")
    draft_state: DraftState
    model_name: str | None = Field(examples=["Qwen2.5 1.5B"])
