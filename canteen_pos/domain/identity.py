"""The resident identity card number (GB 11643): its check digit and the birth date inside it."""

import re
from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.errors import refuse

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"  # ISO 7064 MOD 11-2, by the weighted sum modulo 11


@dataclass(frozen=True, slots=True)
class IdFacts:
    birth_date: date
    female: bool


def check_digit(first_17: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]


def read_id_number(text: str, today: date) -> IdFacts:
    """Facts in an ID number as typed (spaces allowed, x or X).

    Refusals 'id_number.length', 'id_number.birth_date', 'id_number.check_digit'; none of them repeats the number.
    """
    number = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise refuse("id_number.length", length=len(number))
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise refuse("id_number.birth_date") from None
    if not 0 <= today.year - born.year <= 130 or born > today:
        raise refuse("id_number.birth_date")
    if check_digit(number[:17]) != number[17]:
        raise refuse("id_number.check_digit")
    return IdFacts(birth_date=born, female=int(number[16]) % 2 == 0)
