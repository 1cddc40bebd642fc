"""Every mistake in a pack is named exactly: file, rule, field, what is wrong."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from canteen_pos.packs import PackError, check_together, load_folder, load_pack, parse_pack, problems
from canteen_pos.wording import sentence
from canteen_pos.wording.faults import FAULTS, faults

GOOD = """id = "p"
title = "测试"
source = "test"
date = 2025-01-01
sample = true

[names]
dibao = "低保"

[[quota]]
name = "q"
per = "day"
meals = 1

[[budget]]
name = "pot"
short = "part"

[[bundle]]
id = "b"
order = 1

[[rule]]
id = "city"
title = "市级"
fund = "city"
bundle = "b"
order = 1
quotas = ["q"]
budgets = ["pot"]
when = { age = { at_least = 60 }, categories = ["dibao"] }
effect = { off_yuan = 3.00, per = "bill" }

[[rule]]
id = "own"
title = "食堂"
fund = "operator"
order = 2
when = { paid = { rules = ["city"] } }
effect = { percent = 10, base = "left", per = "bill" }
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(PackError) as error:
        parse_pack(text, "p.toml")
    assert error.value.code == "pack.invalid"
    for chinese in faults(error.value.facts["problems"], "zh").splitlines():
        assert "TOML" in chinese or not re.search(r"[a-z]+ [a-z]+", chinese), chinese
    return str(error.value).splitlines()


def test_the_good_pack_is_good() -> None:
    assert [rule.id for rule in parse_pack(GOOD).rules()] == ["city", "own"]


