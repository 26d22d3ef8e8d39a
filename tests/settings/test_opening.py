"""Opening hours in config.yaml."""

from datetime import date
from pathlib import Path

import pytest

from agent.core.hours import FIRST_ANSWER_S, Hours, attendance_of
from agent.errors import BadSettings
from agent.settings import Settings, load
from agent.settings.opening import spans_of


@pytest.fixture
def said(tmp_path: Path):
    """What loading a file with this group says."""

    def load_it(group: str) -> str:
        path = tmp_path / "config.yaml"
        path.write_text(f"attendance:\n{group}", encoding="utf-8")
        with pytest.raises(BadSettings) as caught:
            load(path)
        return str(caught.value).replace(str(path), "config.yaml")

    return load_it


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("08:00-18:00", ((480, 1080),)),
        ("13:30-18:00, 8:00 - 12:00", ((480, 720), (810, 1080))),
        ("00:00-24:00", ((0, 1440),)),
        ("18:00-02:00", ((1080, 1560),)),
        ("08:00–12:00", ((480, 720),)),
        ("", ()),
        ("08:00-12:00, 12:00-18:00", ((480, 720), (720, 1080))),
    ],
)
def test_times_are_read_as_people_write_them(text, spans):
    assert spans_of(text) == spans


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("8h-18h", "write times as 08:00-18:00"),
        ("08:00", "write times as 08:00-18:00"),
        ("25:00-26:00", "25:00 is no time of the day"),
        ("08:00-18:75", "18:75 is no time of the day"),
        ("08:00-08:00", "has no length"),
        ("24:00-02:00", "has no length"),
        ("08:00-12:00, 11:00-18:00", "overlap at 11:00"),
    ],
)
def test_what_cannot_be_read_says_why(text, wrong):
    with pytest.raises(ValueError, match=wrong):
        spans_of(text)


def test_a_mistake_names_its_line_and_what_is_wrong(said):
    assert said('  hours:\n    mon: "8h às 18h"\n').startswith(
        "config.yaml, line 3: `attendance.hours.mon` cannot be '8h às 18h' (value error, write times as 08:00-18:00"
    )
    assert "`attendance.hours.seg" in said('  hours: {seg: "08:00-18:00"}\n')
    assert "'mon', 'tue'" in said('  hours: {seg: "08:00-18:00"}\n')
    assert "`attendance.holidays.0` cannot be '25/12/2026'" in said('  holidays: ["25/12/2026"]\n')
    assert "`attendance.first_answer_minutes` cannot be 0" in said("  first_answer_minutes: 0\n")


def test_nothing_set_is_always_open_and_a_day_that_is_not_named_is_closed(tmp_path):
    assert (attendance_of(Settings()).hours, attendance_of(Settings()).first_answer_s) == (Hours(), FIRST_ANSWER_S)
    path = tmp_path / "config.yaml"
    path.write_text(
        'attendance:\n  first_answer_minutes: 2.5\n  hours:\n    mon: "08:00-18:00"\n    fri: "18:00-02:00"\n'
        "    sun: ''\n  holidays: [2026-12-25, '2027-01-01']\n",
        encoding="utf-8",
    )
    chosen = attendance_of(load(path))
    assert chosen.first_answer_s == 150
    assert chosen.hours.week == (((480, 1080),), (), (), (), ((1080, 1560),), (), ())
    assert chosen.hours.holidays == {date(2026, 12, 25), date(2027, 1, 1)}
