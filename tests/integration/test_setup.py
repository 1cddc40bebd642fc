"""Founding, the template, and workbooks that come back right or wrong."""

from datetime import date, datetime, time
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from canteen_pos import wording
from canteen_pos.domain.calendar import MealPeriod
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.place import Place
from canteen_pos.reports.columns import MENU, PEOPLE
from canteen_pos.services import (
    audit,
    documents,
    members,
    menus,
    policies,
    settings_store,
    setup,
    shifts,
    users,
    verifying,
)
from canteen_pos.services.context import Desk
from canteen_pos.storage import diners
from tests.integration.hands import refusal

TODAY = date(2026, 11, 23)


def founding(**changes) -> setup.SetupRequest:
    asked = {"name": "粮丰社区食堂", "manager": "陈经理", "pin": "8642", "place": Place("成都市", "锦江区")}
    return setup.SetupRequest(**{**asked, **changes})


def workbook(path: Path, dishes=(), people=()) -> Path:
    """Rows as {column key: value}; other cells stay empty."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet, rows in ((MENU, dishes), (PEOPLE, people)):
        page = book.create_sheet(sheet.zh)
        page.append([column.heading("zh") for column in sheet.columns])
        for row in rows:
            page.append([row.get(column.key) for column in sheet.columns])
    book.save(path)
    return path


DISH = {"code": "901", "name": "蒜苗腊肉", "category": "荤菜", "kind": "单品", "price": 12.5}
PERSON = {"name": "李秀英", "birth_date": "1950-01-02"}


# -- founding ------------------------------------------------------------------------------------------


def test_founding_makes_settings_till_series_and_manager(desk) -> None:
    assert not settings_store.founded(desk)
    manager = setup.found_canteen(desk, founding(till="一号台", packs=("luzhou-jinjing",)))
    settings = settings_store.load(desk)
    assert (settings.name, settings.place.district, settings.packs) == (
        "粮丰社区食堂",
        "锦江区",
        ("luzhou-jinjing",),
    )
    assert users.sign_in(desk, "陈经理", "8642") == manager
    assert [pack.id for pack in policies.active(desk)] == ["luzhou-jinjing"]
    assert verifying.verify(desk).problems == ()
    assert audit.recent(desk, "canteen_founded")[0].actor == "陈经理"


def test_a_canteen_is_founded_once(house) -> None:
    assert refusal(setup.found_canteen, house.desk, founding()).code == "setup.founded_already"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "setup.name_empty"),
        ({"manager": ""}, "user.name_empty"),
        ({"pin": "88"}, "pin.format"),
        ({"packs": ("nowhere",)}, "pack.missing"),
        ({"periods": ()}, "settings.no_period"),
        ({"periods": (MealPeriod("lunch", time(13), time(11)),)}, "settings.period_backwards"),
        (
            {"periods": (MealPeriod("a", time(9), time(12)), MealPeriod("b", time(11), time(14)))},
            "settings.periods_overlap",
        ),
    ],
)
def test_a_founding_that_fails_leaves_nothing(desk, changes: dict, code: str) -> None:
    assert refusal(setup.found_canteen, desk, founding(**changes)).code == code
    assert not settings_store.founded(desk)
    assert users.all(desk) == ()
    setup.found_canteen(desk, founding())


def test_a_second_till_has_its_own_shift_and_numbers(house) -> None:
    second = Desk(house.desk.db, house.clock, "T2")
    shifts.open(house.desk, house.cashier, 1_000)
    shifts.open(second, house.manager, 2_000)
    first = shifts.cash_movement(house.desk, house.cashier, 100, "零钱", "m1")
    other = shifts.cash_movement(second, house.manager, 100, "零钱", "m2")
    assert (first.number_text, other.number_text) == ("T1-000001", "T2-000001")
    assert shifts.x_report(second).expected_fen == 2_100
    with second.db.write() as conn:  # as after a backup was put back
        restored = documents.open_series(conn, second)
    assert restored.startswith("T2."), "numbers on paper never come twice"
    assert shifts.cash_movement(second, house.manager, 100, "零钱", "m3").number_text == f"{restored}-000001"
    assert verifying.verify(house.desk).problems == ()


# -- settings ------------------------------------------------------------------------------------------


def test_settings_come_back_as_they_went_in(house) -> None:
    saved = settings_store.save(
        house.desk,
        house.manager,
        periods=(MealPeriod("lunch", time(10, 15), time(13)),),
        cut_off=time(3),
        cash_rounding="jiao",
        workdays={date(2027, 1, 2): True},
        site_facts={"own_kitchen": True, "level": 3},
        bonus_rules=(settings_store.BonusRule(10_000, 1_000),),
    )
    assert settings_store.load(house.desk) == saved
    event = audit.recent(house.desk, "settings_changed")[0]
    assert event.body["cut_off"] == ["04:00:00", "03:00:00"]
    assert "name" not in event.body, "only what changed is logged"


def test_settings_are_for_managers_and_must_make_sense(house) -> None:
    assert refusal(settings_store.save, house.desk, house.cashier, name="我的").code == "right.missing"
    refused = refusal(settings_store.save, house.desk, house.manager, tenders=("cash", "shells"))
    assert (refused.code, refused.facts) == ("settings.unknown_tender", {"tender": "shells"})
    for changes, code in (
        ({"box_fee_fen": -1}, "settings.negative_amount"),
        ({"park_minutes": -5}, "settings.negative_amount"),
        ({"balance_cap_fen": 10**15}, "typed.amount"),
        ({"bonus_rules": (settings_store.BonusRule(5_000, 10**12),)}, "typed.amount"),
        ({"points_per_hour": 10**7}, "typed.count"),
        ({"cash_rounding": "up"}, "settings.unknown_choice"),
        ({"language": "xx"}, "settings.unknown_choice"),
        ({"name": "长" * 61}, "typed.too_long"),
    ):
        assert refusal(settings_store.save, house.desk, house.manager, **changes).code == code


def test_packs_are_chosen_and_written_by_managers(house) -> None:
    assert policies.active(house.desk) == ()
    chosen = policies.choose(house.desk, house.manager, ("luzhou-jinjing", "wuhu"))
    assert [pack.id for pack in chosen] == ["luzhou-jinjing", "wuhu"]
    assert policies.active(house.desk) is policies.active(house.desk), "the same packs are the same object"
    assert refusal(policies.choose, house.desk, house.manager, ("nowhere",)).facts == {"pack": "nowhere"}
    assert refusal(policies.choose, house.desk, house.cashier, ()).code == "right.missing"


def test_a_pack_of_ones_own_goes_before_the_shipped_one(house) -> None:
    from canteen_pos.paths import resources

    text = (resources() / "policies" / "wuhu.toml").read_text(encoding="utf-8")
    title = policies.shipped()["wuhu"].title
    policies.add_pack(house.desk, house.manager, text.replace(title, "我们的芜湖"))
    policies.choose(house.desk, house.manager, ("wuhu",))
    assert policies.active(house.desk)[0].title == "我们的芜湖"
    wrong = refusal(policies.add_pack, house.desk, house.manager, "id = 3", "our.toml")
    assert wrong.code == "pack.wrong"
    assert "our.toml：字段 id：要写文字，不是 3" in wording.sentence(wrong, "zh")


def test_workdays_come_from_settings_then_packs_then_the_national_calendar(house) -> None:
    assert policies.workday(house.desk, TODAY) is True
    assert policies.workday(house.desk, date(2026, 10, 1)) is False
    assert policies.workday(house.desk, date(2027, 3, 1)) is None, "an unknown year is said, not guessed"
    holidays = {date(2027, 1, 1): False, **{date(2027, 2, day): False for day in range(5, 12)}}
    settings_store.save(house.desk, house.manager, workdays={**holidays, TODAY: False})
    assert policies.workday(house.desk, TODAY) is False
    assert policies.workday(house.desk, date(2027, 3, 1)) is True
    assert policies.workday(house.desk, date(2027, 2, 8)) is False


def test_the_till_warns_of_an_unknown_year_from_december(house) -> None:
    assert policies.warn_of_year(house.desk) is None
    house.clock.set(datetime.fromisoformat("2026-12-01T08:00:00+08:00"))
    assert policies.warn_of_year(house.desk) == 2027


# -- the workbook --------------------------------------------------------------------------------------


def test_the_template_itself_can_be_imported(house, tmp_path: Path) -> None:
    setup.template(tmp_path / "t.xlsx", "zh")
    problems = setup.preview(house.desk, tmp_path / "t.xlsx").problems
    assert {problem.code for problem in problems} == {"import.known_already"}, "101, 201 and 701 exist here"
    assert [problem.facts["value"] for problem in problems] == ["101", "201", "701"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_founds_a_canteen_in_both_languages(desk, tmp_path: Path, lang: str) -> None:
    manager = setup.found_canteen(desk, founding())
    setup.template(tmp_path / "t.xlsx", lang)
    done = setup.import_spreadsheet(desk, manager, tmp_path / "t.xlsx")
    assert (done.dishes, done.people, done.opening_fen) == (3, 2, 8_640)
    wang = members.find(desk, "6612")[0]
    assert (wang.name, wang.balance_fen, wang.diet) == ("王秀兰", 8_640, ("low_salt", "no_peanut"))
    assert members.by_card(desk, "0412") == wang
    pork = next(tile for tile in menus.tiles(desk, TODAY, "lunch") if tile.code == "201")
    assert (pork.name, pork.half_fen, pork.left_halves, pork.tags) == ("红烧肉", 600, 80, ("soft", "pork"))
    assert "201" not in {tile.code for tile in menus.tiles(desk, TODAY, "dinner")}
    assert verifying.verify(desk).problems == ()


@pytest.mark.parametrize(
    ("row", "cell", "heading", "sentence"),
    [
        ({"price": "abc"}, "E2", "价格（元）", "“abc”不是金额，请写成 12 或 12.50。"),
        ({"price": 12.345}, "E2", "价格（元）", "“12.345”不是金额，请写成 12 或 12.50。"),
        ({"price": -1}, "E2", "价格（元）", "金额不能为负。"),
        ({"price": None}, "E2", "价格（元）", "这一格必须填写。"),
        ({"half": 13}, "F2", "半份价（元）", "半份价不能高于整份价。"),
        ({"kind": "称重"}, "G2", "每多少克", "称重菜要填每多少克，其他菜不填。"),
        ({"kind": "火锅"}, "D2", "类型", "不认识“火锅”，可以写：套餐、单品、菜品、称重。"),
        ({"periods": "夜宵"}, "H2", "餐段", "不认识“夜宵”，可以写：早餐、午餐、晚餐。"),
        ({"portions": "很多"}, "I2", "每餐份数", "“很多”不是整数。"),
        ({"made_to_order": "也许"}, "J2", "现做", "“也许”要写“是”或“否”。"),
        (
            {"choices": "荤菜"},
            "O2",
            "套餐选择",
            "“荤菜”不像套餐选择，请写成“荤菜：红烧肉/鱼香肉丝；汤：紫菜汤”。",
        ),
        ({"code": "201"}, "2", "编号", "“201”在食堂里已经有了。"),
        ({"code": "../x"}, "A2", "编号", "编号只能用文字、字母、数字和短横线，“../x”不行。"),
        ({"portions": "9" * 5_000}, "I2", "每餐份数", "“999999999999999”不是整数。"),
    ],
)
def test_a_wrong_dish_is_named_to_the_cell(house, tmp_path, row, cell, heading, sentence) -> None:
    house_read = setup.preview(house.desk, workbook(tmp_path / "m.xlsx", dishes=[{**DISH, **row}]))
    (problem,) = house_read.problems
    assert (problem.sheet, problem.cell, problem.heading) == ("菜单", cell, heading)
    assert wording.sentence(Refusal(problem.code, dict(problem.facts)), "zh") == sentence
    english = wording.sentence(Refusal(problem.code, dict(problem.facts)), "en")
    assert "could not be done" not in english


@pytest.mark.parametrize(
    ("row", "cell", "sentence"),
    [
        ({"birth_date": "1950年2月30日"}, "C2", "“1950年2月30日”不是日期，请写成 1943-02-11。"),
        ({"birth_date": "2030-01-01"}, "C2", "出生日期 2030-01-01 晚于今天。"),
        ({"id_number": "110105194912310021"}, "D2", "身份证号校验位不对，请核对。"),
        ({"id_number": "11010519491231002X"}, "D2", "出生日期写的是 1950-01-02，身份证号里是 1949-12-31。"),
        ({"id_number": 110105194912310020}, "D2", "号码太长，Excel 已把末尾改成 0。请把这一格设为文本再填。"),
        ({"phone": "打我"}, "E2", "“打我”不是电话号码。"),
        ({"card": "——"}, "2", "读不出卡号，请再刷一次。"),
        ({"care_level": 9}, "O2", "照护等级是 0 至 6，不是 9。"),
        ({"diet": "低盐、忌口水"}, "Q2", None),
        ({"balance": "三十"}, "X2", "“三十”不是金额，请写成 12 或 12.50。"),
        ({"balance": 5000}, "2", "储值上限 ¥2000.00（不算赠送），现有本金 ¥0.00，最多还能充 ¥2000.00。"),
    ],
)
def test_a_wrong_person_is_named_to_the_cell(house, tmp_path, row, cell, sentence) -> None:
    house_read = setup.preview(house.desk, workbook(tmp_path / "p.xlsx", people=[{**PERSON, **row}]))
    (problem,) = house_read.problems
    assert (problem.sheet, problem.cell) == ("人员", cell)
    said = wording.sentence(Refusal(problem.code, dict(problem.facts)), "zh")
    assert said == sentence or (sentence is None and said.startswith("不认识“忌口水”"))


def test_one_wrong_cell_and_nothing_is_imported(house, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "h.xlsx",
        dishes=[DISH, {**DISH, "code": "902", "price": "贵"}],
        people=[PERSON, {"name": "赵六", "birth_date": "昨天", "balance": 10}],
    )
    refused = refusal(setup.import_spreadsheet, house.desk, house.manager, file)
    assert (refused.code, refused.facts["count"]) == ("import.problems", 2)
    assert [problem.cell for problem in refused.facts["problems"]] == ["E3", "C3"]
    assert members.find(house.desk, "李秀英") == ()
    assert "901" not in {tile.code for tile in menus.tiles(house.desk, TODAY, "lunch")}


def test_twins_inside_one_workbook_are_told_apart_by_row(house, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "t.xlsx",
        dishes=[DISH, DISH],
        people=[
            {**PERSON, "card": "04A1B2C3"},
            {**PERSON, "card": "C3B2A104"},
            {**PERSON, "card": "C3B2A104"},
        ],
    )
    problems = setup.preview(house.desk, file).problems
    found = {(problem.sheet, problem.cell, problem.code, problem.facts["first_row"]) for problem in problems}
    assert ("菜单", "A3", "import.twice", 2) in found
    assert ("人员", "3", "import.twice", 2) in found, "the same card in the other byte order"
    assert ("人员", "F4", "import.twice", 3) in found


def test_missing_columns_empty_books_and_other_files(house, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "菜单"
    book.active.append(["编号", "名称"])
    book.active.append(["101", "回锅肉"])  # a row would only say again what its column lacks
    book.save(tmp_path / "few.xlsx")
    found = setup.preview(house.desk, tmp_path / "few.xlsx").problems
    assert [(problem.code, problem.facts["heading"]) for problem in found] == [
        ("import.no_column", "分类"),
        ("import.no_column", "类型"),
        ("import.no_column", "价格（元）"),
    ]
    assert [p.code for p in setup.preview(house.desk, workbook(tmp_path / "none.xlsx")).problems] == [
        "import.empty"
    ]
    (tmp_path / "no.xlsx").write_text("这不是表格", encoding="utf-8")
    assert refusal(setup.preview, house.desk, tmp_path / "no.xlsx").facts == {"file": "no.xlsx"}
    assert refusal(setup.preview, house.desk, tmp_path / "gone.xlsx").code == "import.not_a_workbook"


def test_every_wrong_cell_of_a_row_is_said_at_once(house, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "many.xlsx",
        dishes=[{**DISH, "price": "贵", "kind": "火锅", "portions": "多"}],
        people=[{**PERSON, "birth_date": "昨天", "phone": "打我", "diet": "忌口水"}],
    )
    problems = setup.preview(house.desk, file).problems
    assert {(problem.sheet, problem.cell) for problem in problems} == {
        *(("菜单", cell) for cell in ("D2", "E2", "I2")),
        *(("人员", cell) for cell in ("C2", "E2", "Q2")),
    }


def test_a_row_that_is_wrong_still_takes_its_number(house, tmp_path: Path) -> None:
    file = workbook(tmp_path / "twins.xlsx", dishes=[{**DISH, "price": "贵"}, DISH])
    problems = setup.preview(house.desk, file).problems
    assert [(problem.cell, problem.code) for problem in problems] == [
        ("E2", "import.not_yuan"),
        ("A3", "import.twice"),
    ]


@pytest.mark.parametrize("name", ["老名单.xls", "people.csv"])
def test_another_kind_of_table_says_what_to_save_it_as(house, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    refused = refusal(setup.preview, house.desk, tmp_path / name)
    assert refused.code == "import.save_as_xlsx"
    assert name in wording.sentence(refused, "zh")


def test_sheets_by_other_names_are_told_the_names_expected(house, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    book.active.append(["姓名"])
    book.save(tmp_path / "other.xlsx")
    (problem,) = setup.preview(house.desk, tmp_path / "other.xlsx").problems
    assert (problem.code, problem.facts["found"]) == ("import.no_sheet", "Sheet1")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"])
def test_a_workbook_damaged_inside_is_refused_by_name(house, tmp_path: Path, part: str) -> None:
    """The zip is whole but one of its parts ends in the middle, as a stick pulled out too early leaves it."""
    whole, damaged = workbook(tmp_path / "whole.xlsx", [DISH], [PERSON]), tmp_path / "menu.xlsx"
    with ZipFile(whole) as old, ZipFile(damaged, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text[: len(text) // 2] if name == part else text)
    refused = refusal(setup.import_spreadsheet, house.desk, house.manager, damaged)
    assert refused.code == "import.not_a_workbook"
    assert "menu.xlsx" in wording.sentence(refused, "en")


def test_an_import_is_for_managers(house, tmp_path: Path) -> None:
    file = workbook(tmp_path / "h.xlsx", dishes=[DISH])
    assert refusal(setup.import_spreadsheet, house.desk, house.cashier, file).code == "right.approval_needed"
    approved = users.approve(house.desk, house.cashier, "8888")
    assert refusal(setup.import_spreadsheet, house.desk, approved, file).code == "right.missing"
    assert setup.import_spreadsheet(house.desk, house.manager, file).dishes == 1
    assert audit.recent(house.desk, "imported")[0].body == {"file": "h.xlsx", "dishes": 1, "people": 0}


def test_categories_in_the_words_of_the_packs_in_force(house, tmp_path: Path) -> None:
    policies.choose(house.desk, house.manager, ("nanjing-jianye",))
    person = {**PERSON, "categories": "计生特殊家庭、低保", "permits": "志愿者证、优待证、老年证、其他证"}
    setup.import_spreadsheet(house.desk, house.manager, workbook(tmp_path / "h.xlsx", people=[person]))
    li = members.find(house.desk, "李秀英")[0]
    with house.desk.db.read() as conn:
        diner = diners.eater(conn, li.id, TODAY).diner
    assert diner.categories == {"jisheng_special", "dibao"}
    assert diner.permits == {"volunteer", "elder_card", "其他证"}


def test_typed_as_people_type(house, tmp_path: Path) -> None:
    person = {
        "name": "张桂英",
        "birth_date": datetime(1940, 5, 6),
        "phone": 13912345678,
        "card": 412,
        "hukou_city": "成都市",
        "hukou_district": "锦江区",
        "categories": "低保，独居、其他",
        "permits": "老年证/优待证",
        "in_institution": "否",
        "diet": "低盐,忌花生",
        "balance": "30",
    }
    dish = {
        **DISH,
        "kind": "称重",
        "price": "￥1.8",
        "per_grams": 50.0,
        "half": None,
        "allergens": "花生、大豆",
    }
    setup.import_spreadsheet(
        house.desk, house.manager, workbook(tmp_path / "h.xlsx", dishes=[dish], people=[person])
    )
    zhang = members.by_card(house.desk, "0412")
    assert (zhang.name, zhang.birth_date, zhang.phone) == ("张桂英", date(1940, 5, 6), "13912345678")
    assert (zhang.diet, zhang.balance_fen) == (("low_salt", "no_peanut"), 3_000)
    tile = next(tile for tile in menus.tiles(house.desk, TODAY, "lunch") if tile.code == "901")
    assert (tile.price_fen, tile.per_grams, tile.allergens) == (180, 50, ("peanut", "soy"))
