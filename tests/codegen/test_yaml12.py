"""YAML is read by the core schema of YAML 1.2; what JSON cannot hold is a problem with a line, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.yaml12 import MAX_ALIASED, MAX_DEPTH, Source, read

SCALARS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "nULL": "nULL",
    "true": True,
    "FALSE": False,
    "yes": "yes",
    "no": "no",
    "on": "on",
    "off": "off",
    "y": "y",
    "0": 0,
    "-12": -12,
    "+7": 7,
    "0123": 123,
    "0o17": 15,
    "0x1F": 31,
    "0b11": "0b11",
    "1_000": "1_000",
    "12:30:45": "12:30:45",
    "2025-08-01": "2025-08-01",
    "2025-08-01T00:00:00Z": "2025-08-01T00:00:00Z",
    "1.5": 1.5,
    ".5": 0.5,
    "5.": 5.0,
    "1e3": 1000.0,
    "-1.5E-2": -0.015,
    "1e": "1e",
    "3.1.0": "3.1.0",
    "'5'": "5",
    '"true"': "true",
    "''": "",
    "=": "=",
    "a b": "a b",
    "18446744073709551615": 2**64 - 1,
    "-9223372036854775808": -(2**63),
    "9223372036854775808": 2**63,
    "0xFFFFFFFFFFFFFFFF": 2**64 - 1,
    "0xabCD": 0xABCD,
    "0o1777777777777777777777": 2**64 - 1,
    "0x0000000000000000000001": 1,
}

WRONG: dict[str, tuple[str, list[str]]] = {
    "syntax": (
        "a: [1,\nb: }\n",
        [
            "f.yaml:2: #/a/1/b: this is not valid YAML: while parsing a flow node, did not find expected node content; "
            "correct the syntax"
        ],
    ),
    "a tab that indents": (
        "a:\n\tb: c\n",
        [
            "f.yaml:2: #/a: this is not valid YAML: while scanning for the next token, found character that cannot "
            "start any token; correct the syntax"
        ],
    ),
    "a key twice": (
        "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n",
        ["f.yaml:5: #/b/c: the key 'c' is given twice, first in line 3; remove one of them"],
    ),
    "an unquoted status": (
        "responses:\n  200: {}\n",
        ["f.yaml:2: #/responses: the key '200' is an integer, not text; quote it: '200'"],
    ),
    "keys that are no text": (
        "true: 1\nnull: 2\n1.5: 3\n'4': 4\n",
        [
            "f.yaml:1: #: the key 'true' is a boolean, not text; quote it: 'true'",
            "f.yaml:2: #: the key 'null' is null, not text; quote it: 'null'",
            "f.yaml:3: #: the key '1.5' is a number, not text; quote it: '1.5'",
        ],
    ),
    "keys that are no scalars": (
        "? [a, b]\n: 1\n? {c: d}\n: 2\n",
        [
            "f.yaml:1: #: the key is a list, not text; write the key as text",
            "f.yaml:3: #: the key is a mapping, not text; write the key as text",
        ],
    ),
    "an alias as a key": ("a: &x b\n*x : c\n", ["f.yaml:2: #: the key is the alias *x; write the key out"]),
    "a merge key": (
        "a: &x {b: 1}\nc:\n  <<: *x\n",
        ["f.yaml:3: #/c: the merge key << is not part of YAML 1.2; write the keys out, or use a $ref"],
    ),
    "tags": (
        "a: !!str 5\nb: !python/object:os.system x\nc: ! d\n",
        [
            "f.yaml:1: #/a: the tag tag:yaml.org,2002:str is not understood; remove it",
            "f.yaml:2: #/b: the tag !python/object:os.system is not understood; remove it",
            "f.yaml:3: #/c: the tag ! is not understood; remove it",
        ],
    ),
    "an alias inside its anchor": (
        "a: &x\n  b: *x\n",
        ["f.yaml:2: #/a/b: the alias *x is inside its own anchor; write a $ref instead"],
    ),
    "an alias without an anchor": (
        "a: *x\n",
        ["f.yaml:1: #/a: the alias *x has no anchor before it; write &x at the value it repeats"],
    ),
    "numbers that JSON has not": (
        "a: .nan\nb: [-.inf, 1e999]\n",
        [
            "f.yaml:1: #/a: .nan is not a number that JSON can hold; quote it if it is text, or write a number",
            "f.yaml:2: #/b/0: -.inf is not a number that JSON can hold; quote it if it is text, or write a number",
            "f.yaml:2: #/b/1: 1e999 is not a number that JSON can hold; quote it if it is text, or write a number",
        ],
    ),
    "numbers that are ids": (
        "a: 682904211234567890123456\nb: 0xffffffffffffffffff\nc: 18446744073709551616\n",
        [
            "f.yaml:1: #/a: 682904211234567890123456 does not fit in 64 bits; quote it if it is text",
            "f.yaml:2: #/b: 0xffffffffffffffffff does not fit in 64 bits; quote it if it is text",
            "f.yaml:3: #/c: 18446744073709551616 does not fit in 64 bits; quote it if it is text",
        ],
    ),
    "numbers one beyond what is held": (
        "a: 0x10000000000000000\nb: 0o2000000000000000000000\nc: -9223372036854775809\n",
        [
            "f.yaml:1: #/a: 0x10000000000000000 does not fit in 64 bits; quote it if it is text",
            "f.yaml:2: #/b: 0o2000000000000000000000 does not fit in 64 bits; quote it if it is text",
            "f.yaml:3: #/c: -9223372036854775809 does not fit in 64 bits; quote it if it is text",
        ],
    ),
    "several documents": (
        "a: 1\n---\nb: 2\n",
        ["f.yaml:2: #: a second document begins here; keep one document in a file"],
    ),
    "another version": ("%YAML 1.1\n---\na: 1\n", ["f.yaml:1: #: the file declares YAML 1.1; remove the %YAML line"]),
    "nothing": ("# only a comment\n", ["f.yaml:1: #: the file contains nothing, not a mapping; begin it with a key"]),
    "a list": ("- a\n", ["f.yaml:1: #: the file contains a list, not a mapping; begin it with a key"]),
    "a scalar": ("a\n", ["f.yaml:1: #: the file contains a single value, not a mapping; begin it with a key"]),
    "a byte order mark": (
        "\ufeffa: 1\n",
        ["f.yaml:1: #: the file begins with a byte order mark; save it as UTF-8 without one"],
    ),
    "a control character": (
        "a: 1\r\nb: \x07\n",
        [
            "f.yaml:2: #: character U+0007 is not allowed in the text of a document; "
            "write it as an escape, in double quotes"
        ],
    ),
    "a line separator, at which only YAML 1.1 ends a line": (
        "a: 1\nb: 'x\u2028y'\n",
        [
            "f.yaml:2: #: character U+2028 is not allowed in the text of a document; "
            "write it as an escape, in double quotes"
        ],
    ),
    "problems of several kinds": (
        "1: a\nb: !x c\nb: d\n",
        [
            "f.yaml:1: #: the key '1' is an integer, not text; quote it: '1'",
            "f.yaml:2: #/b: the tag !x is not understood; remove it",
            "f.yaml:3: #/b: the key 'b' is given twice, first in line 2; remove one of them",
        ],
    ),
}


def parsed(folder: Path, text: str | bytes, name: str = "f.yaml") -> tuple[Source | None, list[str]]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    source, problems = read(path, name)
    return source, [str(problem) for problem in problems]


@pytest.mark.parametrize(("text", "value"), SCALARS.items())
def test_scalars_follow_the_core_schema(text: str, value: Any, tmp_path: Path) -> None:
    """A plain scalar is null, a boolean, a number or text by YAML 1.2.2, section 10.3.2."""
    source, problems = parsed(tmp_path, f"key: {text}\n")
    assert problems == []
    assert source is not None
    assert source.data == {"key": value}
    assert type(source.data["key"]) is type(value)


@pytest.mark.parametrize("name", WRONG)
def test_what_json_cannot_hold_is_a_problem(name: str, tmp_path: Path) -> None:
    """Each problem has its line, its pointer and a fix, and hides none of the others."""
    text, expected = WRONG[name]
    assert parsed(tmp_path, text)[1] == expected


def test_bytes_that_are_not_utf_8_are_a_problem(tmp_path: Path) -> None:
    """The first byte that is not UTF-8 is named, with its line."""
    problems = parsed(tmp_path, b"a: 1\nb: caf\xe9\n")[1]
    assert problems == ["f.yaml:2: #: byte 0xe9 is not UTF-8; save the file as UTF-8"]


def test_utf_16_is_a_problem(tmp_path: Path) -> None:
    """YAML admits UTF-16, this project does not."""
    assert parsed(tmp_path, "a: 1\n".encode("utf-16"))[1] == [
        "f.yaml:1: #: byte 0xff is not UTF-8; save the file as UTF-8"
    ]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A file that is not there is reported like one that is wrong."""
    source, problems = read(tmp_path / "none.yaml", "none.yaml")
    assert source is None
    assert [str(p) for p in problems] == ["none.yaml:1: #: the file does not exist; write it, or correct the name"]


