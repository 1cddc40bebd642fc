"""The papers of the lunch, as the built-in printer has them: a picture, and the bytes a real printer would get."""

import re
from pathlib import Path

from canteen_pos.services import print_queue, print_worker
from canteen_pos.services.context import Desk
from canteen_pos.ui.demo_play.hands import Hands


def collect(desk: Desk, hands: Hands, folder: Path) -> int:
    """Wait until the queue is empty, then write every ticket to `folder`; how many. Stuck when a paper never comes."""
    hands.wait(lambda: not any(one.waiting for one in print_queue.status(desk)), "the papers come out")
    folder.mkdir(parents=True, exist_ok=True)
    tickets = print_worker.virtual_tickets(desk)
    for number, ticket in enumerate(tickets, 1):
        name = f"{number:02d}-{re.sub(r'[^0-9A-Za-z一-鿿-]+', '-', ticket.title).strip('-')}"
        ticket.picture.save(folder / f"{name}.png")
        (folder / f"{name}.bin").write_bytes(ticket.data)
    return len(tickets)
