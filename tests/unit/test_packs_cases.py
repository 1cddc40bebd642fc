"""The published schemes: every case through the packs that ship and the real engine."""

import json
from pathlib import Path
from typing import Any

import pytest

from canteen_pos.packs import cases, load_folder

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "resources" / "policies"
PUBLISHED = ROOT / "tests" / "data" / "published-rules.json"


def _each() -> list[Any]:
    schemes = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return [
        pytest.param(scheme, case, id=f"{scheme['pack']}: {case['name']}") for scheme in schemes for case in scheme["cases"]
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
