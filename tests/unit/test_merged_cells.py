"""Merged ranges of a sheet, asked as a list is read."""

import random

from canteen_pos.reports.merged import Merges, column_letters, place_of


def test_every_cell_but_the_first_is_hidden_in_whatever_order_rows_are_asked() -> None:
    merges = Merges(("D5:D9", "A1:C2", "B7:C7"))
    hidden = {(row, place) for row in range(5, 10) for place in (3,)} | {(7, 1), (7, 2)}
    hidden |= {(row, place) for row in (1, 2) for place in (0, 1, 2)}
    hidden -= {(5, 3), (1, 0), (7, 1)}
    asked = [(row, place) for row in range(1, 11) for place in range(5)]
    assert {cell for cell in asked if merges.covering(*cell)} == hidden
    random.shuffle(asked)
    assert {cell for cell in asked if merges.covering(*cell)} == hidden
    assert merges.covering(9, 3) == "D5:D9"


def test_ranges_over_all_rows_cost_as_little_as_short_ones() -> None:
    """A hundred of them took a hundred million entries, and the memory of the till with them."""
    merges = Merges(f"{column_letters(place)}1:{column_letters(place)}1048576" for place in range(100))
    assert merges.covering(60_000, 99) == f"{column_letters(99)}1:{column_letters(99)}1048576"
    assert merges.covering(1, 0) == ""
    assert place_of("CV") == 99
