"""Mistakes in rule packs and case files -> sentences a technician can act on: file, rule, field, what is wrong."""

import re
from collections.abc import Iterable
from typing import Any

from canteen_pos.domain.errors import Fault, Place

_PLACE = {"zh": 0, "en": 1}

PLACES: dict[str, tuple[str, str, str, str]] = {
    "rule": ("规则“{it}”", 'rule "{it}"', "第 {it} 条规则", "rule number {it}"),
    "version": ("版本“{it}”", 'version "{it}"', "第 {it} 个版本", "version number {it}"),
    "group": ("择一“{it}”", 'group "{it}"', "第 {it} 个择一", "group number {it}"),
    "bundle": ("叠加“{it}”", 'bundle "{it}"', "第 {it} 个叠加", "bundle number {it}"),
    "quota": ("额度“{it}”", 'quota "{it}"', "第 {it} 个额度", "quota number {it}"),
    "budget": ("资金池“{it}”", 'budget "{it}"', "第 {it} 个资金池", "budget number {it}"),
    "scheme": ("方案“{it}”", 'scheme "{it}"', "第 {it} 个方案", "scheme {it}"),
    "case": ("案例“{it}”", 'case "{it}"', "第 {it} 个案例", "case {it}"),
    "entry": ("“{it}”", 'entry "{it}"', "第 {it} 项", "entry {it}"),
}
"""Kind of place -> how it is called by name and by number, in Chinese and in English."""

