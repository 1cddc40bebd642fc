"""Initials of names as their bearers say them."""

import pytest

from canteen_pos.services.initials import initials_of_name


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("单雄信", "sxx"), ("解缙", "xj"), ("仇英", "qy"), ("曾国藩", "zgf"), ("查良镛", "zly"), ("区志强", "ozq"),
        ("盖叫天", "gjt"), ("阚泽", "kz"), ("尉迟恭", "ycg"), ("尉健行", "wjx"), ("长孙无忌", "zswj"), ("万俟卨", "mqx"),
        ("欧阳文秀", "oywx"), ("王秀兰", "wxl"), ("阿依古丽·买买提", "ayglmmt"), ("John Li", "johnli"), ("李A", "la"),
    ],
)  # fmt: skip
def test_as_the_surname_is_read(name: str, letters: str) -> None:
    assert initials_of_name(name) == letters
