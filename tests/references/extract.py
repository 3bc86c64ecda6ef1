"""Read a dated reference of the vendor's client into facts: names, flags, types, bounds and values; no sentence.

The references (one Markdown file a day, named `sdk-reference-DAY.md`, possibly compressed) are the vendor's and stay
out of this repository; `DAY.json` is committed. All of them have one form: a `<details>` block for each method, with
its description, a snippet of Python, and a list of parameters that begin with a name and a type in bold.

Run by `python -m tests.references DIR`, which fails if a table differs from what is committed; `--write` writes them.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

Facts = dict[str, Any]
"""`{"methods": {name: {"parameters": {name: {…}}, …}}}`, see `facts_of`."""

_METHOD = re.compile(
    r"<details><summary><code>client\.(.*?)<a href=[^>]*>(\w+)</a>\(\.\.\.\)</code></summary>(.*?)\n</details>",
    re.DOTALL,
)
_SECTION = re.compile(r"^#### \S+ (\w+)$", re.MULTILINE)
_SNIPPET = re.compile(r"```python\n(.*?)```", re.DOTALL)
_PARAMETER = re.compile(r"^\*\*(\w+):\*\* `(.*?)`(.*?)(?=^</dd>)", re.MULTILINE | re.DOTALL)
_BOUND = re.compile(r"\*\*(Default|Min|Max)(?::\*\*|\*\*:?) *`?(\[[^\]]*\]|[\w.,-]+?)`?(?=[.,]*(?:\s|$))")
_NAMES = r"((?:`[\w./-]+:?`(?:, or |, and |, | or | and )?)+)"
_BULLET = re.compile(rf"^ *- {_NAMES}(?=\s*(?:$|[:(.—-])|(?<=:`))", re.MULTILINE)
_VALUES = re.compile(rf"(?:\*\*Values\*\*|[Vv]alues): {_NAMES}")
_TABLE = re.compile(r"^\|.*\|\s*$", re.MULTILINE)
_END = re.compile(
    r"(?:parameter|method|endpoint|operation|field)s? (?:will be|is) (?:deprecated|removed)"
    r"|Deprecated —|will be (?:deprecated|removed) in a future"
)


def main(arguments: list[str]) -> int:
    """Draw the tables of a directory of references and compare them with those that are committed, or write them."""
    writes = "--write" in arguments
    (folder,) = (Path(argument) for argument in arguments if not argument.startswith("--"))
    drawn = dict(tables(folder))
    if not drawn:
        print(f"no sdk-reference-DAY.md in {folder}", file=sys.stderr)
        return 2
    differ = [day for day, text in drawn.items() if not _same(HERE / f"{day}.json", text)]
    missing = [path.stem for path in sorted(HERE.glob("2*.json")) if path.stem not in drawn]
    for day in differ:
        if writes:
            (HERE / f"{day}.json").write_text(drawn[day], encoding="utf-8")
        print(f"{day}: {'written' if writes else 'differs from what is committed'}")
    for day in missing:
        print(f"{day}: committed, but there is no reference of it")
    print(f"{len(drawn)} references, {len(differ)} differ")
    return int(bool(missing or (differ and not writes)))


def tables(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the day and the table of each reference in a directory, as text."""
    for path in sorted(folder.glob("sdk-reference-????-??-??.md*")):
        day = path.name.removeprefix("sdk-reference-").partition(".")[0]
        yield day, _laid_out(facts_of(read(path)))


def _laid_out(facts: Facts) -> str:
    """Write facts as JSON with a line for each method and each parameter."""
    blocks = []
    for name, method in facts["methods"].items():
        flags = {key: value for key, value in method.items() if key != "parameters"}
        lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in method["parameters"].items()]
        head = "".join(f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in flags.items())
        inner = "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"
        blocks.append(f' {json.dumps(name)}: {{{head}"parameters": {inner}}}')
    return '{"methods": {\n' + ",\n".join(blocks) + "\n}}\n"


def read(path: Path) -> str:
    """Read a reference, packed by gzip or not."""
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode()


