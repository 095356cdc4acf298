"""Which engine a database URL names, how a store is opened with it, and who else works there."""

from pathlib import Path
from urllib.parse import unquote

from storage.crew import Alone, Crew
from storage.store import HOME, StorageError, Store


async def open_store(url: str, *, read_only: bool = False, home: Path = HOME) -> Store:
    """Open the database at `url`: `sqlite:///relative/path`, `sqlite:////absolute/path` or `postgresql://…`.

    Brings it up to date, and keeps other processes from a SQLite file; with `read_only` it does neither, and `run` is
    refused. `home` holds the folders `sql` and `migrations`. Raises ValueError for a URL that names no store we have.
    Whoever opens a store closes it, whatever happens: an open one keeps the process alive.
    """
    # An engine, with its driver, is loaded only when it is used.
    if is_postgres(url):
        try:
            from storage import postgres  # noqa: PLC0415
        except ImportError as error:
            raise StorageError("PostgreSQL needs psycopg: pip install '.[postgresql]'") from error
        return await postgres.open_postgres(url, read_only=read_only, home=home)
    from storage import sqlite  # noqa: PLC0415

    return await sqlite.open_sqlite(file_of(url), read_only=read_only, home=home)


async def join(url: str) -> Crew:
    """Join those who work at the database at `url`. Raises StorageError."""
    if not is_postgres(url):
        return Alone()
    from storage.postgres_crew import PostgresCrew  # noqa: PLC0415  an engine is loaded only when it is used

    crew = PostgresCrew(url)
    await crew.join()
    return crew


def is_postgres(url: str) -> bool:
    """Whether a URL names a PostgreSQL database."""
    return url.startswith(("postgresql://", "postgres://"))


def file_of(url: str) -> Path:
    """The file that a database URL names. Raises ValueError when it names no store we have."""
    scheme, _, rest = url.partition("://")
    path = unquote(rest.removeprefix("/"))
    if scheme != "sqlite":
        raise ValueError(f"a database URL begins with sqlite:/// or postgresql://, and this one with {scheme[:20]!r}")
    if not rest.startswith("/") or path in {"", ":memory:"}:
        raise ValueError("a database URL names a file: sqlite:///relative/path or sqlite:////absolute/path")
    return Path(path)
