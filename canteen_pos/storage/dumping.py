"""A PostgreSQL canteen copied by the server's own tools."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from canteen_pos.domain.errors import refuse


def dump(url: str, target: Path) -> None:
    """One consistent copy, while tills sell. Refusal 'backup.no_pg_dump', 'backup.pg_dump' (why=)."""
    program = shutil.which("pg_dump")
    if program is None:
        raise refuse("backup.no_pg_dump")
    address = make_url(url).set(drivername="postgresql")
    environment = dict(os.environ)
    if address.password:
        environment["PGPASSWORD"] = str(address.password)  # not on the command line, where everybody reads it
    plain = address.set(password=None).render_as_string(hide_password=False)
    _run([program, "--format=custom", f"--file={target}", f"--dbname={plain}"], environment)


def listed(file: Path) -> int:
    """How many tables with rows the copy lists; it has to open for that. Refusal as in `dump`."""
    program = shutil.which("pg_restore")
    if program is None:
        raise refuse("backup.no_pg_dump")
    told = _run([program, "--list", str(file)], dict(os.environ))
    return sum(" TABLE DATA " in line for line in told.splitlines())


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise refuse("backup.pg_dump", why=(done.stderr.strip().splitlines() or [str(done.returncode)])[0])
    return done.stdout
