"""Every table is decided on: it is a customer's, and emptied with them, or nobody's. A new one fails until it is."""

from agent.storage.forgetting import Forgetting
from agent.storage.tables import Base
from tests.storage.chats import table
from tests.storage.test_erasing import SECRETS, lived

OF_CUSTOMERS = {
    "ai_analysis",
    "consents",
    "conversation_desks",
    "conversations",
    "corrections",
    "customer_fields",
    "customer_notes",
    "customer_tags",
    "customers",
    "events",
    "idempotent_answers",
    "listed_chats",
    "messages",
    "offers",
    "proposals",
    "suggestions",
    "system_logs",
    "webhook_deliveries",
}
"""Emptied, as far as they are a person's, and counted in the report."""

BLANKED = {"idempotent_answers"}
"""Lines stay, so that a write that is repeated is not done twice; what was answered goes."""

LINKS = {"joined_conversations", "merged_customers", "moved_messages", "proposal_messages", "shadow_choices"}
"""Hold numbers of lines of the others, and go with them."""

OF_NOBODY = {
    "api_keys",
    "audit",
    "audited_customers",
    "evaluations",
    "habits",
    "job_runs",
    "ledger_marks",
    "pipeline_stages",
    "rankings",
    "refresh_tokens",
    "reply_uses",
    "sign_in_attempts",
    "token_families",
    "users",
    "webhooks",
}
"""Hold what is the company's own, and of customers no more than a number (the audit log)."""


def test_every_table_is_decided_on():
    assert set(Base.metadata.tables) == OF_CUSTOMERS | LINKS | OF_NOBODY
    assert not OF_CUSTOMERS & OF_NOBODY


async def test_each_of_a_customers_tables_is_emptied_of_them(store, tmp_path):
    customer = await lived(store, tmp_path)
    before = {name: await table(store, name) for name in OF_CUSTOMERS}
    assert all(before.values()), [name for name, lines in before.items() if not lines]
    signed = await Forgetting(store, tmp_path, SECRETS).erase(customer, "command")
    assert set(signed.report.tables) == OF_CUSTOMERS
    for name, lines in before.items():
        left = await table(store, name)
        if name in BLANKED:
            assert [line["body"] for line in left] == [None] * len(lines)
            continue
        told = 1 if name == "events" else 0  # that they were erased
        assert len(left) == len(lines) - signed.report.tables[name] + told, name
    for name in LINKS:
        foreign = [key.parent for key in Base.metadata.tables[name].foreign_keys]
        for column in foreign:
            (key,) = column.foreign_keys
            known = {line[key.column.name] for line in await table(store, key.column.table.name)}
            assert {line[column.name] for line in await table(store, name)} <= known
