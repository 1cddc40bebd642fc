"""The window: PySide6 lives here and nowhere else. It changes nothing except through a service."""
