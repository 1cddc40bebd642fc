"""Refusal codes and reasons -> sentences, in a language passed in. One short table a subject stands beside this file.

A sentence says what is wrong and what to do. Facts fill it: amounts whose names end in `_fen` become yuan, days and
codes become words, lists are joined.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from canteen_pos.domain.errors import Fault, Refusal
from canteen_pos.domain.money import yuan
from canteen_pos.domain.quote import Reason
from canteen_pos.wording import codes
from canteen_pos.wording.backups import BACKUPS
from canteen_pos.wording.events import EVENTS
from canteen_pos.wording.exports import EXPORTS
from canteen_pos.wording.fact_words import FACTS
from canteen_pos.wording.faults import fault, faults
from canteen_pos.wording.house import HOUSE
from canteen_pos.wording.imports import IMPORTS
from canteen_pos.wording.machine import MACHINE
from canteen_pos.wording.menus import MENUS
from canteen_pos.wording.people import PEOPLE
from canteen_pos.wording.persons import PERSONS
from canteen_pos.wording.photos import PHOTOS
from canteen_pos.wording.printers import PRINTERS
from canteen_pos.wording.purses import PURSES
from canteen_pos.wording.reasons import ALOUD, STAFF
from canteen_pos.wording.rules import RULES
from canteen_pos.wording.sale import SALE
from canteen_pos.wording.scales import SCALES
from canteen_pos.wording.setting_words import SETTINGS as SETTING_WORDS
from canteen_pos.wording.typed import TYPED

SENTENCES: Mapping[str, tuple[str, str]] = (
    SALE
    | BACKUPS
    | EXPORTS
    | PEOPLE
    | PERSONS
    | HOUSE
    | IMPORTS
    | RULES
    | MACHINE
    | PRINTERS
    | PHOTOS
    | PURSES
    | SCALES
    | MENUS
    | TYPED
)
"""Refusal code -> (Chinese, English)."""

_PLACE = {"zh": 0, "en": 1}
_UNITS = {"zh": ("小时", "分", "秒"), "en": ("h", "min", "s")}
_JOIN = {"zh": "、", "en": ", "}


class _Facts(dict[str, str]):
    """Facts as words; one that a sentence asks for and nobody gave is a dash, never an error at the counter."""

    def __missing__(self, name: str) -> str:
        return "—"


def sentence(refusal: Refusal, lang: str) -> str:
    """The refusal as one sentence in `lang` ('zh' or 'en'). An unknown code is named, so that it can be reported."""
    texts = SENTENCES.get(refusal.code)
    if texts is None:
        texts = ("没有办成（{code}）。", "This could not be done ({code}).")
    settings = {name: words[_PLACE[lang]] for name, words in SETTING_WORDS.items()}
    names = settings if refusal.code == "settings.changed_meanwhile" else {}
    told = _filled(texts, {"code": refusal.code, **refusal.facts}, lang, names)
    return told[:1].upper() + told[1:] if _begins_with_a_word(texts[_PLACE[lang]], refusal.facts) else told


def _begins_with_a_word(text: str, facts: Mapping[str, Any]) -> bool:
    """Whether one of our words begins the sentence ('Lunch and dinner overlap.'), and not a file's name or a person's."""
    name = text[1:].partition("}")[0]
    return text.startswith("{") and str(facts.get(name)) in codes.CODES


def reason_staff(reason: Reason, lang: str, names: Mapping[str, str] | None = None) -> str:
    """Why a rule did not apply, for staff only: it may name categories. `names` are the pack's words for its codes."""
    facts = dict(reason.facts)
    if reason.code == "any_of":
        parts = [reason_staff(Reason(**part), lang, names) for part in facts["reasons"]]
        facts["reasons"] = {"zh": "；", "en": "; "}[lang].join(parts)
    return _filled(STAFF.get(reason.code, (reason.code, reason.code)), facts, lang, names or {})


