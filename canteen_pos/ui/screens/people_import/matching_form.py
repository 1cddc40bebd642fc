"""Which column means what, changed by hand."""

from PySide6.QtWidgets import QComboBox

from canteen_pos.i18n import tr
from canteen_pos.services.importing import FIELDS
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.people_import.presenter import ImportPresenter, field_word


class MatchingForm(Form):
    """One list of the file's columns for each thing a person may have."""

    def __init__(self, presenter: ImportPresenter) -> None:
        super().__init__(tr("对应各列"), tr("按这样检查"))
        self._presenter = presenter
        self._choices: dict[str, QComboBox] = {}
        headings = presenter.headings()
        for field in FIELDS:
            box = QComboBox()
            box.addItem(tr("没有这一列"), None)
            for place, heading in enumerate(headings):
                box.addItem(heading, place)
            box.setCurrentIndex(presenter.matched.get(field.key, -1) + 1)
            box.activated.connect(self.touch)
            self._choices[field.key] = box
            self.add(field.key, field_word(field.key), box)

    def choose(self, key: str, place: int | None) -> None:
        """As if chosen by hand."""
        box = self._choices[key]
        box.setCurrentIndex(0 if place is None else place + 1)
        self.touch()

    def save(self) -> object | None:
        chosen = {key: box.currentData() for key, box in self._choices.items()}
        matched = {key: place for key, place in chosen.items() if place is not None}
        problems = {}
        if "name" not in matched:
            problems["name"] = tr("请先指出哪一列是姓名。")
        taken: dict[int, str] = {}
        for key, place in matched.items():
            if place in taken:
                problems[key] = tr("这一列已用作“{word}”。").format(word=field_word(taken[place]))
            taken.setdefault(place, key)
        self.show_problems(problems)
        return None if problems else matched
