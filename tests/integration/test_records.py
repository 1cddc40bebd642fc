"""The records: what happened is found by words, by person, by day, and goes into a file as plain text."""

import ast
import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.services import (
    audit,
    correcting,
    machine_settings,
    menus,
    records,
    selling,
    settings_store,
    shifts,
    staff,
    users,
)
from canteen_pos.services.records import Wanted
from canteen_pos.wording import events, setting_words
from tests.integration.purse_hands import open_on_account

TODAY = date(2026, 11, 23)
SOURCES = (Path(__file__).parents[2] / "canteen_pos" / "services").glob("*.py")


def _logged_kinds() -> set[str]:
    """Every kind that a service names in a call of audit.log."""
    kinds = set()
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.log":
                told = call.args[3]
                parts = [told.body, told.orelse] if isinstance(told, ast.IfExp) else [told]
                kinds |= {part.value for part in parts if isinstance(part, ast.Constant)}
    return kinds


def test_everything_that_is_logged_has_its_words() -> None:
    kinds = _logged_kinds()
    assert len(kinds) > 30
    assert sorted(kinds - events.EVENTS.keys()) == []
    assert {group for group, _, _ in events.EVENTS.values()} == set(events.GROUPS)


def test_every_setting_has_its_name() -> None:
    assert (
        sorted(settings_store.CanteenSettings.__dataclass_fields__.keys() - setting_words.SETTINGS.keys())
        == []
    )


def sentences(house, **wanted: object) -> list[str]:
    found = records.page(house.desk, house.manager, Wanted(**wanted), 0, 50)
    return [record.sentence("zh") for record in found]


def test_a_sale_and_a_changed_price_stand_in_one_list(lunch) -> None:
    house = lunch.house
    lunch.sell(lunch.order("202", who=lunch.wang))
    house.clock.advance(1)
    menus.set_price(house.desk, house.manager, TODAY, "lunch", house.dish("202"), 900)
    told = sentences(house)
    assert told[0] == "宫保鸡丁改价：¥10.00 → ¥9.00"
    assert told[1].startswith("收款 ¥")
    assert told[1].endswith("王桂芳")
    assert "登记了王桂芳" in told
    assert records.count(house.desk, house.manager, Wanted()) == len(told)


def test_words_are_found_wherever_they_stand(lunch) -> None:
    house = lunch.house
    sold = lunch.sell(lunch.order("202", who=lunch.wang))
    house.clock.advance(1)
    shifts.cash_movement(house.desk, house.cashier, -500, "买葱", request_id="m" * 32)
    number = sold.documents[0].number_text
    assert [one[:2] for one in sentences(house, text=number)] == ["收款"]
    assert [one[-2:] for one in sentences(house, text="买葱")] == ["买葱"]
    assert sentences(house, text="t1")[0].endswith("买葱"), "by till"
    about = sentences(house, text="王桂芳")
    assert any(one.startswith("登记了") for one in about)
    assert any(one.startswith("收款") for one in about)
    assert all("王桂芳" in one for one in about)
    assert all("充值" in one for one in sentences(house, text="充值"))
    assert sentences(house, text="李芳"), "by whom"
    assert sentences(house, text="100%_") == []


def test_what_only_the_machine_writes_is_no_word(lunch) -> None:
    house = lunch.house
    lunch.sell(lunch.order("202", who=lunch.wang))
    menus.set_price(house.desk, house.manager, TODAY, "lunch", house.dish("202"), 900)
    shifts.cash_movement(house.desk, house.cashier, -500, 'fen_/"50%', request_id="m" * 32)
    for typed in ("{", "person_id", "now_", '":', "reason", "payments"):
        assert sentences(house, text=typed) == [], typed
    for typed in ("fen", "fen_/", "50%", '/"5'):
        assert [one[-9:] for one in sentences(house, text=typed)] == ['fen_/"50%'], typed


