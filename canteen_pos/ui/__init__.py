"""The window: PySide6 lives here and nowhere else. It changes nothing except through a service."""

from canteen_pos.ui.lasting_none import keep_none

keep_none()
