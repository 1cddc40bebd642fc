"""What the canteen may claim shrinks with the food that comes back: public money is asked for what was eaten only."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from canteen_pos.domain.bill import Serving
from canteen_pos.services import policies, refunding, verifying
from canteen_pos.storage import tables as t

RULES = """
[[rule]]
id = "claim"
title = "补助"
fund = "district"
order = 1
{more}
effect = {{ claim = "grant", {effect} }}
"""
HEAD = 'id = "claims"\ntitle = "申领"\nsource = "tests"\ndate = 2026-01-01\nsample = true\n'
QUOTA = '[[quota]]\nname = "grant.day"\nper = "day"\nmeals = 1\n'
POT = '[[budget]]\nname = "pot"\nshort = "part"\nstart_yuan = 100.00\n'


def use(lunch, effect: str, more: str = "", before: str = "") -> None:
    policies.add_pack(lunch.desk, lunch.manager, HEAD + before + RULES.format(effect=effect, more=more))
    policies.choose(lunch.desk, lunch.manager, ("claims",))


def give_back(lunch, document_id: str, wanted: dict[int, int] | None) -> None:
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    refunding.refund(lunch.desk, approved, document_id, wanted, "退", uuid.uuid4().hex)
    assert verifying.verify(lunch.desk).problems == ()


def claimed(lunch) -> int:
    """What may be claimed now, as rows, as what the district owes, and as grants: all the same."""
    ledger, rows = t.ledger_entries.c, t.document_claims.c
    with lunch.desk.db.read() as conn:

        def total(account: str) -> int:
            wanted = select(func.coalesce(func.sum(ledger.fen), 0))
            return int(
                conn.execute(wanted.where(ledger.account == account, ledger.fund == "district")).scalar_one()
            )

        fen = int(conn.execute(select(func.coalesce(func.sum(rows.fen), 0))).scalar_one())
        assert total("receivable") == fen
        assert total("grants") == -fen
    return fen


def open_uses(lunch) -> int:
    with lunch.desk.db.read() as conn:
        return int(
            conn.execute(
                select(func.count()).select_from(t.quota_uses).where(t.quota_uses.c.released_by.is_(None))
            ).scalar_one()
        )


def pot(lunch) -> int:
    with lunch.desk.db.read() as conn:
        return int(conn.execute(select(t.budgets.c.start_fen - t.budgets.c.drawn_fen)).scalar_one())


# 201 costs 12.00 and 202 costs 10.00; the order is 201*2, 202, and a box each
CASES = {
    "for each unit": ('amount_yuan = 0.50, per = "unit"', [150, 100, 50, 0, 0]),
    "for each unit, two at most": ('amount_yuan = 0.50, per = "unit", units = 2', [100, 50, 0, 0, 0]),
    "percent of the bill": ('percent = 3, base = "list", per = "bill"', [102, 66, 30, 0, 0]),
    "percent of the bill, capped": (
        'percent = 50, base = "list", per = "bill", cap_yuan = 1.00',
        [100, 64, 29, 0, 0],
    ),
    "percent of each unit": ('percent = 3, base = "left", per = "unit"', [102, 66, 30, 0, 0]),
    "percent of the dearest": ('percent = 10, base = "list", per = "meal"', [120, 120, 0, 0, 0]),
    "fixed for the bill": ('amount_yuan = 1.00, per = "bill"', [100, 100, 100, 0, 0]),
    "fixed for the meal": ('amount_yuan = 1.00, per = "meal"', [100, 100, 100, 0, 0]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_claim_shrinks_as_food_comes_back(lunch, case: str) -> None:
    effect, expected = CASES[case]
    use(lunch, effect)
    order = lunch.order("201*2", "202", who=lunch.zhao, serving=Serving.TAKEAWAY)
    sale = lunch.sell(order).documents[0].document_id
    found = [claimed(lunch)]
    for wanted in ({1: 1}, {1: 1}, {2: 1}, None):
        give_back(lunch, sale, wanted)
        found.append(claimed(lunch))
    assert found == expected


def test_fen_that_do_not_divide_come_back_whole(lunch) -> None:
    """1.00 claimed on three: 0.33, 0.34 and 0.33, however they are taken back."""
    use(lunch, 'percent = 50, base = "list", per = "bill", cap_yuan = 1.00')
    one = lunch.sell(lunch.order("202*3")).documents[0].document_id
    found = []
    for _ in range(3):
        give_back(lunch, one, {1: 1})
        found.append(claimed(lunch))
    assert found == [67, 33, 0]
    two = lunch.sell(lunch.order("202*3")).documents[0].document_id
    give_back(lunch, two, {1: 2})
    assert claimed(lunch) == 33
    give_back(lunch, two, None)
    assert claimed(lunch) == 0


def test_a_fixed_claim_ends_with_the_last_food_it_is_for(lunch) -> None:
    """The district pays for 201; what else stays on the table does not hold its grant."""
    use(lunch, 'amount_yuan = 1.00, per = "bill"', 'lines = { items = ["201"] }')
    sale = lunch.sell(lunch.order("201*2", "202")).documents[0].document_id
    give_back(lunch, sale, {1: 1})
    assert claimed(lunch) == 100
    give_back(lunch, sale, {1: 1})
    assert claimed(lunch) == 0
    give_back(lunch, sale, None)
    assert claimed(lunch) == 0


def test_a_quota_is_free_again_when_the_whole_claim_is_back(lunch) -> None:
    use(
        lunch,
        'amount_yuan = 0.50, per = "unit"',
        'quotas = ["grant.day"]\nbudgets = ["pot"]\nlines = { items = ["201"] }',
        QUOTA + POT,
    )
    order = lunch.order("201*2", "202", who=lunch.zhao)
    sale = lunch.sell(order).documents[0].document_id
    assert (claimed(lunch), open_uses(lunch), pot(lunch)) == (100, 1, 9900)
    give_back(lunch, sale, {1: 1})
    assert (claimed(lunch), open_uses(lunch), pot(lunch)) == (50, 1, 9950)
    give_back(lunch, sale, {1: 1})
    assert (claimed(lunch), open_uses(lunch), pot(lunch)) == (0, 0, 10_000)
    give_back(lunch, sale, None)
    assert (claimed(lunch), open_uses(lunch), pot(lunch)) == (0, 0, 10_000)


def test_a_claim_row_touched_after_a_part_refund_is_found(lunch) -> None:
    use(lunch, 'amount_yuan = 0.50, per = "unit"')
    sale = lunch.sell(lunch.order("201*2")).documents[0].document_id
    give_back(lunch, sale, {1: 1})
    rows = t.document_claims.c
    with lunch.desk.db.write() as conn:
        conn.execute(update(t.document_claims).where(rows.fen == -50).values(fen=-40))
    problems = verifying.verify(lunch.desk).problems
    assert [what for _, what in problems] == ["claims are not what was signed"]
