"""Forms of the records section: whose and which days; the file to write."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, PathField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.records.presenter import RecordsPresenter, Sifting
from canteen_pos.ui.widgets.labels import Text

_SPANS = (("1", 0), ("7", 6), ("30", 29), ("365", 364))


class SiftForm(Form):
    """By whom, from when, until when."""

    def __init__(self, presenter: RecordsPresenter) -> None:
        super().__init__(tr("筛选操作记录"), tr("显示"))
        self.presenter = presenter
        sifting = presenter.sifting
        self.who = Chips(presenter.who())
        self.who.set_values(("" if sifting.actor_id is None else str(sifting.actor_id),))
        self.spans = Chips(
            (
                ("1", tr("今天")),
                ("7", tr("7 天")),
                ("30", tr("30 天")),
                ("365", tr("一年")),
                ("all", tr("全部")),
            )
        )
        self.since, self.until = DateField(presenter.today), DateField(presenter.today)
        self.since.set_day(sifting.since)
        self.until.set_day(sifting.until)
        self.add("who", tr("谁做的"), self.who)
        self.add("span", tr("多久以来"), self.spans)
        self.add("since", tr("从"), self.since)
        self.add("until", tr("到（含当天）"), self.until)
        self.walk(self.since, self.until)
        self.spans.picked.connect(self._span)

    def first_focus(self) -> QWidget:
        return self.since

    def save(self) -> object | None:
        problems = {
            key: field.problem()
            for key, field in (("since", self.since), ("until", self.until))
            if field.unreadable
        }
        since, until = self.since.day(), self.until.day()
        if since and until and until < since:
            problems["until"] = tr("要晚于开始那天。")
        self.show_problems(problems)
        if problems:
            return None
        actor = self.who.value()
        self.presenter.sifting = Sifting(int(actor) if actor else None, since, until)
        return True

    def _span(self, code: str) -> None:
        back = dict(_SPANS).get(code)
        self.since.set_day(None if back is None else self.presenter.today - timedelta(days=back))
        self.until.set_day(None)


class ExportForm(Form):
    """Where to write what the list shows."""

    def __init__(self, presenter: RecordsPresenter, group: str, text: str, count: int) -> None:
        super().__init__(tr("导出操作记录"), tr("写文件"))
        self.presenter, self.group, self.text = presenter, group, text
        self.path = PathField(tr("操作记录.xlsx"), kind="save", files=tr("表格 (*.xlsx *.csv)"))
        self.put(
            Text(
                tr("列表里的 {count} 条，按 .xlsx 或 .csv 写成表格。").format(count=f"{count:,}"), "body"
            ).wrapped()
        )
        self.add("path", tr("文件"), self.path, tr("导出本身也会记一笔。"))
        self.walk(self.path.line)
        self.sentence = ""

    def first_focus(self) -> QWidget:
        return self.path.line

    def save(self) -> object | None:
        if not self.path.path():
            self.show_problems({"path": tr("请填写文件名。")})
            return None
        done, sentence = self.presenter.export(self.group, self.text, self.path.path())
        self.show_problems({} if done else {"path": sentence})
        return sentence if done else None
