"""The photo large, and the two things that can be done with it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.camera import PortraitOrCamera
from canteen_pos.ui.panel import SidePanel
from canteen_pos.ui.screens.photo.presenter import PhotoPresenter
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text
from canteen_pos.ui.widgets.portrait import ask_for_picture

_WIDTH, _HEIGHT = 320, 380


class PhotoPanel(SidePanel):
    """Emits `done(Member)` after a change."""

    def __init__(self, desk: Desk, actor: Actor, member_id: int | None) -> None:
        super().__init__(tr("照片"))
        self.presenter = PhotoPresenter(desk, actor, member_id)
        self.name = Text(self.presenter.name, "name")
        self.frame = PortraitOrCamera(_WIDTH, _HEIGHT, "F3")
        self.frame.taken.connect(self.take)
        self.portrait = self.frame.portrait
        self.choose = KeyButton(tr("选照片"), "F2", look="primary")
        self.choose.clicked.connect(lambda: self.take(self._open_dialog()))
        self.drop = KeyButton(tr("拿掉照片"), "Del")
        self.drop.clicked.connect(self.take_away)
        self.choose.setVisible(self.presenter.member is not None)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addWidget(self.frame.button)
        row.addWidget(self.drop)
        row.addStretch(1)
        self.body.addWidget(self.name)
        self.body.addWidget(self.frame)
        self.body.addLayout(row)
        self.body.addWidget(
            Text(tr("照片缩小后存进食堂的资料，每台收银机都看得到；原图不动。"), "quiet").wrapped()
        )
        self.body.addStretch(1)
        self._render()

    def take(self, path: str) -> None:
        """A picture file somebody chose."""
        self.presenter.take(path)
        self._changed()

    def take_away(self) -> None:
        self.presenter.take_away()
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.choose.click()
        elif event.key() == Qt.Key.Key_F3 and self.presenter.member is not None:
            self.frame.press()
        elif event.key() == Qt.Key.Key_Delete:
            self.take_away()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        self._render()
        if self.presenter.notice:
            self.done.emit(self.presenter.member)

    def _render(self) -> None:
        picture = self.presenter.picture
        self.portrait.show_picture(picture, self.presenter.name[:1])
        self.drop.setEnabled(bool(picture))
        self.message.say(self.presenter.problem, self.presenter.notice)

    def _open_dialog(self) -> str:
        return ask_for_picture(self)
