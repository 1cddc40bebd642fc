"""A camera, where one is connected and the optional part for it is installed (`pip install canteen-pos[camera]`).

Qt Multimedia is not in PySide6-Essentials and takes 59 MB more, so a canteen asks for it. Without it a photo comes from a
file, and nothing here is shown.
"""

import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.portrait import Portrait, draw_framed, filling

_QUALITY = 90


class Source(Protocol):
    """Where pictures come from: `frame` is emitted with each, between `start` and `stop`."""

    frame: Any

    def start(self) -> None: ...
    def stop(self) -> None: ...


class QtCamera(QObject):
    """The machine's first camera. Make it only when `connected()`."""

    frame = Signal(QImage)

    def __init__(self) -> None:
        super().__init__()
        media = _multimedia()
        self._camera = media.QCamera(media.QMediaDevices.defaultVideoInput())
        self._session = media.QMediaCaptureSession()
        self._sink = media.QVideoSink()
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(lambda frame: self.frame.emit(frame.toImage()))

    def start(self) -> None:
        self._camera.start()

    def stop(self) -> None:
        self._camera.stop()


def connected() -> bool:
    """Whether a photo can be taken here and now."""
    try:
        media = _multimedia()
    except ImportError:  # also when a system library that it needs is missing
        return False
    return bool(media.QMediaDevices.videoInputs())


def _multimedia() -> Any:
    """Qt Multimedia, which may not be installed."""
    return import_module("PySide6.QtMultimedia")


class CameraView(QWidget):
    """What the camera sees, until `shot()` keeps the moment as a file."""

    def __init__(self, source: Source, width: int, height: int) -> None:
        super().__init__()
        self.setFixedSize(width, height)
        self._source = source
        self._seen = QImage()
        source.frame.connect(self._show)

    def start(self) -> None:
        self._source.start()

    def stop(self) -> None:
        """Let the camera go; its light goes out."""
        self._source.stop()

    def shot(self) -> str:
        """The picture of this moment, cut to the frame as it is seen, in a temporary file; '' before the first came."""
        if self._seen.isNull():
            return ""
        path = Path(tempfile.mkdtemp(prefix="canteen-photo-")) / "photo.jpg"
        cut = filling(QPixmap.fromImage(self._seen), self.size() * 2, 1.0)
        return str(path) if cut.save(str(path), "JPG", _QUALITY) else ""

    def _show(self, picture: QImage) -> None:
        if not picture.isNull():
            self._seen = picture
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._seen.isNull():
            painter.fillRect(area, theme.colour("sunken"))
        else:
            picture = QPixmap.fromImage(self._seen)
            draw_framed(painter, area, filling(picture, self.size(), self.devicePixelRatioF()))
        painter.end()


class PortraitOrCamera(QStackedWidget):
    """A portrait that a press of `button` turns into what the camera sees, and the next press into `taken(path)`.

    Without a camera `button` stays hidden. The file at `path` goes when the signal was answered: who wants it copies it.
    """

    taken = Signal(str)

    def __init__(self, width: int, height: int, key: str) -> None:
        super().__init__()
        self.setFixedSize(width, height)
        self.portrait = Portrait(width, height)
        self.addWidget(self.portrait)
        self.button = KeyButton(tr("拍照"), key)
        self.button.setVisible(False)
        self.button.clicked.connect(self.press)
        self._view: CameraView | None = None
        self._with_camera = connected()

    def press(self) -> None:
        """Look; then keep what is seen."""
        if not self._with_camera:
            return
        if self._view is None:
            self._view = CameraView(QtCamera(), self.width(), self.height())
            self.addWidget(self._view)
            self.setCurrentWidget(self._view)
            self._view.start()
            self.button.set_label(tr("就这张"))
            return
        path = self._view.shot()
        if path:
            self.leave()
            self.taken.emit(path)
            _forget(path)

    def leave(self) -> None:
        """Back to the portrait; the camera's light goes out."""
        view, self._view = self._view, None
        if view is not None:
            view.stop()
            self.removeWidget(view)
            view.hide()
            view.deleteLater()
            self.button.set_label(tr("拍照"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.button.setVisible(self._with_camera)

    def hideEvent(self, event: QHideEvent) -> None:
        self.leave()
        super().hideEvent(event)


def _forget(path: str) -> None:
    file = Path(path)
    file.unlink(missing_ok=True)
    file.parent.rmdir()