EFFECT = 'effect = { off_yuan = 3.00, per = "bill" }'
PERCENT = 'effect = { percent = 10, base = "left", per = "bill" }'
ONE_OF = "state exactly one of off_yuan, percent, pays_yuan, free, waive, amount_yuan"
CITY = 'p.toml: rule "city", '
OWN = 'p.toml: rule "own", '


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('title = "测试"\n', "", "p.toml: field title: is missing"),
        ("sample = true", 'sample = "yes"', 'p.toml: field sample: must be true or false, not "yes"'),
        (
            "date = 2025-01-01",
            'date = "2025-01-01"',
            'p.toml: field date: must be a date such as 2025-02-01 without quotes, not "2025-01-01"',
        ),
        (
            'id = "p"',
            'id = "P 1"',
            "p.toml: field id: must be small letters, digits, '-', '_' or '.', beginning with a letter, not \"P 1\"",
        ),
        (
            'source = "test"',
            'source = "test"\nsauce = 1',
            'p.toml: field sauce: unknown field; did you mean "source"?',
        ),
        (
            EFFECT,
            EFFECT.replace("off_yuan", "of_yuan"),
            f'{CITY}field effect.of_yuan: unknown field; did you mean "off_yuan"?',
        ),
        (
            "at_least = 60",
            "minimum = 60",
            f"{CITY}field when.age.minimum: unknown field; known here: at_least, at_most",
        ),
        (
            EFFECT,
            EFFECT.replace("3.00", "3.005"),
            f"{CITY}field effect.off_yuan: must be yuan with at most two decimals, not 3.005",
        ),
        (
            EFFECT,
            EFFECT.replace("3.00", '"3.00"'),
            f'{CITY}field effect.off_yuan: must be an amount in yuan such as 3.00 without quotes, not "3.00"',
        ),
        (
            EFFECT,
            EFFECT.replace("3.00", "-3"),
            f"{CITY}field effect.off_yuan: must be from 0 to 10000000 yuan, not -3",
        ),
        (
            PERCENT,
            PERCENT.replace("10", "110"),
            f"{OWN}field effect.percent: must be more than 0 and at most 100, not 110",
        ),
        (
            PERCENT,
            PERCENT.replace("10", "12.345"),
            f"{OWN}field effect.percent: must have at most two decimals, not 12.345",
        ),
        (
            PERCENT,
            PERCENT.replace(', base = "left"', ""),
            f'{OWN}field effect: percent needs base = "list", "left" or "bundle": of what is it reckoned?',
        ),
        (
            PERCENT,
            PERCENT.replace('"left"', '"bundle"'),
            f'{OWN}field effect.base: "bundle" is for rules in a bundle',
        ),
        (
            PERCENT,
            PERCENT.replace('"bill"', '"day"'),
            f"{OWN}field effect.per: must be 'unit', 'bill' or 'meal', not \"day\"",
        ),
        (
            EFFECT,
            "effect = { off_yuan = 3.00 }",
            f'{CITY}field effect: per is missing: "bill", "meal" or "unit"',
        ),
        (
            EFFECT,
            EFFECT.replace("off_yuan", "free = true, off_yuan"),
            f"{CITY}field effect: {ONE_OF}; found off_yuan, free",
        ),
        (EFFECT, 'effect = { per = "bill" }', f"{CITY}field effect: {ONE_OF}; found none"),
        (
            EFFECT,
            EFFECT.replace("off_yuan", "amount_yuan"),
            f"{CITY}field effect: amount_yuan is for claims; off_yuan lowers the price",
        ),
        (
            EFFECT,
            'effect = { claim = "grant", free = true, per = "bill" }',
            f"{CITY}field effect: a claim leaves the price alone: state amount_yuan or percent, not free",
        ),
        (
            EFFECT,
            'effect = { off_yuan = 3.00, per = "bill", rounding = { mode = "up" } }',
            f"{CITY}field effect: rounding is for percent; other amounts are exact",
        ),
        (
            EFFECT,
            'effect = { off_yuan = 3.00, per = "bill", cap_yuan = 2.00 }',
            f"{CITY}field effect: base and cap_yuan have no meaning for off_yuan",
        ),
        (
            EFFECT,
            'effect = { waive = "delivery_fee", per = "bill" }',
            f"{CITY}field effect: waive covers every such fee: per, base and units have no meaning for it",
        ),
        (EFFECT, "", f"{CITY}field effect: is missing"),
        (EFFECT, EFFECT + "\nlines = { kinds = [] }", f"{CITY}field lines.kinds: must not be empty"),
        (
            "at_least = 60",
            "at_least = 60.5",
            f"{CITY}field when.age.at_least: must be a whole number, not 60.5",
        ),
        (
            "at_least = 60",
            "at_least = 60, at_most = 50",
            f"{CITY}field when.age: at_least 60 is more than at_most 50",
        ),
        ("age = { at_least = 60 }", "age = {}", f"{CITY}field when.age: state at_least, at_most or both"),
        ("age = { at_least = 60 }", "age = 60", f"{CITY}field when.age: must be a table in {{ }}, not 60"),
        (
            "age = { at_least = 60 }",
            'hukou = "county"',
            f"{CITY}field when.hukou.level: must be 'city', 'district' or 'town', not \"county\"",
        ),
        (
            "age = { at_least = 60 }",
            'hukou = { district = "锦江区" }',
            f"{CITY}field when.hukou: a town needs its district, and a district its city",
        ),
        (
            "age = { at_least = 60 }",
            "hukou = {}",
            f'{CITY}field when.hukou: name a level ("city", "district" or "town") or a place',
        ),
        (
            "age = { at_least = 60 }",
            "weekdays = [0]",
            f"{CITY}field when.weekdays[0]: must be at least 1, not 0",
        ),
        (
            "age = { at_least = 60 }",
            "any_of = [{ age = { at_least = 60 } }, { agee = 1 }]",
            f'{CITY}field when.any_of[1].agee: unknown field; did you mean "age"?',
        ),
        (
            "age = { at_least = 60 }",
            'spend = { base = "list" }',
            f"{CITY}field when.spend: state either at_least_yuan or more_than_yuan",
        ),
        (
            'categories = ["dibao"]',
            'categories = ["dibo"]',
            f'{CITY}field when.categories: "dibo" is not explained; add dibo = "..." under [names]',
        ),
        (
            'categories = ["dibao"]',
            'any_of = [{ not = { permits = ["card"] } }]',
            f'{CITY}field when.any_of[0].not.permits: "card" is not explained; add card = "..." under [names]',
        ),
        (
            'quotas = ["q"]',
            'quotas = ["Q"]',
            f"{CITY}field quotas[0]: must be small letters, digits, '-', '_' or '.', beginning with a letter, not \"Q\"",
        ),
        (
            'quotas = ["q"]',
            'quotas = ["w"]',
            f'{CITY}field quotas: "w" is not defined; add [[quota]] with name = "w"',
        ),
        (
            'budgets = ["pot"]',
            'budgets = ["pit"]',
            f'{CITY}field budgets: "pit" is not defined; add [[budget]] with name = "pit"',
        ),
        (
            "[[budget]]",
            "[budget]",
            "p.toml: field budget: is a table that may come several times: write [[budget]]",
        ),
        (
            "age = { at_least = 60 }",
            "site = { own_kitchen = 1.5 }",
            f"{CITY}field when.site.own_kitchen: must be true, false, a whole number or text, not 1.5",
        ),
        (
            EFFECT,
            'effect = { free = false, per = "bill" }',
            f"{CITY}field effect.free: must be true, not false",
        ),
        ('quotas = ["q"]', 'quotas = ["q", "q"]', f'{CITY}field quotas: "q" comes 2 times'),
        ("meals = 1", "", 'p.toml: quota "q": state either meals or amount_yuan'),
        ("meals = 1", "meals = 0", 'p.toml: quota "q", field meals: must be at least 1, not 0'),
        (
            "meals = 1",
            'meals = 1\nshort = "part"',
            'p.toml: quota "q": short is for amount_yuan: meals are never given in part',
        ),
        (
            'per = "day"',
            'per = "lunch"',
            "p.toml: quota \"q\", field per: must be 'period', 'day', 'week', 'month' or 'year', not \"lunch\"",
        ),
        ('short = "part"', "", 'p.toml: budget "pot", field short: is missing'),
        ('bundle = "b"\n', "", 'p.toml: bundle "b": has no rules'),
        (
            'bundle = "b"\n',
            'bundle = "c"\n',
            f'{CITY}field bundle: "c" is not defined; add [[bundle]] with id = "c"',
        ),
        (
            'id = "own"',
            'id = "city"',
            'p.toml: field id: "city" is used 2 times; rules, bundles and groups need ids of their own',
        ),
        (
            "order = 2",
            "order = 1",
            'p.toml: bundle "b", field order: 1 is also the order of rule "own"; neighbours differ',
        ),
        ('rules = ["city"]', 'rules = ["town"]', f'{OWN}field when.paid.rules: there is no rule "town"'),
        (
            'rules = ["city"]',
            'rules = ["own"]',
            f'{OWN}field when.paid.rules: "own" comes later, so it can never have paid before',
        ),
        (
            'rules = ["city"]',
            "rules = []",
            f"{OWN}field when.paid: name the rules or the funds, one of which must have paid before",
        ),
        ('id = "own"\n', "", "p.toml: rule number 2, field id: is missing"),
        (
            EFFECT,
            EFFECT + "\nfrom = 2025-02-01\nuntil = 2025-01-01",
            f"{CITY[:-2]}: from 2025-02-01 is after until 2025-01-01",
        ),
    ],
)
def test_one_mistake(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    assert problem in mistakes(GOOD.replace(old, new, 1))


VERSIONS = """
[[rule]]
id = "v"
title = "版本"
fund = "city"
order = 3
effect = { free = true, per = "bill" }
[[rule.versions]]
version = "old"
until = 2025-01-31
[[rule.versions]]
version = "new"
from = 2025-02-01
"""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "2025-02-01",
            "2025-01-31",
            'rule "v", field versions: version "old" and version "new" overlap: from and until leave no doubt',
        ),
        (
            "until = 2025-01-31",
            "",
            'rule "v", field versions: version "old" and version "new" overlap: from and until leave no doubt',
        ),
        ('"new"', '"old"', 'rule "v", field versions: version "old" comes 2 times'),
        ('version = "old"\n', "", 'rule "v", field versions: every version needs a name: version = "..."'),
        (
            "order = 3",
            "order = 3\nfrom = 2025-01-01",
            'rule "v", field from: belongs to the versions, as there are any',
        ),
        ('effect = { free = true, per = "bill" }', "", 'rule "v", version "new", field effect: is missing'),
        (
            "from = 2025-02-01",
            'from = 2025-02-01\nquotas = ["w"]',
            'rule "v", version "new", field quotas: "w" is not defined; add [[quota]] with name = "w"',
        ),
        (
            "from = 2025-02-01",
            "from = 2025-02-01\nwhen = { ages = 1 }",
            'rule "v", version "new", field when.ages: unknown field; did you mean "age"?',
        ),
    ],
)
def test_mistakes_in_versions(old: str, new: str, problem: str) -> None:
    assert [rule.id for rule in parse_pack(GOOD + VERSIONS).rules()][-1] == "v"
    assert old in VERSIONS
    assert f"p.toml: {problem}" in mistakes(GOOD + VERSIONS.replace(old, new, 1))


