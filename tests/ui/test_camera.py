"""Photos from a camera, where one is: a source of pictures stands in for Qt Multimedia, which is optional."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from canteen_pos.services import members, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui import camera
from canteen_pos.ui.screens.photo.screen import PhotoPanel


class Pretended(QObject):
    """A camera that sees one colour."""

    frame = Signal(QImage)
    running = 0

    def start(self) -> None:
        Pretended.running += 1
        picture = QImage(640, 480, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.darkGreen)
        self.frame.emit(picture)

    def stop(self) -> None:
        Pretended.running -= 1


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "connected", lambda: True)
    monkeypatch.setattr(camera, "QtCamera", Pretended)
    Pretended.running = 0


def open_panel(qtbot: QtBot, desk: Desk, actor: Actor) -> PhotoPanel:
    (who,) = members.find(desk, "魏香莲")
    panel = PhotoPanel(desk, actor, who.id)
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.mark.usefixtures("pretended")
def test_a_photo_is_seen_and_then_kept(
    qtbot: QtBot, demo_desk: Desk, manager: Actor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    panel = open_panel(qtbot, demo_desk, manager)
    assert panel.frame.button.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_F3)
    assert Pretended.running == 1
    assert not list(tmp_path.glob("canteen-photo-*"))
    qtbot.keyClick(panel, Qt.Key.Key_F3)
    assert Pretended.running == 0, "its light is out"
    (who,) = members.find(demo_desk, "魏香莲")
    with Image.open(io.BytesIO(pictures.read(demo_desk, who.photo))) as picture:
        red, green, blue = picture.convert("RGB").getpixel((10, 10))
        assert green > red + 50
        assert green > blue + 50
        assert picture.height > picture.width, "cut to the frame as it was seen"
    assert not list(tmp_path.glob("canteen-photo-*")), "nothing is left behind"


@pytest.mark.usefixtures("pretended")
def test_closing_the_panel_lets_the_camera_go(qtbot: QtBot, demo_desk: Desk, manager: Actor) -> None:
    panel = open_panel(qtbot, demo_desk, manager)
    qtbot.mouseClick(panel.frame.button, Qt.MouseButton.LeftButton)
    assert Pretended.running == 1
    panel.hide()
    assert Pretended.running == 0


def test_without_the_optional_part_nothing_is_offered(qtbot: QtBot, demo_desk: Desk, manager: Actor) -> None:
    assert not camera.connected()
    panel = open_panel(qtbot, demo_desk, manager)
    assert not panel.frame.button.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_F3)
    assert panel.frame.currentWidget() is panel.portrait
