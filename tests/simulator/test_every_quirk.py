"""Each switch is exercised by name somewhere in this folder."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from terminal_simulator.quirks import Quirks


@pytest.mark.parametrize("name", [field.name for field in fields(Quirks)])
def test_the_switch_is_used_in_a_test(name):
    texts = [path.read_text() for path in Path(__file__).parent.glob("test_*.py")]
    assert any(f"{name}=" in text for text in texts)


def test_every_switch_is_explained():
    """Each field of the dataclass is followed by a text of its own."""
    from terminal_simulator import quirks

    tree = ast.parse(Path(quirks.__file__).read_text())
    body = next(n for n in tree.body if isinstance(n, ast.ClassDef)).body
    for node, after in zip(body, body[1:], strict=False):
        if isinstance(node, ast.AnnAssign):
            assert isinstance(after, ast.Expr), node.target.id
            assert isinstance(after.value, ast.Constant), node.target.id
