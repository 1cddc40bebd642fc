"""Every code that is refused or given as a reason has its words, in both languages."""

import ast
import re
from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from canteen_pos.domain.dishes import DishForm
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.person import LeftWhy
from canteen_pos.domain.quote import Reason
from canteen_pos.services import order_lines
from canteen_pos.wording import SENTENCES, codes, event_facts, fact_word, reason_aloud, reason_staff, sentence
from canteen_pos.wording.fact_words import FACTS
from canteen_pos.wording.reasons import ALOUD, STAFF

SOURCES = [path.read_text("utf-8") for path in (Path(__file__).parents[2] / "canteen_pos").rglob("*.py")]
REFUSED = {code for text in SOURCES for code in re.findall(r'(?:refuse|Refusal)\(\s*"([a-z_.]+)"', text)}
REASONED = {code for text in SOURCES for code in re.findall(r'Reason\(\s*"([a-z_.]+)"', text)}


def test_every_refusal_has_its_sentence() -> None:
    assert len(REFUSED) > 50
    assert sorted(REFUSED - SENTENCES.keys()) == []


def test_every_reason_has_its_words() -> None:
    assert len(REASONED) > 20
    assert sorted(REASONED - STAFF.keys()) == []


@pytest.mark.parametrize("table", [SENTENCES, STAFF, ALOUD])
def test_both_languages_use_the_same_facts(table: dict[str, tuple[str, str]]) -> None:
    def facts(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [code for code, (zh, en) in table.items() if facts(en) - facts(zh)] == []
    assert all(zh and en for zh, en in table.values())
    assert not [en for _, en in table.values() if re.search(r"[一-鿿]", en)]


def test_amounts_become_yuan_and_codes_become_words() -> None:
    changed = refuse("sale.amount_changed", was_fen=1200, now_fen=950)
    assert sentence(changed, "zh") == "金额从 ¥12.00 变为 ¥9.50，请核对后再收款。"
    assert sentence(changed, "en").startswith("The amount changed from ¥12.00 to ¥9.50.")
    other = Reason("serving.other", {"is": "takeaway", "wanted": ["dine_in", "delivery"]})
    assert reason_staff(other, "zh") == "就餐方式是打包，规则只适用堂食、送餐"


def test_the_staff_text_of_the_issue() -> None:
    why = Reason("hukou.elsewhere", {"level": "district", "is": "斗门区", "wanted": "香洲区"})
    assert reason_staff(why, "en") == "hukou district is 斗门区, not 香洲区"


def test_nothing_said_aloud_names_a_hardship() -> None:
    private = {
        "categories.missing",
        "care_level.outside",
        "institution.inside",
        "permits.missing",
        "hukou.elsewhere",
    }
    for code in private:
        why = Reason(code, {"missing": ["dibao"], "is": "5", "level": "city", "wanted": "甲"})
        assert reason_aloud(why, "zh") == "这次不适用"


def test_alternatives_are_all_told() -> None:
    parts = [{"code": "age.below", "facts": {"age": 59, "at_least": 60}}, {"code": "nobody", "facts": {}}]
    told = reason_staff(Reason("any_of", {"reasons": parts}), "zh")
    assert told == "以下都不符合：年龄 59 岁，未满 60 岁；没有识别就餐人"


def test_a_missing_fact_is_a_dash_and_an_unknown_code_is_named() -> None:
    assert sentence(refuse("shift.none_open"), "en") == "No shift is open at till —: open one first."
    assert "no.such_code" in sentence(refuse("no.such_code"), "zh")


def test_a_code_within_a_sentence_alone_and_unknown() -> None:
    assert (codes.word("takeaway", "en"), codes.label("takeaway", "en")) == ("takeaway", "Takeaway")
    assert (codes.word("cash", "zh"), codes.label("cash", "zh")) == ("现金", "现金")
    assert codes.label("tea", "en") == "tea", "a canteen's own code is its own word"
    assert codes.label("city", "zh", codes.FUNDS) == "市级"


@pytest.mark.parametrize(
    ("diet", "zh", "en"),
    [("no_egg", "含蛋", "has egg"), ("low_salt", "偏咸", "salty"), ("halal", "含猪肉", "has pork")],
)
def test_what_a_dish_has_against_a_diet(diet: str, zh: str, en: str) -> None:
    assert (codes.clash(diet, "zh"), codes.clash(diet, "en")) == (zh, en)


@pytest.mark.parametrize("table", [codes.CODES, codes.FUNDS, codes.CLASHES])
def test_codes_have_words_in_both_languages(table: dict[str, tuple[str, str]]) -> None:
    assert all(zh and en for zh, en in table.values())
    assert not [en for _, en in table.values() if re.search(r"[一-鿿]", en)]


def test_details_of_imports_and_merges_are_in_words() -> None:
    merged = {"dropped_id": 7, "dropped_no": "00007", "fen": 1500, "bonus_fen": 0, "cards": 1, "doubled": 0}
    told = event_facts("imported", {"file": "a.csv", "people": 2, "opening_fen": 1500} | merged, "zh")
    assert not [word for word, _ in told if word.isascii()]
    assert ("本金", "¥15.00") in told


def test_why_somebody_left_is_told_in_words() -> None:
    assert [why for why in get_args(LeftWhy) if why not in codes.CODES] == []


NAMED_INSTEAD = {"person_id", "user_id", "account_id", "document"}
"""Facts for which the log shows a name or a number (see `services.records`)."""


def test_every_fact_of_the_log_has_a_word() -> None:
    logged = {
        word.arg
        for text in SOURCES
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "log"
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "audit"
        for word in call.keywords
        if word.arg
    }
    logged |= {field.name for field in fields(DishForm)}
    assert len(logged) > 60
    assert sorted(logged - FACTS.keys() - NAMED_INSTEAD) == []
    assert fact_word("changed_cost_fen", "zh") == "成本"


def test_fees_are_called_in_the_language_of_screen_and_paper() -> None:
    for _, name in order_lines._FEES.values():
        assert codes.sold(name, "zh") == name
        assert codes.sold(name, "en").endswith(" fee")
    assert codes.sold("红烧肉", "en") == "红烧肉"


def test_long_waits_are_told_in_minutes() -> None:
    assert sentence(refuse("sign_in.locked", seconds=150), "zh") == "输错次数太多，请 2 分 30 秒后再试。"


def test_a_sentence_begins_with_a_capital_and_names_stand_as_they_are() -> None:
    overlap = refuse("settings.periods_overlap", period="lunch", other="dinner")
    assert sentence(overlap, "en").startswith("Lunch and dinner")
    facts = {"field": "scanner_gap_ms", "least": 1, "most": 9, "found": "x"}
    assert sentence(refuse("machine.number", **facts), "en").startswith("scanner_gap_ms in till.toml")
    assert sentence(refuse("machine.number", **facts), "zh").startswith("till.toml ")
    for lang in ("zh", "en"):
        assert sentence(refuse("backup.exists", file="books.zip"), lang).startswith("books.zip ")
        assert sentence(refuse("dish.no_half", name="pizza"), lang).startswith("pizza ")
