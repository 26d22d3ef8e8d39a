"""What the tests of recordings share: an empty store, an analysis without models, a small chat."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

from agent.contract.analysis import Analysis, Question, Sentiment, SuggestedResponse
from agent.ports import Store
from agent.recordings.chat_export import parse_export
from agent.recordings.making import imported
from agent.recordings.pseudonyms import Pseudonyms
from tests.storage.fresh import fresh_store

STORED = Path(__file__).parent / "stored"
FORMAT_1 = STORED / "format-1.balcao"
TODAY = date(2026, 7, 14)

CHAT = """12/07/2026 10:22 - As mensagens e ligações são protegidas com a criptografia de ponta a ponta.
12/07/2026 10:22 - Genoveva Fulgêncio: Oi, bom dia! Quanto custa o vestido azul?
12/07/2026 10:23 - Loja: Oi Genoveva! R$ 129,90
13/07/2026 10:25 - Genoveva Fulgêncio: <Mídia oculta>
13/07/2026 10:25 - Genoveva Fulgêncio: quero um, entrega na rua Pindorama, 4512?
segunda linha
13/07/2026 10:26 - Loja: sim
13/07/2026 10:27 - Genoveva Fulgêncio: obrigada
"""


@asynccontextmanager
async def empty_store(now: Callable[[], datetime]) -> AsyncIterator[Store]:
    store = await fresh_store(now=now)
    try:
        yield store
    finally:
        await store.close()


class Understood:
    """Two replies for each message; ``turned`` has them the other way round."""

    def __init__(self, *, turned: bool = False) -> None:
        self._turned = turned

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        names = ["preco", "saudacao"][:: -1 if self._turned else 1]
        found = [SuggestedResponse(text=f"texto {n}", source=n, score=0.5, reply_id=n) for n in names]
        return Analysis(
            sentiment_score=0.1,
            sentiment=Sentiment.NEUTRAL,
            intent="price" if "custa" in question.text else "other",
            confidence_scores={"intent": 0.9, "sentiment": 0.9},
            suggested_responses=tuple(found[:limit]),
            model_version="test",
        )


@pytest.fixture
async def recorded(tmp_path: Path) -> Path:
    """A recording of the small chat."""
    return await imported(
        parse_export(CHAT),
        tmp_path / "chat.balcao",
        Pseudonyms.fresh(),
        Understood(),
        empty_store,
        me="Loja",
        zone="America/Sao_Paulo",
        today=TODAY,
    )
