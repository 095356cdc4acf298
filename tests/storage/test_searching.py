"""Looking for cases in the store: by text and by day; what was erased is not found again."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.case import Case, Decision, State
from domain.district import District
from domain.gist import Place
from domain.search import Search
from storage import cases
from storage.district.files import parse, read
from storage.migrate import migrate, read_migrations
from storage.store import HOME, Store, Work, load_queries
from tests.storage.test_cases import NOW, changed, event, filed

DAY = date(2026, 4, 21)


@pytest.fixture(scope="session")
def ximing() -> District:
    """The sample district."""
    return parse(read(Path(__file__).parents[2] / "districts" / "ximing"))


async def found(store: Store, search: Search, district: District) -> tuple[Case, ...]:
    """What is found."""

    def loaded(work: Work) -> tuple[Case, ...]:
        return tuple(cases.load(work, case) for case in cases.found(work, search, district, NOW))

    return await store.read(loaded)


async def test_words_are_looked_for_whatever_their_width_and_case(store: Store, ximing: District) -> None:
    def noted(work: Work) -> Case:
        case = replace(filed(work), version=2, words="电线杆ＡＢ-3 倒了", place=Place(name="东门"))
        return cases.save(work, Decision(case, event(case)))

    case = await store.run(noted)
    assert await found(store, Search(words=("ab-3", "东门")), ximing) == (case,)
    assert await found(store, Search(words=("ab-3", "西门")), ximing) == ()


async def test_days_are_those_of_the_district(store: Store, ximing: District) -> None:
    """09:00 in the morning there, one o'clock at night in UTC."""
    case = await store.run(filed)
    assert await found(store, Search(since=DAY, until=DAY), ximing) == (case,)
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        assert await found(store, Search(since=day, until=day), ximing) == ()


async def test_texts_that_were_erased_are_not_found(store: Store, ximing: District) -> None:
    case = await store.run(filed)
    assert await found(store, Search(words=("written",)), ximing) == (case,)
    await store.run(cases.erase, await store.run(cases.save, changed(case, State.VOID)))
    assert await found(store, Search(words=("written",)), ximing) == ()
    assert await found(store, Search(number="-001"), ximing)


def test_days_bound_what_is_looked_at() -> None:
    """By an index, so that a search within some days does not read years."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, read_migrations(HOME / "migrations", "sqlite"))
    query = load_queries(HOME / "sql", "sqlite")["found"]
    plan = connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", dict.fromkeys(query.parameters, 0)).fetchall()
    connection.close()
    assert [step[3] for step in plan] == ["SEARCH cases USING INDEX cases_filed (filed_at>? AND filed_at<?)"]
