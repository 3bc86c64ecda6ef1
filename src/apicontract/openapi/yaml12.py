"""YAML by the 1.2 core schema: `no` and `on` are words, a date is text, and every key is text, as in JSON."""

from __future__ import annotations

import re
from typing import Any

_SCALARS = (
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
)


def load(text: bytes) -> Any:
    """Parse one YAML document; invalid YAML, and a key given twice, are a `ValueError` that says where."""
    import yaml  # noqa: PLC0415 - only documents in YAML need it, and the bundled one is JSON

    class Loader(yaml.SafeLoader):
        """PyYAML's safe constructor on the resolver of YAML 1.2."""

        yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own contract

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = True) -> dict[Any, Any]:
            """Take every key as the text it is written as (`200:`), and refuse one that is given twice."""
            found: dict[str, Any] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise yaml.constructor.ConstructorError(None, None, "a key must be plain text", key.start_mark)
                if key.value in found:
                    raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} twice", key.start_mark)
                found[key.value] = self.construct_object(value, deep)
            return found

        def construct_int(self, node: yaml.ScalarNode) -> int:
            """Read decimal digits as decimal: YAML 1.1 takes a leading zero for octal."""
            digits = str(node.value)
            return int(digits, {"0o": 8, "0x": 16}.get(digits[:2], 10))

    for tag, pattern, first in _SCALARS:
        Loader.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), list(first))
    Loader.add_constructor("tag:yaml.org,2002:int", Loader.construct_int)
    try:
        return yaml.load(text, Loader)  # noqa: S506 - a safe loader: only the resolver differs
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ValueError(place + " ".join(str(getattr(error, "problem", error)).split())) from None
