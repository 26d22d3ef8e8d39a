"""What another system knows of a customer."""

from fastapi import APIRouter

from agent.api.guard import GuardedRoute, Reaching
from agent.api.problems import Code, Refused
from agent.api.whose import Whose
from agent.contract.connector import ConnectorAnswer

router = APIRouter(route_class=GuardedRoute, tags=["customers"])


@router.get("/api/customers/{phone}/connector", summary="What the connected system says of a customer")
async def connector(customer: Whose, reach: Reaching) -> ConnectorAnswer:
    """Asked by phone number, and kept for ``connector.cache_minutes``. 503 where it does not answer."""
    if reach.connector is None:
        return ConnectorAnswer(configured=False, phone=customer.phone)
    if customer.phone is None:
        return ConnectorAnswer(configured=True)
    try:
        record = await reach.connector.look_up(customer.phone)
    except ConnectionError as error:
        raise Refused(Code.UNAVAILABLE) from error
    return ConnectorAnswer(configured=True, phone=customer.phone, record=record)
