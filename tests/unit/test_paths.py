"""Where things lie: shipped files beside the program, a canteen's own where it says."""

from pathlib import Path

import pytest

from canteen_pos import paths


def test_resources_hold_packs_words_themes_and_the_demo() -> None:
    for part in (
        "policies/tianjin-2022.toml",
        "locale/en/LC_MESSAGES/canteen_pos.mo",
        "themes",
        "demo/menu.toml",
    ):
        assert (paths.resources() / part).exists(), part


def test_missing_resources_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "canteen_pos").mkdir()
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "canteen_pos" / "paths.py"))
    with pytest.raises(FileNotFoundError, match="install canteen_pos again"):
        paths.resources()


@pytest.mark.parametrize("where", ["resources", "canteen_pos/_resources"])
def test_a_checkout_and_a_wheel_keep_them_in_their_own_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    (tmp_path / where / "policies").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "canteen_pos" / "paths.py"))
    assert paths.resources() == tmp_path / where


def test_the_chosen_data_folder_is_made(tmp_path: Path) -> None:
    chosen = tmp_path / "a" / "b"
    assert paths.data_folder(chosen) == chosen
    assert chosen.is_dir()


def test_without_a_choice_it_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name, appauthor: str(tmp_path / name))
    assert paths.data_folder() == tmp_path / "canteen_pos"


def test_each_house_has_a_file_of_its_own(tmp_path: Path) -> None:
    files = {paths.database_file(tmp_path, house) for house in ("canteen", "demo", "training")}
    assert len(files) == 3
    assert paths.database_file(tmp_path) == tmp_path / "canteen.db"
