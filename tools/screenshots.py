"""Play the demo lunch and put the pictures that the documentation shows into docs/pictures."""

import argparse
import sys
import tempfile
from pathlib import Path

from PIL import Image

from canteen_pos.app import play_demo

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
BOTH = ("welcome", "sign-in", "enrol", "top-up", "refund", "recent", "shift", "keys")
"""Shown in Chinese and in English."""
OFFICE = (
    *(
        "today",
        "menu",
        "dishes",
        "after-service",
        "people",
        "enrol",
        "people-import",
        "samples",
        "purses",
        "customers",
    ),
    *("vouchers", "points", "liability", "staff", "records", "settings"),
)
"""Sections of the back office, shown in Chinese and in English."""
CHOSEN = {
    "till-zh": "till-zh-light-1366x768",
    "till-en": "till-en-light-1366x768",
    "till-dark-zh": "till-zh-dark-1366x768",
    "till-dark-en": "till-en-dark-1366x768",
    "why-zh": "till-why",
    "why-en": "till-why-en",
    "cash-zh": "till-cash",
    "cash-en": "till-cash-en",
    "change-zh": "till-change",
    "choices-zh": "till-set-choices",
    "two-eaters-zh": "till-two-eaters",
    "count-zh": "count",
    "count-en": "count-en",
    "x-report-zh": "x-report",
    "printer-zh": "virtual-printer",
    "today-zh": "today",
    "today-en": "today-en",
    "customer-display-zh": "customer-display",
    "customer-display-en": "customer-display-en",
    **{f"{name}-zh": name for name in BOTH},
    **{f"{name}-en": f"{name}-en" for name in BOTH},
    **{f"office-{name}-zh": f"office-{name}" for name in OFFICE},
    **{f"office-{name}-en": f"office-{name}-en" for name in OFFICE},
}
"""Name in docs/pictures -> name among the demo's screens."""


def keep(taken: Path, kept: Path) -> None:
    """The same picture in a palette of 256 colours: flat screens lose nothing anybody sees, and weigh a third."""
    with Image.open(taken) as picture:
        few = picture.convert("RGB").quantize(
            256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
        )
        few.save(kept, optimize=True)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--from", dest="played", type=Path, help="a folder that the demo left, instead of playing it"
    )
    played: Path | None = asked.parse_args().played
    with tempfile.TemporaryDirectory(prefix="canteen-pictures-") as place:
        folder = played or Path(place)
        if played is None:
            for trouble in (troubles := play_demo(folder, offscreen=True)):
                print(trouble, file=sys.stderr)
            if troubles:
                return 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, screen in CHOSEN.items():
            keep(folder / "screens" / f"{screen}.png", PICTURES / f"{name}.png")
        keep(min((folder / "receipts").glob("01-*.png")), PICTURES / "receipt-zh.png")
    print(f"{len(CHOSEN) + 1} pictures are in {PICTURES}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
