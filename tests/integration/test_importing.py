"""Old lists as canteens keep them: whatever is wrong is said by row and column, and nothing is written before."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from canteen_pos import wording
from canteen_pos.domain.errors import Refusal
from canteen_pos.reports.tables import read_table
from canteen_pos.services import importing, members, verifying
from canteen_pos.services.members import NewMember

HEADINGS = ("序号", "老人姓名", "身份证号码", "出生年月日", "联系电话", "饭卡号", "家庭住址", "卡内余额")
WANG = (1, "王桂芳", "", "1943-02-11", "13800006612", "0412", "粮丰社区6栋", 86.4)
LI = (2, "李大山", "", "1950年1月2日", "", "0413", "", "")


def book(path: Path, *rows, title: str = "2026年老人名单", sheet: str = "Sheet1") -> Path:
    """As such lists look: a merged title over the headings, a line of sums at the foot."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = sheet
    page.append([title])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    page.append(HEADINGS)
    for row in rows:
        page.append(row)
    made.save(path)
    return path


def text(path: Path, encoding: str, *rows, delimiter: str = ",") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADINGS, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def looked_at(house, path: Path, **more) -> tuple[importing.OldList, tuple[importing.CheckedRow, ...]]:
    old = importing.open_list(house.desk, house.manager, path, **more)
    return old, importing.check_rows(house.desk, house.manager, old, old.headings.matched)


def codes(row: importing.CheckedRow) -> list[tuple[str, str]]:
    return [(trouble.key, trouble.code) for trouble in row.troubles]


def refusal(work, *args, **named) -> Refusal:
    with pytest.raises(Refusal) as refused:
        work(*args, **named)
    for lang in ("zh", "en"):
        said = wording.sentence(refused.value, lang)
        assert said
        assert "{" not in said
    return refused.value


def test_a_list_below_a_merged_title_is_matched_and_taken(house, tmp_path: Path) -> None:
    old, rows = looked_at(house, book(tmp_path / "名单.xlsx", WANG, LI))
    assert old.headings.row == 2
    assert {key: HEADINGS[place] for key, place in old.headings.matched.items()} == {
        "name": "老人姓名",
        "id_number": "身份证号码",
        "birth_date": "出生年月日",
        "phone": "联系电话",
        "card": "饭卡号",
        "address": "家庭住址",
        "balance": "卡内余额",
    }
    assert [(row.row, row.fine, row.opening_fen) for row in rows] == [(3, True, 8_640), (4, True, 0)]
    told = []
    done = importing.take(house.desk, house.manager, old, rows, lambda at, of: told.append((at, of)) or True)
    assert (done.people, done.opening_fen, told[-1]) == (2, 8_640, (2, 2))
    wang = members.by_card(house.desk, "0412")
    assert wang is not None
    assert (wang.name, wang.birth_date, wang.balance_fen) == ("王桂芳", date(1943, 2, 11), 8_640)
    (opening,) = importing.openings(house.desk, house.manager, done.import_id)
    assert (opening.name, opening.member_no, opening.fen) == ("王桂芳", wang.member_no, 8_640)
    assert verifying.verify(house.desk).problems == ()


def test_a_year_alone_and_a_comma_between_thousands_are_read(house, tmp_path: Path) -> None:
    rows = (
        (1, "朴素英", "", "1948", "", "0414", "", "1,200.50"),
        (2, "仇英", "", 1949, "", "0415", "", "12,00"),
        (3, "查良镛", "", "1794年", "", "0416", "", ""),
    )
    old, checked = looked_at(house, book(tmp_path / "名单.xlsx", *rows))
    assert [codes(row) for row in checked] == [
        [],
        [("balance", "import.not_yuan")],
        [("birth_date", "import.not_year")],
    ]
    importing.take(house.desk, house.manager, old, checked[:1])
    taken = members.by_card(house.desk, "0414")
    assert taken is not None
    assert (taken.birth_date, taken.balance_fen) == (date(1948, 12, 31), 120_050)


def test_taken_once_is_known_the_second_time(house, tmp_path: Path) -> None:
    path = book(tmp_path / "名单.xlsx", WANG, LI)
    old, rows = looked_at(house, path)
    importing.take(house.desk, house.manager, old, rows)
    _, again = looked_at(house, path)
    assert [codes(row) for row in again] == [
        [("card", "import.known_already")],
        [("card", "import.known_already")],
    ]
    _, other = looked_at(
        house, book(tmp_path / "b.xlsx", (1, "王桂芳", "", "1943-02-11", "", "0999", "", ""))
    )
    assert other[0].fine
    assert not other[0].wanted, "same name and birth date: a person decides"
    assert other[0].doubt is not None
    assert other[0].doubt.facts["name"] == "王桂芳"


