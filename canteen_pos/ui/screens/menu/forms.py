"""The planner's two forms: copying last week with its clashes shown first, and the menu on paper."""

from pathlib import Path
from typing import cast

from canteen_pos.i18n import tr
from canteen_pos.services.menu_paper import Kind, Words
from canteen_pos.services.planning import Change, CopyPreview
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.saying import period_word
from canteen_pos.ui.screens.menu.presenter import WeekPresenter
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
            self.put(Text(tr("{day} 休息，不复制。").format(day=f"{day:%m-%d}"), "quiet"))
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
        where = f"{change.day:%m-%d} {period_word(change.period)}"
        if before == after:
            return tr("{where}：份数不同").format(where=where)
        return tr("{where}：换下 {less} 道，换上 {more} 道").format(
            where=where, less=len(before - after), more=len(after - before)
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
