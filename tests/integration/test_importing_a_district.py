"""The list of a whole district, as Excel writes it: fifty thousand people, one of them wrong."""

from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import inspect, text

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import importing, people, verifying

PEOPLE = 50_000
HEADINGS = ("姓名", "出生日期", "卡号", "余额（元）")
WRONG = 47_113


@pytest.fixture
def desk(sqlite_database, clock, tmp_path: Path):
    from canteen_pos.services.context import Desk

    return Desk(sqlite_database, clock, "T1", folder=tmp_path)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("district") / "全区老人.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("名单")
        page.merge_range(0, 0, 0, len(HEADINGS) - 1, "全区老人名单")
        page.write_row(1, 0, HEADINGS)
        for number in range(PEOPLE):
            born = f"19{30 + number % 30}-0{1 + number % 9}-15" if number != WRONG else "1943-02-30"
            line = (f"老人{number}", born, f"{100_000 + number}", number % 3)
            page.write_row(number + 2, 0, line)
    return path


def everything(house) -> dict[str, int]:
    """How many rows each table holds."""
    with house.desk.db.read() as conn:
        return {
            name: conn.execute(text(f"select count(*) from {name}")).scalar_one()
            for name in inspect(conn).get_table_names()
        }


def test_all_are_looked_at_and_nothing_is_written_before_somebody_says_so(house, district: Path) -> None:
    desk, manager = house.desk, house.manager
    before = everything(house)
    old = importing.open_list(desk, manager, district)
    assert old.headings.matched.keys() == {"name", "birth_date", "card", "balance"}

    with pytest.raises(Refusal, match=r"import\.stopped"):
        importing.check_rows(desk, manager, old, old.headings.matched, lambda at, _of: at < 500)
    assert everything(house) == before

    rows = importing.check_rows(desk, manager, old, old.headings.matched)
    assert len(rows) == PEOPLE
    (wrong,) = [row for row in rows if not row.fine]
    assert (wrong.row, wrong.troubles[0].key) == (WRONG + 3, "birth_date")
    with pytest.raises(Refusal, match=r"import\.problems"):
        importing.take(desk, manager, old, rows)
    assert everything(house) == before, "one is wrong, and nobody goes in"

    fine = [row for row in rows if row.fine]
    stopped = importing.take(desk, manager, old, fine, lambda at, _of: at < 200)
    assert (stopped.people, stopped.stopped) == (200, True)
    assert stopped.opening_fen == sum(row.opening_fen for row in fine[:200])
    assert people.count(desk, "all", "") == 200
    assert verifying.verify(desk).problems == ()
