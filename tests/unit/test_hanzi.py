"""Characters for pinyin letters: the usual ones first, every one of GB 2312 within reach."""

import pytest

from canteen_pos.services.hanzi import candidates


@pytest.mark.parametrize(
    ("letters", "first"),
    [("wang", "王"), ("li", "李"), ("xiu", "秀"), ("lv", "吕"), ("LAN", "兰"), ("jun", "军"), ("qu", "曲")],
)
def test_the_usual_one_comes_first(letters: str, first: str) -> None:
    assert candidates(letters)[0] == first


@pytest.mark.parametrize(
    ("letters", "sign"),
    [("shan", "单"), ("zeng", "曾"), ("ou", "区"), ("nv", "女"), ("tang", "堂"), ("jie", "街")],
)
def test_other_readings_and_words_of_places(letters: str, sign: str) -> None:
    assert sign in candidates(letters)[:8]


def test_the_beginning_of_a_reading_finds_too_but_after_the_whole_one() -> None:
    assert candidates("w")[0] == "王"
    found = candidates("xi", most=500)
    assert found.index("希") < found.index("谢")
    assert len(candidates("w", most=12)) == 12


@pytest.mark.parametrize("letters", ["", "wxlq", "12", "王", "w1"])
def test_no_reading_no_characters(letters: str) -> None:
    assert candidates(letters) == ()


def test_every_character_can_be_reached() -> None:
    from pypinyin import lazy_pinyin

    rare = [
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in (0xB0, 0xD7, 0xF7)
        for cell in (0xA1, 0xF9, 0xFE)
    ]
    for sign in filter(None, rare):
        reading = lazy_pinyin(sign, v_to_u=False)[0]
        assert sign in candidates(reading, most=1000), (sign, reading)
