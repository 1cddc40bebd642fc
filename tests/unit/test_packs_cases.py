"""The published schemes: every case through the packs that ship and the real engine."""

import json
from pathlib import Path
from typing import Any

import pytest

from canteen_pos.packs import PackError, cases, load_folder

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "resources" / "policies"
PUBLISHED = ROOT / "tests" / "data" / "published-rules.json"


def _each() -> list[Any]:
    schemes = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return [
        pytest.param(scheme, case, id=f"{scheme['pack']}: {case['name']}")
        for scheme in schemes
        for case in scheme["cases"]
    ]


@pytest.mark.parametrize(("scheme", "case"), _each())
def test_published_case(scheme: dict[str, Any], case: dict[str, Any], tmp_path: Path) -> None:
    one = tmp_path / "case.json"
    one.write_text(json.dumps([{**scheme, "cases": [case]}], ensure_ascii=False), encoding="utf-8")
    results, ok = cases.run(POLICIES, one)
    (result,) = results
    expect = {"claimable_fen": {}, **case["expect"]}
    assert {name: result[name] for name in expect} == expect
    assert ok
    assert result["ok"]


def test_all_77_at_once() -> None:
    results, ok = cases.run(POLICIES, PUBLISHED)
    assert len(results) == 77
    assert ok


def test_every_shipped_pack_says_what_it_is() -> None:
    for pack in load_folder(POLICIES).values():
        assert pack.sample
        assert pack.source
        assert pack.title
        assert ("invented" in pack.source or "虚构" in pack.source) is pack.invented


CASE: dict[str, Any] = {
    "name": "district layer lost",
    "at": "2024-09-10T12:05:00+08:00",
    "serving": "dine_in",
    "site": {"city": "珠海市", "district": "香洲区"},
    "diner": {"birth_date": "1950-01-01", "hukou": {"city": "珠海市", "district": "斗门区"}},
    "lines": [{"item": "套餐", "kind": "set", "unit_fen": 2000, "quantity": 1}],
}
ZHUHAI = POLICIES / "zhuhai-xiangzhou.toml"


def _quoted(case: Any, tmp_path: Path, packs: Path = ZHUHAI) -> tuple[list[dict[str, Any]], bool]:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    return cases.run(packs, file)


def test_one_case_and_a_list(tmp_path: Path) -> None:
    (one,), ok = _quoted(CASE, tmp_path)
    assert ok
    assert "ok" not in one, "nothing was expected"
    assert (one["list_fen"], one["pays_fen"], one["by_fund_fen"]) == (
        2000,
        1530,
        {"city": 300, "operator": 170},
    )
    assert one["lines"][0]["shares"][0] == {
        "fund": "city",
        "rule": "city-layer",
        "version": "2024-09-10",
        "fen": 300,
    }
    several, _ = _quoted([CASE, CASE], tmp_path)
    assert several == [one, one]


def test_reasons_have_two_texts(tmp_path: Path) -> None:
    (one,), _ = _quoted(CASE, tmp_path)
    (refused,) = one["refused"]
    assert refused["reason"]["facts"] == {"level": "district", "is": "斗门区", "wanted": "香洲区"}
    assert "斗门区" in refused["reason"]["staff"]["en"]
    assert "斗门区" not in refused["reason"]["aloud"]["zh"]


def test_what_is_expected_is_compared(tmp_path: Path) -> None:
    right = {"list_fen": 2000, "pays_fen": 1530, "by_fund_fen": {"city": 300, "operator": 170, "district": 0}}
    (met,), ok = _quoted({**CASE, "expect": right}, tmp_path)
    assert ok
    assert met["differences"] == []
    wrong = {**right, "pays_fen": 1260, "claimable_fen": {"grant": 100}}
    (differs,), ok = _quoted({**CASE, "expect": wrong}, tmp_path)
    assert not ok
    assert differs["differences"] == [
        {"field": "pays_fen", "expected": 1260, "got": 1530},
        {"field": "claimable_fen", "expected": {"grant": 100}, "got": {}},
    ]


def test_history_counts_for_the_quotas_of_the_fund_that_paid(tmp_path: Path) -> None:
    history = [
        {"at": "2024-09-10T07:00:00+08:00", "by_fund_fen": {"city": 300, "district": 0}, "document": "T1-3"}
    ]
    home = {**CASE, "diner": {"birth_date": "1950-01-01", "hukou": {"city": "珠海市", "district": "香洲区"}}}
    (one,), _ = _quoted({**home, "history": history}, tmp_path)
    assert one["by_fund_fen"] == {"district": 300, "operator": 170}
    assert one["refused"][0]["reason"]["facts"] | {"used": 1} == {
        "quota": "zhuhai.city.day",
        "per": "day",
        "limit": 1,
        "used": 1,
        "day": "2024-09-10",
        "period": "breakfast",
        "document": "T1-3",
    }