FAULTS: dict[str, tuple[str, str]] = {
    # any field
    "missing": ("缺少这一项", "is missing"),
    "empty": ("不能为空", "must not be empty"),
    "unknown": ("没有这个字段", "unknown field"),
    "unknown_like": ("没有这个字段；是不是“{close}”？", 'unknown field; did you mean "{close}"?'),
    "unknown_known": ("没有这个字段；这里可以写：{known}", "unknown field; known here: {known}"),
    "choice": ("要写 {choices}，不是 {found}", "must be {choices}, not {found}"),
    "many_tables": (
        "是可以出现多次的表：要写成 [[{name}]]",
        "is a table that may come several times: write [[{name}]]",
    ),
    "at_least": ("至少是 {bound}，不是 {found}", "must be at least {bound}, not {found}"),
    "at_most": ("最多是 {bound}，不是 {found}", "must be at most {bound}, not {found}"),
    "more_than": ("要大于 {bound}，不是 {found}", "must be more than {bound}, not {found}"),
    "less_than": ("要小于 {bound}，不是 {found}", "must be less than {bound}, not {found}"),
    "text": ("要写文字，不是 {found}", "must be text, not {found}"),
    "whole": ("要写整数，不是 {found}", "must be a whole number, not {found}"),
    "yes_no": ("要写 true 或 false，不是 {found}", "must be true or false, not {found}"),
    "date": (
        "要写日期，如 2025-02-01，不加引号，不是 {found}",
        "must be a date such as 2025-02-01 without quotes, not {found}",
    ),
    "list": ("要写成 [ ] 里的列表，不是 {found}", "must be a list in [ ], not {found}"),
    "table": ("要写成表，不是 {found}", "must be a table, not {found}"),
    "inline_table": ("要写成 {{ }} 里的表，不是 {found}", "must be a table in {{ }}, not {found}"),
    "name": (
        "只能用小写字母、数字、“-”“_”“.”，并以字母开头，不是 {found}",
        "must be small letters, digits, '-', '_' or '.', beginning with a letter, not {found}",
    ),
    "other": ("{why}", "{why}"),
    # the file
    "not_read": ("读不了：{why}", "cannot be read: {why}"),
    "not_utf8": ("不是 UTF-8 文字；请另存为 UTF-8", "is not UTF-8 text; save it as UTF-8"),
    "not_toml": ("不是 TOML：{why}", "is not TOML: {why}"),
    "empty_file": ("是空的，里面什么都没有", "is empty"),
    "not_json": ("不是 JSON：{why}", "is not JSON: {why}"),
    "no_packs": ("不是放着 .toml 规则包的文件夹", "is no folder with .toml packs in it"),
    "id_in_folder": (
        "“{id}”已是这个文件夹里另一个规则包的 id",
        '"{id}" is the id of another pack in this folder',
    ),
    # amounts
    "yuan": (
        "要写金额（元），如 3.00，不加引号，不是 {found}",
        "must be an amount in yuan such as 3.00 without quotes, not {found}",
    ),
    "yuan_decimals": (
        "金额最多两位小数，不是 {found}",
        "must be yuan with at most two decimals, not {found}",
    ),
    "yuan_range": ("要在 0 到 10000000 元之间，不是 {found}", "must be from 0 to 10000000 yuan, not {found}"),
    "percent": (
        "要写百分数，如 25 或 12.5，不加引号，不是 {found}",
        "must be a percentage such as 25 or 12.5 without quotes, not {found}",
    ),
    "percent_decimals": ("最多两位小数，不是 {found}", "must have at most two decimals, not {found}"),
    "percent_range": (
        "要大于 0、不超过 100，不是 {found}",
        "must be more than 0 and at most 100, not {found}",
    ),
    "fact": (
        "要写 true、false、整数或文字，不是 {found}",
        "must be true, false, a whole number or text, not {found}",
    ),
    # what fits together in one table
    "place_parents": (
        "写了街道/镇就要写区县，写了区县就要写城市",
        "a town needs its district, and a district its city",
    ),
    "level_or_place": (
        '写一个级别（"city"、"district" 或 "town"），或者写地名',
        'name a level ("city", "district" or "town") or a place',
    ),
    "level_unnamed": (
        '地名里没有 {level}，而 level = "{level}" 要比较它',
        'the named place has no {level}, which level = "{level}" compares',
    ),
    "span_empty": ("写 at_least、at_most，或两个都写", "state at_least, at_most or both"),
    "span_upside_down": (
        "at_least {at_least} 大于 at_most {at_most}",
        "at_least {at_least} is more than at_most {at_most}",
    ),
    "spend_bound": (
        "at_least_yuan 和 more_than_yuan 要写一个，且只写一个",
        "state either at_least_yuan or more_than_yuan",
    ),
    "spend_fees_lines": (
        "fees 和 lines 只写一个；费用可以写在 lines 的 kinds 里",
        "state either fees or lines; fees are named among the kinds of lines",
    ),
    "paid_nothing": (
        "写明之前要有哪些规则（rules）或资金来源（funds）付过",
        "name the rules or the funds, one of which must have paid before",
    ),
    "rounding_step": (
        "to_yuan 只能是 0.01、0.10、0.50 或 1.00",
        "to_yuan must be 0.01, 0.10, 0.50 or 1.00",
    ),
    "effect_shape": (
        "{shapes} 要写一个，且只写一个；现在写了 {found}",
        "state exactly one of {shapes}; found {found}",
    ),
    "effect_no_shape": ("{shapes} 要写一个；现在没有写", "state exactly one of {shapes}; found none"),
    "effect_amount": (
        "amount_yuan 用于申领；减价写 off_yuan",
        "amount_yuan is for claims; off_yuan lowers the price",
    ),
    "effect_claim": (
        "申领不改变价格：写 amount_yuan 或 percent，不能写 {shape}",
        "a claim leaves the price alone: state amount_yuan or percent, not {shape}",
    ),
    "effect_rounding": (
        "rounding 只用于 percent；其他金额本来就是准的",
        "rounding is for percent; other amounts are exact",
    ),
    "effect_base_cap": (
        "写了 {shape} 时，base 和 cap_yuan 没有意义",
        "base and cap_yuan have no meaning for {shape}",
    ),
    "effect_base": (
        'percent 要写 base = "list"、"left" 或 "bundle"：按什么算？',
        'percent needs base = "list", "left" or "bundle": of what is it reckoned?',
    ),
    "effect_waive": (
        "waive 免掉全部这种费用：per、base、units 没有意义",
        "waive covers every such fee: per, base and units have no meaning for it",
    ),
    "effect_per": ('缺少 per："bill"、"meal" 或 "unit"', 'per is missing: "bill", "meal" or "unit"'),
    "effect_meal_units": (
        'per = "meal" 就是一份；多于一份才写 units',
        'per = "meal" is one unit already; state units only for more',
    ),
    "effect_base_bundle": ('"bundle" 只用于叠加里的规则', '"bundle" is for rules in a bundle'),
    "dates_backwards": ("from {since} 晚于 until {until}", "from {since} is after until {until}"),
    "quota_measure": ("meals 和 amount_yuan 要写一个，且只写一个", "state either meals or amount_yuan"),
    "quota_amount": ("amount_yuan 要大于 0", "amount_yuan must be more than 0"),
    "quota_short": (
        "short 用于 amount_yuan：份数不会只给一部分",
        "short is for amount_yuan: meals are never given in part",
    ),
    # what fits together in the file
    "id_again": (
        "“{id}”用了 {count} 次；规则、叠加、择一的 id 都不能相同",
        '"{id}" is used {count} times; rules, bundles and groups need ids of their own',
    ),
    "name_again": ("用了 {count} 次", "is used {count} times"),
    "listed_again": ("“{name}”写了 {count} 次", '"{name}" comes {count} times'),
    "not_defined": (
        '没有定义“{name}”；请加 [[{table}]]，写 {key} = "{name}"',
        '"{name}" is not defined; add [[{table}]] with {key} = "{name}"',
    ),
    "bundles_group": (
        "叠加里的规则跟着叠加进择一：group 写在叠加上",
        "a rule in a bundle belongs to the bundle's group: state it there",
    ),
    "no_rules": ("里面没有规则", "has no rules"),
    "order_again": (
        "{order} 也是{other}的次序；同一层的次序不能相同",
        "{order} is also the order of {other}; neighbours differ",
    ),
    "waive_lines": (
        "没有意义：waive 只管 {waive}",
        "has no meaning: waive is about the {waive} alone",
    ),
    "dates_of_versions": ("已分版本，日期写在各版本里", "belongs to the versions, as there are any"),
    "version_unnamed": (
        '每个版本都要有名字：version = "..."',
        'every version needs a name: version = "..."',
    ),
    "version_again": ("版本“{name}”写了 {count} 次", 'version "{name}" comes {count} times'),
    "versions_overlap": (
        "版本“{earlier}”和版本“{later}”的日期重叠：from 和 until 要分清",
        'version "{earlier}" and version "{later}" overlap: from and until leave no doubt',
    ),
    "not_explained": (
        '没有说明“{word}”；请在 [names] 下加 {word} = "..."',
        '"{word}" is not explained; add {word} = "..." under [names]',
    ),
    "no_such_rule": ("没有规则“{rule}”", 'there is no rule "{rule}"'),
    "rule_later": (
        "“{rule}”排在后面，不可能先付过",
        '"{rule}" comes later, so it can never have paid before',
    ),
    # packs together
    "means_otherwise": ("在规则包“{pack}”里是另一个意思", 'means something else in pack "{pack}"'),
    # cases
    "no_case": ("里面没有案例", "holds no case"),
    "not_a_case": (
        "要写成 {{ }} 里的一个案例，或带 cases 的方案",
        "must be a case or a scheme with cases, in {{ }}",
    ),
    "no_such_pack": (
        "这里没有规则包“{pack}”；有：{known}",
        'there is no pack "{pack}" here; there are: {known}',
    ),
    "pack_needed": (
        "没有写，而这些规则包不是同一个地方的；请写其中一个：{known}",
        "is missing, and the packs are of different places; name one of: {known}",
    ),
    "local_time": (
        '要写当地时间，如 "2025-02-12T12:05:00+08:00"，不是 {found}',
        'must be a local time such as "2025-02-12T12:05:00+08:00", not {found}',
    ),
    "offset": (
        '要带时区，如 "{found}+08:00"',
        'needs its offset from UTC, such as "{found}+08:00"',
    ),
    "be_text": ("要写文字", "must be text"),
    "quoted_date": (
        '要写日期，如 "1950-01-31"，不是 {found}',
        'must be a date such as "1950-01-31", not {found}',
    ),
    "grams_missing": ("称重的菜要写 grams 和 per_grams", "a weighed line needs grams and per_grams"),
    "grams_here": ("grams 和 per_grams 只用于称重的菜", "grams and per_grams are for weighed lines"),
}
"""Code of a fault -> (Chinese, English)."""

