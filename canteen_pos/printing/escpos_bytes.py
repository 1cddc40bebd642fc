"""A ticket as ESC/POS bytes, built here because libraries get Chinese wrong (docs/printers.md tells how).

One code page for the whole job: Chinese mode is switched on once and every line is strict GBK. A line GBK cannot
hold is sent as a picture of that line, never as '?'.
"""

from canteen_pos import fonts
from canteen_pos.printing.paper import CELL_DOTS, Paper
from canteen_pos.printing.ticket import CutRow, QrRow, Row, TextRow, Ticket, layout

ESC, FS, GS = b"\x1b", b"\x1c", b"\x1d"
BEGIN = ESC + b"@" + ESC + b"t\x00" + FS + b"&" + FS + b"S\x00\x00"
"""Reset, page 0 for ASCII, Chinese mode on, no extra space around Chinese characters."""
KICK_DRAWER = ESC + b"p\x00\x19\x78"
"""Pulse of 50 ms on pin 2. Sent on its own, never with a ticket, never from a queue."""
ASK_PRINTER, ASK_OFFLINE_CAUSE, ASK_PAPER = (b"\x10\x04" + bytes([n]) for n in (1, 2, 4))
"""Real-time questions (DLE EOT): answered even while the printer is off line."""
ASK_WHEN_DONE = GS + b"r\x01"
"""Queued behind the data, so its answer says that all before it was worked through."""

_FEED_PAST_TEAR_BAR = b"\n" * 4


def render(ticket: Ticket, paper: Paper) -> bytes:
    """The whole job, from reset to cut."""
    rows = layout(ticket, paper.columns, fonts.spell_out)
    return BEGIN + b"".join(_row(row, paper) for row in rows)


def _row(row: Row, paper: Paper) -> bytes:
    match row:
        case TextRow():
            return _text(row, paper)
        case QrRow():
            return _qr(row.text, paper)
        case CutRow():
            return GS + b"V\x42\x00" if paper.cut else _FEED_PAST_TEAR_BAR


def _text(row: TextRow, paper: Paper) -> bytes:
    encoded = encode(row.text, paper)
    if encoded is None:
        return _raster_text(row, paper)
    line = encoded + b"\n"
    if row.bold:
        line = ESC + b"E\x01" + line + ESC + b"E\x00"
    if row.width > 1 or row.height > 1:
        line = _size(row.width, row.height, paper) + line + _size(1, 1, paper)
    return line


def encode(text: str, paper: Paper) -> bytes | None:
    """`text` in the printer's Chinese code, or None when its font has not got every character."""
    try:
        return text.encode("gbk")
    except UnicodeEncodeError:
        if paper.encoding == "gb18030" and all(map(_in_gb18030_font, text)):
            return text.encode("gb18030")
        return None


def _in_gb18030_font(char: str) -> bool:
    """Fonts sold as GB18030 hold its two-byte part and Extension A; the rest encodes, but prints as a box."""
    return "\u3400" <= char <= "\u4dbf" or char < "\x80" or len(char.encode("gb18030")) == 2


def _size(width: int, height: int, paper: Paper) -> bytes:
    """GS ! sizes ASCII and, on some printers only, Chinese; FS ! sizes Chinese on the others."""
    ascii_size = GS + b"!" + bytes([(width - 1) << 4 | (height - 1)])
    chinese_size = FS + b"!" + bytes([(4 if width > 1 else 0) | (8 if height > 1 else 0)])
    return ascii_size + chinese_size if paper.fs_size else ascii_size


def _raster_text(row: TextRow, paper: Paper) -> bytes:
    from canteen_pos.printing import picture

    return _raster(*picture.bits(picture.text_line(row, paper.columns * CELL_DOTS)))


def _raster(width_bytes: int, height: int, data: bytes) -> bytes:
    """GS v 0: one picture, eight dots a byte, black is 1."""
    head = GS + b"v0\x00" + width_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
    return head + data


def _qr(text: str, paper: Paper) -> bytes:
    if paper.qr == "raster":
        from canteen_pos.printing import picture

        return _raster(*picture.bits(picture.qr_band(text, paper.columns * CELL_DOTS)))
    data = text.encode("utf-8")
    store = (len(data) + 3).to_bytes(2, "little") + b"1P0" + data
    parts = (
        b"\x04\x00" + b"1A2\x00",
        b"\x03\x00" + b"1C\x06",
        b"\x03\x00" + b"1E1",
        store,
        b"\x03\x00" + b"1Q0",
    )
    code = b"".join(GS + b"(k" + part for part in parts)
    return ESC + b"a\x01" + code + ESC + b"a\x00"
