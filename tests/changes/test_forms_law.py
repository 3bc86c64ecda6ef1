"""The law of proofs: a proved implication holds for every value, by the verdict of jsonschema-rs."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
from hypothesis import given
from hypothesis import strategies as st

from apicontract.changes.forms import Forms

VALUES: list[Any] = [
    *(None, True, False, 0, 1, 2, 3, -1, 4, 0.5, 1.5, 2.5, 1.0),
    *("", "a", "b", "ab", "abc", "1"),
    *([], [1], [2], ["a"], [1, 1], [1, 2], [0.5], ["a", "b"], [1, 2, 3]),
    *(
        {},
        {"a": 1},
        {"a": 2},
        {"a": "a"},
        {"b": 1},
        {"a": 1, "b": 1},
        {"a": None},
        {"c": 1},
        {"a": 3, "b": "a", "c": 1},
    ),
]
SIZES = st.integers(0, 3)
NUMBERS = st.sampled_from([0, 1, 2, 3, 0.5, 1.5])
NAMES = st.sampled_from(["a", "b", "c"])
SCALARS = st.sampled_from([None, True, 0, 1, 2, 1.5, "a", "ab"])
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])


def _one(schemas: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a schema of one keyword, or of the few that belong together."""
    some = st.lists(schemas, min_size=1, max_size=3)
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "type": st.one_of(TYPES, st.lists(TYPES, min_size=1, max_size=3, unique=True)),
        "enum": st.lists(SCALARS, min_size=1, max_size=4),
        "const": SCALARS,
        **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), NUMBERS),
        "multipleOf": st.sampled_from([1, 2, 0.5, 1.5]),
        **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), SIZES),
        "pattern": st.sampled_from(["^a", "b", "^[0-9]+$"]),
        "uniqueItems": st.booleans(),
        "required": st.lists(NAMES, unique=True, max_size=2),
        "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, unique=True, max_size=2), max_size=2),
        "properties": st.dictionaries(NAMES, schemas, max_size=2),
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), schemas, max_size=1),
        "additionalProperties": schemas,
        "propertyNames": schemas,
        "items": schemas,
        "prefixItems": some,
        "contains": schemas,
        "not": schemas,
        **dict.fromkeys(("allOf", "anyOf", "oneOf"), some),
    }
    single = st.sampled_from(sorted(kinds)).flatmap(lambda key: kinds[key].map(lambda value: {key: value}))
    condition = st.fixed_dictionaries({"if": schemas}, optional={"then": schemas, "else": schemas})
    counted = st.fixed_dictionaries({"contains": schemas}, optional={"minContains": SIZES, "maxContains": SIZES})
    closed = st.fixed_dictionaries(
        {"properties": st.dictionaries(NAMES, schemas, max_size=2), "additionalProperties": schemas}
    )
    listed = st.fixed_dictionaries({"prefixItems": some, "items": schemas})
    return st.one_of(single, single, single, condition, counted, closed, listed)


def _merged(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in part.items()}


SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    st.booleans(), lambda inner: st.lists(_one(inner), max_size=3).map(_merged), max_leaves=6
)


def _admitted(schema: Any) -> list[bool]:
    validator = jsonschema_rs.Draft202012Validator(schema)
    return [validator.is_valid(value) for value in VALUES]


@given(one=SCHEMAS, other=SCHEMAS)
def test_what_is_proved_of_two_schemas_holds_for_every_value(one: Any, other: Any) -> None:
    forms = Forms()
    pair = forms.of({}, one), forms.of({}, other)
    admitted = _admitted(one), _admitted(other)
    for left, right in ((0, 1), (1, 0)):
        if forms.included(pair[left], pair[right]):
            assert all(b for a, b in zip(admitted[left], admitted[right], strict=True) if a)


@given(one=SCHEMAS, other=SCHEMAS)
def test_what_is_proved_of_schemas_that_hardly_differ_holds_for_every_value(one: Any, other: Any) -> None:
    """Of any two schemas nothing follows; so one is made narrower and wider, whose proof is near."""
    forms = Forms()
    both, either, none = ({"allOf": [one, other]}, {"anyOf": [one, other]}, {"allOf": [one, {"not": other}]})
    schemas = (one, other, both, either, none)
    read = [forms.of({}, schema) for schema in schemas]
    admitted = [_admitted(schema) for schema in schemas]
    for left, a in enumerate(read):
        for right, b in enumerate(read):
            if forms.included(a, b):
                assert all(y for x, y in zip(admitted[left], admitted[right], strict=True) if x), (left, right)
    assert forms.included(read[0], read[3])
    assert forms.included(read[2], read[1])
