"""The whole table of roles and rights, written out by hand: a change here is a decision."""

from dataclasses import replace

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.services.context import Actor
from canteen_pos.services.rights import RIGHTS, ROLES, check, grant, may

OWN, APPROVED, NO = "own", "approved", None
#                    cashier    manager  dispatcher  auditor
MATRIX = {
    "sell": (OWN, OWN, NO, NO),
    "park": (OWN, OWN, NO, NO),
    "remove_line": (OWN, OWN, NO, NO),
    "reprint": (OWN, OWN, OWN, NO),
    "mark_invoice": (OWN, OWN, NO, NO),
    "correct_tender": (OWN, OWN, NO, NO),
    "oversell": (OWN, OWN, NO, NO),
    "sold_out": (OWN, OWN, NO, NO),
    "open_shift": (OWN, OWN, NO, NO),
    "close_shift": (OWN, OWN, NO, NO),
    "cash_movement": (OWN, OWN, NO, NO),
    "x_report": (OWN, OWN, NO, OWN),
    "top_up": (OWN, OWN, NO, NO),
    "account_payment": (OWN, OWN, NO, NO),
    "enrol": (OWN, OWN, OWN, NO),
    "count_food": (OWN, OWN, NO, NO),
    "keep_samples": (OWN, OWN, NO, NO),
    "refund": (APPROVED, OWN, NO, NO),
    "price_override": (APPROVED, OWN, NO, NO),
    "no_sale": (APPROVED, OWN, NO, NO),
    "manage_menu": (APPROVED, OWN, NO, NO),
    "replace_card": (APPROVED, OWN, NO, NO),
    "refund_purse": (APPROVED, OWN, NO, NO),
    "read_people": (NO, OWN, OWN, OWN),
    "manage_people": (NO, OWN, NO, NO),
    "manage_users": (NO, OWN, NO, NO),
    "manage_settings": (NO, OWN, NO, NO),
    "manage_purses": (NO, OWN, NO, NO),
    "read_purses": (NO, OWN, NO, OWN),
    "verify_shift": (OWN, OWN, NO, NO),
    "verify": (NO, OWN, NO, OWN),
    "read_reports": (NO, OWN, OWN, OWN),
    "read_records": (NO, OWN, NO, OWN),
}
CASES = [
    (role, right, held)
    for right, row in MATRIX.items()
    for role, held in zip(("cashier", "manager", "dispatcher", "auditor"), row, strict=True)
]


def test_the_matrix_is_whole() -> None:
    assert set(MATRIX) == set(RIGHTS)
    assert set(ROLES) == {"cashier", "manager", "dispatcher", "auditor"}
    assert len(RIGHTS) == len(set(RIGHTS))


@pytest.mark.parametrize(("role", "right", "held"), CASES)
def test_each_role_holds_what_it_should(role: str, right: str, held: str | None) -> None:
    alone = Actor(1, "某人", role)
    approved = replace(alone, approved_by=2)
    assert grant(role, right) == held
    assert may(alone, right) == (held == OWN)
    assert may(approved, right) == (held is not None), "an approval lends only what the role may borrow"
    if held == OWN:
        check(alone, right)
        return
    with pytest.raises(Refusal) as caught:
        check(alone, right)
    assert caught.value.code == ("right.approval_needed" if held == APPROVED else "right.missing")
    assert caught.value.facts == {"right": right, "role": role}


def test_a_right_nobody_invented_is_a_bug_not_a_refusal() -> None:
    with pytest.raises(KeyError):
        check(Actor(1, "某人", "manager"), "fly")
