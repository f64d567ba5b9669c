"""YAML read as a person writes it.

Only text, whole numbers, ``true``/``false``/``yes``/``no``, ``null``, lists and
mappings: ``17:41`` stays text (plain YAML makes 1061 of it), and so do dates. A key
written twice is refused; plain YAML would forget the first.
"""

import re

import yaml

from .errors import ScenarioError


class _Loader(yaml.SafeLoader):
    """The safe loader with a small list of what is not text."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise ScenarioError(f'line {line}: the key "{key}" is written twice.')
            seen.add(key)
        return super().construct_mapping(node, deep)


_PLAIN = (
    ("bool", r"^(?:true|false|yes|no)$", "tfyn"),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
)
for _tag, _pattern, _first in _PLAIN:
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first)
    )


def read(path):
    """What the file holds, as lists and mappings of plain values."""
    try:
        with open(path, encoding="utf-8") as handle:
            return yaml.load(handle, Loader=_Loader)  # a SafeLoader, see above
    except ScenarioError as error:
        raise ScenarioError(f"{path.name}, {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or error
        raise ScenarioError(f"{path.name}{where}: not YAML: {problem}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path}: cannot be read: {error}.") from None
