"""What people type: lines, numbers, amounts, and names of files made of them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain import typed
from canteen_pos.domain.errors import Refusal


def test_a_line_is_trimmed_and_holds_no_control_characters() -> None:
    assert typed.line("  粮丰\x1b社区\x07\t6栋\r\n2单元 ") == "粮丰社区 6栋 2单元"
    assert typed.line("张\u3000三", typed.NAME) == "张三"  # two letters spaced out to three, as lists have it
    assert typed.line("\U000323af") == "\U000323af"  # a rare name that Unicode knows longer than Python does
    assert typed.note("一\n二\x00\n") == "一\n二"


@given(st.text(max_size=60))
def test_a_kept_line_stays_as_it_is(text: str) -> None:
    kept = typed.line(text)
    assert typed.line(kept) == kept
    assert not set(kept) & set("\n\r\t\x00\x1b\u202e\u2028")


def test_what_is_too_long_says_where_it_begins() -> None:
    with pytest.raises(Refusal) as refused:
        typed.line("幸福路" * 30, typed.NAME)
    assert refused.value.facts == {"most": 60, "beginning": "幸福路" * 4}


@pytest.mark.parametrize("number", ["00042", "A-77", "3栋-12", "b7"])
def test_numbers_people_use(number: str) -> None:
    assert typed.number(number) == number


@pytest.mark.parametrize("number", ["../../x", "a/b", "a\\b", "a b", "-1", "a_b", "1.2", "a--b"])
def test_numbers_that_are_none(number: str) -> None:
    with pytest.raises(Refusal, match=r"typed\.number"):
        typed.number(number)


@given(st.text(alphabet=string.printable + "中文\x00", max_size=40))
def test_a_file_name_leads_nowhere(text: str) -> None:
    name = typed.file_name(text)
    assert name
    assert not set(name) & set('/\\:*?"<>|\x00')
    assert name not in (".", "..")


def test_amounts_and_counts_end_somewhere() -> None:
    assert typed.amount(-typed.MOST_FEN) == -typed.MOST_FEN
    assert typed.count(typed.MOST_COUNT) == typed.MOST_COUNT < 2**31
    with pytest.raises(Refusal, match=r"typed\.amount"):
        typed.amount(typed.MOST_FEN + 1)
    with pytest.raises(Refusal, match=r"typed\.count"):
        typed.count(-(2**70))
