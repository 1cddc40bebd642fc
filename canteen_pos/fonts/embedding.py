"""One rare character as a TrueType font of its own, for PDF."""

import io
from typing import Any

from canteen_pos.fonts import rare_font


def face_name(char: str) -> str:
    return f"Rare{ord(char):X}"


def as_truetype(char: str) -> bytes:
    """A TrueType font of this one character, made from the CFF font, which PDF libraries cannot embed."""
    from fontTools import subset

    options = subset.Options(layout_features=[], recalc_bounds=True, drop_tables=list(_UNUSED))
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=[ord(char)])
    out = io.BytesIO()
    with subset.load_font(str(rare_font()), options) as font:
        chosen.subset(font)
        _turn_into_truetype(font)
        # faces of one name would share one glyph file
        font["name"].setName(face_name(char), 6, 3, 1, 0x409)
        font.save(out)
    return out.getvalue()


def _turn_into_truetype(font: Any) -> None:
    """Cubic outlines to quadratic ones, and the tables that go with them."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyf = newTable("glyf")
    glyf.glyphs, glyf.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), glyf
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in _NO_INSTRUCTIONS:
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"


_NO_INSTRUCTIONS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxComponentDepth",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
)
_UNUSED = ("vhea", "vmtx", "VORG", "BASE", "GPOS", "GSUB")
