"""The customer that a path names."""

from typing import Annotated

from fastapi import Depends, Path

from agent.api.guard import Reaching, Touching
from agent.api.problems import Code, Refused, Why
from agent.contract.people import Person

_IDS = 9
"""Digits that a customer's own number has at most; a telephone number with its area code has more."""

Phone = Annotated[
    str,
    Path(
        min_length=1,
        max_length=30,
        pattern=r"^\+?[0-9 ().-]+$",
        description="Telephone number in any form, or the customer's own number: of most, the page shows no telephone.",
        examples=["+5511900000012", "17"],
    ),
]


async def _customer(phone: Phone, reach: Reaching, touched: Touching) -> Person:
    """Who is meant. ``Refused``: nobody, or more than one (their own numbers are told)."""
    found = await reach.store.people.find(phone)
    digits = "".join(char for char in phone if char.isdigit())
    if phone.isdigit() and len(digits) <= _IDS:
        own = int(digits)
        found = [one for one in found if own in {one.id, *(chat.customer_id for chat in one.chats)}]
    if not found:
        raise Refused(Code.NOT_FOUND)
    if len(found) > 1:
        numbers = ", ".join(str(one.id) for one in found)
        raise Refused(Code.CONFLICT, Why("several_people", count=len(found), numbers=numbers))
    touched.customer(found[0].id, *(chat.customer_id for chat in found[0].chats))
    return found[0]


Whose = Annotated[Person, Depends(_customer)]
"""An argument of routes with ``{phone}`` in their path; the audit log is told whose data it was."""
