"""The rules for roles by name, found in the source, and the reader without one of them.

A rule is a ``return`` of a role and a name in ``parsing/roles.py``, or of a name alone in a method of a class that the reader
of roles is built from. Nothing needs to be listed: a new rule is found, and can be taken out, as soon as it is written.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

from benchmarks.surgery import parsed, rewritten
from policyparse.parsing import roles

_DEFAULT_RULES = ("plan", "review", "rules")
"""What is left when every rule of a region is taken out."""


def rule_modules() -> list[ModuleType]:
    """Return the modules that hold rules: those of the classes that the reader is built from, then its own."""
    tree = parsed(roles)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    homes: dict[str, ModuleType] = {}
    for name in sorted(called):
        made = getattr(roles, name, None)
        home = getattr(made, "__module__", "")
        if inspect.isclass(made) and home.startswith("policyparse.parsing.") and home != roles.__name__:
            module = sys.modules[home]
            if any(_constants(part) for part in _returned(parsed(module), paired=False)):
                homes[home] = module
    return [*homes.values(), roles]


def rule_names() -> list[str]:
    """Return the names of all rules, in the order of the source; a region's default is none."""
    names: dict[str, None] = {}
    for module in rule_modules():
        for part in _returned(parsed(module), paired=module is roles):
            names.update(dict.fromkeys(_constants(part)))
    return list(names)


def removable() -> list[str]:
    """Return the names of the rules that can be taken out: all but the defaults of the regions."""
    return [name for name in rule_names() if name not in _DEFAULT_RULES]


@contextmanager
def without_rule(name: str) -> Iterator[None]:
    """Let roles be decided as if the rule of that name had never been written."""
    with ExitStack() as stack:
        for module in rule_modules():
            stack.enter_context(rewritten(module, without(module, name)))
        yield


def without(module: ModuleType, name: str) -> ast.Module:
    """Return the source of a module as a tree that lacks one rule."""
    tree: ast.Module = _Remover(name, paired=module is roles).visit(parsed(module))
    return tree


def _returned(tree: ast.AST, *, paired: bool) -> Iterator[ast.expr]:
    """Yield the expressions that give a rule's name in the returns of a module."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        if not paired and not (isinstance(function.returns, ast.Name) and function.returns.id == "str"):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and (part := _name_part(node, paired=paired)) is not None:
                yield part


def _name_part(node: ast.Return, *, paired: bool) -> ast.expr | None:
    if not paired:
        return node.value
    if isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
        return node.value.elts[1]
    return None


def _constants(part: ast.expr) -> list[str]:
    """Return the names among the values of an expression: of a choice both, of its condition none."""
    if isinstance(part, ast.IfExp):
        return [*_constants(part.body), *_constants(part.orelse)]
    return [part.value] if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value else []


class _Remover(ast.NodeTransformer):
    """Takes the returns of one rule out of a module."""

    def __init__(self, name: str, *, paired: bool) -> None:
        self._name = name
        self._paired = paired

    def visit_If(self, node: ast.If) -> Any:
        self.generic_visit(node)
        if isinstance(node.body[-1], ast.Return) and self._gives(node.body[-1]):
            return node.orelse or ast.Pass()
        return node

    def visit_Return(self, node: ast.Return) -> ast.Return:
        part = _name_part(node, paired=self._paired)
        if not self._paired and isinstance(part, ast.IfExp) and self._name in _constants(part):
            node.value = ast.Constant("")
        return node

    def _gives(self, node: ast.Return) -> bool:
        part = _name_part(node, paired=self._paired)
        return part is not None and self._name in _constants(part)
