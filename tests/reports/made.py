"""Reports that are made up: of a month with everything in it, and of a day with nothing."""

from datetime import UTC, date, datetime, timedelta

from agent.contract.analysis import Sentiment
from agent.contract.metrics import Answers, Hour, SuggestionFigures, Times
from agent.contract.report import OnTime, Report, ReportedAttendant, ReportedDay, ReportPeriod, Results, Volume
from agent.contract.stored import Outcome

COMPANY = "Padaria São João & Filhos"
LONG = "Maria Aparecida dos Santos Conceição de Albuquerque e Vasconcelos"
AT = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
INTENTS = (
    "price",
    "delivery",
    "order_status",
    "complaint",
    "purchase",
    "thanks",
    "stock",
    "boleto_pix",
    "garantia_extra",
)


def times(count: int, seconds: float) -> Times:
    if not count:
        return Times(count=0, average_s=None, median_s=None, p90_s=None)
    return Times(count=count, average_s=seconds * 1.2, median_s=seconds, p90_s=seconds * 2.5)


def volume(messages: int) -> Volume:
    return Volume(
        messages_in=messages,
        messages_out=messages - messages // 10,
        messages_unknown=2,
        conversations=messages // 6,
        customers=messages // 7,
        new_customers=messages // 30,
        unanswered=messages // 60,
    )


def copilot(cards: int) -> SuggestionFigures:
    counted = {
        "picked": cards // 2,
        "inserted": cards // 2,
        "sent": cards // 3,
        "edited": cards // 8,
        "ignored": cards // 4,
    }
    rates = {name: round(count / cards, 4) for name, count in counted.items()} if cards else {}
    if cards:
        rates["used"] = round((counted["sent"] + counted["edited"]) / cards, 4)
    return SuggestionFigures(cards=cards, suggestions=dict.fromkeys(Outcome, 0), **counted, rates=rates)


def day(number: int) -> ReportedDay:
    at = date(2026, 10, 1) + timedelta(days=number)
    if at.weekday() == 6:  # Closed on Sundays: nobody was answered.
        return ReportedDay(
            day=at, messages_in=3, messages_out=0, conversations=2, first=times(0, 0), on_time=None, cards=0, used=0
        )
    messages = 120 + number * 37 % 90
    return ReportedDay(
        day=at,
        messages_in=messages,
        messages_out=messages - 11,
        conversations=messages // 6,
        first=times(messages // 7, 95.0 + number * 53 % 200),
        on_time=round(0.97 - number % 7 * 0.04, 4),
        cards=messages // 2,
        used=messages // 4,
    )


def attendant(name: str | None, messages: int, *, is_user: bool = True) -> ReportedAttendant:
    return ReportedAttendant(
        attendant=name,
        volume=volume(messages) if is_user else None,
        first=times(messages // 7, 140.0) if is_user else None,
        on_time=OnTime(target_s=300, answers=40, within=36, share=0.9) if is_user else None,
        results=Results(won=12, lost=4, resolved=9, undecided=20, rate=0.48) if is_user else None,
        cards=messages // 2,
        used=messages // 4,
    )


def month(**changed: object) -> Report:
    """October, of the whole company."""
    made = Report(
        company=COMPANY,
        attendant=None,
        period=ReportPeriod.MONTH,
        first=date(2026, 10, 1),
        last=date(2026, 10, 31),
        is_over=True,
        zone="America/Sao_Paulo",
        zone_of="page",
        at=AT,
        volume=volume(4231),
        answers=Answers(first=times(611, 143.5), all=times(1830, 97.25), unknown=7),
        on_time=OnTime(target_s=300, answers=611, within=532, share=0.8707),
        results=Results(won=88, lost=41, resolved=120, undecided=61, rate=0.3534),
        sentiments={Sentiment.POSITIVE: 1204, Sentiment.NEUTRAL: 2480, Sentiment.NEGATIVE: 401},
        intents={name: 900 - at * 97 for at, name in enumerate(INTENTS)},
        copilot=copilot(2100),
        hours=tuple(
            Hour(
                hour=hour, messages_in=max(0, 400 - abs(14 - hour) * 55), messages_out=max(0, 360 - abs(15 - hour) * 55)
            )
            for hour in range(24)
        ),
        days=tuple(map(day, range(31))),
        attendants=(
            attendant("ana", 1600),
            attendant("=HYPERLINK(0)", 40, is_user=False),
            attendant(LONG, 1200),
            attendant(None, 300),
        ),
    )
    return made.model_copy(update=changed)


def nothing() -> Report:
    """A day on which nobody wrote."""
    return Report(
        company="loja",
        attendant=None,
        period=ReportPeriod.DAY,
        first=date(2026, 10, 4),
        last=date(2026, 10, 4),
        is_over=False,
        zone="America/Sao_Paulo",
        zone_of="machine",
        at=AT,
        volume=Volume(
            messages_in=0,
            messages_out=0,
            messages_unknown=0,
            conversations=0,
            customers=0,
            new_customers=0,
            unanswered=0,
        ),
        answers=Answers(first=times(0, 0), all=times(0, 0), unknown=0),
        on_time=OnTime(target_s=300, answers=0, within=0, share=None),
        results=Results(won=0, lost=0, resolved=0, undecided=0, rate=None),
        sentiments={},
        intents={},
        copilot=copilot(0),
        hours=tuple(Hour(hour=hour, messages_in=0, messages_out=0) for hour in range(24)),
        days=(
            ReportedDay(
                day=date(2026, 10, 4), messages_in=0, messages_out=0, conversations=0, first=times(0, 0), on_time=None,
                cards=0, used=0,
            ),
        ),
        attendants=(),
    )  # fmt: skip


def unknown() -> Report:
    """Of somebody who is no user: only their cards are known."""
    return month(
        attendant=LONG, volume=None, answers=None, on_time=None, results=None, sentiments=None, intents=None,
        hours=None,
        days=tuple(
            ReportedDay(
                day=date(2026, 10, 1), messages_in=None, messages_out=None, conversations=None, first=None,
                on_time=None, cards=3, used=1,
            )
            for _ in range(1)
        ),
        attendants=(),
    )  # fmt: skip