def test_all_mistakes_of_a_pack_are_told_at_once() -> None:
    wrong = GOOD.replace('title = "测试"\n', "").replace("meals = 1", "meals = 0").replace("3.00", "3.001")
    assert mistakes(wrong) == [
        "p.toml: field title: is missing",
        'p.toml: quota "q", field meals: must be at least 1, not 0',
        'p.toml: rule "city", field effect.off_yuan: must be yuan with at most two decimals, not 3.001',
    ]


def test_not_toml_and_not_there(tmp_path: Path) -> None:
    assert mistakes("id = ")[0].startswith("p.toml: is not TOML: Invalid value (at end of document")
    with pytest.raises(PackError) as missing:
        load_pack(tmp_path / "none.toml")
    assert str(missing.value) == f"{tmp_path / 'none.toml'}: cannot be read: No such file or directory"
    gbk = tmp_path / "gbk.toml"
    gbk.write_bytes(GOOD.encode("gbk"))
    with pytest.raises(PackError) as encoding:
        load_pack(gbk)
    assert str(encoding.value) == "gbk.toml: is not UTF-8 text; save it as UTF-8"


def test_a_folder_tells_the_mistakes_of_every_file(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"is no folder with \.toml packs in it"):
        load_folder(tmp_path)
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.toml").write_text(GOOD.replace("meals = 1", "meals = 0"), encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_folder(tmp_path)
    assert str(error.value).splitlines() == [
        'b.toml: field id: "p" is the id of another pack in this folder',
        'c.toml: quota "q", field meals: must be at least 1, not 0',
    ]
    (tmp_path / "b.toml").unlink()
    (tmp_path / "c.toml").unlink()
    assert list(load_folder(tmp_path)) == ["p"]


