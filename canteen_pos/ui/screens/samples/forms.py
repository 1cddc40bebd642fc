"""The forms of food samples: taking them, labels for the boxes, the log on paper."""

from collections.abc import Sequence
from pathlib import Path

from canteen_pos.i18n import tr
from canteen_pos.services.samples import Sample, ToTake
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.fields import DateField, PathField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.samples.presenter import SamplesPresenter, least_grams
from canteen_pos.ui.widgets.labels import Text


class TakeForm(Form):
    """Samples of these dishes of one meal, taken now."""

    def __init__(self, presenter: SamplesPresenter, wanted: Sequence[ToTake]) -> None:
        super().__init__(tr("留样 {count} 份").format(count=len(wanted)))
        self._presenter, self._wanted = presenter, tuple(wanted)
        self.grams = CountField("")
        self.grams.setText(str(least_grams()))
        self.note = LineField(tr("如 2 号留样冰箱"))
        self.put(Text(tr("、").join(one.name for one in wanted), "body").wrapped())
        self.add("grams", tr("每份克数"), self.grams, tr("不少于 125 克，保存 48 小时。"))
        self.add("note", tr("备注"), self.note)
        self.walk(self.grams, self.note)

    def save(self) -> object | None:
        text = self.grams.text().strip()
        if not text.isdigit():
            self.show_problems({"grams": tr("克数要写整数。")})
            return None
        if not self._presenter.take(self._wanted, int(text), self.note.text()):
            self.show_problems({"grams": self._presenter.problem})
            return None
        return True


class LabelForm(Form):
    """Labels of one meal's samples as a PDF."""

    def __init__(self, presenter: SamplesPresenter, kept: Sequence[Sample], folder: Path) -> None:
        super().__init__(tr("留样标签"), tr("写文件"))
        self._presenter, self._kept = presenter, tuple(kept)
        self.put(
            Text(
                tr("{count} 张，A4 标签纸每张 24 个（70×37 毫米）。").format(count=len(kept)), "body"
            ).wrapped()
        )
        self.put(Text(tr("、").join(one.dish_name for one in kept), "quiet").wrapped())
        self.target = PathField(tr("文件夹，或完整的文件名"), kind="folder")
        self.target.set_path(str(folder))
        self.add("target", tr("写到"), self.target)
        self.walk(self.target.line)

    def save(self) -> object | None:
        if not self._presenter.write_labels(self._kept, self.target.path()):
            self.show_problems({"target": self._presenter.problem})
            return None
        return True


class LogForm(Form):
    """The log of a span of days as a PDF."""

    def __init__(self, presenter: SamplesPresenter, folder: Path) -> None:
        super().__init__(tr("留样登记表"), tr("写文件"))
        self._presenter = presenter
        today = presenter.now.date()
        self.first, self.last = DateField(today), DateField(today)
        self.first.set_day(today.replace(day=1))
        self.last.set_day(today)
        self.target = PathField(tr("文件夹，或完整的文件名"), kind="folder")
        self.target.set_path(str(folder))
        self.beside(("first", tr("从"), self.first), ("last", tr("到（含当天）"), self.last))
        self.add("target", tr("写到"), self.target)
        self.walk(self.first, self.last, self.target.line)

    def save(self) -> object | None:
        first, last = self.first.day(), self.last.day()
        problems = {"first": self.first.problem(), "last": self.last.problem()}
        problems = {key: words for key, words in problems.items() if words}
        if first is None or last is None:
            self.show_problems(problems or {"first": tr("请写日期。")})
            return None
        if not self._presenter.write_log(first, last, self.target.path()):
            self.show_problems({"target": self._presenter.problem})
            return None
        return True
