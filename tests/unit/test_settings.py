"""The machine's own settings: what is kept comes back, what cannot be is refused by name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos import settings
from canteen_pos.domain.errors import Refusal
from canteen_pos.settings import MachineSettings


def refused(folder: Path, text: str) -> Refusal:
    (folder / settings.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        settings.load(folder)
    return caught.value


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == MachineSettings()


def test_a_change_keeps_the_rest(tmp_path: Path) -> None:
    settings.change(tmp_path, station="T2", theme="dark")
    settings.change(tmp_path, house="demo")
    kept = settings.load(tmp_path)
    assert (kept.station, kept.theme, kept.house, kept.language) == ("T2", "dark", "demo", "zh")
    assert [path.name for path in tmp_path.iterdir()] == [settings.FILE]


@given(prefix=st.text(st.characters(codec="utf-8"), max_size=4))
def test_any_scanner_prefix_comes_back(tmp_path_factory: pytest.TempPathFactory, prefix: str) -> None:
    folder = tmp_path_factory.mktemp("machine")
    settings.change(folder, scanner_prefix=prefix)
    assert settings.load(folder).scanner_prefix == prefix


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("language = ", "machine.unreadable"),
        ('language = "fr"', "machine.not_a_choice"),
        ('theme = "pink"', "machine.not_a_choice"),
        ('station = "收银"', "machine.station"),
        ('station = ""', "machine.station"),
        ('database = "mysql://x"', "machine.database"),
        ('colour = "red"', "machine.unknown"),
        ("station = 1", "machine.not_text"),
        (f'backup_daily = "{"9" * 5_000}"', "machine.number"),
    ],
)
def test_what_cannot_be_is_refused_by_name(tmp_path: Path, text: str, code: str) -> None:
    assert refused(tmp_path, text).code == code


def test_the_database_url_names_our_driver() -> None:
    assert (
        MachineSettings(database="postgresql://pos@db/canteen").database_url
        == "postgresql+psycopg://pos@db/canteen"
    )
    assert MachineSettings().database_url == ""
