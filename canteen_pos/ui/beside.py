"""Windows beside the main one: the customer display and the built-in printer's. They belong to one house."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from canteen_pos.services.context import Desk
    from canteen_pos.ui.screens.customer_display.screen import CustomerDisplay
    from canteen_pos.ui.screens.till.view import ShownOrder
    from canteen_pos.ui.screens.virtual_printer.screen import VirtualPrinter


class Beside:
    """Made empty; each window is made when it is first wanted."""

    def __init__(self) -> None:
        self.display: CustomerDisplay | None = None
        self.virtual_printer: VirtualPrinter | None = None

    def toggle_display(self, desk: "Desk", order: "ShownOrder | None") -> None:
        """The customer display, on the second screen if there is one; it opens on the order being rung up."""
        from canteen_pos.services import settings_store
        from canteen_pos.ui.screens.customer_display.screen import CustomerDisplay

        if self.display is not None and self.display.isVisible():
            self.display.hide()
            return
        if self.display is None:
            self.display = CustomerDisplay(settings_store.load(desk).name, desk.clock)
        if order is not None:
            self.display.show_shown(order)
        self.display.open_on_second_screen()

    def toggle_virtual_printer(self, desk: "Desk") -> None:
        from canteen_pos.ui.screens.virtual_printer.screen import VirtualPrinter

        if self.virtual_printer is not None and self.virtual_printer.isVisible():
            self.virtual_printer.hide()
            return
        if self.virtual_printer is None:
            self.virtual_printer = VirtualPrinter(desk)
        self.virtual_printer.show()

    def face(self, order: "ShownOrder") -> None:
        """The order changed."""
        if self.display is not None:
            self.display.show_shown(order)

    def close(self) -> None:
        for window in (self.display, self.virtual_printer):
            if window is not None:
                window.close()
                window.deleteLater()
        self.display = self.virtual_printer = None
