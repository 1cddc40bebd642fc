"""What one printer's paper is like and what the printer understands: settings of each printer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from canteen_pos.domain.errors import refuse

CELL_DOTS = 12
"""Width of a cell on the usual 203 dpi head; a Chinese character is 24 by 24 dots."""
LINE_DOTS = 30
"""From one line to the next."""
_DOTS = {32: 384, 42: 512, 48: 576}


@dataclass(frozen=True, slots=True)
class Paper:
    """`columns` is 32 (58 mm) or 42 or 48 (80 mm) cells.

    encoding  what its Chinese font holds: 'gbk', or 'gb18030' for one that also has Extension A (rare surnames)
    fs_size   understands FS ! (size of Chinese characters); GS ! alone leaves them small on many printers
    cut       has a cutter; without one the paper is fed past the tear bar
    status    answers DLE EOT and GS r; switched off, what was sent counts as printed
    qr        'native' by GS ( k, 'raster' as a picture
    """

    columns: int = 32
    encoding: Literal["gbk", "gb18030"] = "gbk"
    fs_size: bool = True
    cut: bool = True
    status: bool = True
    qr: Literal["native", "raster"] = "raster"

    def __post_init__(self) -> None:
        if self.columns not in _DOTS:
            raise refuse("printer.columns", columns=self.columns)
        if self.encoding not in ("gbk", "gb18030") or self.qr not in ("native", "raster"):
            raise refuse("printer.paper", encoding=self.encoding, qr=self.qr)

    @property
    def dots(self) -> int:
        """Width of the print head in dots."""
        return _DOTS[self.columns]

    @property
    def roll_mm(self) -> int:
        return 58 if self.columns == 32 else 80

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Paper":
        """From the printers table; names this version does not know are left aside."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value[name] for name in known if name in value})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
