"""What the connected system says of a customer, over the API."""

import json

from agent.connectors.rest import RestConnector, RestOptions
from agent.contract.access import Role
from tests.api.conftest import Office
from tests.net.receiver import Receiver, Reply, receiver
from tests.storage.chats import row, shows

PHONE = "+5511900000012"


async def customers(office: Office) -> None:
    await office.store.save(shows(row("A1", "oi"), title="+55 11 90000-0012", phone=PHONE))
    await office.store.save(shows(row("B1", "oi"), title="Bia"))


def connect(office: Office, there: Receiver) -> None:
    options = RestOptions(there.url("/{phone}"), {"Plano": "plan"}, private_address=True, timeout_s=5)
    object.__setattr__(office.reach, "connector", RestConnector(options))


async def test_a_customer_s_record(office: Office) -> None:
    await customers(office)
    attendant = await office.client(Role.ATTENDANT)
    async with receiver() as there:
        there.reply = lambda _: Reply(200, json.dumps({"plan": "Ouro"}).encode())
        connect(office, there)
        answer = await attendant.get(f"/api/customers/{PHONE}/connector")
        assert answer.status_code == 200
        assert answer.json() == {
            "configured": True,
            "phone": PHONE,
            "record": {"source": "127.0.0.1", "fields": [{"label": "Plano", "value": "Ouro"}]},
        }
        (bia,) = await office.store.people.find("Bia")
        unknown = await attendant.get(f"/api/customers/{bia.id}/connector")
        assert unknown.json() == {"configured": True, "phone": None, "record": None}
        assert len(there.requests) == 1
        assert (await attendant.get("/api/customers/+5511900000099/connector")).status_code == 404
    audited = [line for line in await office.reach.audit.page() if line.action == "customer.looked_up"]
    assert len(audited) == 2
    assert all(line.customers for line in audited)
    assert "Ouro" not in "".join(line.model_dump_json() for line in audited)


async def test_a_system_that_is_down_is_a_problem_and_none_is_no_problem(office: Office) -> None:
    await customers(office)
    attendant = await office.client(Role.ATTENDANT)
    none = await attendant.get(f"/api/customers/{PHONE}/connector")
    assert none.json() == {"configured": False, "phone": PHONE, "record": None}
    async with receiver() as there:
        there.reply = lambda _: Reply(500)
        connect(office, there)
        answer = await attendant.get(f"/api/customers/{PHONE}/connector")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
