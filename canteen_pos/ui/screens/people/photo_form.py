"""A person's photo: looked at large, changed from a file, taken away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from canteen_pos.domain.person import PersonStory
from canteen_pos.i18n import tr
from canteen_pos.ui.camera import PortraitOrCamera
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.people.doing import PersonDeeds
from canteen_pos.ui.widgets.keys import KeyButton


class PhotoForm(Form):
    """The picture is shown as soon as a file is chosen, and kept by Ctrl+S."""

    def __init__(self, deeds: PersonDeeds, one: PersonStory) -> None:
        super().__init__(tr("{name}的照片").format(name=one.name))
        self.deeds = deeds
        self.one = one
        self.frame = PortraitOrCamera(192, 240, "F3")
        self.frame.taken.connect(self._taken)
        self.portrait = self.frame.portrait
        self.portrait.show_picture(deeds.picture(one.photo), one.name[:1])
        self.file = PathField(tr("照片文件"), files=tr("图片 (*.png *.jpg *.jpeg)"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.frame)
        row.addWidget(self.frame.button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        self.put(holder)
        self.add("photo", tr("换成"), self.file)
        self.file.picked.connect(self._look)
        self.on("F3", self.frame.press)
        if one.photo:
            away = KeyButton(tr("去掉照片"), "F8")
            away.clicked.connect(self._take_away)
            self.on("F8", self._take_away)
            self.body.insertWidget(self.body.count() - 1, away, 0, Qt.AlignmentFlag.AlignLeft)

    def first_focus(self) -> QWidget:
        return self.file.line

    def save(self) -> object | None:
        if not self.file.path():
            self.show_problems({"photo": tr("请选一张照片。")})
            return None
        return self._change(self.file.path())

    def _taken(self, path: str) -> None:
        """A photo from the camera is kept at once: it was just looked at."""
        self._done(self._change(path))

    def _take_away(self) -> None:
        self._done(self._change(""))

    def _done(self, done: object | None) -> None:
        if done is not None:
            self.unsaved = False
            self.saved.emit(done)

    def _change(self, path: str) -> object | None:
        done = self.deeds.photo(path)
        self.show_problems(self.deeds.problems)
        return self.one.id if done else None

    def _look(self, path: str) -> None:
        picture = self.deeds.look(path)
        self.show_problems(self.deeds.problems)
        if picture:
            self.portrait.show_picture(picture)
