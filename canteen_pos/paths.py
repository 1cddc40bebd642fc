"""Where things lie: what is shipped with the program, and what a canteen owns."""

import sys
from pathlib import Path


def resources() -> Path:
    """Rule packs, words, themes and demo data: beside a checkout, inside an installed package, or in a build."""
    package = Path(__file__).resolve().parent
    bundled = Path(getattr(sys, "_MEIPASS", package)) / "resources"
    for folder in (package.parent / "resources", package / "_resources", bundled):
        if (folder / "policies").is_dir():
            return folder
    raise FileNotFoundError(f"resources are missing beside {package}: install canteen_pos again")


def data_folder(chosen: Path | None = None) -> Path:
    """The canteen's own folder, made when missing: `--data DIR`, else the user's data folder."""
    folder = chosen or users_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def users_folder() -> Path:
    """The user's data folder, there or not."""
    import platformdirs

    return Path(platformdirs.user_data_dir("canteen_pos", appauthor=False))


def database_file(folder: Path, house: str = "canteen") -> Path:
    """The SQLite file of one house ('canteen', 'demo', 'training') in a data folder: training never meets the books."""
    return folder / f"{house}.db"


def key_file(folder: Path) -> Path:
    """The key that opens the ID numbers of a canteen whose database is not a file in this folder."""
    return folder / "canteen.key"
