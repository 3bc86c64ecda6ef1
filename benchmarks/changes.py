"""Twelve pairs of documents, compared by `diff` and by other tools: `python -m benchmarks.changes NAME=PROGRAM…`.

| NAME | what it is | how it is installed |
| --- | --- | --- |
| `redocly` | `redocly diff` | `npm install @redocly/cli` |
| `optic` | `optic diff --check` | `npm install @useoptic/optic` |
| `api-schema-diff` | a comparison of schemas | `pip install api-schema-diff` |
| `breakwatch` | a detector of breaks | `pip install breakwatch` |

Half of the pairs differ by a break that was planted in the newest document, and half by a rewrite that admits the same
values. A break is found if the pair is called a major change; a rewrite that is called one, or a minor change, is a
false alarm. A tool that cannot read the documents has no verdict, which finds nothing. The table goes to
`benchmarks/CHANGES.md`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from apicontract.changes import compare
from apicontract.openapi.document import Document
from twelvelabs_contract.contract import bundled

Edit = Callable[[dict[str, Any]], None]
Peer = Callable[[str, Path, Path], str]
RESULTS = Path(__file__).parent / "CHANGES.md"


def _schemas(raw: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = raw["components"]["schemas"]
    return found


def _properties(raw: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = _schemas(raw)[name]["properties"]
    return found


def _bound(raw: dict[str, Any]) -> None:
    _properties(raw, "IndexesCreateRequestModelsItem")["model_options"]["maxItems"] = 1


def _value(raw: dict[str, Any]) -> None:
    _properties(raw, "AnalyzeRequest")["model_name"]["enum"].pop()


def _field(raw: dict[str, Any]) -> None:
    del _properties(raw, "SearchCreateRequest")["group_by"]
    # What names it goes too, so that the document is one.
    _schemas(raw)["SearchCreateRequest"]["allOf"] = [
        rule for rule in _schemas(raw)["SearchCreateRequest"].get("allOf", []) if "group_by" not in json.dumps(rule)
    ]


def _condition(raw: dict[str, Any]) -> None:
    """Ask for a name where an index is made with add-ons: a rule between fields."""
    rule = {"if": {"required": ["addons"]}, "then": {"properties": {"index_name": {"minLength": 3}}}}
    _schemas(raw)["IndexesCreateRequest"].setdefault("allOf", []).append(rule)


def _answer(raw: dict[str, Any]) -> None:
    _schemas(raw)["ImageSearchHit"]["required"].remove("item_id")


def _branch(raw: dict[str, Any]) -> None:
    """Take a branch out of the choice of a source."""
    _schemas(raw)["MultiInputMediaSource"]["oneOf"].pop()


def _split(raw: dict[str, Any]) -> None:
    schema = _schemas(raw)["IndexesCreateRequestModelsItem"]
    schema["allOf"] = [{"required": schema.pop("required")}]


def _moved(raw: dict[str, Any]) -> None:
    properties = _properties(raw, "AnalyzeRequest")
    _schemas(raw)["AnalyzePrompt"] = properties["prompt"]
    properties["prompt"] = {"$ref": "#/components/schemas/AnalyzePrompt"}


def _listed(raw: dict[str, Any]) -> None:
    tag = _properties(raw, "VideoSegmentationFixed")["strategy"]
    tag["enum"] = [tag.pop("const")]


def _union(raw: dict[str, Any]) -> None:
    prompt = _properties(raw, "AnalyzeRequest")["prompt"]
    kept = {key: prompt.pop(key) for key in ("type", "minLength", "maxLength") if key in prompt}
    prompt["anyOf"] = [kept]


def _exclusive(raw: dict[str, Any]) -> None:
    tokens = _properties(raw, "AnalyzeRequest")["max_tokens"]
    tokens["exclusiveMinimum"] = tokens.pop("minimum") - 1


def _or(raw: dict[str, Any]) -> None:
    schema = _schemas(raw)["IndexesCreateRequest"]
    condition, then = schema.pop("if"), schema.pop("then")
    schema["anyOf"] = [{"not": condition}, then]


PAIRS: Mapping[str, tuple[bool, Edit]] = {
    "fewer items": (True, _bound),
    "a value less": (True, _value),
    "a field of a form less": (True, _field),
    "a condition more": (True, _condition),
    "a field of an answer no longer required": (True, _answer),
    "a branch less": (True, _branch),
    "`allOf` split": (False, _split),
    "`$ref` moved": (False, _moved),
    "`const` as `enum`": (False, _listed),
    "a type as `anyOf`": (False, _union),
    "`minimum` as `exclusiveMinimum` of an integer": (False, _exclusive),
    "`if` as `anyOf`": (False, _or),
}


def _ours(old: Path, new: Path) -> tuple[str, bool]:
    before, after = (Document(json.loads(path.read_bytes())) for path in (old, new))
    found = compare(before, after)
    return found.severity or "none", any(difference.witness for difference in found.of("major"))


def _redocly(program: str, old: Path, new: Path) -> str:
    command = [program, "diff", str(old), str(new), "--format", "json", "--fail-on", "none"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return str(json.loads(done.stdout)["bump"])


def _by_status(*arguments: str) -> Peer:
    """Return a tool that ends with 1 where there is a break, and with 0 where there is none."""

    def run(program: str, old: Path, new: Path) -> str:
        command = [program, *(str({"OLD": old, "NEW": new}.get(argument, argument)) for argument in arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return {0: "none", 1: "major"}.get(done.returncode, "no verdict")

    return run


PEERS: Mapping[str, Peer] = {
    "redocly": _redocly,
    "optic": _by_status("diff", "OLD", "NEW", "--check"),
    "api-schema-diff": _by_status("OLD", "NEW"),
    "breakwatch": _by_status("diff", "OLD", "NEW"),
}


def main(programs: Mapping[str, str]) -> int:
    """Compare every pair with each tool, and write the table."""
    raw = json.loads(bundled().read_bytes())
    sides: dict[str, Callable[[Path, Path], tuple[str, bool]]] = {"diff": _ours}
    # mypy cannot infer a lambda with a default.
    sides |= {name: lambda old, new, n=name: (PEERS[n](programs[n], old, new), False) for name in programs}  # type: ignore[misc]
    counts = {name: {"found": 0, "missed": 0, "false alarms": 0, "shown": 0, "seconds": 0.0} for name in sides}
    rows = []
    with tempfile.TemporaryDirectory(prefix="pairs-") as folder:
        old, new = Path(folder, "old.json"), Path(folder, "new.json")
        old.write_text(json.dumps(raw))
        for pair, (breaks, edit) in PAIRS.items():
            edited = deepcopy(raw)
            edit(edited)
            new.write_text(json.dumps(edited))
            cells = []
            for name, side in sides.items():
                started = time.perf_counter()
                said, shown = side(old, new)
                counts[name]["seconds"] += time.perf_counter() - started
                alarm = said == "major" if breaks else said in ("major", "minor", "undecided")
                counts[name]["found" if alarm else "missed"] += breaks
                counts[name]["false alarms"] += alarm and not breaks
                counts[name]["shown"] += shown
                cells.append(said)
            rows.append(f"| {pair} | {'break' if breaks else 'rewrite'} | {' | '.join(cells)} |")
    lines = [
        "# Comparisons of documents",
        "",
        f"Written by `python -m benchmarks.changes`: 12 edits of the newest document, of {len(raw['paths'])} paths.",
        "",
        "| | found of 6 | missed | false alarms of 6 | with an exchange | seconds a pair |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| `{name}` | {c['found']:.0f} | {c['missed']:.0f} | {c['false alarms']:.0f} | {c['shown']:.0f} |"
            f" {c['seconds'] / len(PAIRS):.1f} |"
            for name, c in counts.items()
        ),
        "",
        f"| pair | is a | {' | '.join(f'`{name}`' for name in sides)} |",
        f"| --- | --- |{' --- |' * len(sides)}",
        *rows,
    ]
    RESULTS.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    return int(counts["diff"]["missed"] > 0 or counts["diff"]["false alarms"] > 0)


if __name__ == "__main__":
    sys.exit(main(dict(argument.split("=", 1) for argument in sys.argv[1:])))