def test_a_directory_is_a_problem(tmp_path: Path) -> None:
    """What cannot be opened is reported with the reason of the system."""
    _, problems = read(tmp_path, "f.yaml")
    assert [str(p) for p in problems] == [
        "f.yaml:1: #: the file cannot be read: Is a directory; make it a readable file"
    ]


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_deep_nesting_is_a_problem(opening: str, tmp_path: Path) -> None:
    """No depth exhausts the stack, however short the text."""
    problems = parsed(tmp_path, "a: " + opening * 100_000)[1]
    assert len(problems) == 1
    assert f"more than {MAX_DEPTH} levels are nested here; flatten the document" in problems[0]


def test_the_deepest_allowed_nesting_is_read(tmp_path: Path) -> None:
    """The limit itself is allowed."""
    depth = MAX_DEPTH - 1
    assert parsed(tmp_path, "a: " + "[" * depth + "]" * depth)[1] == []


def test_one_level_more_is_a_problem(tmp_path: Path) -> None:
    """Whatever it consists of."""
    for opening, closing in (("[", "]"), ("{a: ", "}")):
        (problem,) = parsed(tmp_path, "a: " + opening * MAX_DEPTH + closing * MAX_DEPTH)[1]
        assert f"more than {MAX_DEPTH} levels are nested here" in problem


