"""The packs that ship, and the pages that teach how to write one."""

import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from canteen_pos.domain.calendar import USUAL_PERIODS
from canteen_pos.domain.conditions import ALWAYS, AllOf, AnyOf, Not, Periods, SiteFact, Workday, questions
from canteen_pos.packs import cases, dump, form, load_folder, parse_pack

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "resources" / "policies"
PAGES = [ROOT / "docs" / "policies.md", ROOT / "docs" / "policies.zh-CN.md"]
PUBLISHED = {
    "luzhou-jinjing",
    "fenghuang-buffet",
    "guangzhou-city",
    "shenzhen-longgang",
    "zhuhai-xiangzhou",
    "tianjin-2022",
    "wuhu",
    "shanghai-putuo-2025",
    "nanjing-jianye",
}


def test_the_nine_published_packs_and_the_demo() -> None:
    packs = load_folder(POLICIES)
    assert set(packs) == PUBLISHED | {"chengdu-jinjiang-demo"}
    assert [name for name, pack in packs.items() if pack.invented] == ["chengdu-jinjiang-demo"]


@pytest.mark.parametrize("name", sorted(PUBLISHED | {"chengdu-jinjiang-demo"}))
def test_there_and_back(name: str) -> None:
    pack = load_folder(POLICIES)[name]
    assert parse_pack(dump(pack)) == pack


def test_sources_are_those_of_the_published_cases() -> None:
    packs = load_folder(POLICIES)
    for scheme in json.loads((ROOT / "tests" / "data" / "published-rules.json").read_text("utf-8")):
        assert packs[scheme["pack"]].source == scheme["source"]


def test_the_demo_pack_on_its_cases() -> None:
    results, ok = cases.run(POLICIES, ROOT / "tests" / "data" / "jinjiang-demo-cases.json")
    assert [result["differences"] for result in results if result["differences"]] == []
    assert ok
    applied = {one["rule"] for result in results for one in result["applied"]}
    rules = {rule.id for rule in load_folder(POLICIES)["chengdu-jinjiang-demo"].rules()}
    assert rules - applied == {"delivery-level-1"}, "the cases try nearly every rule"


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_teaches_a_pack_that_works(page: Path, tmp_path: Path) -> None:
    pack, *others = _blocks(page, "toml")
    (tmp_path / "pack.toml").write_text(pack, "utf-8")
    (case,) = _blocks(page, "json")
    (tmp_path / "case.json").write_text(case, "utf-8")
    results, ok = cases.run(tmp_path / "pack.toml", tmp_path / "case.json")
    assert ok
    assert results[0]["pays_fen"] == 1260
    for block in others:
        tomllib.loads(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_snippets_of_the_page_are_accepted(page: Path) -> None:
    """Every `when`, `lines` and `effect` shown in the tables, in a rule of its own."""
    text = page.read_text("utf-8")
    shown = set(re.findall(r"\| `((?:\w+) = [^`]+)` \|", text.split("\n## 5.")[0].split("\n## 4.")[1]))
    assert len(shown) > 15
    for snippet in sorted(shown):
        head = 'id = "p"\ntitle = "p"\nsource = "s"\ndate = 2025-01-01\nsample = true\n[names]\n'
        names = "".join(f'{code} = "x"\n' for code in ("dibao", "tekun", "shineng", "volunteer"))
        meal = '[[rule]]\nid = "meal"\ntitle = "m"\nfund = "city"\norder = 1\neffect = { free = true, per = "bill" }\n'
        rule = meal.replace('"meal"', '"r"').replace("order = 1", "order = 2") + f"when = {{ {snippet} }}\n"
        assert len(parse_pack(head + names + meal + rule).rules()) == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_explains_every_field(page: Path) -> None:
    text = page.read_text("utf-8")
    tables = [one for one in vars(form).values() if isinstance(one, type) and issubclass(one, form.Form)]
    fields = {info.alias or name for table in tables for name, info in table.model_fields.items()}
    unexplained = {name for name in fields if not re.search(rf"(?<![\w.]){name}(?!\w)", text)}
    assert unexplained == set()


def test_the_page_states_the_usual_periods() -> None:
    for page in PAGES:
        for period in USUAL_PERIODS:
            assert f"{period.start:%H:%M}-{period.end:%H:%M}" in page.read_text("utf-8")


def test_amounts_of_a_dump_are_exact() -> None:
    text = dump(load_folder(POLICIES)["nanjing-jianye"])
    amounts = {
        rule["effect"]["off_yuan"]
        for rule in tomllib.loads(text, parse_float=Decimal)["rule"]
        if "off_yuan" in rule["effect"]
    }
    assert amounts == {Decimal("0.50"), Decimal("1.00"), Decimal("2.00")}


def test_a_pack_says_what_it_asks_of_the_canteen() -> None:
    asked = {name: {fact.name for fact in pack.site_facts()} for name, pack in load_folder(POLICIES).items()}
    assert asked.pop("guangzhou-city") == {"own_kitchen"}
    assert not any(asked.values())


def test_questions_are_found_however_deep() -> None:
    asked = SiteFact("stars", 3)
    nested = AllOf((Periods(("lunch",)), Not(AnyOf((asked, Workday())))))
    assert [one for one in questions(nested) if isinstance(one, SiteFact)] == [asked]
    assert list(questions(ALWAYS)) == []
