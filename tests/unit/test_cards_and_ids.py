"""Card numbers in every spelling; ID numbers checked to the last digit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.cards import candidate_codes, normal_code
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.identity import check_digit, read_id_number

TODAY = date(2026, 11, 23)


@given(st.integers(2**24, 2**32 - 1))
def test_every_reader_finds_a_card_enrolled_at_any_other(uid: int) -> None:
    turned = int.from_bytes(uid.to_bytes(4, "big"), "little")
    hexadecimal = [f"{uid:08X}", f"{turned:08X}"]
    decimal = [f"{uid:010d}", str(uid)]
    for stored in (*hexadecimal, *decimal):
        for read in (*hexadecimal, *decimal):
            assert stored in candidate_codes(read), f"stored {stored}, read {read}"


@given(st.integers(2**48, 2**56 - 1))
def test_long_serial_numbers_turn_too(uid: int) -> None:
    turned = int.from_bytes(uid.to_bytes(7, "big"), "little")
    assert f"{turned:014X}" in candidate_codes(f"{uid:014x}")
    assert f"{uid:014X}" in candidate_codes(str(uid))


@given(st.text())
def test_anything_scanned_is_answered(text: str) -> None:
    forms = candidate_codes(text)
    assert len(forms) == len(set(forms))
    assert forms[:1] == ((normal_code(text),) if normal_code(text) else ())


def test_printed_numbers_are_only_padded() -> None:
    assert set(candidate_codes("412")) == {"412", "0412", "00412", "000412", "00000412", "0000000412"}
    assert normal_code(" 04:a1-b2 c3 ") == "04A1B2C3"
    assert normal_code("卡") == ""


def test_the_standards_own_example() -> None:
    assert check_digit("11010519491231002") == "X"
    facts = read_id_number("11010519491231002x", TODAY)
    assert (facts.birth_date, facts.female) == (date(1949, 12, 31), True)
    man = "44052419800101001"
    assert not read_id_number(man + check_digit(man), TODAY).female


@given(
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
    st.integers(0, 17),
    st.integers(1, 9),
)
def test_any_single_wrong_digit_is_seen(area: int, born: date, order: int, place: int, by: int) -> None:
    first = f"{area}{born:%Y%m%d}{order:03d}"
    number = first + check_digit(first)
    assert read_id_number(number, TODAY).birth_date == born
    if number[place] == "X":
        wrong = number[:place] + str(by)
    else:
        wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    with pytest.raises(Refusal) as caught:
        read_id_number(wrong, TODAY)
    assert caught.value.code in ("id_number.check_digit", "id_number.birth_date")


@pytest.mark.parametrize("number", ["", "123", "11010519491231002XX", "A1010519491231002X"])
def test_numbers_of_another_length(number: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_id_number(number, TODAY)
    assert caught.value.code == "id_number.length"


def test_not_born_yet() -> None:
    first = "110105" + "20270101" + "002"
    with pytest.raises(Refusal) as caught:
        read_id_number(first + check_digit(first), TODAY)
    assert caught.value.code == "id_number.birth_date"