def facts_of(reference: str) -> Facts:
    """Return the facts of a reference."""
    return {"methods": {name: _method(text) for name, text in sorted(methods(reference))}}


def methods(reference: str) -> Iterator[tuple[str, str]]:
    """Yield the dotted name of each method, and the text of its block."""
    for prefix, name, text in _METHOD.findall(reference):
        yield prefix + name, text


def snippet(text: str) -> str:
    """Return the snippet of a method's block."""
    found = _SNIPPET.search(_sections(text).get("Usage", ""))
    return found[1] if found else ""


def _sections(text: str) -> dict[str, str]:
    parts = _SECTION.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _method(text: str) -> Facts:
    """Return what is said of a method; `pages`, `rate_limited` and `ends` (an end is announced) only where true."""
    sections = _sections(text)
    description = sections.get("Description", "")
    facts: Facts = {}
    if "for item in response:" in sections.get("Usage", ""):
        facts["pages"] = True
    facts |= flags(description)
    facts["parameters"] = {
        name: parameter(type_, rest)
        for name, type_, rest in _PARAMETER.findall(sections.get("Parameters", ""))
        if name != "request_options"
    }
    return facts


def flags(description: str) -> Facts:
    """Return what the description of a method says: that it is limited in rate, that its end is announced."""
    facts: Facts = {}
    if re.search(r"(?:endpoint|method) is rate-limited", description):
        facts["rate_limited"] = True
    if _ends(description):
        facts["ends"] = True
    return facts


def parameter(type_: str, text: str) -> Facts:
    """Return what is said of a parameter; `required` always, the rest where it is stated."""
    type_ = re.sub(r"typing\.|core\.|from __future__ import annotations", "", type_)
    type_ = re.sub(r"\s+", "", type_).replace(",", ", ")
    optional = re.fullmatch(r"Optional\[(.*)\]", type_)
    plain = optional[1] if optional else type_
    facts: Facts = {"type": plain.rstrip(", ").replace(", ]", "]"), "required": not optional}
    numeric = facts["type"] in ("int", "float")
    names = [
        name for found in _VALUES.findall(text) or _BULLET.findall(text) for name in re.findall(r"`([\w./-]+)", found)
    ]
    # Bounds that differ by model, in a table or a list, are no bounds of the parameter.
    for name, value in [] if "\n|" in text or (numeric and names) else _BOUND.findall(text):
        _put(facts, {"Default": "default", "Min": "minimum", "Max": "maximum"}[name], _literal(value))
    by = _by_model(text)
    if by:
        facts["by"] = by
    if names and not numeric:
        facts["values"] = sorted(set(names))
    if _ends(text):
        facts["ends"] = True
    return facts


def _by_model(text: str) -> Facts:
    """Return the rows of a table of bounds: `{"Pegasus 1.5 general": {"minimum": 512, …}}`."""
    rows = [[cell.strip(" `") for cell in line.strip().strip("|").split("|")] for line in _TABLE.findall(text)]
    if not rows or rows[0][-3:] != ["Min", "Max", "Default"]:
        return {}
    return {
        " ".join(cell for cell in cells[:-3] if cell != "—"): dict(
            zip(("minimum", "maximum", "default"), map(_literal, cells[-3:]), strict=True)
        )
        for cells in rows[2:]
    }


def _put(facts: Facts, name: str, value: Any) -> None:
    """Keep a bound that is a value; a minimum and a maximum are numbers."""
    if value is not None and (name == "default" or isinstance(value, int | float)):
        facts[name] = value


def _literal(text: str) -> Any:
    """Return a number, a list, a boolean or a name; `None` for the beginning of a sentence."""
    text = text.rstrip(".,")
    try:
        return json.loads(text.replace(",", "") if re.fullmatch(r"[\d,.]+", text) else text)
    except ValueError:
        return text if re.fullmatch(r"[a-z][\w.]*", text) else None


def _ends(text: str) -> bool:
    return bool(_END.search(text))


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text
