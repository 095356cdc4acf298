"""Looks at who reported are added and read, never changed and never taken away."""

import re

from storage.store import HOME, load_queries


def test_looks_are_only_ever_added() -> None:
    """Apart from who looked, once they ask to be forgotten."""
    queries = load_queries(HOME / "sql", "sqlite")
    changing = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO) looks\b")
    assert {name for name, query in queries.items() if changing.search(query.sql)} == {"add_look", "forget_looks"}
