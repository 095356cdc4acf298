"""What the code can say, read from its sources: the kinds of notices, toasts, refusals and buttons, with their facts.

A kind is mostly a constant; where it is put together from a variable, the caller says what that variable can be.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "handlers", "bot")

Variables = Mapping[str, frozenset[str]]
"""What a variable can be: by the module's name, a colon, and the expression as it stands there, without `self.`"""


@dataclass(frozen=True, slots=True)
class Saying:
    """A place in the code that says something, with the names of the facts it may give; None where nobody can tell."""

    kinds: frozenset[str]
    facts: frozenset[str] | None
    where: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call in the source, and the function and the module it stands in."""

    node: ast.Call
    scope: ast.AST
    module: str

    def argument(self, place: int, name: str) -> ast.expr | None:
        """An argument by its place or its name; None when it is not given."""
        if place < len(self.node.args):
            return self.node.args[place]
        return next((keyword.value for keyword in self.node.keywords if keyword.arg == name), None)

    def values(self, place: int, name: str, variables: Variables) -> frozenset[str]:
        """All an argument can be; nothing when it is not given."""
        node = self.argument(place, name)
        return frozenset() if node is None else values(node, self.module, variables)


def sayings(
    function: str, variables: Variables, *, place: int = 0, name: str = "kind", rooms: tuple[str, ...] = ROOMS
) -> list[Saying]:
    """All calls of something that takes a kind, and `facts` behind it."""
    return [
        Saying(call.values(place, name, variables), _facts(call, place + 1), call.module)
        for call in calls(function, rooms=rooms)
        if call.argument(place, name) is not None
    ]


def refusals(errors: frozenset[str], variables: Variables) -> list[Saying]:
    """All errors that are made with a kind; their facts are keywords."""
    return [
        Saying(call.values(0, "kind", variables), frozenset(map(str, names)), call.module)
        for error in sorted(errors)
        for call in calls(error)
        if None not in (names := [keyword.arg for keyword in call.node.keywords])
    ]


def calls(function: str, *, rooms: tuple[str, ...] = (*ROOMS, "storage")) -> list[Call]:
    """Every call of a function or method of this name, in these rooms."""
    return [call for room, call in _calls().get(function, ()) if room in rooms]


@cache
def _calls() -> Mapping[str, list[tuple[str, Call]]]:
    found: dict[str, list[tuple[str, Call]]] = {}
    for path, tree in _sources():
        module = path.stem if path.stem != "__init__" else path.parent.name
        for node, scope in _scoped(tree, tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                found.setdefault(name, []).append((_room(path), Call(node, scope, module)))
    return found


def _scoped(node: ast.AST, scope: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Everything below a node, each with the function or class it stands in."""
    for child in ast.iter_child_nodes(node):
        yield child, scope
        yield from _scoped(child, child if isinstance(child, ast.FunctionDef) else scope)


def names_of_facts() -> frozenset[str]:
    """Everything that stands as a name in a dict or a keyword of the handlers and the domain."""
    found: set[str] = set()
    for path, tree in _sources():
        if _room(path) != "bot":
            found.update(_names(tree))
    return frozenset(found)


def constants(room: str) -> frozenset[str]:
    """Every string that stands in a room by itself."""
    nodes = (node for path, tree in _sources() if _room(path) == room for node in ast.walk(tree))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg


def _facts(call: Call, place: int) -> frozenset[str] | None:
    """The names an argument may carry, with all it is made by: rather too many than too few."""
    given = call.argument(place, "facts")
    if isinstance(given, ast.Attribute):
        return None
    return frozenset(_strings(given, call.scope, set()) if given else ())


def _strings(node: ast.AST, scope: ast.AST, seen: set[tuple[str, ast.AST]]) -> set[str]:
    """The strings below a node, and below what its variables and functions stand for."""
    found: set[str] = set()
    prefixes: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Constant(value=str(text)):
                found.add(text)
            case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), *_]):
                prefixes.add(prefix)
            case ast.Name(id=name) if (name, scope) not in seen:
                seen.add((name, scope))
                for meaning, its_scope in _meanings(name, scope):
                    found |= _strings(meaning, its_scope, seen)
    return found | {f"{prefix}{name}" for prefix, name in product(prefixes, found)}


def _meanings(name: str, scope: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What is assigned to a name where it stands, and the handlers' function of that name."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=assigned)]) | ast.AnnAssign(target=ast.Name(id=assigned)):
                if assigned == name and node.value:
                    yield node.value, scope
    if name in _functions():
        yield _functions()[name], _functions()[name]


@cache
def _functions() -> Mapping[str, ast.FunctionDef]:
    trees = (tree for path, tree in _sources() if _room(path) == "handlers")
    return {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}


def _room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@cache
def _sources() -> tuple[tuple[Path, ast.Module], ...]:
    paths = (path for room in (*ROOMS, "storage") for path in sorted((ROOT / room).rglob("*.py")))
    return tuple((path, ast.parse(path.read_text("utf-8"))) for path in paths if "sandbox" not in path.parts)


def values(node: ast.expr, module: str, variables: Variables) -> frozenset[str]:
    """All an expression can be. Raises LookupError for a variable nobody has said anything about."""
    match node:
        case ast.Constant(value=str(value)):
            return frozenset({value})
        case ast.IfExp():
            return values(node.body, module, variables) | values(node.orelse, module, variables)
        case ast.BoolOp():
            return frozenset[str]().union(*(values(part, module, variables) for part in node.values))
        case ast.JoinedStr():
            parts = [values(part, module, variables) for part in node.values]
            return frozenset(map("".join, product(*parts)))
        case ast.FormattedValue():
            return values(node.value, module, variables)
    variable = f"{module}:{ast.unparse(node).removeprefix('self.')}"
    known = variables.get(variable)
    if known is None:
        raise LookupError(f"what can `{variable}` be? Say so in tests/texts/test_catalog.py")
    return known
