"""The seam between those who ask and the database: a unit of work is a plain function, and one unit is one transaction.

    await store.run(acknowledge, case_id, now)      # acknowledge(work, case_id, now) writes
    await store.read(todo_of, person, now)          # todo_of(work, person, now) only reads

A unit may run twice, so it touches nothing but its `work`; what it returns is handed out once it is committed.
The errors of this room:

    StorageError        the database cannot do it now (disk full, file gone, busy): nobody's message is at fault
    ├── Locked          another process holds the database
    └── SchemaError     the database and this program's migrations do not fit together

A constraint that says no and a statement that is wrong are faults of the unit: they pass as the driver raised them,
and so does everything the unit raises itself. A unit catches no error of the database: it asks first or uses
ON CONFLICT.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import aiosql
from aiosql.types import QueryFn, SQLOperationType

P = ParamSpec("P")
T = TypeVar("T")

Row = Mapping[str, Any]

HOME = Path(__file__).parent
DRIVERS = {"sqlite": "sqlite3", "postgres": "psycopg"}

_SHAPES = {
    SQLOperationType.SELECT_ONE: "row (^)",
    SQLOperationType.SELECT: "rows (no sign)",
    SQLOperationType.INSERT_UPDATE_DELETE: "change (!)",
}


class StorageError(Exception):
    """The database cannot do it now. Trying again later is right, counting it against a message is not."""


class Locked(StorageError):
    """Another process holds the database."""


class SchemaError(StorageError):
    """The database stands at other migrations than this program."""


class UnknownQuery(LookupError):
    """There is no query of that name that answers in that shape."""


@dataclass(frozen=True, slots=True)
class Query:
    """A named query: its sentence of description, its text, the names of its parameters."""

    sentence: str
    sql: str
    shape: SQLOperationType
    parameters: frozenset[str]
    ask: Callable[..., Any]


Queries = Mapping[str, Query]


class Work:
    """What a unit works with. `alive` tells whether the transaction still stands."""

    __slots__ = ("_alive", "_connection", "_queries")

    def __init__(self, connection: object, queries: Queries, alive: Callable[[], bool]) -> None:
        self._connection = connection
        self._queries = queries
        self._alive = alive

    def row(self, name: str, /, **params: Any) -> Row | None:
        """The first row that a `^` query answers with, None without one."""
        return cast("Row | None", self._ask(name, SQLOperationType.SELECT_ONE, params))

    def rows(self, name: str, /, **params: Any) -> list[Row]:
        """Every row that a query without a sign answers with."""
        return list(self._ask(name, SQLOperationType.SELECT, params))

    def change(self, name: str, /, **params: Any) -> int:
        """How many rows a `!` query changed."""
        return int(self._ask(name, SQLOperationType.INSERT_UPDATE_DELETE, params))

    def _ask(self, name: str, shape: SQLOperationType, params: dict[str, Any]) -> Any:
        query = self._queries.get(name)
        if query is None or query.shape is not shape:
            raise UnknownQuery(f"no query in storage/sql is called {name} and answers as {_SHAPES[shape]}")
        if params.keys() != query.parameters:
            raise TypeError(f"the query {name} takes {sorted(query.parameters)}, not {sorted(params)}")
        # Without this a unit that swallowed the loss of its transaction would go on outside of any, half done for ever.
        if not self._alive():
            raise StorageError("the transaction is lost, and nothing more can be done in this unit")
        return query.ask(self._connection, **params)


class Store(Protocol):
    """A database, opened. Every method may raise StorageError."""

    @property
    def engine(self) -> str:
        """The engine and its version, such as `SQLite 3.40.1`."""

    async def run(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `unit(work, …)` in a transaction of its own; returns what it returns, after the commit.

        An exception rolls back the unit and nothing else. A cancelled wait leaves it run or not run, never half.
        """

    async def read(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit that only reads, on one snapshot; it waits for no writer."""

    async def close(self) -> None:
        """Finish what waits, then close. Closing twice does no harm."""


@cache
def load_queries(folder: Path, dialect: str) -> Queries:
    """The named queries of a folder. `inbox.sql` holds for every dialect, `inbox.sqlite.sql` for that one alone.

    Raises ValueError when two files use the same name.
    """
    queries: dict[str, Query] = {}
    for file in sorted(folder.glob("*.sql")):
        if file.suffixes[:-1] not in ([], [f".{dialect}"]):
            continue
        found = _queries_in(file, dialect)
        if twice := found.keys() & queries.keys():
            raise ValueError(f"{file.name} uses names that stand in another file: {sorted(twice)}")
        queries |= found
    return queries


def _queries_in(file: Path, dialect: str) -> dict[str, Query]:
    loaded = aiosql.from_path(file, DRIVERS[dialect], mandatory_parameters=False)
    # aiosql adds a twin `…_cursor` to each query for rows.
    names = (name for name in loaded.available_queries if not name.endswith("_cursor"))
    return {name: _query(getattr(loaded, name)) for name in names}


def _query(ask: QueryFn) -> Query:
    parameters = ask.__signature__.parameters if ask.__signature__ else ()
    return Query(ask.__doc__ or "", ask.sql, ask.operation, frozenset(parameters) - {"self"}, ask)
