"""Can Qt start here? If a system library is missing, say in one line which Debian packages bring it."""

import ctypes
import os
import sys

ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
ON_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ON_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def wanted_libraries() -> dict[str, str]:
    """Libraries for the platform Qt will choose, with their Debian packages."""
    wanted = dict(ALWAYS)
    if os.environ.get("QT_QPA_PLATFORM", "") in {"", "xcb", "wayland"}:
        # Qt takes X11 when Wayland's libraries are missing, so either will do.
        wayland = bool(os.environ.get("WAYLAND_DISPLAY")) and all(map(loads, ON_WAYLAND))
        if os.environ.get("DISPLAY") and not wayland:
            wanted |= ON_X11
        elif os.environ.get("WAYLAND_DISPLAY"):
            wanted |= ON_WAYLAND
    return wanted


def main() -> int:
    if sys.platform != "linux":
        return 0
    missing = [package for library, package in wanted_libraries().items() if not loads(library)]
    if missing:
        print(f"Qt needs system libraries: sudo apt-get install {' '.join(missing)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
