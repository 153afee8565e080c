"""The project's documents: what they show is what happens, and the two READMEs say the same."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

READMES = ["README.md", "README.zh-CN.md"]
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


@pytest.mark.parametrize("name", READMES)
def test_the_examples_of_the_readme_are_true(root: Path, name: str) -> None:
    failed, tried = doctest.testfile(str(root / name), module_relative=False, encoding="utf-8")
    assert tried > 3
    assert failed == 0


def test_both_readmes_have_the_same_code_and_links(root: Path) -> None:
    one, other = ((root / name).read_text(encoding="utf-8") for name in READMES)
    assert len(re.findall(r"^## ", one, re.MULTILINE)) == len(re.findall(r"^## ", other, re.MULTILINE))
    assert _code(one) == _code(other)
    assert {*_LINK.findall(one)} - {READMES[1]} == {*_LINK.findall(other)} - {READMES[0]}


@pytest.mark.parametrize(
    "name",
    [*READMES, "CONTRIBUTING.md", "docs/architecture.md", "docs/benchmarks.md", "docs/formats.md", "corpora/README.md"],
)
def test_links_lead_somewhere(root: Path, name: str) -> None:
    path = root / name
    for link in _LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link


def test_the_architecture_names_modules_that_exist(root: Path) -> None:
    text = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in text[text.index("| stage | modules |") :].split("\n\n")[0].splitlines()[2:]]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    modules = {path.stem for path in (root / "policyparse" / "parsing").glob("*.py")}
    assert len(named) > 30
    assert named <= modules
    for path in re.findall(r"`((?:lexicon|parsing|reading)/[\w./]+)`", text):
        assert (root / "policyparse" / path).exists(), path


def _code(text: str) -> list[str]:
    """Return the lines of code without their comments, which are in the language of the document."""
    blocks = re.findall(r"```\w+\n(.*?)```", text, re.DOTALL)
    return [line.split("#")[0].rstrip() for block in blocks for line in block.splitlines()]
