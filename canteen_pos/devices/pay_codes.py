"""Whose payment code was scanned, told from its digits. The code is looked at and forgotten, never stored or logged."""

import re

_SHAPES = (
    ("wechat", re.compile(r"1[0-5]\d{16}")),
    ("alipay", re.compile(r"(?:2[5-9]|30)\d{14,22}")),
    ("bank_card", re.compile(r"62\d{17}")),  # UnionPay QuickPass
)


def tender_of(code: str) -> str | None:
    """'wechat', 'alipay' or 'bank_card' for a payment code shown on a phone; None for anything else."""
    code = code.strip()
    return next((tender for tender, shape in _SHAPES if shape.fullmatch(code)), None)
