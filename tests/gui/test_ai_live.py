"""What stands in a section of the tab "IA" is asked for again while one looks at it."""

from agent.contract.stored import OfferRecord, SuggestionRecord
from gui.tabs.ai.comparison import Comparison
from gui.tabs.ai.models import Models
from tests.gui.ai_desk import section
from tests.gui.conftest import OpenWindow
from tests.gui.served import ServedOffice
from tests.storage.chats import row, shows
from tests.test_flow import ScriptedAnalyst


def test_a_model_that_is_ready_is_said(open_window: OpenWindow, served: ServedOffice) -> None:
    analyst = served.office.reach.analyst
    assert isinstance(analyst, ScriptedAnalyst)
    analyst.model_state = "loading"
    desk = open_window(tab="ai")
    found = section(desk, "models", Models)
    desk.until(lambda: found.running.cget("text") == "Carregando modelo…", "on its way")
    analyst.model_state = "ready"
    served.do(served.office.store.announce("model.state", {"state": "ready"}))
    desk.until(lambda: found.running.cget("text") == "Em uso: modelo", "there")


def test_a_card_that_is_answered_is_counted(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, store = open_window(tab="ai"), served.office.store
    found = section(desk, "comparison", Comparison)
    desk.until(lambda: found.figures["answered"].value == "0", "none yet")
    saved = served.do(store.save(shows(row("p1", "quanto custa?"), row("p2", "R$ 59,90", me=True))))
    one = SuggestionRecord(slot=0, text="R$ 59,90", source="Preço", tier=0, score=0.5)
    served.do(
        store.save_offer(
            OfferRecord(
                offer_id="o", message_id=saved.ids["p1"], conversation_id=saved.conversation_id, suggestions=(one,)
            )
        )
    )
    served.do(store.answered("o", "p2"))
    desk.until(lambda: found.figures["answered"].value == "1", "the one that was answered")
