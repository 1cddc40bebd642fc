"""Pages about the canteen: its name and place, its meals and its business day."""

from canteen_pos.domain.place import Place
from canteen_pos.i18n import tr
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.saying import period_word, titled, weekday_words
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.presenter import LANGUAGES, USUAL, SettingsPresenter, typed_time


class HousePage(Page):
    """Name, place, the language of receipts."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("食堂"), "canteen")
        self.name = LineField()
        self.city, self.district, self.town = LineField(), LineField(), LineField()
        self.language = Chips(LANGUAGES)
        self.add("name", tr("名称"), self.name, tr("印在小票和报表上"))
        self.beside(
            ("city", tr("市"), self.city),
            ("district", tr("区县"), self.district),
            ("town", tr("街道（镇）"), self.town),
        )
        self.word(tr("所在地决定哪些户籍算本地：规则包按它判断。"))
        self.add("language", tr("小票和报表的语言"), self.language)
        self.walk(self.name, self.city, self.district, self.town)
        self.load()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        settings = presenter.canteen
        return f"{settings.name} · {settings.place.district}"

    def load(self) -> None:
        settings = self.seen()
        self.name.setText(settings.name)
        self.city.setText(settings.place.city)
        self.district.setText(settings.place.district)
        self.town.setText(settings.place.town)
        self.language.set_value(settings.language)

    def store(self) -> bool:
        place = Place(*(field.text().strip() for field in (self.city, self.district, self.town)))
        return self.keep(name=self.name.text().strip(), place=place, language=self.language.value())


class MealsPage(Page):
    """Meal periods, where the business day begins, how long a parked order waits."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("餐次与营业日"), "canteen")
        self.times: dict[str, tuple[LineField, LineField]] = {}
        self.other = LineField(tr("如 夜宵"))
        for code in USUAL:
            self._period(code, period_word(code))
        self.add("name", tr("另一餐的名字"), self.other, tr("没有就空着"))
        self._period("other", tr("另一餐"))
        self.cut_off, self.park = LineField("04:00"), CountField()
        self.beside(
            ("cut_off", tr("营业日从几点算起"), self.cut_off, tr("之前的单据算前一天")),
            ("park", tr("挂单保留（分钟）"), self.park, tr("过了这一餐再过这么久就重新计价")),
        )
        self.closed = Chips(tuple((str(day), word) for day, word in enumerate(weekday_words())), many=True)
        self.add("closed", tr("每周哪几天停餐"), self.closed, tr("排菜单时会提醒，也不会催留样"))
        fields = [field for both in self.times.values() for field in both]
        self.walk(*fields[:6], self.other, *fields[6:], self.cut_off, self.park)
        self.load()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        return " ".join(f"{period_word(one.code)} {one.start:%H:%M}" for one in presenter.canteen.periods)

    def load(self) -> None:
        settings = self.seen()
        known = {one.code: one for one in settings.periods}
        extra = [one for one in settings.periods if one.code not in USUAL]
        if extra:
            known["other"] = extra[0]
        self.other.setText(extra[0].code if extra else "")
        for code, (start, end) in self.times.items():
            one = known.get(code)
            start.setText(f"{one.start:%H:%M}" if one else "")
            end.setText(f"{one.end:%H:%M}" if one else "")
        self.cut_off.setText(f"{settings.cut_off:%H:%M}")
        self.park.setText(str(settings.park_minutes))
        self.closed.set_values(tuple(str(day) for day in sorted(settings.closed_weekdays)))

    def store(self) -> bool:
        typed = {code: (start.text(), end.text()) for code, (start, end) in self.times.items()}
        periods = self.presenter.periods(typed, self.other.text())
        if periods is None:
            return False
        cut_off = typed_time(self.cut_off.text())
        if cut_off is None:
            self.presenter.problems = {"cut_off": tr("时间请写成 04:00。")}
            return False
        park = self.park.text().strip()
        if not park.isdigit():
            self.presenter.problems = {"park": tr("请写分钟数。")}
            return False
        further = [one for one in self._basis.periods if one.code not in USUAL][
            1:
        ]  # more than the page has room for
        return self.keep(
            periods=tuple(sorted((*periods, *further), key=lambda one: one.start)),
            cut_off=cut_off,
            park_minutes=int(park),
            closed_weekdays=frozenset(int(day) for day in self.closed.values()),
        )

    def _period(self, code: str, word: str) -> None:
        start, end = LineField("11:00"), LineField("13:00")
        self.times[code] = (start, end)
        self.beside(
            (code, tr("{period}从").format(period=titled(word)), start), (f"{code} end", tr("到"), end)
        )
