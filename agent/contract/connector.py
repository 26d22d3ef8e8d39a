"""What another system knows of a customer."""

from agent.contract.base import Value


class RecordField(Value):
    """One thing that it says of them."""

    label: str
    """As the settings name it."""
    value: str
    """One line, cut where it is long."""


class CustomerRecord(Value):
    """What the other system says of the customer with a phone number."""

    source: str
    """Which system: the name of its machine."""
    fields: tuple[RecordField, ...]
    """In the order of the settings; what the system does not say is left out."""


class ConnectorAnswer(Value):
    """What the connected system says when it is asked for one customer."""

    configured: bool
    """Whether a system is connected at all."""
    phone: str | None = None
    """The number that was asked for; None where none is known of the customer."""
    record: CustomerRecord | None = None
    """None: it knows nobody of this number, or more than one."""
