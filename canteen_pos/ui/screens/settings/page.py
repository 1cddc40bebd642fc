"""A page of settings: a form that says whose its settings are, keeps what is typed, and tells a short summary."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.ui import jobs
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.settings.presenter import SettingsPresenter
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text

T = TypeVar("T")


class Page(Form):
    """`told(text, mood)` is for the frame's line; `changed` when the summary may be another."""

    told = Signal(str, str)
    changed = Signal()

    def __init__(
        self, presenter: SettingsPresenter, title: str, whose: Literal["canteen", "machine", "both", "file"]
    ) -> None:
        super().__init__(title)
        self.presenter = presenter
        self.title = title
        self._basis = presenter.canteen
        words = {
            "canteen": tr("整个食堂共用，存在数据库里"),
            "machine": tr("只管这台机器，存在 till.toml 里"),
            "file": tr("密钥是这台机器数据文件夹里的一个文件"),
            "both": tr("每一项下面写着它管整个食堂还是只管这台机器"),
        }
        self.put(Text(words[whose], "quiet").wrapped())

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        """The settings in a few words, for the list of pages: also of those not looked at yet."""
        del presenter
        return ""

    def load(self) -> None:
        """Show what is stored."""

    def seen(self) -> CanteenSettings:
        """The canteen's settings to show; what is typed over them is compared with these."""
        self._basis = self.presenter.canteen
        return self._basis

    def keep(self, **changes: Any) -> bool:
        """Store what differs from what was shown. Where somebody else was quicker it is said, and saving again insists."""
        presenter = self.presenter
        done = presenter.save_canteen(self._basis, **changes)
        now = presenter.canteen
        self._basis = (
            now
            if done
            else replace(self._basis, **{name: getattr(now, name) for name in presenter.meanwhile})
        )
        return done

    def store(self) -> bool:
        """Store what is typed; False with the presenter's problems filled. Pages without settings have nothing."""
        return True

    def save(self) -> object | None:
        done = self.store()
        self.show_problems({} if done else self.presenter.problems)
        if not done:
            return None
        self.load()
        return self.title

    def action(self, word: str, key: str, do: Callable[[], object]) -> KeyButton:
        """A button with its key, in a row of its own or beside the one before."""
        button = KeyButton(word, key.replace("+", " "))
        button.clicked.connect(lambda _=False: do())
        self.on(key, do)
        return button

    def row(self, *buttons: KeyButton) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.put(holder)

    def try_out(self, work: Callable[[], T], good: Callable[[T], str], lane: str = "device") -> None:
        """Do `work` beside the window and say how it went; `good` makes the sentence."""
        self.told.emit(tr("正在试…"), "quiet")
        jobs.run(work, lambda done: self._went_well(good(done)), self._went_wrong, lane=lane)

    def _went_well(self, sentence: str) -> None:
        self.message.say("")
        self.told.emit(sentence, "good")
        self.changed.emit()

    def _went_wrong(self, error: Exception) -> None:
        self._say_wrong(said(error) if isinstance(error, Refusal) else f"{type(error).__name__}: {error}")

    def _say_wrong(self, sentence: str) -> None:
        self.message.say("")
        self.told.emit(sentence, "notice")
        self.changed.emit()
