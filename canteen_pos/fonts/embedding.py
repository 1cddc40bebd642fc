"""One rare character as a TrueType font of its own, for PDF: from whatever kind of font has it."""

import io
from typing import Any

from canteen_pos.fonts import face_of, rare_font

WEIGHT = 400
"""Of a variable font; a receipt's dots want no hairlines."""


def face_name(char: str) -> str:
    return f"Rare{ord(char):X}"


def as_truetype(char: str) -> bytes:
    """A TrueType font of this one character, no wider than an em. PDF libraries embed no CFF and no variable font."""
    from fontTools import subset
    from fontTools.varLib import instancer

    options = subset.Options(layout_features=[], recalc_bounds=True, drop_tables=list(_UNUSED))
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=[ord(char)])
    out = io.BytesIO()
    with subset.load_font(str(face_of(char) or rare_font()), options) as font:
        chosen.subset(font)
        if "fvar" in font:
            instancer.instantiateVariableFont(font, {"wght": WEIGHT}, inplace=True)
        _turn_into_truetype(font)
        # faces of one name would share one glyph file
        font["name"].setName(face_name(char), 6, 3, 1, 0x409)
        font.save(out)
    return out.getvalue()


def _turn_into_truetype(font: Any) -> None:
    """Whole outlines, quadratic ones, within an em; and the tables that go with them."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    outlines, order, em = font.getGlyphSet(), font.getGlyphOrder(), font["head"].unitsPerEm
    cubic = "CFF " in font
    glyf = newTable("glyf")
    glyf.glyphs, glyf.glyphOrder = {}, order
    for name in order:
        advance, bearing = font["hmtx"][name]
        scale = min(1.0, em / advance) if advance else 1.0
        whole, pen = DecomposingRecordingPen(outlines), TTGlyphPen(None)
        outlines[name].draw(whole)
        quadratic = Cu2QuPen(pen, max_err=1.0, reverse_direction=cubic)
        whole.replay(TransformPen(quadratic, (scale, 0, 0, scale, 0, 0)))
        glyf.glyphs[name] = pen.glyph()
        font["hmtx"][name] = (round(advance * scale), round(bearing * scale))
    font["loca"], font["glyf"] = newTable("loca"), glyf
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in _NO_INSTRUCTIONS:
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    if cubic:
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
