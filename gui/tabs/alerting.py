"""Alerts in a person's words."""

from agent.contract.monitor import AlertCode, AlertRecord, OpenAlert
from gui.office import Office

PERCENT = (AlertCode.CPU, AlertCode.MEMORY, AlertCode.DISK)
"""Those that measure a share of something."""


def called(office: Office, code: AlertCode) -> str:
    """What is so."""
    return office.words.label("system", f"alert_{code.value}")


def measured(office: Office, one: AlertRecord | OpenAlert) -> str:
    """The value and the limit that it went over; empty where there is nothing to measure."""
    number, words = office.number, office.words
    if one.code in PERCENT:
        value, limit = office.percent(one.value / 100), office.percent(one.limit / 100)
        return words("system.over", value=value, limit=limit)
    if one.code is AlertCode.MODEL_SLOW:
        return words("system.over_seconds", value=number(one.value / 1000, 1), limit=number(one.limit / 1000))
    if one.code is AlertCode.BACKUP_OLD:
        return words("system.over_hours", value=number(one.value), limit=number(one.limit))
    return ""
