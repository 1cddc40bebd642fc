"""The planner's forms: copying last week and taking suggestions, each shown before it is done, and the menu on paper."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from canteen_pos.domain.forecast import LAST, WEEKS_BACK
from canteen_pos.i18n import tr
from canteen_pos.services.menu_paper import Kind, Words
from canteen_pos.services.planning import Change, CopyPreview, Suggested
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.saying import date_words, period_word, titled
from canteen_pos.ui.screens.menu.presenter import WeekPresenter
from canteen_pos.ui.screens.menu.showing import portions
from canteen_pos.ui.widgets.labels import Text


class CopyForm(Form):
    """What copying would do, before it is done. `saved` when it was."""

    def __init__(self, presenter: WeekPresenter) -> None:
        super().__init__(tr("复制上周"), tr("复制"))
        self._presenter = presenter
        self.preview: CopyPreview = presenter.copy_preview()
        self.put(
            Text(tr("空着的 {count} 餐照上周排。").format(count=len(self.preview.changes)), "body").wrapped()
        )
        self.planned = Chips((("keep", tr("已排的不动")), ("replace", tr("全部换成上周的"))))
        self.planned.set_value("keep")
        if self.preview.clashes:
            self.word(tr("这些已经排过，与上周不同："))
            self.put(self.planned)
            for change in self.preview.clashes:
                self.put(Text(self._clash(change), "body").wrapped())
        for day in self.preview.closed:
            self.put(Text(tr("{day} 休息，不复制。").format(day=date_words(day)), "quiet"))
        self.put(Text(tr("带上计划份数，不带单餐特价；过去的日子不动。"), "quiet").wrapped())

    def save(self) -> object | None:
        done = self._presenter.copy_last_week(self.preview, replace_planned=self.planned.value() == "replace")
        if not done:
            self.show_problems({"": self._presenter.problem})
            return None
        return True

    def _clash(self, change: Change) -> str:
        """How a planned meal differs from last week's."""
        before = {entry.dish_id for entry in change.before or ()}
        after = {entry.dish_id for entry in change.after or ()}
        where = f"{date_words(change.day)} {period_word(change.period)}"
        if before == after:
            return tr("{where}：份数不同").format(where=where)
        return tr("{where}：换下 {less} 道，换上 {more} 道").format(
            where=where, less=len(before - after), more=len(after - before)
        )


class SuggestForm(Form):
    """What the past suggests, meal by meal, with the rule it comes from. `saved` when it was taken."""

    def __init__(self, presenter: WeekPresenter, found: Sequence[Suggested]) -> None:
        super().__init__(tr("份数建议"), tr("填入"))
        self._presenter, self._found = presenter, tuple(found)
        self.put(
            Text(
                tr(
                    "看同一星期最近 {last} 次（{weeks} 周内）各要了多少，取中间的数，进位到整份。"
                    "要了多少：餐后记了出餐按出餐，没记按收银；卖光的那次至少按计划算。停餐和没开张的日子不算。"
                ).format(last=LAST, weeks=WEEKS_BACK),
                "body",
            ).wrapped()
        )
        self.which = Chips((("all", tr("全部照建议")), ("blank", tr("只填空着的"))))
        self.which.set_value("all")
        self.put(self.which)
        for meal in self._found:
            self.put(Text(f"{date_words(meal.cell.day)} {titled(period_word(meal.cell.period))}", "quiet"))
            self.put(Text("\n".join(self._lines(meal)), "body").wrapped())

    def save(self) -> object | None:
        if not self._presenter.take_suggestions(self._found, blank_only=self.which.value() == "blank"):
            self.show_problems({"": self._presenter.problem})
            return None
        return True

    def _lines(self, meal: Suggested) -> Iterator[str]:
        """'红烧肉 60 → 39（41、39、38）', the newest day first."""
        for entry, found in meal.differing():
            name = self._presenter.week.dishes[entry.dish_id].name
            past = tr("、").join(portions(day.wanted_halves) for day in found.past)
            was = portions(entry.planned_halves) or "—"
            yield tr("{name} {was} → {now}（{past}）").format(
                name=name, was=was, now=portions(found.halves), past=past
            )


class PaperForm(Form):
    """The week's menu as a file."""

    def __init__(self, presenter: WeekPresenter, folder: Path) -> None:
        super().__init__(tr("一周菜单"), tr("写文件"))
        self._presenter = presenter
        self.put(Text(presenter.title, "name"))
        self.kind = Chips((("A3", tr("A3 海报")), ("A4", "A4"), ("html", tr("网页"))))
        self.kind.set_value("A3")
        self.words = Chips((("zh", tr("中文")), ("both", tr("中英文"))))
        self.words.set_value("zh")
        self.pictures = Chips((("yes", tr("配图")), ("no", tr("不配图"))))
        self.pictures.set_value("yes")
        self.target = PathField(tr("文件夹，或完整的文件名"), kind="folder")
        self.target.set_path(str(folder))
        self.add("kind", tr("格式"), self.kind)
        self.add("words", tr("文字"), self.words)
        self.add("pictures", tr("图片"), self.pictures, tr("没有图片的菜，印彩色的首字。"))
        self.add("target", tr("写到"), self.target)
        self.walk(self.target.line)

    def save(self) -> object | None:
        if not self.target.path():
            self.show_problems({"target": tr("请选一个文件夹。")})
            return None
        done = self._presenter.write(
            cast("Kind", self.kind.value()),
            cast("Words", self.words.value()),
            self.target.path(),
            pictured=self.pictures.value() == "yes",
        )
        if not done:
            self.show_problems({"target": self._presenter.problem})
            return None
        return True
