"""Collects every regular expression of the product, so that none goes unmeasured.

Compiled patterns are found by walking what modules hold; those written into a function are found by
reading the source. What only a running function knows is reported as dynamic, for the test to name.
"""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

REPO = Path(__file__).parents[3]
PACKAGES = (
    "core", "storage", "knowledge", "tools", "tools_registry", "graphs", "server", "evals", "cli",
)  # fmt: skip
NOT_MODULES = ("storage.migrations.", "knowledge.embeddings.torch_embeddings")
"""Alembic runs the first itself, and their text is our own; the other needs the extra `torch`."""
ANCHORED = frozenset({"match", "fullmatch"})
TAKES_A_PATTERN = frozenset(
    {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
)


@dataclass(frozen=True)
class Collected:
    """A pattern, the place that names it, and whether it is only ever tried where a text begins."""

    pattern: re.Pattern[Any]
    place: str
    method: str = "finditer"


@dataclass
class Source:
    """What one file says of regular expressions."""

    module: str
    tree: ast.Module
    methods: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By the name of a pattern: the methods called on it; "" where it is handed on."""


@cache
def modules() -> dict[str, ModuleType]:
    """Every module of every package, imported."""
    found = {}
    for package in PACKAGES:
        top = importlib.import_module(package)
        for info in pkgutil.walk_packages(top.__path__, f"{package}."):
            if not info.name.startswith(NOT_MODULES):
                found[info.name] = importlib.import_module(info.name)
    return found


@cache
def sources() -> dict[str, Source]:
    read = {}
    for name, module in modules().items():
        assert module.__file__ is not None
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        read[name] = Source(name, tree)
        _note_methods(read[name])
    return read


def _note_methods(source: Source) -> None:
    called = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and (name := _name(node.value)):
            source.methods[name].add(node.attr)
            called.add(id(node.value))
    for node in ast.walk(source.tree):
        if (name := _name(node)) and id(node) not in called and _is_read(node):
            source.methods[name].add("")


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _is_read(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Load)


def compiled() -> Iterator[Collected]:
    """Patterns that modules hold, in whatever they keep them."""
    for name, module in modules().items():
        for held, value in vars(module).items():
            yield from _walk(value, f"{name}.{held}", held, set())


def _walk(value: object, place: str, name: str, seen: set[int]) -> Iterator[Collected]:
    if isinstance(value, re.Pattern):
        yield Collected(value, place, _method(place, name))
        return
    if isinstance(value, ModuleType) or id(value) in seen:
        return
    seen.add(id(value))
    for key, member in _members(value):
        yield from _walk(member, f"{place}.{key}", str(key), seen)


def _members(value: object) -> Iterator[tuple[object, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
        yield from (("key", key) for key in value)
    elif isinstance(value, list | tuple | set | frozenset):
        yield from enumerate(value)
    elif isinstance(value, FunctionType):
        yield from enumerate(value.__defaults__ or ())
        yield from (value.__kwdefaults__ or {}).items()
        yield from ((n, _content(cell)) for n, cell in enumerate(value.__closure__ or ()))
        yield from (("wrapped", it) for it in [getattr(value, "__wrapped__", None)] if it)
    elif type(value).__module__.split(".")[0] in PACKAGES or _is_our_class(value):
        yield from _attributes(value)


def _content(cell: Any) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # not filled yet
        return None


def _is_our_class(value: object) -> bool:
    return isinstance(value, type) and value.__module__.split(".")[0] in PACKAGES


def _attributes(value: object) -> Iterator[tuple[str, object]]:
    yield from getattr(value, "__dict__", {}).items()
    for kind in type(value).__mro__:
        for slot in getattr(kind, "__slots__", ()):
            if hasattr(value, slot):
                yield slot, getattr(value, slot)


def _method(place: str, name: str) -> str:
    """How a pattern is used, if every use of its name is anchored; else as a search is."""
    module = place.rpartition(".")[0]
    if module not in sources():  # in a container: a loop may do anything with it
        return "finditer"
    files = [sources()[module]] if name.startswith("_") else list(sources().values())
    used = set().union(*(file.methods.get(name, set()) for file in files)) - {"pattern"}
    return max(used) if used and used <= ANCHORED else "finditer"


def written() -> Iterator[Collected | str]:
    """Patterns within functions; where a local variable is part of one, the function's name."""
    for name, source in sources().items():
        for function in _functions(source.tree):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _takes_a_pattern(call):
                    yield _evaluated(call, f"{name}.{function.name}", modules()[name])


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _takes_a_pattern(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in TAKES_A_PATTERN
    )


def _evaluated(call: ast.Call, place: str, module: ModuleType) -> Collected | str:
    assert isinstance(call.func, ast.Attribute)
    flags = next((each.value for each in call.keywords if each.arg == "flags"), None)
    index = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(call.func.attr, 2)
    if flags is None and len(call.args) > index:
        flags = call.args[index]
    try:
        pattern = _value(call.args[0], module)
        pattern = re.compile(pattern, _value(flags, module) if flags else 0)
    except NameError:
        return place
    method = call.func.attr if call.func.attr in ANCHORED else "finditer"
    return Collected(pattern, place, method)


def _value(expression: ast.expr, module: ModuleType) -> Any:
    code = compile(ast.Expression(expression), module.__name__, "eval")
    return eval(code, vars(module))  # noqa: S307  # our own source


def collected() -> dict[tuple[re.Pattern[Any], str], Collected]:
    """Each pattern once for each way in which it is used."""
    found = [*compiled(), *(each for each in written() if isinstance(each, Collected))]
    return {(each.pattern, each.method): each for each in found}


def dynamic() -> set[str]:
    """Functions that put a pattern together out of what they are given."""
    return {each for each in written() if isinstance(each, str)}