def test_packs_of_different_places_are_not_mixed_silently(tmp_path: Path) -> None:
    with pytest.raises(
        PackError, match='case "district layer lost", field pack: is missing, and the packs are of different'
    ):
        _quoted(CASE, tmp_path, POLICIES)
    (one,), _ = _quoted({**CASE, "pack": "zhuhai-xiangzhou"}, tmp_path, POLICIES)
    assert one["pays_fen"] == 1530


def test_packs_of_one_place_apply_together(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    text = ZHUHAI.read_text(encoding="utf-8")
    (folder / "a.toml").write_text(text, encoding="utf-8")
    own = """id = "own"
title = "食堂自己的"
source = "canteen"
date = 2024-09-10
sample = false
[[rule]]
id = "coupon"
title = "开业减 1 元"
fund = "operator"
order = 5
effect = { off_yuan = 1.00, per = "bill" }
"""
    (folder / "b.toml").write_text(own, encoding="utf-8")
    (one,), _ = _quoted(CASE, tmp_path, folder)
    assert one["packs"] == ["own", "zhuhai-xiangzhou"]
    assert one["by_fund_fen"] == {"city": 300, "operator": 100 + 160}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"at": "noon"}, 'field at: must be a local time such as "2025-02-12T12:05:00+08:00", not "noon"'),
        (
            {"at": "2024-09-10T12:05:00"},
            'field at: needs its offset from UTC, such as "2024-09-10T12:05:00+08:00"',
        ),
        ({"serving": "eat_in"}, "field serving: must be 'dine_in', 'takeaway' or 'delivery', not \"eat_in\""),
        ({"lines": []}, "field lines: must not be empty"),
        (
            {"lines": [{**CASE["lines"][0], "quantity": 0}]},
            "field lines[0].quantity: must be at least 1, not 0",
        ),
        (
            {"lines": [{**CASE["lines"][0], "kind": "buffet"}]},
            "must be 'set', 'dish', 'weighed', 'delivery_fee' or 'box_fee'",
        ),
        (
            {"lines": [{**CASE["lines"][0], "kind": "weighed"}]},
            "field lines[0]: a weighed line needs grams and per_grams",
        ),
        (
            {"lines": [{**CASE["lines"][0], "grams": 5}]},
            "field lines[0]: grams and per_grams are for weighed lines",
        ),
        (
            {"diner": {"birth_date": "1950"}},
            'field diner.birth_date: must be a date such as "1950-01-31", not "1950"',
        ),
        (
            {"diner": {"birthdate": "1950-01-01"}},
            'field diner.birthdate: unknown field; did you mean "birth_date"?',
        ),
        ({"diner": {"care_level": 7}}, "field diner.care_level: must be at most 6, not 7"),
        ({"history": [{"at": "x", "by_fund_fen": {}}]}, "field history[0].at: must be a local time"),
        (
            {"history": [{"at": "2024-09-10T12:05:00+08:00", "by_fund_fen": {"city": -1}}]},
            "field history[0].by_fund_fen.city: must be at least 0, not -1",
        ),
        ({"site": {"city": 1}}, "field site.city: must be text"),
        ({"expect": {"list_fen": 1}}, "field expect.pays_fen: is missing"),
        ({"pack": "wuhu"}, 'field pack: there is no pack "wuhu" here; there are: zhuhai-xiangzhou'),
    ],
)
def test_mistakes_in_a_case(change: dict[str, Any], problem: str, tmp_path: Path) -> None:
    with pytest.raises(PackError) as error:
        _quoted({**CASE, **change}, tmp_path)
    assert error.value.code == "case.invalid"
    assert any(
        problem in each and each.startswith('case.json: case "district layer lost", ')
        for each in str(error.value).split("\n")
    )


def test_a_diner_must_be_stated_even_if_nobody(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="case 1, field diner: is missing"):
        _quoted({key: value for key, value in CASE.items() if key not in ("diner", "name")}, tmp_path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "case.json: is empty"),
        ("\ufeff \n", "case.json: is empty"),
        ("[", "case.json: is not JSON"),
        ("[]", "case.json: holds no case"),
        ("[3]", "case.json: entry 1: must be a case or a scheme"),
    ],
)
def test_a_file_that_is_no_case(text: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=problem):
        cases.run(ZHUHAI, file)


def test_mistakes_in_a_scheme(tmp_path: Path) -> None:
    with pytest.raises(PackError) as error:
        _quoted([{"pack": "zhuhai-xiangzhou", "cases": [CASE], "sites": {}}], tmp_path)
    assert str(error.value) == (
        'case.json: scheme "zhuhai-xiangzhou", field sites: unknown field; did you mean "site"?'
    )