def reason_aloud(reason: Reason, lang: str) -> str:
    """The same, fit to be said at the counter: no category, no care level, no hardship."""
    return _filled(ALOUD.get(reason.code, ALOUD[""]), reason.facts, lang, {})


def event(kind: str, facts: Mapping[str, Any], lang: str) -> str:
    """What the log says of one event. A kind without words is told by its name."""
    if kind not in EVENTS:
        return kind.replace("_", " ")
    if kind in ("settings_changed", "machine_changed"):
        facts = {"what": [_setting_word(name, lang) for name in facts if name != "approved_by"]}
    told = _filled(EVENTS[kind][1:], facts, lang, {})
    return told.removesuffix("，—").removesuffix(", —")  # a sale to nobody in particular


def event_facts(kind: str, facts: Mapping[str, Any], lang: str) -> tuple[tuple[str, str], ...]:
    """The facts of an event as (word, value); of changed settings, what was and what is."""
    if kind in ("settings_changed", "machine_changed"):
        return tuple(
            (
                _setting_word(name, lang),
                f"{_word(name, both[0], lang, {})} → {_word(name, both[1], lang, {})}",
            )
            for name, both in facts.items()
            if isinstance(both, list) and len(both) == 2
        )
    return tuple((fact_word(name, lang), _word(name, value, lang, {})) for name, value in facts.items())


def fact_word(name: str, lang: str) -> str:
    """What a fact of an event is called."""
    name = name.removeprefix("changed_")
    return FACTS[name][_PLACE[lang]] if name in FACTS else name.removesuffix("_fen").replace("_", " ")


def _setting_word(name: str, lang: str) -> str:
    return SETTING_WORDS[name][_PLACE[lang]] if name in SETTING_WORDS else name.replace("_", " ")


def _filled(texts: tuple[str, str], facts: Mapping[str, Any], lang: str, names: Mapping[str, str]) -> str:
    words = _Facts({name: _word(name, fact, lang, names) for name, fact in facts.items()})
    if "seconds" in facts:
        words["seconds"] = _time_words(facts["seconds"], lang)
    return texts[_PLACE[lang]].format_map(words)


def _word(name: str, fact: Any, lang: str, names: Mapping[str, str]) -> str:
    if fact is None or fact == "":
        return "—"
    if name == "reason" and isinstance(fact, str) and codes.reason(fact, lang) != fact:
        return codes.reason(fact, lang)
    if isinstance(fact, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][fact]
    if (name == "fen" or name.endswith("_fen")) and isinstance(fact, int):
        return f"−¥{yuan(-fact)}" if fact < 0 else f"¥{yuan(fact)}"
    if isinstance(fact, date):
        return _day(fact, lang)
    if isinstance(fact, Fault):
        return fault(fact, lang)
    if isinstance(fact, tuple) and fact and all(isinstance(one, Fault) for one in fact):
        return faults(fact, lang)
    if isinstance(fact, Mapping):
        return _JOIN[lang].join(_word(key, one, lang, names) for key, one in fact.items())
    if isinstance(fact, list | tuple | set | frozenset):
        ordered = fact if isinstance(fact, list | tuple) else sorted(fact)
        return _JOIN[lang].join(_word("", one, lang, names) for one in ordered)
    text = str(fact)
    return names.get(text) or codes.word(text, lang)


def _time_words(seconds: int, lang: str) -> str:
    """'45 秒', '2 分 30 秒', '1 h'."""
    parts = zip((seconds // 3600, seconds // 60 % 60, seconds % 60), _UNITS[lang], strict=True)
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _day(day: date, lang: str) -> str:
    """A day as it is written down; a moment in short."""
    if not isinstance(day, datetime):
        return day.isoformat()
    return {"zh": f"{day.month}月{day.day}日 {day:%H:%M}", "en": f"{day.month}/{day.day} {day:%H:%M}"}[lang]
