"""A picture in a form: the one that is kept, another one from a file, or none."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.saying import said
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.portrait import Portrait


class PictureField(QWidget):
    """`look` makes of a path the picture that would be kept; `told` says why it could not, '' when it could.

    A form gives F2 to `file.choose` and F8 to `away`.
    """

    told = Signal(str)

    def __init__(self, placeholder: str, size: QSize, look: Callable[[str], bytes]) -> None:
        super().__init__()
        self._look = look
        self._taken_away = False
        self._kept = b""
        self.file = PathField(placeholder, files=tr("图片 (*.jpg *.jpeg *.png *.webp)"))
        self.away = KeyButton(tr("去掉图片"), "F8")
        self.shown = Portrait(size.width(), size.height())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.shown)
        row.addWidget(self.away, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(row)
        whole.addWidget(self.file)
        self.setFocusProxy(self.file)
        self.file.picked.connect(self._picked)
        self.file.line.textEdited.connect(self._typed)
        self.away.clicked.connect(self._take_away)
        self.show_kept(b"")

    def show_kept(self, picture: bytes) -> None:
        """The picture that is kept now, b'' for none."""
        self._kept = picture
        self._show(picture)
        self.away.setVisible(bool(picture))

    def change(self) -> str | None:
        """The path of another picture, '' to take away the one that is kept, None when nothing was touched."""
        return self.file.path() or ("" if self._taken_away else None)

    def _show(self, picture: bytes) -> None:
        self.shown.show_picture(picture)
        self.shown.setVisible(self.shown.has_picture)

    def _typed(self, _: str) -> None:
        self.told.emit("")

    def _picked(self, path: str) -> None:
        try:
            self._show(self._look(path) or self._kept)
            self.told.emit("")
        except Refusal as refusal:
            self._show(b"")
            self.told.emit(said(refusal))
        self.file.line.setFocus()

    def _take_away(self) -> None:
        if not self._kept:
            return
        self._taken_away = True
        self.file.set_path("")
        self.show_kept(b"")
        self.file.line.textEdited.emit("")  # as if it was done by typing: the form is unsaved now
        self.file.line.setFocus()
