"""Whole slips, line for line, against tests/golden: a change of paper is seen in the diff.

`CANTEEN_GOLDEN=write pytest tests/unit/test_paper_goldens.py` writes them anew; read them before committing.
"""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from canteen_pos import fonts
from canteen_pos.printing.paper import Paper
from canteen_pos.printing.papers import (
    Head,
    KitchenSlip,
    Paid,
    RefundSlip,
    SaleSlip,
    ShiftSlip,
    SlipLine,
    TopUpSlip,
)
from canteen_pos.printing.receipts import kitchen_ticket, refund_ticket, sale_ticket, ticket_of, top_up_ticket
from canteen_pos.printing.ticket import QrRow, TextRow, Ticket, layout
from canteen_pos.printing.trial import trial_page

GOLDEN = Path(__file__).parents[1] / "golden"
AT = datetime.fromisoformat("2026-11-23T11:52:07+08:00")
HEAD = Head("粮丰社区食堂", "T1", "T1-000123", AT, "李芳")
SALE = SaleSlip(
    head=HEAD,
    period="lunch",
    serving="dine_in",
    lines=(
        SlipLine("长者套餐A", 1, 1500, "红烧肉 紫菜蛋花汤"),
        SlipLine("宫保鸡丁", 2, 1000, half=True),
        SlipLine("自选菜", 1, 670, grams=186),
        SlipLine("老妈蹄花煲配手工芝麻烧饼（大份）", 1, 3800),
        SlipLine("打包盒", 1, 100),
    ),
    list_fen=7070,
    own_discount_fen=220,
    subsidy_fen=500,
    pays_fen=6350,
    payments=(Paid("cash", 5000, 10000, 5000), Paid("wallet", 1350)),
    short_hash="01D62D5BDD",
    member="㳃䶮 00012",
    balance_fen=12050,
)
REFUND = RefundSlip(
    head=HEAD,
    refers_to="T1-000101",
    lines=(SlipLine("红烧肉", 1, 1200),),
    list_fen=1200,
    own_discount_fen=0,
    subsidy_fen=300,
    back_fen=900,
    payments=(Paid("wallet", 900),),
    short_hash="01D62D5BDD",
    reason="菜凉了",
    member="王桂芳 00003",
    balance_fen=2950,
)
TOP_UP = TopUpSlip(HEAD, "王桂芳 00003", 10_000, (Paid("cash", 10_000),), 22_950, "01D62D5BDD", 1000, 1500)
KITCHEN = KitchenSlip(
    head=HEAD,
    serving="takeaway",
    lines=(SlipLine("清蒸鲈鱼", 1, 3800, "少油 不要葱"), SlipLine("现炒小炒肉", 2, 3800, half=True)),
    member="王桂芳 00003",
    notes=("低盐", "忌花生"),
)
SHIFT = ShiftSlip(
    head=replace(HEAD, number="#7"),
    kind="close",
    opened_at=AT.replace(hour=10),
    closed_at=AT,
    opened_by="李芳",
    sales_count=132,
    refunds_count=2,
    list_fen=198_000,
    own_discount_fen=2200,
    by_fund=(("区民政局", 32_000), ("慈善基金", 1200)),
    pays_fen=162_600,
    refunds_fen=-900,
    rounding_fen=-10,
    by_tender=(("cash", 60_000), ("wallet", 80_000), ("wechat", 22_600)),
    float_fen=20_000,
    cash_in_fen=5000,
    cash_out_fen=-3000,
    expected_fen=82_000,
    counted_fen=81_950,
    difference_fen=-50,
    counts=((10_000, 8), (1000, 1), (500, 1), (100, 4), (50, 1)),
    reason="找零时少收",
    verified_by="陈经理",
    top_ups_fen=10_000,
)
X_REPORT = replace(
    SHIFT, kind="x", closed_at=None, expected_fen=None, counted_fen=None, difference_fen=None, counts=()
)
COPY = replace(SALE, head=replace(HEAD, lang="en", copy_no=2, training=True))


def tickets(columns: int) -> dict[str, Ticket]:
    return {
        "sale": sale_ticket(SALE),
        "sale-copy-english": sale_ticket(COPY),
        "refund": refund_ticket(REFUND),
        "top-up": top_up_ticket(TOP_UP),
        "kitchen": kitchen_ticket(KITCHEN),
        "shift": ticket_of(SHIFT),
        "x-report": ticket_of(X_REPORT),
        "test-page": trial_page("前台", Paper(columns=columns), AT),
    }


def as_text(ticket: Ticket, columns: int) -> str:
    """One line a row; what is not usual is said before it: size, boldness, code, cut."""
    shown = []
    for row in layout(ticket, columns, fonts.spell_out):
        if isinstance(row, TextRow):
            mark = f"{row.width}{row.height}{'b' if row.bold else ' '}"
            shown.append(f"{'   ' if mark == '11 ' else mark}|{row.text}")
        else:
            shown.append(f"qr |{row.text}" if isinstance(row, QrRow) else "cut|")
    return "\n".join(shown) + "\n"


@pytest.mark.parametrize("columns", [32, 48])
@pytest.mark.parametrize("name", sorted(tickets(32)))
def test_paper_looks_as_agreed(name: str, columns: int) -> None:
    path = GOLDEN / f"{name}-{columns}.txt"
    now = as_text(tickets(columns)[name], columns)
    if os.environ.get("CANTEEN_GOLDEN") == "write":
        path.write_text(now, encoding="utf-8", newline="\n")
    assert now == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("slip", [SALE, COPY, REFUND, TOP_UP, KITCHEN])
def test_no_slip_for_diners_or_cooks_has_room_for_a_fund_or_a_category(slip: object) -> None:
    """What has no field cannot be printed: decision 17."""
    fields = {name for part in (slip, HEAD, SALE.lines[0], Paid("cash", 1)) for name in type(part).__slots__}
    assert not {
        name for name in fields if "fund" in name or "categor" in name or "care" in name or "rule" in name
    }
