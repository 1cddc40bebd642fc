"""Tables for a spreadsheet: what people typed stays what they typed."""

import csv
from pathlib import Path

import pytest

from canteen_pos.reports import table_files


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+1",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        " =1",
        "\n=1",
        "\u3000＝1",
        "\xa0@A1",
        "\ufeff=1",
        "\u200b -1",
    ],
)
def test_no_text_becomes_a_formula(typed: str, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    table_files.write(file, ["what"], [[typed]])
    with file.open(encoding="utf-8-sig", newline="") as written:
        assert list(csv.reader(written))[1] == ["'" + typed]


@pytest.mark.parametrize("typed", ["", "王桂芳", " 左耳听不清", "6 栋-2", "a=b", "15.00"])
def test_other_texts_stay(typed: str) -> None:
    assert table_files.plain(typed) == typed
