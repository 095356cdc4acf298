"""The house stands as it was drawn: imports point one way, each library has one home, Chinese words have theirs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "domain": {"domain"},
    "reading": {"reading", "domain"},
    "storage": {"storage", "domain"},
    "handlers": {"handlers", "storage", "domain"},
    "scheduler": {"handlers", "storage", "domain"},
    "bot": {"bot", "scheduler", "handlers", "storage", "reading", "domain"},
}
HOMES = {
    "telegram": ("bot/telegram/",),
    "aiohttp": ("bot/telegram/", "bot/web/", "bot/sandbox/"),
    "prometheus_client": ("bot/metrics.py",),
    "apscheduler": ("scheduler.py",),
    "sqlite3": ("storage/",),
    "aiosqlite": ("storage/",),
    "aiosql": ("storage/",),
    "psycopg": ("storage/",),
    "chinese_calendar": ("storage/",),
    "cattrs": ("storage/record.py", "bot/demo/story.py"),
    "shapely": ("domain/routing.py",),
    "sklearn": ("reading/",),
    "pypinyin": ("reading/",),
    "PIL": ("bot/photo_", "bot/bulletin/", "bot/sandbox/"),
    "segno": ("bot/bulletin/",),
    "pydantic_settings": ("bot/config.py",),
    "typer": ("bot/__main__.py", "bot/parked.py", "bot/terminal.py", "bot/demo/", "bot/sandbox/"),
}
CORE = {"domain", "handlers", "reading"}
NO_NAMES = {"utils", "helpers", "common", "manager", "base"}
CHANNELS = re.compile(r"telegram|wechat|wecom", re.IGNORECASE)
SQL = re.compile(r"\b(SELECT .+ FROM|INSERT INTO|UPDATE .+ SET|DELETE FROM)\b", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product with its path from the root."""
    for path in sorted([*ROOT.glob("*.py"), *(file for room in MAY_IMPORT for file in (ROOT / room).rglob("*.py"))]):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


MODULES = dict(modules())


def room(path: str) -> str:
    """The room a module stands in."""
    return path.split("/", maxsplit=1)[0].removesuffix(".py")


def names_a_clock(node: ast.expr) -> bool:
    """Whether a name is that of a class that knows the time."""
    return isinstance(node, ast.Name) and node.id in ("datetime", "date", "time")


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of everything a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def strings(tree: ast.Module) -> Iterator[str]:
    """The string literals of a module that are not docstrings."""
    said = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def test_imports_point_one_way() -> None:
    """A module imports only what stands to its right: bot ▸ scheduler ▸ handlers ▸ storage ▸ domain."""
    assert not [
        (path, name)
        for path, tree in MODULES.items()
        for name in imported(tree)
        if name.split(".")[0] in MAY_IMPORT and name.split(".")[0] not in MAY_IMPORT[room(path)]
    ]


def test_each_library_has_one_home() -> None:
    assert not [
        (path, name)
        for path, tree in MODULES.items()
        for name in imported(tree)
        if not path.startswith(HOMES.get(name.split(".")[0], ("",)))
    ]


def test_the_core_never_waits() -> None:
    waiting = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
    assert not [
        (path, node.lineno)
        for path, tree in MODULES.items()
        if room(path) in CORE
        for node in ast.walk(tree)
        if isinstance(node, waiting)
    ]


def test_the_core_never_looks_at_a_clock() -> None:
    assert not [
        (path, node.lineno)
        for path, tree in MODULES.items()
        if room(path) in CORE
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow") and names_a_clock(node.value)
    ]


def test_the_environment_is_read_in_one_place() -> None:
    assert not [
        (path, node.lineno)
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and path != "bot/config.py"
    ]


def test_chinese_words_stand_with_the_texts() -> None:
    """Words we say are in `bot/texts`, words by which texts are recognised are data of the district."""
    assert not [(path, text) for path, tree in MODULES.items() for text in strings(tree) if CHINESE.search(text)]


def test_the_core_knows_no_channel() -> None:
    """Capabilities may be asked for, a channel's name never."""
    assert not [
        (path, text)
        for path, tree in MODULES.items()
        if room(path) in CORE | {"storage", "scheduler"}
        for text in strings(tree)
        if CHANNELS.search(text)
    ]


def test_only_storage_writes_sql() -> None:
    assert not [
        (path, text)
        for path, tree in MODULES.items()
        if room(path) != "storage"
        for text in strings(tree)
        if SQL.search(text)
    ]


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not {Path(path).stem for path in MODULES} & NO_NAMES
