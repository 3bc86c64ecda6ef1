"""Insert one to three faults into valid input, so that a reader gets through most of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 2**70, 1.5, 1e308, "", " ", "x", "é", "\ud800", "\x00", "\x1b[31m", "#/",
    "#/paths",    "#/components/schemas/Nope", "../x.yaml#/a", "https://example.com/x.json", "%zz", "%", "a" * 300,
    "{x}", "(", "[",
    "^(a+)+$", "\\", "0", "-1", "NaN", "string", "strin", "object", "array", "null", "default", "200", "2XX", "x-y",
    "application/json", "text/event-stream", "a/b; c=\"", "_", "__class__", "class", "None", "1.2.3", [], [None],
    [[]],
    ["string", 1], {}, {"": None}, {"$ref": "#"}, {"$ref": 1}, {"type": 1}, {"type": []}, {"allOf": []},
    {"anyOf": [1]},
)  # fmt: skip
"""Values that some reader did not expect where it found them."""
TOKENS = (
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r\n", b"\n", b"\r", b"\x0c", b"\xc2\x85", b"\xe2\x80\xa8",
    b"--", b"%", b"%00",
    b"%ff", b"+", b"&", b"=", b";", b",", b":", b"[", b"]", b"{", b"}", b'"', b"'", b"\\", b"\\u0000", b"\\ud800",
    b"*a", b"&a",
    b"!!bool ", b"!!binary ", b"!x ", b"<<: ", b"? ", b"- ", b"---\n", b"...", b"|\n", b"%YAML 1.1\n", b"NaN",
    b"-0", b"1e999",
    b"9" * 30, b"data:", b"event:", b"id:", b"[DONE]", b'name="', b'filename*=UTF-8\'\'', b"Content-Type: ",
    b"null", b" ",
)  # fmt: skip
"""Bytes that mean something to some reader."""


def text(random: Random, data: bytes) -> bytes:
    """Change bytes: flip, insert, remove, repeat, move, cut off."""
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(data) + 1)
        to = min(len(data), at + random.choice((1, 1, 2, 8, 64)))
        match random.randrange(7):
            case 0:
                data = data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
            case 1 | 2:
                data = data[:at] + random.choice(TOKENS) + data[at:]
            case 3:
                data = data[:at] + data[to:]
            case 4:
                data = data[:at] + data[at:to] * random.randint(2, 5) + data[to:]
            case 5:
                other = random.randrange(len(data) + 1)
                data = data[:other] + data[at:to] + data[other:]
            case _:
                data = data[:at] if random.random() < 0.3 else data[:at] + random.choice(TOKENS) + data[to:]
    return data


def tree(random: Random, value: Any) -> Any:
    """Change a JSON value: another value in a place, a member gone, renamed, added, or moved."""
    root = [copy.deepcopy(value)]
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        held, key = random.choice(list(_places(root)))
        match random.randrange(6):
            case 0 | 1:
                held[key] = copy.deepcopy(random.choice(ODD))
            case 2 if held is not root:
                del held[key]
            case 3 if isinstance(held, dict):
                held[str(random.choice(ODD))] = held.pop(key)
            case 4:
                held[key] = random.choice(([held[key]], {"x": held[key]}, [held[key]] * 2))
            case _:
                other, name = random.choice(list(_places(root)))
                held[key] = copy.deepcopy(other[name])
    return root[0]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a value: what holds it, and the key or index there."""
    for key, held in enumerate(value) if isinstance(value, list) else list(value.items()):
        yield value, key
        if isinstance(held, dict | list):
            yield from _places(held)


def json_text(random: Random, seed: bytes) -> bytes:
    """Change JSON: its values, or now and then its text."""
    if random.random() < 0.15:
        return text(random, seed)
    return json.dumps(tree(random, json.loads(seed))).encode()
