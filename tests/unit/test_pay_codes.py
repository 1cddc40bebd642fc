"""Payment codes are recognised by their digits alone."""

import pytest

from canteen_pos.devices.pay_codes import tender_of


@pytest.mark.parametrize(
    ("code", "tender"),
    [
        ("134567890123456789", "wechat"),
        ("1034567890123456 9", None),
        ("164567890123456789", None),  # 16 is not WeChat's
        ("13456789012345678", None),  # one digit short
        ("2512345678901234", "alipay"),
        ("301234567890123456789012", "alipay"),
        ("3012345678901234567890123", None),
        ("6212345678901234567", "bank_card"),
        (" 134567890123456789\r", "wechat"),
        ("0011223344", None),
        ("", None),
        ("１３４５６７８９０１２３４５６７８９", None),  # full-width digits are somebody typing
    ],
)
def test_a_code_names_its_tender(code: str, tender: str | None) -> None:
    assert tender_of(code) == tender