_FOUND = {"a table": "一个表", "a list": "一个列表"}


def fault(one: Fault, lang: str) -> str:
    """'zhuhai.toml: rule "city", field effect.off_yuan: must be ...'."""
    texts = FAULTS[one.code]
    what = texts[_PLACE[lang]].format_map({name: _fact(name, fact, lang) for name, fact in one.facts.items()})
    named = place(one.place, lang)
    field = ("字段 {it}" if lang == "zh" else "field {it}").format(it=one.field) if one.field else ""
    comma, colon = ("，", "：") if lang == "zh" else (", ", ": ")
    where = comma.join(part for part in (named, field) if part)
    return colon.join(part for part in (one.file, where, what) if part)


def faults(several: Iterable[Fault], lang: str) -> str:
    """One line each."""
    return "\n".join(fault(one, lang) for one in several)


def place(where: Place, lang: str) -> str:
    """'rule "city", version "old"'."""
    parts = []
    for kind, it in where:
        form = _PLACE[lang] + (2 if isinstance(it, int) else 0)
        parts.append(PLACES[kind][form].format(it=it))
    return ("，" if lang == "zh" else ", ").join(parts)


def _fact(name: str, fact: Any, lang: str) -> str:
    if name == "choices":
        words = [f"'{choice}'" if isinstance(choice, str) else str(choice).lower() for choice in fact]
        comma, either = ("、", " 或 ") if lang == "zh" else (", ", " or ")
        return either.join(part for part in (comma.join(words[:-1]), words[-1]) if part)
    if name == "other" and isinstance(fact, tuple):
        return place(fact, lang)
    if isinstance(fact, list | tuple):
        return ("、" if lang == "zh" else ", ").join(map(str, fact))
    if name == "why" and lang == "zh":
        return _why(str(fact))
    return _FOUND.get(str(fact), str(fact)) if lang == "zh" else str(fact)


def _why(said: str) -> str:
    """What a reader of files said, with the place it found in Chinese; its own words are English."""
    said = re.sub(r"\(at line (\d+), column (\d+)\)", r"（第 \1 行第 \2 列）", said)
    said = re.sub(r": line (\d+) column (\d+) \(char \d+\)", r"（第 \1 行第 \2 列）", said)
    return said.replace("(at end of document)", "（文件末尾）")
