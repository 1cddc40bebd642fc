"""First start: what was typed on each step becomes a canteen, or a sentence beside the field. No Qt."""

from dataclasses import dataclass, field
from datetime import time
from enum import IntEnum
from pathlib import Path

from canteen_pos.domain.calendar import USUAL_PERIODS, MealPeriod
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.place import Place
from canteen_pos.i18n import language, tr
from canteen_pos.services import policies, settings_store, setup, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.house import House, HouseKind
from canteen_pos.ui.saying import said


class Step(IntEnum):
    PLACE = 0
    PERIODS = 1
    MANAGER = 2
    RULES = 3
    IMPORT = 4


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A rule pack to tick: what it is called, where it comes from."""

    id: str
    title: str
    source: str


@dataclass(slots=True)
class Answers:
    """Everything typed so far, as typed."""

    name: str = ""
    city: str = ""
    district: str = ""
    town: str = ""
    till: str = ""
    periods: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {
            period.code: (f"{period.start:%H:%M}", f"{period.end:%H:%M}") for period in USUAL_PERIODS
        }
    )
    manager: str = ""
    pin: str = ""
    pin_again: str = ""
    packs: list[str] = field(default_factory=list)


class WelcomePresenter:
    """State of the wizard. `problems` is keyed by field name, 'all' for what belongs to no field."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.step = Step.PLACE
        self.answers = Answers()
        self.problems: dict[str, str] = {}
        self.notice = ""
        self.rows: tuple[str, ...] = ()
        self.file: Path | None = None
        self._actor: Actor | None = None

    # -- demo and training ---------------------------------------------------------------------------

    def furnish(self, kind: HouseKind) -> None:
        """Make the demo or training canteen if it does not stand yet; takes seconds, so off the GUI thread."""
        from canteen_pos.services import demo

        desk = self.house.desk(kind)
        if not settings_store.founded(desk):
            demo.found_demo(desk)

    # -- the wizard ----------------------------------------------------------------------------------

    def pack_choices(self) -> tuple[PackChoice, ...]:
        """Every pack that ships; the invented demo pack says so in its title."""
        return tuple(
            PackChoice(
                pack.id,
                pack.title.removesuffix("（虚构）") + (tr("（虚构，仅供演示）") if pack.invented else ""),
                tr("{date} ・ {source}").format(date=pack.dated.isoformat(), source=pack.source),
            )
            for pack in policies.shipped().values()
        )

    def next(self) -> bool:
        """Check this step and go to the next; the canteen is founded on leaving the rules."""
        self.problems = {}
        self.notice = ""
        checks = {
            Step.PLACE: self._check_place,
            Step.PERIODS: self._check_periods,
            Step.MANAGER: self._check_manager,
            Step.RULES: self._found,
        }
        check = checks.get(self.step)
        if check is None:
            return False
        try:
            check()
        except Refusal as refusal:
            self.problems["all"] = said(refusal)
        if self.problems:
            return False
        self.step = Step(self.step + 1)
        return True

    def back(self) -> bool:
        """One step back; not behind the founding."""
        if self.step in (Step.PLACE, Step.IMPORT):
            return False
        self.step = Step(self.step - 1)
        self.problems = {}
        return True

    @property
    def founded(self) -> bool:
        return self._actor is not None

    # -- the spreadsheet -----------------------------------------------------------------------------

    def write_template(self, path: Path) -> bool:
        self.problems = {}
        try:
            setup.template(path, language())
        except OSError as error:
            self.problems["all"] = tr("写不了这个文件：{why}").format(why=error.strerror or str(error))
            return False
        self.notice = tr("模板已保存：{path}").format(path=path)
        return True

    def look_at(self, path: Path) -> bool:
        """Read a workbook without writing anything: counts, or every problem with its cell."""
        self.problems, self.notice, self.rows, self.file = {}, "", (), None
        try:
            found = setup.preview(self._desk(), path)
        except Refusal as refusal:
            self.problems["all"] = said(refusal)
            return False
        self.rows = tuple(problem_words(problem) for problem in found.problems)
        if found.problems:
            self.problems["all"] = tr("有 {n} 处要改，改好后再选一次；现在什么都没写入。").format(
                n=len(found.problems)
            )
            return False
        self.file = path
        self.notice = tr("读到 {dishes} 道菜、{people} 人，没有错误。").format(
            dishes=len(found.dishes), people=len(found.people)
        )
        return True

    def bring_in(self) -> bool:
        """Import the workbook that was looked at."""
        if self.file is None or self._actor is None:
            return False
        self.problems = {}
        try:
            done = setup.import_spreadsheet(self._desk(), self._actor, self.file)
        except Refusal as refusal:
            self.problems["all"] = said(refusal)
            return False
        self.file = None
        self.notice = tr("已导入 {dishes} 道菜、{people} 人。").format(dishes=done.dishes, people=done.people)
        return True

    def _desk(self) -> Desk:
        return self.house.desk("canteen")

    def _check_place(self) -> None:
        if not self.answers.name.strip():
            self.problems["name"] = tr("请写食堂名称")

    def _check_periods(self) -> None:
        for code, (start, end) in self.answers.periods.items():
            if not start.strip() and not end.strip():
                continue
            if clock(start) is None or clock(end) is None:
                self.problems[code] = tr("时间写成 10:30")
        if self.problems:
            return
        try:
            settings_store.check_periods(self._periods())
        except Refusal as refusal:
            beside = refusal.facts.get("other", refusal.facts.get("period", "all"))
            self.problems[str(beside)] = said(refusal)

    def _check_manager(self) -> None:
        answers = self.answers
        if not answers.manager.strip():
            self.problems["manager"] = tr("请写经理姓名")
        try:
            users.check_new_pin(answers.pin)
        except Refusal as refusal:
            self.problems["pin"] = said(refusal)
            return
        if answers.pin != answers.pin_again:
            self.problems["pin_again"] = tr("两次密码不一样")

    def _found(self) -> None:
        answers = self.answers
        self._actor = setup.found_canteen(
            self._desk(),
            setup.SetupRequest(
                name=answers.name.strip(),
                manager=answers.manager.strip(),
                pin=answers.pin,
                place=Place(answers.city.strip(), answers.district.strip(), answers.town.strip()),
                periods=self._periods(),
                till=answers.till.strip(),
                packs=tuple(answers.packs),
                language=language(),
            ),
        )

    def _periods(self) -> tuple[MealPeriod, ...]:
        made = []
        for code, (start, end) in self.answers.periods.items():
            begins, ends = clock(start), clock(end)
            if begins is not None and ends is not None:
                made.append(MealPeriod(code, begins, ends))
        return tuple(made)


def clock(text: str) -> time | None:
    """'10:30', '10：30' or '1030' as a time of day; None for anything else."""
    typed = text.strip().replace("：", ":")
    if ":" not in typed and typed.isdigit() and len(typed) in (3, 4):
        typed = f"{typed[:-2]}:{typed[-2:]}"
    hours, _, minutes = typed.partition(":")
    if not (hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
        return None
    return time(int(hours), int(minutes)) if int(hours) < 24 and int(minutes) < 60 else None


def problem_words(problem: setup.Problem) -> str:
    """'菜单 C7 价格（元）：…': sheet, cell, heading, what is wrong."""
    what = said(Refusal(problem.code, dict(problem.facts)))
    return tr("{sheet} {cell} {heading}：{what}").format(
        sheet=problem.sheet, cell=problem.cell, heading=problem.heading, what=what
    )
