"""The layout: cells, wrapping, alignment. No printer and no font."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos import fonts
from canteen_pos.printing.ticket import (
    Cut,
    CutRow,
    Item,
    Pair,
    Qr,
    QrRow,
    Rule,
    Space,
    Text,
    TextRow,
    Ticket,
    cells,
    clean,
    layout,
    wrap,
)

COLUMNS = (32, 42, 48)


def lines(*blocks: object, columns: int = 32) -> list[str]:
    return [row.text for row in layout(Ticket("", blocks), columns) if isinstance(row, TextRow)]


def test_cells_are_not_characters() -> None:
    assert cells("红烧肉 x2") == 9
    assert cells("￥") == 2
    assert cells("€") == 2


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("¥12.50", "￥12.50"),
        ("−3.00", "-3.00"),
        ("a\tb\nc", "a b c"),
        ("\x1b@\x1d\x56红\x00烧", "@V红烧"),
        ("\u202e反\u200b转", "反转"),
        ("葛\U000e0100城", "葛城"),
        ("\ud83d", ""),
    ],
)
def test_what_people_type_is_cleaned(typed: str, printed: str) -> None:
    assert clean(typed) == printed


def test_a_long_name_wraps_beside_its_amount() -> None:
    assert lines(Item("很长很长的名字的一道菜清蒸石斑鱼", "x1", "1288.00")) == [
        "很长很长的名字的     x1  1288.00",
        "一道菜清蒸石斑鱼",
    ]


def test_a_quantity_too_wide_for_its_column_moves_the_row_below() -> None:
    assert lines(Item("红烧肉红烧肉红烧", "x1000000000", "99999999999999.00")) == [
        "红烧肉红烧肉红烧",
        "   x1000000000 99999999999999.00",
    ]


def test_a_detail_stands_below_set_in() -> None:
    assert lines(Item("套餐", "x1", "15.00", "红烧肉 紫菜蛋花汤"))[1] == "  红烧肉 紫菜蛋花汤"


def test_two_columns_end_at_the_edge_in_cells() -> None:
    (row,) = lines(Pair("应付", "¥12.50"))
    assert row == "应付" + " " * 21 + "￥12.50"
    assert cells(row) == 32


def test_double_width_halves_the_room() -> None:
    (row,) = layout(Ticket("", (Pair("应付", "1.00", width=2, height=2),)), 32)
    assert isinstance(row, TextRow)
    assert cells(row.text) == 16


def test_alignment_is_spaces() -> None:
    assert lines(Text("菜单", "centre"), Text("菜单", "right")) == [" " * 14 + "菜单", " " * 28 + "菜单"]


def test_rules_are_as_wide_as_the_paper_and_ascii() -> None:
    for columns in COLUMNS:
        assert lines(Rule(), columns=columns) == ["-" * columns]


def test_no_line_ends_with_an_opening_bracket() -> None:
    assert wrap("现炒小炒肉（半份）", 12) == ["现炒小炒肉", "（半份）"]
    assert wrap("，" * 9, 6) == ["，，，"] * 3


def test_english_breaks_between_words() -> None:
    assert wrap("Fish and chips with mushy peas", 16) == ["Fish and chips", "with mushy peas"]


def test_other_blocks_are_rows_of_their_own() -> None:
    assert layout(Ticket("", (Qr("a1"), Space(), Cut())), 32) == (QrRow("a1"), TextRow(""), CutRow())


def test_what_no_font_holds_is_spelt_out() -> None:
    (row,) = layout(Ticket("", (Text("豆腐\U00030000"),)), 32, fonts.spell_out)
    assert row == TextRow("豆腐[U+30000]")


@given(st.text(), st.integers(2, 48))
def test_wrapping_loses_nothing_and_keeps_within_the_room(text: str, room: int) -> None:
    kept = clean(text)
    wrapped = wrap(kept, room)
    assert "".join(wrapped).replace(" ", "") == kept.replace(" ", "")
    assert all(cells(line) <= room for line in wrapped)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.sampled_from(COLUMNS))
def test_no_row_is_wider_than_the_paper(left: str, middle: str, right: str, columns: int) -> None:
    rows = lines(Item(left, middle, right), Pair(left, right), Text(middle, "centre"), columns=columns)
    assert all(cells(row) <= columns for row in rows)
    printed = "".join(rows).replace(" ", "")
    for typed in (left, middle, right):
        assert all(char in printed for char in clean(typed) if char != " ")
