"""Whatever changes the database asks who may, and is told of: found in the services' source, not listed.

A new function that writes without an actor, or without a line in the log or a document, fails here until it has one or
stands below with its reason.
"""

import ast
from pathlib import Path

from tests.unit.test_permission_matrix import NO_RIGHT_NEEDED, SERVICES

FOLDER = Path(__file__).parents[2] / "canteen_pos" / "services"

NOBODY_ACTS = {
    "backing_up.run": "the worker's and the command line's; a manager's button is `back_up_now`",
    "backup_worker.BackupWorker.turn": "the same",
    "parking.clear_draft": "an unfinished order, no money yet",
    "parking.resume": "an unfinished order, no money yet",
    "parking.save_draft": "an unfinished order, no money yet",
    "print_queue.enqueue_shift_report": "paper of what is in the books",
    "print_queue.enqueue_test_page": "paper that says nothing",
    "print_worker.Workers.start": "the machine's own",
    "print_worker.look": "the machine's own",
    "print_worker.print_waiting": "the machine's own",
    "print_worker.recover": "the machine's own",
    "print_worker.step": "the machine's own",
    "printer_setup.ensure_printers": "the built-in printer of a new till",
    "setup.found_canteen": "there is nobody yet",
    "users.sign_in": "finds the actor",
}
"""Functions that write and are not told who acts, and why."""

NOT_TOLD_OF = {
    "parking.clear_draft": "an unfinished order, no money yet",
    "parking.park": "an unfinished order, no money yet",
    "parking.resume": "an unfinished order, no money yet",
    "parking.save_draft": "an unfinished order, no money yet",
    "print_queue.enqueue_shift_report": "paper of what is in the books",
    "print_queue.enqueue_test_page": "paper that says nothing",
    "print_worker._ended": "how printing went stands in the print jobs",
    "print_worker._failed": "how printing went stands in the print jobs",
    "print_worker.look": "how printing went stands in the print jobs",
    "print_worker.recover": "how printing went stands in the print jobs",
    "print_worker.step": "how printing went stands in the print jobs",
    "printer_setup.ensure_printers": "the built-in printer of a new till",
    "users._charge": "counts the attempt; who called it tells how it ended",
    "users._charge_asking": "the same",
}
"""Functions that open a write transaction and leave neither a document nor a line in the log, and why."""


class Source:
    """The services as a graph of who calls whom: 'users.create' -> {'users.add', 'audit.log', ...}."""

    def __init__(self) -> None:
        self.functions: dict[str, ast.FunctionDef] = {}
        self._imports: dict[str, dict[str, str]] = {}
        for path in sorted(FOLDER.glob("*.py")):
            if not path.stem.startswith("demo"):  # the demo plays everybody
                self._read(path.stem, ast.parse(path.read_text("utf-8")))
        self.calls = {name: self._calls(name) for name in self.functions}

    def _read(self, module: str, tree: ast.Module) -> None:
        self._imports[module] = {
            one.asname or one.name: ".".join(
                filter(None, (found.module[len("canteen_pos.services.") :], one.name))
            )
            for found in ast.walk(tree)
            if isinstance(found, ast.ImportFrom) and (found.module or "").startswith("canteen_pos.services")
            for one in found.names
        }
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                self.functions[f"{module}.{node.name}"] = node
            elif isinstance(node, ast.ClassDef):
                methods = (part for part in node.body if isinstance(part, ast.FunctionDef))
                self.functions.update({f"{module}.{node.name}.{part.name}": part for part in methods})

    def _calls(self, name: str) -> set[str]:
        module = name.partition(".")[0]
        found = set()
        for node in ast.walk(self.functions[name]):
            if isinstance(node, ast.Call):
                head, _, rest = ast.unparse(node.func).partition(".")
                whole = self._imports[module].get(head, f"{module}.{head}")
                found.add(f"{whole}.{rest}" if rest else whole)
        return found

    def reaches(self, name: str, targets: set[str]) -> bool:
        """Whether `name` calls one of `targets`, itself or through others."""
        waiting, seen = [name], set()
        while waiting:
            for called in self.calls[waiting.pop()] - seen:
                if called in targets:
                    return True
                seen.add(called)
                if called in self.functions:
                    waiting.append(called)
        return False

    def writing(self) -> set[str]:
        """Functions that open a write transaction."""
        return {name for name, calls in self.calls.items() if any(one.endswith("db.write") for one in calls)}


SOURCE = Source()


def test_the_source_was_read() -> None:
    assert len(SOURCE.functions) > 400
    assert {"selling.ring_up", "users.create", "settings_store.save"} <= SOURCE.writing()
    assert SOURCE.reaches("wallets.top_up", {"documents.writer"})
    assert not SOURCE.reaches("parking.save_draft", {"audit.log"})


def test_whoever_changes_something_is_told_who_acts_and_asks_whether_they_may() -> None:
    writing = SOURCE.writing()
    public = {name for name in SOURCE.functions if "._" not in name}
    changing = {name for name in public if name in writing or SOURCE.reaches(name, writing)}
    asked = set(SERVICES) | set(NO_RIGHT_NEEDED)  # each called with every role in test_permission_matrix
    assert sorted(changing - asked - NOBODY_ACTS.keys()) == []
    assert sorted(NOBODY_ACTS.keys() - changing) == [], "an exception that is none any more"


def test_every_change_leaves_a_document_or_a_line_in_the_log() -> None:
    told = {"audit.log", "documents.record", "documents.writer"}
    silent = {name for name in SOURCE.writing() if not SOURCE.reaches(name, told)}
    assert sorted(silent - NOT_TOLD_OF.keys()) == []
    assert sorted(NOT_TOLD_OF.keys() - silent) == [], "an exception that is none any more"
