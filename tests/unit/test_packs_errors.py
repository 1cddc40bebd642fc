"""Every mistake in a pack is named exactly: file, rule, field, what is wrong."""

from pathlib import Path

import pytest

from canteen_pos.packs import PackError, check_together, load_folder, load_pack, parse_pack

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
    assert str(error.value) == "\n".join(error.value.facts["problems"])
    return list(error.value.facts["problems"])


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
            f"{CITY}field effect: {ONE_OF}; found off_yuan and free",
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
    assert error.value.facts["problems"] == [
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
    assert error.value.facts["problems"] == [
        'packs: field id: "p" comes 2 times',
        'other: quota "q": means something else in pack "p"',
    ]