def test_packs_that_cannot_be_together() -> None:
    one = parse_pack(GOOD)
    same_quota = parse_pack(GOOD.replace('id = "p"', 'id = "other"'))
    check_together([one, same_quota])
    other_meaning = parse_pack(GOOD.replace('id = "p"', 'id = "other"').replace("meals = 1", "meals = 2"))
    with pytest.raises(PackError) as error:
        check_together([one, other_meaning, one])
    assert str(error.value).splitlines() == [
        'packs: field id: "p" comes 2 times',
        'other: quota "q": means something else in pack "p"',
    ]


def test_a_technician_in_chengdu_reads_chinese() -> None:
    wrong = (
        GOOD.replace("3.00", "3.001")
        .replace("meals = 1", "meals = 0")
        .replace('per = "day"', 'per = "lunch"')
        .replace("at_least = 60", "minimum = 60")
        .replace('source = "test"', "")
    )
    with pytest.raises(PackError) as error:
        parse_pack(wrong, "p.toml")
    assert sentence(error.value, "zh").splitlines() == [
        "规则包有错：",
        "p.toml：字段 source：缺少这一项",
        "p.toml：额度“q”，字段 per：要写 'period'、'day'、'week'、'month' 或 'year'，不是 \"lunch\"",
        "p.toml：额度“q”，字段 meals：至少是 1，不是 0",
        "p.toml：规则“city”，字段 when.age.minimum：没有这个字段；这里可以写：at_least、at_most",
        "p.toml：规则“city”，字段 effect.off_yuan：金额最多两位小数，不是 3.001",
    ]
    with pytest.raises(PackError) as error:
        parse_pack(GOOD.replace("order = 2", "order = 1"), "p.toml")
    assert faults(error.value.problems, "zh").splitlines() == [
        "p.toml：叠加“b”，字段 order：1 也是规则“own”的次序；同一层的次序不能相同",
        "p.toml：规则“own”，字段 when.paid.rules：“city”排在后面，不可能先付过",
    ]
    with pytest.raises(PackError) as error:
        parse_pack("id = 1\nid == 2\n", "p.toml")
    assert "第 2 行第 5 列" in faults(error.value.problems, "zh")


def test_every_fault_has_its_words_in_both_languages() -> None:
    """Codes are written where a mistake is found; a code without words would be an error in front of the technician."""
    place_of_code = {"wrong": 0, "_found": 2, "Fault": 3, "_wrong": 3}
    used = {*problems._PLAIN.values(), *problems._BOUNDS.values()}
    for file in (Path(__file__).parents[2] / "canteen_pos" / "packs").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            place = place_of_code.get(getattr(node.func, "id", "")) if isinstance(node, ast.Call) else None
            if place is not None and len(node.args) > place:
                used |= {one.value for one in ast.walk(node.args[place]) if isinstance(one, ast.Constant)}
    assert len(used) > 40
    assert used <= FAULTS.keys()

    def facts(sentence: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name}

    assert [code for code, (zh, en) in FAULTS.items() if facts(zh) != facts(en)] == []
    assert not [en for _, en in FAULTS.values() if re.search(r"[一-鿿]", en)]


@pytest.mark.parametrize(
    ("dates", "problem"),
    [
        ("from = 2025-02-01\nuntil = 2025-01-01", 'bundle "b": from 2025-02-01 is after until 2025-01-01'),
        ('[[bundle.versions]]\nversion = "a"\n[[bundle.versions]]\nversion = "c"\n', "overlap"),
        ("[[bundle.versions]]\nuntil = 2025-01-01\n", "every version needs a name"),
        (
            'from = 2025-02-01\n[[bundle.versions]]\nversion = "a"\n',
            'bundle "b", field from: belongs to the versions',
        ),
        (
            '[[bundle.versions]]\nversion = "a"\nwhen = { permits = ["card"] }\n',
            'bundle "b", version "a", field when.permits: "card" is not explained',
        ),
        (
            '[[bundle.versions]]\nversion = "a"\npick = "best"\n',
            'bundle "b", version "a", field pick: unknown field',
        ),
    ],
)
def test_mistakes_in_the_dates_of_a_bundle(dates: str, problem: str) -> None:
    told = mistakes(GOOD.replace('id = "b"\norder = 1\n', f'id = "b"\norder = 1\n{dates}'))
    assert any(problem in one for one in told), told
