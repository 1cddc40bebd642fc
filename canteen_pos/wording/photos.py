"""Refusals around people's photos."""

PHOTOS: dict[str, tuple[str, str]] = {
    "photo.missing": ("找不到照片“{file}”，请重新选。", "There is no file '{file}': choose again."),
    "photo.not_picture": (
        "“{file}”不是能读的图片，请换 JPEG 或 PNG。",
        "'{file}' is not a picture that can be read: take a JPEG or PNG.",
    ),
    "photo.too_large": (
        "“{file}”像素太多，请换小一些的照片。",
        "'{file}' has too many pixels: take a smaller photo.",
    ),
}