@pytest.mark.parametrize("more", [0, 1])
def test_aliases_repeat_so_many_values_and_no_more(more: int, tmp_path: Path) -> None:
    """The list that is repeated counts, and each of its items."""
    size = 100
    text = (
        f"a: &x [{', '.join('1' * (size - 1))}]\nb: &y 1\nc:\n" + "  - *x\n" * (MAX_ALIASED // size) + "  - *y\n" * more
    )
    assert len(parsed(tmp_path, text)[1]) == more


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\ufffe", "\uffff"])
def test_a_character_that_a_reader_may_change_is_a_problem(character: str, tmp_path: Path) -> None:
    """Of YAML 1.1 a line ends at some of them."""
    (problem,) = parsed(tmp_path, f"a: 1\nb: 'c{character}d'\n")[1]
    assert problem.startswith(f"f.yaml:2: #: character U+{ord(character):04X} is not allowed in the text")


@pytest.mark.parametrize("character", ["\t", "\xa0", "\ud7ff", "\ue000", "\ufffd", "\U00010000", "\U0010ffff"])
def test_any_other_character_is_text(character: str, tmp_path: Path) -> None:
    source, problems = parsed(tmp_path, f"a: 'b{character}c'\n")
    assert problems == []
    assert source is not None
    assert source.data == {"a": f"b{character}c"}


def test_aliases_repeat_values(tmp_path: Path) -> None:
    """An alias means a copy; its own line is reported for it, and the anchor's for what it holds."""
    source, problems = parsed(tmp_path, "a: &x\n  b: 1\nc:\n  - *x\n")
    assert problems == []
    assert source is not None
    assert source.data == {"a": {"b": 1}, "c": [{"b": 1}]}
    assert source.at(("c", "0")).line == 4
    assert source.at(("c", "0", "b")).line == 2


def test_a_billion_laughs_are_a_problem(tmp_path: Path) -> None:
    """What aliases repeat is counted before it is repeated."""
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    problems = parsed(tmp_path, "\n".join(lines))[1]
    assert problems == [f"f.yaml:5: #/a4/3: aliases repeat more than {MAX_ALIASED} values; write a $ref instead"]


def test_json_is_read_alike(tmp_path: Path) -> None:
    """JSON is YAML: the same loader gives the same data, and finds the same double keys."""
    value = {"a": [1, -2.5e3, True, None, {"b": 'c\n\u2028"\\/'}], "empty": {}, "none": []}
    source, problems = parsed(tmp_path, json.dumps(value, indent="\t"), "f.json")
    assert problems == []
    assert source is not None
    assert source.data == value
    assert parsed(tmp_path, '{\n"a": 1,\n"a": 2}', "f.json")[1] == [
        "f.json:3: #/a: the key 'a' is given twice, first in line 2; remove one of them"
    ]


def test_every_key_and_item_has_its_line(tmp_path: Path) -> None:
    """A pointer is located at its key or item, and what does not exist at the deepest part that does."""
    source, _ = parsed(tmp_path, "# comment\na:\n  b/c: 1\n  d:\n    - x\n    -\n      y~z: 2\n")
    assert source is not None
    lines = {
        (): 1,
        ("a",): 2,
        ("a", "b/c"): 3,
        ("a", "d"): 4,
        ("a", "d", "0"): 5,
        ("a", "d", "1", "y~z"): 7,
        ("a", "d", "2"): 4,
        ("a", "none", "at", "all"): 2,
    }
    assert {tokens: source.at(tokens).line for tokens in lines} == lines
    assert source.at(("a", "b/c", "y~z")).pointer == "#/a/b~1c/y~0z"
