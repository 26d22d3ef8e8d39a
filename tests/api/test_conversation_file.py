"""A conversation as a file: everything in it in its order, masked as the settings say, no formula, and audited."""

import csv
import io

import httpx
import pytest

from agent.contract.access import Role
from tests.api.conftest import Office
from tests.storage.chats import row, shows

FORMULAS = ("=1+1", " =1", "\t@x", "-2", "＝1", "\u200b+2", "\n=1")


async def saved(office: Office, *texts: str, title: str = "Ana", **more: object) -> int:
    rows = [row(f"M{n}", text, date="2026-11-22", time=f"{9 + n // 60:02}:{n % 60:02}") for n, text in enumerate(texts)]
    found = await office.store.save(shows(*rows, title=title, zone="America/Sao_Paulo", **more))  # type: ignore[arg-type]
    assert found.conversation_id is not None
    return found.conversation_id


async def given(office: Office, conversation: int, **query: str) -> httpx.Response:
    client = await office.client(Role.SUPERVISOR)
    return await client.get(f"/api/conversations/{conversation}/export", params=query)


def cells(answer: httpx.Response, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


async def test_all_of_a_long_conversation_in_its_order(office: Office) -> None:
    number = await saved(office, *[f"mensagem {n}" for n in range(430)])
    answer = await given(office, number)
    assert answer.headers["content-disposition"] == f'attachment; filename="conversation-{number}.csv"'
    head, *rows = cells(answer)
    assert head[:5] == ["Quando", "Quem", "Lado", "Tipo", "Texto"]
    assert [one[4] for one in rows] == [f"mensagem {n}" for n in range(430)]
    assert rows[61][:4] == ["2026-11-22 10:01", "Ana", "Cliente", "Texto"], "by the clock of the page"


async def test_in_the_language_that_was_asked_for(office: Office) -> None:
    number = await saved(office, "oi; tudo, bem?")
    head, line = cells(await given(office, number, language="en"), ",")
    assert (head[0], line[2], line[4]) == ("When", "Customer", "oi; tudo, bem?")


async def test_a_text_to_be_read(office: Office) -> None:
    number = await saved(office, "oi\n[2026-11-22 09:01] Nós: pago", "\u202e=1", title="Ana\u202e")
    answer = await given(office, number, format="txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "Ana",
        "",
        "[2026-11-22 09:00] Ana: oi",
        "    [2026-11-22 09:01] Nós: pago",
        "[2026-11-22 09:01] Ana: =1",
    ]


@pytest.mark.parametrize("form", ["csv", "txt"])
async def test_masked_where_the_settings_say_so(office: Office, form: str) -> None:
    number = await saved(
        office, "meu CPF é 529.982.247-25", "ou 529.\u200b982.247-25", title="+55 11 91111-2222", phone="+5511911112222"
    )
    privacy = office.reach.settings.privacy
    whole = (await given(office, number, format=form)).content.decode()
    assert "529.982.247-25" in whole
    assert "91111-2222" in whole
    object.__setattr__(office.reach.settings, "privacy", privacy.model_copy(update={"mask_exports": True}))
    masked = (await given(office, number, format=form)).content.decode()
    assert "meu CPF é" in masked
    for trace in ("529", "982", "91111"):
        assert trace not in masked


async def test_no_cell_is_a_formula(office: Office) -> None:
    number = await saved(office, *FORMULAS, title="=HYPERLINK(1)")
    rows = cells(await given(office, number))[1:]
    assert len(rows) == len(FORMULAS)
    for line in rows:
        assert line[1] == "'=HYPERLINK(1)"
        for cell in line:
            assert not cell.strip().startswith(("=", "+", "-", "@", "＝")), cell


async def test_who_took_it_is_in_the_audit_log(office: Office) -> None:
    number = await saved(office, "oi", "tudo bem?", phone="+5511911112222")
    answer = await given(office, number, format="txt")
    (line,) = await office.reach.audit.page(action="conversation.exported")
    assert (line.actor, line.request) == (f"user:{office.users[Role.SUPERVISOR]}", answer.headers["x-request-id"])
    assert line.customers == (1,)
    assert line.data == {"conversation_id": number, "format": "txt", "messages": 2, "masked": False}


async def test_not_for_attendants_and_none_of_nothing(office: Office) -> None:
    number = await saved(office, "oi")
    attendant = await office.client(Role.ATTENDANT)
    assert (await attendant.get(f"/api/conversations/{number}/export")).status_code == 403
    assert (await given(office, number + 7)).status_code == 404
    assert (await given(office, number, format="pdf")).status_code == 422
