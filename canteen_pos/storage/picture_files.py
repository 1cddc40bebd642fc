"""Picture files that people choose, read as they will be kept: small and upright."""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from canteen_pos.domain.errors import refuse

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PX = 640
"""The longer side: a face on a screen of 1920 needs no more."""


def read(source: Path) -> bytes:
    """The picture of `source` as a JPEG, turned as the camera was held and at most `MOST_PX` long.

    Nothing of what a phone writes beside the pixels (place, time, owner) is in it.
    Refusal 'photo.missing', 'photo.not_picture', 'photo.too_large' (file=).
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source) as picture:
                picture.draft("RGB", (2 * MOST_PX, 2 * MOST_PX))  # a JPEG of 12 megapixels opens in a blink
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((MOST_PX, MOST_PX))
                flat = _on_white(upright)
    except FileNotFoundError as error:
        raise refuse("photo.missing", file=source.name) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise refuse("photo.too_large", file=source.name) from error
    except (OSError, ValueError, SyntaxError, TypeError, EOFError) as error:
        # what Pillow raises for other files and for damaged pictures
        raise refuse("photo.not_picture", file=source.name) from error
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=85)
    return written.getvalue()


def _on_white(picture: "Image") -> "Image":
    """Without transparency, which JPEG cannot hold."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        from PIL import Image as Images

        layered = picture.convert("RGBA")
        ground = Images.new("RGBA", layered.size, "white")
        return Images.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")
