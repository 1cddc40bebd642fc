"""Forms that write a file: everything stored about a person, cards to print, the list as a table."""

from PySide6.QtWidgets import QWidget

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.person import PeopleFilter, PersonStory
from canteen_pos.i18n import tr
from canteen_pos.ui import jobs
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.people.doing import PersonDeeds
from canteen_pos.ui.screens.people.presenter import PeoplePresenter
from canteen_pos.ui.widgets.labels import Text


class ExportForm(Form):
    """Everything stored about a person into a folder, for that person."""

    def __init__(self, deeds: PersonDeeds, one: PersonStory) -> None:
        super().__init__(tr("导出{name}的全部资料").format(name=one.name), tr("导出"))
        self.deeds = deeds
        self.id = one.id
        self.folder = PathField(tr("放到哪个文件夹"), kind="folder")
        self.add("folder", tr("文件夹"), self.folder)
        self.put(
            Text(
                tr("里面有身份证号、电话和每一餐；交给本人后请从这台电脑删掉。导出会记录。"), "quiet"
            ).wrapped()
        )
        self.folder.line.entered.connect(self.submit)

    def first_focus(self) -> QWidget:
        return self.folder.line

    def save(self) -> object | None:
        if not self.folder.path():
            self.show_problems({"folder": tr("请选一个文件夹。")})
            return None
        done = self.deeds.export(self.folder.path())
        self.show_problems(self.deeds.problems)
        return self.id if done else None


class CardSheetForm(Form):
    """Cards with QR codes on A4, for the chosen person or for everybody in the list as it is filtered now."""

    def __init__(self, presenter: PeoplePresenter, one: int | None, everybody: tuple[int, ...]) -> None:
        super().__init__(tr("打印就餐卡"), tr("写成 PDF"))
        self.presenter = presenter
        self._one = one
        self._everybody = everybody
        self.who = Chips(
            [
                *([("one", tr("选中的这一位"))] if one is not None else []),
                ("all", tr("列表里的 {count} 人").format(count=f"{len(everybody):,}")),
            ]
        )
        self.who.set_value(self.who.codes()[0])
        self.without = Chips([("skip", tr("没有卡的跳过")), ("issue", tr("没有卡的发一张二维码卡"))])
        self.without.set_value("skip")
        self.file = PathField(tr("写到哪个 PDF 文件"), kind="save", files="PDF (*.pdf)")
        self.add("who", tr("给谁"), self.who)
        self.add("without", tr("没有卡的人"), self.without)
        self.add("file", tr("文件"), self.file)
        self.put(Text(tr("A4 每页十张，按 100% 打印，沿角线裁开，可以塑封。"), "quiet").wrapped())
        self.file.line.entered.connect(self.submit)

    def first_focus(self) -> QWidget:
        return self.file.line

    def save(self) -> object | None:
        if not self.file.path():
            self.show_problems({"file": tr("请写清楚放在哪里、叫什么。")})
            return None
        only = self.who.value() == "one" and self._one is not None
        people = (self._one,) if only and self._one is not None else self._everybody
        done = self.presenter.print_cards(people, self.file.path(), issue=self.without.value() == "issue")
        self.show_problems({} if done else {"file": self.presenter.problem})
        return done or None


class ListFileForm(Form):
    """The list as it is filtered and searched now, for a spreadsheet; thousands are written beside the window."""

    def __init__(self, presenter: PeoplePresenter, which: PeopleFilter, text: str, count: int) -> None:
        super().__init__(tr("名单存成表格"), tr("写文件"))
        self.presenter, self.which, self.text = presenter, which, text
        self._busy = False
        self.file = PathField(tr("就餐人.xlsx"), kind="save", files=tr("表格 (*.xlsx *.csv)"))
        self.put(
            Text(
                tr("列表里的 {count} 人：姓名、生日、电话、住址、卡、资格、余额。没有身份证号。").format(
                    count=f"{count:,}"
                ),
                "body",
            ).wrapped()
        )
        self.add("file", tr("文件"), self.file, tr("用完请删掉；存过会记录。"))
        self.file.line.entered.connect(self.submit)

    def first_focus(self) -> QWidget:
        return self.file.line

    def save(self) -> object | None:
        """None: `saved` follows when the file is written."""
        path = self.file.path()
        if not path:
            self.show_problems({"file": tr("请写清楚放在哪里、叫什么。")})
        elif not self._busy:
            self._busy = True
            self.message.say(tr("正在写，请稍候…"))
            jobs.run(
                lambda: self.presenter.save_list(self.which, self.text, path), self._written, self._failed
            )
        return None

    def escape(self) -> None:
        if not self._busy:
            super().escape()

    def _written(self, told: str) -> None:
        self._busy = self.unsaved = False
        self.saved.emit(told)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.message.say("")
        if not isinstance(error, Refusal):
            raise error
        self.show_problems({"file": said(error)})