def test_only_the_chosen_rows_go_in(house, tmp_path: Path) -> None:
    old, rows = looked_at(house, book(tmp_path / "名单.xlsx", WANG, LI))
    importing.take(house.desk, house.manager, old, rows[1:])
    assert members.by_card(house.desk, "0412") is None
    assert members.by_card(house.desk, "0413") is not None
    assert refusal(importing.take, house.desk, house.manager, old, ()).code == "import.nothing_chosen"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_csv_in_any_encoding_reads_alike(house, tmp_path: Path, encoding: str) -> None:
    _, rows = looked_at(house, text(tmp_path / "名单.csv", encoding, WANG, LI))
    assert [(row.name, row.fine, row.opening_fen) for row in rows] == [
        ("王桂芳", True, 8_640),
        ("李大山", True, 0),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_any_delimiter(house, tmp_path: Path, delimiter: str) -> None:
    _, rows = looked_at(house, text(tmp_path / "名单.csv", "utf-8", WANG, delimiter=delimiter))
    assert rows[0].fine


@pytest.mark.parametrize(
    ("change", "key", "code"),
    [
        ({1: ""}, "name", "import.empty_cell"),
        ({1: "合计"}, "name", "import.sum_row"),
        ({1: "老人姓名"}, "name", "import.heading_again"),
        ({2: "110105194912310021"}, "id_number", "id_number.check_digit"),
        ({2: 110105194912310020}, "id_number", "import.number_lost_digits"),
        ({3: "不详"}, "birth_date", "import.not_date"),
        ({3: "2030-01-01"}, "birth_date", "import.born_later"),
        ({4: "无"}, "phone", "import.not_phone"),
        ({5: "——"}, "card", "card.unreadable"),
        ({7: "八十"}, "balance", "import.not_yuan"),
        ({7: -3}, "balance", "import.negative"),
        ({7: 9_999}, "balance", "wallet.cap"),
        ({7: "#REF!"}, "balance", "import.formula_error"),
    ],
)
def test_a_wrong_cell_is_named(house, tmp_path: Path, change, key: str, code: str) -> None:
    row = [change.get(place, value) for place, value in enumerate(WANG)]
    old, (checked,) = looked_at(house, book(tmp_path / "名单.xlsx", row))
    assert codes(checked) == [(key, code)]
    for lang in ("zh", "en"):
        said = wording.sentence(Refusal(checked.troubles[0].code, dict(checked.troubles[0].facts)), lang)
        assert said
        assert "{" not in said
    assert refusal(importing.take, house.desk, house.manager, old, (checked,)).code == "import.problems"
    assert members.find(house.desk, "王桂芳") == ()


def test_everything_wrong_in_a_row_is_said_at_once(house, tmp_path: Path) -> None:
    row = (1, "王桂芳", "123", "昨天", "打我", "0412", "", "多")
    _, (checked,) = looked_at(house, book(tmp_path / "名单.xlsx", row))
    assert {trouble.key for trouble in checked.troubles} == {"id_number", "birth_date", "phone", "balance"}


def test_merged_cells_are_not_taken_for_empty_ones(house, tmp_path: Path) -> None:
    path = book(tmp_path / "名单.xlsx", WANG, LI, (3, "赵六", "", "1951-01-01", "", "", "", ""))
    made = openpyxl.load_workbook(path)
    made.active.merge_cells("G3:G5")
    made.save(path)
    _, rows = looked_at(house, path)
    assert [codes(row) for row in rows] == [
        [],
        [("address", "import.merged")],
        [("address", "import.merged")],
    ]
    assert rows[1].troubles[0].facts["range"] == "G3:G5"


def test_a_formula_counts_by_its_value_and_without_one_is_named(house, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "名单.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        page.write_row(1, 0, WANG[:7])
        page.write_formula(1, 7, "=80+6.4", None, 86.4)
    _, (row,) = looked_at(house, path)
    assert (row.fine, row.opening_fen) == (True, 8_640)
    plain = openpyxl.load_workbook(path)  # writes formulas without their values
    plain.save(path)
    _, (row,) = looked_at(house, path)
    assert codes(row) == [("balance", "import.uncomputed")]


def test_twins_in_the_list_are_told_apart_by_row(house, tmp_path: Path) -> None:
    _, rows = looked_at(house, book(tmp_path / "名单.xlsx", WANG, (2, "李大山", "", "", "", "0412", "", "")))
    assert codes(rows[1]) == [("card", "import.twice")]
    assert rows[1].troubles[0].facts["first_row"] == 3


def test_a_column_can_be_matched_by_hand_or_left_out(house, tmp_path: Path) -> None:
    old = importing.open_list(house.desk, house.manager, book(tmp_path / "名单.xlsx", WANG))
    by_hand = {"name": 1, "note": 6}
    (row,) = importing.check_rows(house.desk, house.manager, old, by_hand)
    assert row.member is not None
    assert (row.member.note, row.member.card, row.opening_fen) == ("粮丰社区6栋", "", 0)
    refused = refusal(importing.check_rows, house.desk, house.manager, old, {"card": 5})
    assert refused.code == "import.name_unmatched"


def test_another_sheet_of_the_same_book(house, tmp_path: Path) -> None:
    path = book(tmp_path / "名单.xlsx", WANG, sheet="一月")
    made = openpyxl.load_workbook(path)
    page = made.create_sheet("二月")
    page.append(["姓名"])
    page.append(["赵六"])
    made.save(path)
    old, rows = looked_at(house, path, sheet="二月")
    assert (old.table.sheets, [row.name for row in rows]) == (("一月", "二月"), ["赵六"])
    assert refusal(importing.open_list, house.desk, house.manager, path, "三月").code == "import.sheet_gone"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("名单.xls", OLD_EXCEL, "import.save_as_xlsx"),
        ("名单.xlsx", OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), "import.locked"),
        (
            "名单.ods",
            zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "import.save_as_xlsx",
        ),
        ("名单.docx", zipped(**{"word/document.xml": "<x/>"}), "import.not_a_table"),
        ("网页.xls", b"<html><table><tr><td>1", "import.save_as_xlsx"),
        ("网页.xls", b"\xef\xbb\xbf\r\n<?xml version='1.0'?>", "import.save_as_xlsx"),
        ("公文.pdf", b"%PDF-1.7\n1 0 obj", "import.not_a_table"),
        ("名单.xlsx", b"PK\x03\x04 damaged", "import.not_a_table"),
        ("名单.csv", b"\xff\x81\x00\x9f\xff\xff", "import.encoding"),
        ("名单.csv", "姓名\0\n".encode(), "import.not_a_table"),
        ("名单.csv", b"", "import.file_empty"),
        ("照片.jpg", bytes(range(128, 256)) * 4, "import.encoding"),
    ],
)
def test_files_that_are_no_list(house, tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    refused = refusal(importing.open_list, house.desk, house.manager, tmp_path / name)
    assert refused.code == code
    assert name in wording.sentence(refused, "zh")


@pytest.mark.parametrize(
    "broken", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_damaged_part_ends_in_a_sentence(house, tmp_path: Path, broken: str) -> None:
    """Whatever zlib, the XML parser or openpyxl make of it."""
    whole = book(tmp_path / "好.xlsx", WANG, LI)
    path = tmp_path / "名单.xlsx"
    with zipfile.ZipFile(whole) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    damages = (
        lambda part: b"",
        lambda part: part[: len(part) // 2],
        lambda part: part.replace(b'="', b'="x').replace(b" ", b" odd"),
    )
    for damage in damages:
        with zipfile.ZipFile(path, "w") as packed:
            for name, part in parts.items():
                packed.writestr(name, damage(part) if name == broken else part)
        assert refusal(importing.open_list, house.desk, house.manager, path).code in (
            "import.not_a_table",
            "import.no_rows",
        )
    squeezed = whole.read_bytes()
    path.write_bytes(squeezed[:200] + bytes(200) + squeezed[400:])
    assert refusal(importing.open_list, house.desk, house.manager, path).code == "import.not_a_table"


def test_initials_come_from_the_list(house, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,拼音首字母\n单雄信,SXX\n乐嘉,lj\n解缙,\n曾巩,曾\n", encoding="utf-8")
    old, rows = looked_at(house, path)
    assert [codes(row) for row in rows] == [[], [], [], [("initials", "import.not_initials")]]
    importing.take(house.desk, house.manager, old, rows[:3])
    found = {name: members.find(house.desk, name)[0].initials for name in ("单雄信", "乐嘉", "解缙")}
    assert found == {"单雄信": "sxx", "乐嘉": "lj", "解缙": "xj"}


def test_a_file_that_is_gone(house, tmp_path: Path) -> None:
    assert refusal(importing.open_list, house.desk, house.manager, tmp_path / "无.csv").code == "import.gone"


def test_a_zip_bomb_is_refused_before_it_unpacks(house, tmp_path: Path) -> None:
    path = book(tmp_path / "名单.xlsx", WANG)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("xl/media/bomb.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(320):
            part.write(b"\0" * 1024 * 1024)
    assert path.stat().st_size < 4_000_000
    assert refusal(importing.open_list, house.desk, house.manager, path).code == "import.bomb"


def test_more_merged_ranges_than_a_list_has_are_a_bomb(
    house, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("canteen_pos.reports.tables.MOST_MERGED", 0)
    path = book(tmp_path / "名单.xlsx", WANG)
    assert refusal(importing.open_list, house.desk, house.manager, path).code == "import.bomb"


@pytest.mark.parametrize(
    ("heading", "cell", "key", "code"),
    [
        ("余额（元）", 1e308, "balance", "import.not_yuan"),
        ("余额（元）", "1" + "0" * 8, "balance", "typed.amount"),
        ("照护等级", "9" * 5_000, "care_level", "import.not_whole"),
        ("照护等级", "9" * 9, "care_level", "typed.count"),
    ],
)
def test_a_number_beyond_all_reason_is_an_error_of_its_cell(
    house, tmp_path: Path, heading: str, cell: object, key: str, code: str
) -> None:
    made = openpyxl.Workbook()
    made.active.append(["姓名", heading])
    made.active.append(["王桂芳", cell])
    made.save(tmp_path / "名单.xlsx")
    _, (row,) = looked_at(house, tmp_path / "名单.xlsx")
    assert codes(row) == [(key, code)]


@pytest.mark.parametrize(
    ("cell", "key", "code"),
    [
        ("长" * 61, "name", "typed.too_long"),
        ("1" * 5_000, "birth_year", "import.not_year"),
        ("长" * 201, "address", "typed.too_long"),
        ("长" * 61, "contact_name", "typed.too_long"),
        ("长" * 1001, "note", "typed.too_long"),
        ("长" * 61, "hukou_town", "typed.too_long"),
        ("长" * 61, "allergies", "typed.too_long"),
        ("1" * 33, "member_no", "typed.too_long"),
        ("../../escaped/x", "member_no", "typed.number"),
        ("1" * 65, "card", "card.unreadable"),
    ],
)
def test_what_enrolling_would_refuse_is_an_error_of_its_cell_and_the_others_go_in(
    house, tmp_path: Path, cell: str, key: str, code: str
) -> None:
    made = openpyxl.Workbook()
    name = cell if key == "name" else "李大山"
    for line in (["姓名", "列"], [name, cell], ["王桂芳", ""]):
        made.active.append(line)
    made.save(tmp_path / "名单.xlsx")
    old = importing.open_list(house.desk, house.manager, tmp_path / "名单.xlsx")
    matched = {"name": 0} | ({key: 1} if key != "name" else {})
    wrong, fine = importing.check_rows(house.desk, house.manager, old, matched)
    assert codes(wrong) == [(key, code)]
    assert fine.wanted
    assert importing.take(house.desk, house.manager, old, [fine]).people == 1


def test_fifty_thousand_rows_are_read_and_one_more_than_the_limit_is_refused(
    house, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "大.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["姓名", "卡号"])
        writer.writerows([f"老人{number}", f"8{number:07d}"] for number in range(50_000))
    table = read_table(path)
    assert len(table.lines) == 50_001
    monkeypatch.setattr("canteen_pos.reports.tables.MOST_ROWS", 1_000)
    refused = refusal(importing.open_list, house.desk, house.manager, path)
    assert (refused.code, refused.facts["limit"]) == ("import.too_many_people", 1_000)


def test_stopping_while_looking_writes_nothing_and_while_taking_keeps_whole_hundreds(
    house, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = text(tmp_path / "名单.csv", "utf-8", *((i, f"人{i}", "", "", "", "", "", 1) for i in range(25)))
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    old = importing.open_list(house.desk, house.manager, path)
    stopped = refusal(
        importing.check_rows, house.desk, house.manager, old, old.headings.matched, lambda at, _of: at < 10
    )
    assert stopped.code == "import.stopped"
    rows = importing.check_rows(house.desk, house.manager, old, old.headings.matched)
    done = importing.take(house.desk, house.manager, old, rows, lambda at, _of: at < 10)
    assert (done.people, done.stopped, done.opening_fen) == (10, True, 1_000)
    assert len(members.find(house.desk, "人")) == 10


def test_a_card_given_out_meanwhile_ends_it_and_says_so(
    house, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    old, rows = looked_at(house, book(tmp_path / "名单.xlsx", WANG, LI))
    members.enrol(house.desk, house.cashier, NewMember("赵六", card="0413"))
    done = importing.take(house.desk, house.manager, old, rows)
    assert (done.people, done.stopped) == (1, True)
    assert done.refused is not None
    assert done.refused.code == "card.taken"


def test_a_cashier_may_not(house, tmp_path: Path) -> None:
    path = book(tmp_path / "名单.xlsx", WANG)
    assert refusal(importing.open_list, house.desk, house.cashier, path).code == "right.missing"
