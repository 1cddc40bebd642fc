"""Reading and changing settings: those of the canteen in the database, those of this machine in till.toml. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from canteen_pos.domain import purse
from canteen_pos.domain.calendar import MealPeriod
from canteen_pos.domain.conditions import SiteFact
from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services import machine_settings, policies, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.settings_store import BonusRule, CanteenSettings
from canteen_pos.settings import MachineSettings
from canteen_pos.ui.saying import money, period_word, said

USUAL = ("breakfast", "lunch", "dinner")
_FIELDS = {"settings.cut_off_late": "cut_off"}


class SettingsPresenter:
    """`problems` by field after something was refused; '' is what belongs to no field."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.problems: dict[str, str] = {}
        self.meanwhile: tuple[str, ...] = ()
        """Settings that somebody else changed while they were on the screen."""

    @property
    def canteen(self) -> CanteenSettings:
        return settings_store.load(self.desk)

    @property
    def machine(self) -> MachineSettings:
        """This machine's settings; the defaults where there is nowhere to keep any."""
        try:
            return machine_settings.load(self.desk)
        except Refusal:
            return MachineSettings()

    def save_canteen(self, seen: CanteenSettings, **changes: Any) -> bool:
        """`seen` are the settings that the page showed."""
        return self.attempt(lambda: settings_store.save(self.desk, self.actor, seen, **changes))

    def save_machine(self, **changes: str) -> bool:
        return self.attempt(lambda: machine_settings.save(self.desk, self.actor, **changes))

    def attempt(self, work: Callable[[], object], field: str = "") -> bool:
        """Whether it was done; `problems` says why not, beside `field` or the field the refusal names."""
        self.problems, self.meanwhile = {}, ()
        try:
            work()
        except Refusal as refusal:
            if refusal.code == "settings.changed_meanwhile":
                self.meanwhile = tuple(refusal.facts["what"])
            where = field or _FIELDS.get(refusal.code, "") or str(refusal.facts.get("field", ""))
            self.problems = {where: _beside_field(refusal)}
            return False
        return True

    # -- meals -----------------------------------------------------------------------------------------

    def periods(self, typed: dict[str, tuple[str, str]], other: str) -> tuple[MealPeriod, ...] | None:
        """Meal periods as typed: code -> (from, to), both empty for none; `other` names a fourth one. What contradicts
        itself is said beside the field that it stands in."""
        self.problems = {}
        made = []
        for code, (start, end) in typed.items():
            name = other.strip() if code == "other" else code
            if not (start.strip() or end.strip()):
                continue
            first, last = typed_time(start), typed_time(end)
            if first is None or last is None:
                self.problems[code] = tr("时间请写成 11:00。")
            elif not name:
                self.problems["name"] = tr("请给这一餐起个名字。")
            elif code == "other" and name in (*USUAL, *map(period_word, USUAL)):
                self.problems["name"] = tr("已经有这一餐了，请换个名字。")
            else:
                made.append(MealPeriod(name, first, last))
        periods = tuple(sorted(made, key=lambda one: one.start))
        if not self.problems:
            self._check_periods(periods)
        return None if self.problems else periods

    def _check_periods(self, periods: tuple[MealPeriod, ...]) -> None:
        try:
            settings_store.check_periods(periods)
        except Refusal as refusal:
            field = {"settings.period_backwards": "period", "settings.periods_overlap": "other"}
            wrong = str(refusal.facts.get(field.get(refusal.code, ""), USUAL[0]))
            key = wrong if wrong in USUAL else "other"
            self.problems = {f"{key} end" if "backwards" in refusal.code else key: said(refusal)}

    # -- top-ups ----------------------------------------------------------------------------------------

    def bonus_rules(self, typed: Sequence[tuple[int | None, int | None]]) -> tuple[BonusRule, ...]:
        """Tiers as typed, the lowest first: from so much on, so much is given; both empty for none."""
        made = (BonusRule(from_fen, bonus_fen) for from_fen, bonus_fen in typed if from_fen and bonus_fen)
        return tuple(sorted(made, key=lambda rule: rule.from_fen))

    def bonus_problems(
        self, typed: Sequence[tuple[int | None, int | None]], cap_fen: int, *, many: bool
    ) -> dict[str, str]:
        """What is wrong with tiers as typed, by field: half a tier, one that nobody can reach, one that never counts."""
        problems = {}
        for place, (from_fen, bonus_fen) in enumerate(typed):
            key, gives = f"bonus{place}", f"bonus{place} gives"
            if from_fen is None and bonus_fen is None:
                continue
            if not from_fen or not bonus_fen:
                problems[key if not from_fen else gives] = tr("要大于 0；不要这一档，两格都清空。")
                continue
            others = [one for n, one in enumerate(typed) if n < place or (n > place and one != typed[place])]
            better = purse.bonus_fen(self.bonus_rules(others), from_fen, many=many)
            if cap_fen and from_fen > cap_fen:
                problems[key] = tr("超过储值上限 {cap}，充不到这一档。").format(cap=money(cap_fen))
            elif bonus_fen > from_fen:
                problems[gives] = tr("送的比充的还多，请核对。")
            elif better >= bonus_fen:
                problems[gives] = tr("用不上：充 {amount} 按别的档已经送 {bonus}。").format(
                    amount=money(from_fen), bonus=money(better)
                )
        return problems

    # -- rules -------------------------------------------------------------------------------------------

    def packs(self) -> tuple[tuple[str, str], ...]:
        """Every pack there is: (id, title with its date)."""
        settings = self.canteen
        found = {key: f"{pack.title} · {pack.dated}" for key, pack in policies.shipped().items()}
        found.update({key: tr("{id}（自有）").format(id=key) for key in settings.own_packs})
        return tuple(found.items())

    def site_facts(self, packs: tuple[str, ...]) -> dict[str, tuple[str, SiteFact]]:
        """What rules of these packs ask of the canteen itself: code -> (words, the fact); of yes and no, the yes only."""
        try:
            found = policies.named(self.desk, packs)
        except Refusal:  # said when they are saved
            return {}
        asked = {}
        for pack in found:
            for fact in pack.site_facts():
                word = pack.words().get(fact.name, fact.name)
                if fact.value is True:
                    asked[fact.name] = (word, fact)
                elif fact.value is False:
                    asked[fact.name] = (word, replace(fact, value=True))
                else:
                    asked[f"{fact.name}={fact.value}"] = (f"{word} {fact.value}", fact)
        return asked

    def choose_packs(self, packs: tuple[str, ...], held: tuple[str, ...]) -> bool:
        """Put packs in force; `held` are the codes of `site_facts` that hold here."""
        facts = dict(self.canteen.site_facts)
        for code, (_, fact) in self.site_facts(packs).items():
            if code in held:
                facts[fact.name] = fact.value
            elif facts.get(fact.name) == fact.value:
                del facts[fact.name]
        settled = MappingProxyType(facts)
        return self.attempt(lambda: policies.choose(self.desk, self.actor, packs, site_facts=settled))

    def add_pack(self, path: str) -> bool:
        """Read a pack file into the database; not in force until it is chosen."""

        def work() -> None:
            file = Path(path)
            policies.add_pack(self.desk, self.actor, file.read_text(encoding="utf-8"), file.name)

        try:
            return self.attempt(work, "file")
        except (OSError, UnicodeDecodeError) as error:
            self.problems = {"file": tr("读不了这个文件：{why}").format(why=error)}
            return False

    # -- workdays ---------------------------------------------------------------------------------------

    def workdays_text(self, settings: CanteenSettings) -> str:
        days = sorted(settings.workdays.items())
        work, off = tr("班"), tr("休")
        return "\n".join(f"{day.isoformat()} {work if works else off}" for day, works in days)

    def unknown_year(self) -> str:
        """A sentence when next year's workdays are not known yet."""
        year = policies.warn_of_year(self.desk)
        if year is None:
            return ""
        return tr("程序还不知道 {year} 年的放假安排，按工作日的规则会停用；请照国务院通知填在下面。").format(
            year=year
        )

    def workdays(self, text: str) -> dict[date, bool] | None:
        """One day a line: '2027-02-07 班' is worked, '2027-02-08 休' is off."""
        self.problems = {}
        found: dict[date, bool] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            day, _, word = line.strip().partition(" ")
            works = WORK_WORDS.get(word.strip().casefold())
            try:
                found[date.fromisoformat(day)] = bool(works)
            except ValueError:
                works = None
            if works is None:
                wrong = tr("第 {number} 行看不懂：{line}。请写成“2027-02-07 班”或“2027-02-08 休”。")
                self.problems = {"days": wrong.format(number=number, line=line.strip())}
                return None
        return found


def _beside_field(refusal: Refusal) -> str:
    """A sentence that stands under its field; those of till.toml name file and field for who edits it by hand."""
    if refusal.code == "machine.number":
        return tr("请写 {least} 到 {most} 之间的整数。").format(**refusal.facts)
    if refusal.code == "machine.hour":
        return tr("时间请写成 21:30。")
    return said(refusal)


WORK_WORDS = {"班": True, "上班": True, "work": True, "休": False, "休息": False, "off": False}


def typed_time(text: str) -> time | None:
    """'11:00', '1100', '11', '11：00'; None for what is no time."""
    text = text.strip().replace("：", ":")
    if text.isdigit():
        text = f"{text[:-2] or '0'}:{text[-2:]}" if len(text) > 2 else f"{text}:00"
    hour, _, minute = text.partition(":")
    if not (hour.isdigit() and minute.isdigit()):
        return None
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


LANGUAGES = (("zh", "中文"), ("en", "English"))
