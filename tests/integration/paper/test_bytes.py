"""What the bytes print, read back by a decoder of its own and compared with the ticket."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canteen_pos import fonts
from canteen_pos.printing import escpos_bytes, picture
from canteen_pos.printing.paper import CELL_DOTS, Paper
from canteen_pos.printing.ticket import Cut, Pair, Qr, Rule, Text, TextRow, Ticket, layout

Decode = Callable[[bytes], list[Any]]


def printed(decode: Decode, *blocks: object, paper: Paper | None = None) -> list[Any]:
    return decode(escpos_bytes.render(Ticket("", blocks), paper or Paper()))


def test_a_job_begins_by_switching_chinese_on() -> None:
    assert escpos_bytes.render(Ticket("", ()), Paper()) == b"\x1b@\x1bt\x00\x1c&\x1cS\x00\x00"


@pytest.mark.parametrize("alone", ["￥12.50", "¥12.50", "，", "：", "℃", "㎏", "〇", "，：℃㎏〇", "·", "—"])
def test_signs_print_without_any_chinese_beside_them(decode: Decode, alone: str) -> None:
    (line,) = printed(decode, Text(alone))
    assert (line.kind, line.text) == ("line", alone.replace("¥", "￥"))


def test_yen_alone_is_two_gbk_bytes() -> None:
    assert b"\xa3\xa412.50\n" in escpos_bytes.render(Ticket("", (Text("¥12.50"),)), Paper())


@pytest.mark.parametrize("name", ["㳃", "䶮小姐", "𬭊", "老䶮豆腐 x2"])
def test_a_rare_name_goes_as_a_picture_of_its_line(decode: Decode, name: str) -> None:
    (line,) = printed(decode, Text(name))
    assert line.kind == "raster"
    ink = picture.text_line(TextRow(name), 32 * CELL_DOTS)
    assert line.data == picture.bits(ink)[2]
    assert any(line.data)


def test_each_rare_name_looks_different_and_none_is_a_box() -> None:
    """A missing glyph draws the same box for every character."""
    drawn = [
        picture.bits(picture.text_line(TextRow(name), 24))[2] for name in ("㳃", "䶮", "𬭊", "ǎ", "℃", "☉")
    ]
    assert len(set(drawn)) == len(drawn)
    assert all(any(data) for data in drawn)


def test_a_gb18030_printer_gets_extension_a_as_text(decode: Decode) -> None:
    data = escpos_bytes.render(Ticket("", (Text("䶮"),)), Paper(encoding="gb18030"))
    assert "䶮".encode("gb18030") + b"\n" in data
    (line,) = printed(decode, Text("𬭊"), paper=Paper(encoding="gb18030"))
    assert line.kind == "raster"


def test_emoji_are_drawn_and_what_no_font_has_is_spelt_out(decode: Decode) -> None:
    (line,) = printed(decode, Text("豆腐😀"))
    assert line.kind == "raster"
    (line,) = printed(decode, Text("\U00020bb7野"))
    assert line.text == "[U+20BB7]野"


def test_both_size_commands_go_together_and_come_back(decode: Decode) -> None:
    big, usual = printed(decode, Text("大", width=2, height=2, bold=True), Text("小"))
    assert (big.ascii_size, big.chinese_size, big.bold) == (0x11, 0x0C, True)
    assert (usual.ascii_size, usual.chinese_size, usual.bold) == (0, 0, False)


def test_a_printer_without_fs_size_gets_only_the_other(decode: Decode) -> None:
    (big,) = printed(decode, Text("大", height=2), paper=Paper(fs_size=False))
    assert (big.ascii_size, big.chinese_size) == (1, 0)


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_rules_and_amounts_reach_the_edge(decode: Decode, columns: int) -> None:
    rule, pair = printed(decode, Rule(), Pair("应付", "¥1.00"), paper=Paper(columns=columns))
    assert rule.text == "-" * columns
    assert len(pair.text.encode("gbk")) == columns


def test_a_cut_or_a_feed_past_the_tear_bar(decode: Decode) -> None:
    assert [one.kind for one in printed(decode, Cut())] == ["cut"]
    assert [one.text for one in printed(decode, Cut(), paper=Paper(cut=False))] == [""] * 4


def test_a_qr_code_native_or_as_a_picture(decode: Decode) -> None:
    (native,) = printed(decode, Qr("a1b2"), paper=Paper(qr="native"))
    assert (native.kind, native.text) == ("qr", "a1b2")
    (raster,) = printed(decode, Qr("a1b2"))
    assert raster.kind == "raster"


def test_a_ticket_never_opens_the_drawer() -> None:
    data = escpos_bytes.render(Ticket("", (Text("\x1bp\x00\x19\x78"), Cut())), Paper())
    assert b"\x1bp" not in data


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)  # fonts open once
@given(st.text(max_size=60))
def test_any_text_survives_as_text_or_as_a_picture(decode: Decode, typed: str) -> None:
    ticket = Ticket("", (Text(typed),))
    rows = layout(ticket, 32, fonts.spell_out)
    out = decode(escpos_bytes.render(ticket, Paper()))
    assert len(out) == len(rows)
    for row, one in zip(rows, out, strict=True):
        assert isinstance(row, TextRow)
        if one.kind == "line":
            assert one.text == row.text
            assert "?" not in one.text or "?" in typed
        else:
            assert one.data == picture.bits(picture.text_line(row, 32 * CELL_DOTS))[2]