def test_a_number_finds_the_document_and_all_that_was_done_to_it(lunch) -> None:
    house = lunch.house
    sold = lunch.sell(lunch.order("202", who=lunch.wang)).documents[0]
    lunch.sell(lunch.order("202"))
    house.clock.advance(1)
    correcting.mark_invoice(house.desk, house.cashier, sold.document_id)
    found = records.page(house.desk, house.manager, Wanted(text=sold.number_text), 0, 50)
    assert [one.kind for one in found] == ["invoice_marked", "sale"]
    assert {one.document_id for one in found} == {sold.document_id}
    assert records.document(house.desk, house.manager, found[0].document_id).number_text == sold.number_text
    with pytest.raises(Refusal) as refused:
        records.document(house.desk, house.cashier, sold.document_id)
    assert refused.value.code == "right.missing"


def test_a_price_that_somebody_typed_stands_in_the_log(lunch) -> None:
    order = lunch.order("202")
    line = replace(order.lines[0], open_price_fen=888, open_reason="菜品不足量")
    order = replace(order, lines=(line,))
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    selling.ring_up(lunch.desk, approved, (order,), (Payment("cash", 888),), 888, "s")
    (told,) = records.page(lunch.desk, lunch.manager, Wanted(text="菜品不足量", group="money"), 0, 9)
    assert told.sentence("zh").endswith("里 1 份宫保鸡丁另定价 ¥8.88：菜品不足量")
    assert told.facts["approved_by"] == "陈经理"
    assert records.document(lunch.desk, lunch.manager, told.document_id).pays_fen == 888


def test_amounts_settings_codes_and_days_are_found_as_they_are_shown(lunch) -> None:
    house = lunch.house
    sold = lunch.sell(lunch.order("202", who=lunch.wang))
    fen = sold.documents[0].pays_fen
    house.clock.advance(1)
    menus.set_price(house.desk, house.manager, TODAY, "lunch", house.dish("202"), 987)
    settings_store.save(house.desk, house.manager, idle_lock_minutes=7)
    users.create(house.desk, house.manager, "周强", "dispatcher", "2580")
    for typed in ("9.87", "¥9.87", "9.87元", "￥9.87"):
        assert [one[:4] for one in sentences(house, text=typed)] == ["宫保鸡丁"], typed
    assert any(one.startswith("收款") for one in sentences(house, text=f"{fen / 100:.2f}"))
    assert sentences(house, text="锁屏") == ["改了设置：无人操作锁屏分钟"]
    assert sentences(house, text="送餐调度") == ["新员工周强，送餐调度"]
    assert sentences(house, text="dispatcher") == sentences(house, text="送餐调度")
    assert sentences(house, text=TODAY.isoformat()) == sentences(house)
    assert sentences(house, text="2026-11-22") == []
    assert sentences(house, text="2026-13-40") == [], "no day, only words"


def test_a_cash_movement_says_why(lunch) -> None:
    house = lunch.house
    shifts.cash_movement(house.desk, house.cashier, -500, "买葱", request_id="m" * 32)
    (told, *_) = sentences(house, group="money")
    assert told.endswith("买葱")


def test_only_what_somebody_did(lunch) -> None:
    house = lunch.house
    by_manager = records.page(house.desk, house.manager, Wanted(actor_id=house.manager.user_id), 0, 50)
    assert {record.actor for record in by_manager} == {"陈经理"}
    assert {"rules", "staff"} >= {record.group for record in by_manager}
    assert dict(records.who(house.desk, house.manager)) == {
        house.manager.user_id: "陈经理",
        house.cashier.user_id: "李芳",
    }


def test_days_are_local_and_both_are_included(house) -> None:
    users.sign_in(house.desk, "李芳", "1111")
    house.clock.advance(24 * 3600)
    users.sign_in(house.desk, "李芳", "1111")
    group = "staff"

    def found(since: int | None, until: int | None) -> int:
        days = {
            "since": date(2026, 11, since) if since else None,
            "until": date(2026, 11, until) if until else None,
        }
        text = "登录"
        return records.count(house.desk, house.manager, Wanted(text=text, group=group, **days))

    assert (found(23, 23), found(24, 24), found(23, 24), found(25, None), found(None, 22)) == (1, 1, 2, 0, 0)


