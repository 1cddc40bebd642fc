"""The demo canteen: all there, the same each time, and its books prove."""

import pytest
from sqlalchemy import func, select

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import demo, members, menus, policies, settings_store, shifts, users, verifying
from canteen_pos.storage import tables as t


@pytest.mark.slow
def test_the_demo_is_a_whole_canteen(desk) -> None:
    founded = demo.found_demo(desk)
    today = desk.clock.now().date()

    assert settings_store.load(desk).demo
    assert [pack.id for pack in policies.active(desk)] == list(demo.PACKS)
    assert policies.active(desk)[0].invented
    assert 55 <= founded.dishes <= 70
    assert len(menus.tiles(desk, today, "lunch")) > 40
    assert len(menus.tiles(desk, today, "breakfast")) >= 8
    assert any(tile.pinned and tile.kind == "set" for tile in menus.tiles(desk, today, "lunch"))
    assert {tile.category for tile in menus.tiles(desk, today, "lunch")} >= {
        "套餐",
        "荤菜",
        "素菜",
        "主食",
        "汤羹",
        "小份",
        "称重",
    }

    assert founded.people == 300
    assert members.by_card(desk, "0412").name == "王秀兰"
    assert members.by_card(desk, "0412").last_meal is not None
    assert [one.name for one in members.find(desk, "䶮")] == ["䶮光福"]
    with desk.db.read() as conn:
        births = conn.execute(select(t.people.c.birth_date)).scalars().all()
        funds = conn.execute(select(t.document_shares.c.fund).distinct()).scalars().all()
        sales = conn.execute(select(func.count()).where(t.documents.c.kind == "sale")).scalar_one()
    ages = [today.year - int(born[:4]) for born in births]
    assert min(ages) < 12
    assert max(ages) > 90
    assert founded.sales == sales >= 60
    assert len(funds) >= 2, "somebody was subsidised yesterday"

    for staff in founded.staff:
        assert users.sign_in(desk, staff.name, staff.pin).role == staff.role
    assert shifts.current(desk) is None
    assert [shift.difference_fen for shift in shifts.recent(desk)] == [-10, 0]
    report = verifying.verify(desk)
    assert report.ok, report.problems
    with pytest.raises(Refusal, match=r"setup\.founded_already"):
        demo.found_demo(desk)


def test_the_same_seed_makes_the_same_books(sqlite_desk, tmp_path) -> None:
    from canteen_pos.services.context import Desk
    from canteen_pos.storage.engine import open_database, sqlite_url

    other = Desk(open_database(sqlite_url(tmp_path / "other.db")), sqlite_desk.clock, "T1")
    heads = []
    for desk in (sqlite_desk, other):
        demo.found_demo(desk, sales=10)
        with desk.db.read() as conn:
            heads.append(conn.execute(select(t.series.c.head_hash)).scalar_one())
    other.db.close()
    assert heads[0] == heads[1]
