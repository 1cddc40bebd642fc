"""Which copies are kept."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.keeping import due_since, kept

MOMENTS = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)).map(lambda one: one.replace(tzinfo=UTC)),
    max_size=60,
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_newest_of_each_day_and_of_each_month() -> None:
    moments = [
        _at(one)
        for one in (
            "2026-09-30T21:30",
            "2026-10-05T21:30",
            "2026-10-31T12:00",
            "2026-10-31T21:30",
            "2026-11-22T14:00",
            "2026-11-22T21:30",
            "2026-11-23T14:00",
        )
    ]
    assert sorted(kept(moments, days=2, months=2)) == [moments[3], moments[5], moments[6]]
    assert sorted(kept(moments, days=1, months=3)) == [moments[0], moments[3], moments[6]]


@given(MOMENTS, st.integers(0, 20), st.integers(0, 20))
def test_what_is_kept(moments: list[datetime], days: int, months: int) -> None:
    found = kept(moments, days, months)
    assert found <= set(moments)
    assert len(found) <= max(days + months, 1)
    if moments:
        assert max(moments) in found, "the newest is never dropped"
    with_copy = {one.date() for one in moments}
    assert len({one.date() for one in found}) >= min(days, len(with_copy))
    assert kept(found, days, months) == found, "keeping twice drops nothing more"


@given(MOMENTS, st.integers(0, 10), st.integers(0, 10))
def test_keeping_longer_keeps_no_less(moments: list[datetime], days: int, months: int) -> None:
    assert kept(moments, days, months) <= kept(moments, days + 1, months + 1)


@given(st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 31)), st.integers(0, 23), st.integers(0, 59))
def test_the_hour_that_was_due_last(now: datetime, hour: int, minute: int) -> None:
    due = due_since(now, hour, minute)
    assert (due.hour, due.minute) == (hour, minute)
    assert timedelta() <= now - due < timedelta(days=1)