def test_pages_follow_one_another_without_a_gap(house) -> None:
    for number in range(25):
        house.clock.advance(number % 2)
        settings_store.save(house.desk, house.manager, park_minutes=30 + number)
    whole = records.page(house.desk, house.manager, Wanted(), 0, 100)
    pieces = [
        one
        for offset in range(0, 40, 7)
        for one in records.page(house.desk, house.manager, Wanted(), offset, 7)
    ]
    assert [one.key for one in pieces] == [one.key for one in whole]
    assert len({one.key for one in whole}) == len(whole)


def test_names_stand_where_ids_were_stored(house) -> None:
    staff.change(house.desk, house.manager, house.cashier.user_id, name="李芳", role="dispatcher")
    (told, *_) = sentences(house, group="staff")
    assert told == "李芳的角色：收银员 → 送餐调度"
    (record, *_) = records.page(house.desk, house.manager, Wanted(group="staff"), 0, 1)
    assert record.sentence("en") == "李芳: cashier -> dispatcher"


def test_a_changed_setting_is_named(house) -> None:
    settings_store.save(house.desk, house.manager, box_fee_fen=200)
    assert sentences(house, group="rules")[0] == "改了设置：打包盒费"


def test_a_file_holds_text_and_no_formula(house, tmp_path: Path) -> None:
    users.create(house.desk, house.manager, "=HYPERLINK(1)", "cashier", "2580")
    with house.desk.db.write() as conn:
        audit.log(conn, house.desk, house.manager, "no_sale", reason="=1+1")
    for name in ("records.xlsx", "records.csv"):
        written = records.export(house.desk, house.manager, Wanted(), tmp_path / name, "zh")
        assert written >= 3
    with (tmp_path / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0][0] == "时间"
    assert not [cell for line in lines for cell in line if cell[:1] in ("=", "+", "-", "@")]
    sheet = openpyxl.load_workbook(tmp_path / "records.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert [event.body["file"] for event in audit.recent(house.desk, "records_exported")] == [
        "records.csv",
        "records.xlsx",
    ]


@pytest.mark.parametrize(
    ("name", "code"), [("records.pdf", "export.suffix"), ("no/folder/records.csv", "export.not_written")]
)
def test_a_file_that_cannot_be_written_is_said(house, tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        records.export(house.desk, house.manager, Wanted(), tmp_path / name, "zh")
    assert refused.value.code == code
    assert audit.recent(house.desk, "records_exported") == ()


def test_who_may_not_read_the_records(house) -> None:
    for call, more in ((records.count, ()), (records.page, (0, 10))):
        with pytest.raises(Refusal) as refused:
            call(house.desk, house.cashier, Wanted(), *more)
        assert refused.value.code == "right.missing"


def test_an_invoice_mark_and_a_new_account_stand_in_the_records(lunch) -> None:
    from canteen_pos.services import correcting

    sold = lunch.sell(lunch.order("202"))
    correcting.mark_invoice(lunch.desk, lunch.cashier, sold.documents[0].document_id)
    open_on_account(lunch.desk, lunch.manager, "社区居委会", 10_000)
    told = sentences(lunch.house, group="money")
    assert f"{sold.documents[0].number_text} 标为发票已开" in told
    assert "开挂账户社区居委会" in told


def test_a_password_in_a_backup_address_is_not_logged(house) -> None:
    folder = machine_settings.folder(house.desk) if house.desk.db.path else None
    if folder is None:
        pytest.skip("no folder beside a server's database")
    machine_settings.save(
        house.desk, house.manager, backup_to="ftp://till:geheim@host/x", backup_password="geheim"
    )
    told = audit.recent(house.desk, "machine_changed", limit=1)[0].body
    assert told["backup_to"][1] == "ftp://till@host/x"
    assert "geheim" not in str(told)
