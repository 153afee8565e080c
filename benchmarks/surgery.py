"""Taking a branch out of the parser for a while: its functions run without one of their conditions.

The library has no switches for this. A module's source is read, a branch is removed from the tree, and the code of the
functions is exchanged for as long as the context lasts.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, FunctionType, ModuleType


@dataclass(frozen=True)
class Branch:
    """A condition whose body leaves the function or the loop at once: by line, with its condition in words."""

    module: ModuleType
    line: int
    condition: str

    def __str__(self) -> str:
        return f"{self.module.__name__.rsplit('.', 1)[-1]}:{self.line} if {self.condition}"


@lru_cache
def _source(module: ModuleType) -> str:
    return inspect.getsource(module)


def parsed(module: ModuleType) -> ast.Module:
    """Return a module's source as a tree of its own; the source is read once."""
    return ast.parse(_source(module))


def branches(module: ModuleType) -> list[Branch]:
    """Return the branches of a module that can be taken out one at a time; none that may end a ``while`` loop."""
    tree = parsed(module)
    ending = {id(part) for loop in ast.walk(tree) if isinstance(loop, ast.While) for part in ast.walk(loop)}
    return [
        Branch(module, node.lineno, ast.unparse(node.test))
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and _leaves(node) and id(node) not in ending
    ]


@contextmanager
def without_branch(branch: Branch) -> Iterator[None]:
    """Let the functions of a module run without one of its branches."""
    tree = _Cut(branch.line).visit(parsed(branch.module))
    with rewritten(branch.module, tree):
        yield


@contextmanager
def rewritten(module: ModuleType, tree: ast.AST) -> Iterator[None]:
    """Let the functions of ``module`` run the code of ``tree``, another version of its source."""
    made = compile(ast.unparse(ast.fix_missing_locations(tree)), f"{module.__file__} (changed)", "exec")
    codes = {code.co_qualname: code for code in _codes(made)}
    kept: list[tuple[FunctionType, CodeType]] = []
    try:
        for function in _functions(module):
            code = codes.get(function.__qualname__)
            if code is not None and code.co_freevars == function.__code__.co_freevars:
                kept.append((function, function.__code__))
                function.__code__ = code
        yield
    finally:
        for function, code in kept:
            function.__code__ = code


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    """Yield the functions and methods that a module defines."""
    owners = [module, *(value for value in vars(module).values() if inspect.isclass(value))]
    for owner in owners:
        if inspect.isclass(owner) and owner.__module__ != module.__name__:
            continue
        for value in vars(owner).values():
            found = value.__func__ if isinstance(value, staticmethod | classmethod) else value
            found = found.fget if isinstance(found, property) else found
            if isinstance(found, FunctionType) and found.__module__ == module.__name__:
                yield found


def _leaves(node: ast.If) -> bool:
    return len(node.body) == 1 and isinstance(node.body[0], ast.Return | ast.Continue | ast.Break)


class _Cut(ast.NodeTransformer):
    def __init__(self, line: int) -> None:
        self._line = line

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        if node.lineno == self._line and _leaves(node):
            return node.orelse or ast.Pass()
        self.generic_visit(node)
        return node
