"""Pictures of the window: what stands on it at a moment, at the sizes a till has."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from canteen_pos.ui import theme

SMALL, LARGE = (1366, 768), (1920, 1080)


class Pictures:
    """Takes them into one folder; `taken` are their names, each used once."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self._application = application
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.taken: list[str] = []

    def take(self, widget: QWidget, name: str) -> None:
        """Grab `widget` as it is into NAME.png. ValueError for a name used before, OSError when it cannot be written."""
        if name in self.taken:
            raise ValueError(f"a picture is called {name} already")
        self._application.processEvents()
        file = self._folder / f"{name}.png"
        if not widget.grab().save(str(file)):
            raise OSError(f"{file} cannot be written")
        self.taken.append(name)

    def in_every_dress(self, window: QWidget, name: str) -> None:
        """Both sizes in both themes; the window is as before afterwards."""
        before = window.size()
        for dress in ("light", "dark"):
            theme.apply(self._application, "dark" if dress == "dark" else "light")
            for wide, high in (SMALL, LARGE):
                window.resize(wide, high)
                self.take(window, f"{name}-{dress}-{wide}x{high}")
        theme.apply(self._application, "light")
        window.resize(before)
        self._application.processEvents()
