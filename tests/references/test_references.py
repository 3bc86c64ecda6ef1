"""The law of the references: on its day, the document states the facts of the vendor's reference, and no others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.references import extract
from tests.references.compare import Difference, compare
from tests.references.readings import READINGS, Reading
from tests.support.editions import document_of, needs_editions

HERE = Path(__file__).parent
DAYS = [path.stem for path in sorted(HERE.glob("2*.json"))]


def facts(day: str) -> Any:
    return json.loads((HERE / f"{day}.json").read_text(encoding="utf-8"))


def reading_of(difference: Difference) -> Reading | None:
    return next((reading for reading in READINGS if reading.explains(difference)), None)


def test_there_are_17_references() -> None:
    assert len(DAYS) == 17
    assert (DAYS[0], DAYS[-1]) == ("2025-08-05", "2026-07-23")


@needs_editions
@pytest.mark.parametrize("day", DAYS)
def test_the_document_of_the_day_agrees_both_ways(day: str) -> None:
    differences = compare(facts(day), document_of(day))
    assert [str(difference) for difference in differences if not reading_of(difference)] == []


@needs_editions
def test_every_reading_explains_a_difference() -> None:
    """A reading that explains nothing was given up, or was never one."""
    used = {reading_of(difference) for day in DAYS for difference in compare(facts(day), document_of(day))}
    assert [reading for reading in READINGS if reading not in used] == []


@pytest.mark.parametrize("day", DAYS)
def test_a_table_holds_no_sentence(day: str) -> None:
    """Names, flags, types, bounds and values: the vendor's text stays with the vendor."""
    text = (HERE / f"{day}.json").read_text(encoding="utf-8")
    strings = {string for string in re.findall(r'"((?:[^"\\]|\\.)*)"', text) if " " in string}
    types = re.compile(r"[\w\[\], \"\\]+")
    models = re.compile(r"Pegasus \d\.\d( \w+)?")
    assert [
        string for string in strings if not ("[" in string and types.fullmatch(string)) and not models.fullmatch(string)
    ] == []


REFERENCE = """
<details><summary><code>client.things.<a href="src/things/client.py">list</a>(...)</code></summary>
#### 📝 Description

This endpoint is rate-limited. This method will be removed in a future version.

#### 🔌 Usage

```python
client.things.list()
for item in response:
    yield item
```

#### ⚙️ Parameters

**page_limit:** `typing.Optional[int]`

How many.

**Default**: `10`.
**Max**: `50`.

</dd>

**kind:** `str` — The kind. **Values**: `big`, `small`, or `none`.

</dd>

**tags:** `typing.Optional[typing.Sequence[str]]`

- `a`: the first
- `b`: the second

</dd>

**request_options:** `typing.Optional[RequestOptions]` — Request-specific configuration.

</dd>
</details>
"""


def test_facts_are_drawn_from_a_reference() -> None:
    assert extract.facts_of(REFERENCE) == {
        "methods": {
            "things.list": {
                "pages": True,
                "rate_limited": True,
                "ends": True,
                "parameters": {
                    "page_limit": {"type": "int", "required": False, "default": 10, "maximum": 50},
                    "kind": {"type": "str", "required": True, "values": ["big", "none", "small"]},
                    "tags": {"type": "Sequence[str]", "required": False, "values": ["a", "b"]},
                },
            }
        }
    }


def test_differences_are_found_both_ways() -> None:
    """One of each kind; what both sides say alike is not mentioned."""
    things = {
        "operationId": "things.list",
        "responses": {"200": {}},
        "parameters": [
            {"name": "page_limit", "in": "query", "schema": {"type": "number", "default": 20, "maximum": 50}},
            {"name": "kind", "in": "query", "schema": {"$ref": "#/components/schemas/Kind"}},
            {"name": "more", "in": "query", "schema": {"type": "string"}},
            {"name": "x-request", "in": "header", "schema": {"type": "string"}},
        ],
    }
    document = {
        "paths": {"/things": {"get": things, "post": {"operationId": "things.create", "responses": {}}}},
        "components": {"schemas": {"Kind": {"type": "string", "enum": ["big", "small"], "minLength": 1}}},
    }
    found = {
        (item.method, item.name, item.kind): (item.reference, item.document)
        for item in compare(extract.facts_of(REFERENCE), document)
    }
    assert found == {
        ("things.create", "", "method"): (None, True),
        ("things.list", "", "ends"): (True, False),
        ("things.list", "", "rate_limited"): (True, False),
        ("things.list", "", "pages"): (True, False),
        ("things.list", "kind", "required"): (True, False),
        ("things.list", "kind", "values"): (["big", "none", "small"], ["big", "small"]),
        ("things.list", "more", "parameter"): (None, True),
        ("things.list", "page_limit", "type"): ("int", "number"),
        ("things.list", "page_limit", "default"): (10, 20),
        ("things.list", "tags", "parameter"): ("Sequence[str]", None),
    }
