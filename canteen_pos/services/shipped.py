"""Files that come with the program: inside the installed package, or beside it in a clone."""

from pathlib import Path

import canteen_pos


def shipped(*parts: str) -> Path:
    """`shipped('policies')` is the folder of rule packs."""
    package = Path(canteen_pos.__file__).parent
    inside = package / "_resources"
    return (inside if inside.is_dir() else package.parent / "resources").joinpath(*parts)
