"""What `bench.start` starts: `canteen-pos run` as it is, telling its two moments on the standard output.

It imports nothing that the program itself does not.
"""

import sys
import time


def _till(folder: str) -> None:
    """The child: `canteen-pos run`, telling when the first frame stands and when the first key was accepted."""
    from canteen_pos import cli
    from canteen_pos.app import window
    from canteen_pos.cli import playing

    open_window = window.open_window

    def opened(*args: object) -> object:
        parts = open_window(*args)  # type: ignore[arg-type]
        print("frame", time.monotonic_ns(), flush=True)
        parts[0].opened.connect(lambda _kind: _press(parts[0]))
        return parts

    window.open_window = opened  # type: ignore[assignment]
    playing.has_screen = lambda: True  # offscreen is screen enough here
    sys.argv = ["canteen-pos", "run", "--data", folder]
    cli.main()


def _press(window: object) -> None:
    """A digit chooses a cashier; the screen that answers is painted before the moment counts."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from canteen_pos.ui.main_window import MainWindow

    assert isinstance(window, MainWindow)

    def press() -> None:
        sign_in = window.sign_in
        assert sign_in is not None
        QTest.keyClick(QApplication.focusWidget() or window, "2")
        QApplication.processEvents()
        assert sign_in.presenter.chosen is not None, "the key was not accepted"
        print("key", time.monotonic_ns(), flush=True)
        window.close()

    QTimer.singleShot(0, press)


if __name__ == "__main__":
    _till(sys.argv[1])
