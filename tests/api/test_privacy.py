"""A person's data over the API: given, erased, made anonymous; on which basis they are kept, and who looked at them."""

import csv
import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from agent.api.access import NEEDS
from agent.contract.access import Role, Scope
from agent.contract.desk import LegalBasis
from agent.contract.export import Export
from agent.core.events import Forgotten
from agent.storage.forgetting import Forgetting
from tests.api.conftest import Office
from tests.storage.chats import row, shows, table

SCRIPT = "<script>alert(1)</script>"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=cmd|" /C calc"!A0']


async def ana(office: Office, **seen: object) -> int:
    """Somebody with two messages; their number."""
    await office.store.save(
        shows(row("A", "oi", **seen), row("B", "tudo bem?"), title="Ana Souza", phone="+5511911112222")
    )
    await office.store.save(shows(row("C", "olá"), title="Bia"))
    (person,) = await office.store.people.find("Ana Souza")
    return person.id


async def test_a_person_gets_everything_as_json_page_and_table(office: Office) -> None:
    await ana(office)
    client = await office.client(Role.SUPERVISOR)
    answer = await client.post("/api/customers/(11) 91111-2222/export")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    found = Export.model_validate_json(answer.content)
    assert [one.text for one in found.chats[0].messages] == ["oi", "tudo bem?"]
    assert found.format == 1
    assert "Bia" not in answer.text
    page = await client.post("/api/customers/1/export", headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "tudo bem?" in page.text
    assert "default-src 'none'" in page.text
    table_ = await client.post("/api/customers/1/export", headers={"Accept": "text/csv"})
    lines = list(csv.reader(io.StringIO(table_.content.decode("utf-8-sig"))))
    assert [line[6] for line in lines[1:]] == ["oi", "tudo bem?"]


async def test_an_export_tells_where_a_conversation_stands_and_since_when_it_is_decided(office: Office) -> None:
    await ana(office)
    stage = (await office.store.desk.add_stage("Orçamento <1>")).id
    client = await office.client(Role.SUPERVISOR)
    page = {"headers": {"Accept": "text/html"}}
    assert (await client.patch("/api/conversations/1", json={"stage_id": stage})).status_code == 200
    open_ = Export.model_validate_json((await client.post("/api/customers/1/export")).content)
    assert (open_.chats[0].stage, open_.chats[0].decided_at) == ("Orçamento <1>", None)
    assert ", etapa: Orçamento &lt;1&gt;" in (await client.post("/api/customers/1/export", **page)).text
    assert (await client.patch("/api/conversations/1", json={"outcome": "won"})).status_code == 200
    won = Export.model_validate_json((await client.post("/api/customers/1/export")).content)
    assert (won.chats[0].stage, won.chats[0].decided_at) == (None, office.clock.at)
    assert ", decidida em " in (await client.post("/api/customers/1/export", **page)).text
    told = {one.kind: one.data for one in won.events}
    assert told["message.captured"]["direction"] == "in"


async def test_the_page_names_the_recordings_with_real_texts(office: Office) -> None:
    await ana(office)
    client = await office.client(Role.SUPERVISOR)
    page = {"headers": {"Accept": "text/html"}}
    none = "Não há gravações com textos reais."
    assert none in (await client.post("/api/customers/1/export", **page)).text
    folder = office.reach.settings.profile_dir / "recordings"
    folder.mkdir()
    (folder / "segunda & terça.balcao").write_bytes(b"it cannot be read, and may hold them")
    told = (await client.post("/api/customers/1/export", **page)).text
    assert "<li>segunda &amp; terça.balcao</li>" in told
    assert none not in told


async def test_markup_in_any_field_stays_text_on_the_page(office: Office) -> None:
    evil = f"{SCRIPT}<img src=x onerror=alert(1)>\"'&{{{{7*7}}}}</title></style>"
    quoted = {"author": evil, "text": evil}
    await office.store.save(
        shows(row("A", evil, author=evil, quoted=quoted, reactions=(evil,)), title=evil, phone="+5511911112222")
    )
    store, client = office.store, await office.client(Role.SUPERVISOR)
    await store.desk.tag(1, "<b>x</b>")
    await store.desk.add_note(1, evil, "user:1")
    await store.desk.set_field(1, "campo", evil)
    await store.privacy.add_consent(1, LegalBasis.CONSENT, evil, "user:1")
    page = (await client.post("/api/customers/1/export", headers={"Accept": "text/html"})).text
    assert page.count("&lt;script&gt;") >= 9
    for tag in ("<script", "<img", "<b>", "7*7}}</title>"):
        assert tag not in page
    assert "49" not in re.sub(r"&#\d+;|\d{2}/\d{2}/\d{4} \d{2}:\d{2}", "", page.split("</style>")[1])
    assert page.count("</title>") == page.count("</style>") == 1


async def test_no_cell_of_the_table_is_a_formula(office: Office) -> None:
    rows = [row(f"M{n}", text, author=text) for n, text in enumerate(FORMULAS)]
    await office.store.save(shows(*rows, title="=HYPERLINK(1)"))
    client = await office.client(Role.SUPERVISOR)
    answer = await client.post("/api/customers/1/export", headers={"Accept": "text/csv"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))[1:]
    assert len(lines) == len(FORMULAS)
    for line in lines:
        for cell in line:
            assert not cell.strip().startswith(("=", "+", "-", "@")), cell
        assert line[6].startswith("'")


async def test_identifiers_are_masked_where_the_settings_say_so(office: Office) -> None:
    await office.store.save(shows(row("A", "meu CPF é 529.982.247-25"), title="Ana", phone="+5511911112222"))
    whole = await office.reach.forgetting.export(1)
    masked = await office.reach.forgetting.export(1, mask=True)
    assert "529.982.247-25" in whole.model_dump_json()
    assert not whole.masked
    assert masked.masked
    for trace in ("529.982", "+5511911112222"):
        assert trace not in masked.model_dump_json()


async def test_an_export_tells_who_looked_and_nobody_elses_lines(office: Office) -> None:
    await ana(office)
    client = await office.client(Role.SUPERVISOR)
    await client.get("/api/customers/2")
    await client.get("/api/customers/1")
    found = Export.model_validate_json((await client.post("/api/customers/1/export")).content)
    assert [one.action for one in found.accesses] == ["customer.read"]
    log = (await client.get("/api/customers/1/access-log")).json()
    assert [one["action"] for one in log["items"]] == ["customer.exported", "customer.read"]
    first = (await client.get("/api/customers/1/access-log", params={"limit": 1})).json()
    assert len(first["items"]) == 1
    rest = await client.get("/api/customers/1/access-log", params={"cursor": first["cursor"]})
    assert "customer.read" in [one["action"] for one in rest.json()["items"]]


async def test_a_number_that_is_given_again_does_not_get_the_log_of_who_had_it(office: Office) -> None:
    await office.store.save(shows(row("A", "oi"), title="Ana"))
    client = await office.client(Role.ADMIN)
    await client.get("/api/customers/1")
    assert (await client.post("/api/customers/1/erase")).status_code == 200
    office.clock.at += timedelta(minutes=1)
    await office.store.save(shows(row("N", "oi"), title="Nova"))
    assert (await client.get("/api/customers/1")).json()["customer"] == "Nova"
    log = (await client.get("/api/customers/1/access-log")).json()
    assert [one["action"] for one in log["items"]] == ["customer.read"]


async def test_erasing_answers_with_a_report_that_others_can_verify(office: Office) -> None:
    await ana(office)
    client = await office.client(Role.ADMIN)
    answer = await client.post("/api/customers/+5511911112222/erase")
    signed = answer.json()
    assert (signed["report"]["tables"]["messages"], signed["report"]["actor"]) == (2, "user:1")
    assert (await client.get("/api/customers/1")).status_code == 404
    assert (await client.post("/api/customers/1/erase")).status_code == 404
    assert (await client.get("/api/erasures")).json()["items"] == [signed]
    assert (await client.get("/api/erasures", params={"phone": "11 91111-2222"})).json()["items"] == [signed]
    assert (await client.get("/api/erasures", params={"phone": "11 91111-3333"})).json()["items"] == []
    key = (await client.get("/api/erasures/key")).json()["public_key"]
    assert verified(signed, key)
    signed["report"]["tables"]["messages"] = 3
    assert not verified(signed, key)
    audit = office.reach.audit
    (line,) = await audit.page(action="customer.erased")
    assert line.customers == (1,)
    assert line.data == {"report": signed["report"]["id"]}
    assert "Ana" not in line.model_dump_json()


def verified(signed: dict[str, object], key: str) -> bool:
    """By the script that ``docs/privacy.md`` prints."""
    text = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
    script = re.search(r"```python\n(import base64.*?)```", text, re.DOTALL)
    assert script is not None
    scope: dict[str, object] = {}
    exec(script[1].split("\nif __name__")[0], scope)  # noqa: S102 (our own document)
    try:
        scope["verify"](json.dumps(signed), key)  # type: ignore[operator]
    except InvalidSignature:
        return False
    return True


async def test_an_anonymous_customer_is_still_counted(office: Office) -> None:
    await ana(office)
    client = await office.client(Role.ADMIN)
    report = (await client.post("/api/customers/1/anonymise")).json()["report"]
    assert report["kind"] == "anonymised"
    found = (await client.post("/api/customers/1/export")).json()
    assert [one["text"] for one in found["chats"][0]["messages"]] == [None, None]
    assert "Ana" not in json.dumps(found)


async def test_consents_are_noted_withdrawn_and_put_right(office: Office) -> None:
    await ana(office)
    attendant, supervisor = await office.client(Role.ATTENDANT), await office.client(Role.SUPERVISOR)
    made = await attendant.post("/api/customers/1/consents", json={"basis": "consent", "text": "aceitou"})
    assert made.status_code == 201
    number = made.json()["id"]
    withdrawn = await attendant.patch(f"/api/customers/1/consents/{number}", json={"withdrawn": True})
    assert withdrawn.json()["withdrawn_at"] == office.clock.at.isoformat().replace("+00:00", "Z")
    other = await supervisor.post("/api/customers/1/consents", json={"basis": "contract", "text": "compra 12"})
    path = f"/api/customers/1/consents/{other.json()['id']}"
    assert (await attendant.patch(path, json={"text": "outra coisa"})).status_code == 403
    assert (await attendant.delete(path)).status_code == 403
    assert (await supervisor.patch(path, json={"text": "compra 13"})).json()["text"] == "compra 13"
    assert (await supervisor.delete(path)).status_code == 204
    assert (await supervisor.delete(path)).status_code == 404
    listed = (await attendant.get("/api/customers/1/consents")).json()
    assert [one["id"] for one in listed] == [number]
    kinds = [event.kind for event in await office.store.events_after(0) if event.kind.startswith("consent.")]
    assert kinds == ["consent.added", "consent.withdrawn", "consent.added", "consent.changed", "consent.removed"]


async def test_one_customers_consent_cannot_be_reached_by_another_ones_path(office: Office) -> None:
    await ana(office)
    client = await office.client(Role.SUPERVISOR)
    made = await client.post("/api/customers/1/consents", json={"basis": "consent", "text": "aceitou"})
    path = f"/api/customers/2/consents/{made.json()['id']}"
    assert (await client.patch(path, json={"withdrawn": True})).status_code == 404
    assert (await client.delete(path)).status_code == 404


@pytest.mark.parametrize("body", [{}, {"basis": "whim", "text": "x"}, {"basis": "consent", "text": "a\0b"}])
async def test_a_consent_that_says_nothing_is_refused(office: Office, body: dict[str, str]) -> None:
    await ana(office)
    client = await office.client(Role.SUPERVISOR)
    assert (await client.post("/api/customers/1/consents", json=body)).status_code in (400, 422)


async def test_no_role_below_gets_a_persons_data_out_or_away(office: Office) -> None:
    await ana(office)
    attendant, supervisor = await office.client(Role.ATTENDANT), await office.client(Role.SUPERVISOR)
    assert (await attendant.post("/api/customers/1/export")).status_code == 403
    for client in (attendant, supervisor):
        for what in ("erase", "anonymise"):
            assert (await client.post(f"/api/customers/1/{what}")).status_code == 403
    assert len(await table(office.store, "customers")) == 2
    scopes = {need.scope for (_, path), need in NEEDS.items() if path.endswith(("/export", "/erase", "/anonymise"))}
    assert scopes == {Scope.PRIVACY}


async def test_nothing_of_an_export_or_a_report_is_kept_for_a_repetition(office: Office) -> None:
    await ana(office)
    client = await office.client(Role.ADMIN)
    headers = {"Idempotency-Key": "k1"}
    assert (await client.post("/api/customers/1/export", headers=headers)).status_code == 200
    assert [one["body"] for one in await table(office.store, "idempotent_answers")] == [None]
    again = await client.post("/api/customers/1/export", headers=headers)
    assert again.status_code == 409
    assert (await client.post("/api/customers/1/erase", headers={"Idempotency-Key": "k2"})).status_code == 200


async def test_the_running_agents_memory_forgets_while_it_stands_still(office: Office) -> None:
    from contextlib import asynccontextmanager

    told: list[object] = []

    class Watched:
        @asynccontextmanager
        async def still(self):  # type: ignore[no-untyped-def]
            told.append("still")
            yield
            told.append("moves")

        def forget(self, gone: Forgotten) -> None:
            told.append(gone)

    await ana(office)
    forgetting = Forgetting(office.store, office.reach.settings.profile_dir, office.reach.secrets, memory=Watched())
    object.__setattr__(office.reach, "forgetting", forgetting)
    client = await office.client(Role.ADMIN)
    assert (await client.post("/api/customers/1/erase")).status_code == 200
    assert [type(one) for one in told] == [str, Forgotten, str]
    gone = told[1]
    assert isinstance(gone, Forgotten)
    assert (gone.conversation_ids, gone.titles, gone.message_ids) == ({1}, {"Ana Souza"}, {1, 2})
