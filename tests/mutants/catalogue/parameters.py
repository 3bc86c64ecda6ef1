"""Faults in parameters: how values stand in a path, a query and headers, and how they are read there."""

from __future__ import annotations

from tests.mutants.fault import faults_in

WIRE, CHECK = "tests/contract/test_wire.py", "tests/contract/test_check.py"
OTHER, SURVIVORS = "tests/contract/test_other_document.py", "tests/contract/test_survivors_wire.py"

_write = faults_in("_wire/parameters.py", "tests/client/test_requests.py", OTHER, SURVIVORS, WIRE)
_read = faults_in("_wire/parameters.py", CHECK, OTHER, SURVIVORS, WIRE)
_query = faults_in("_wire/query.py", CHECK, OTHER, SURVIVORS, WIRE)

_KEEP = 'keep = quote if location == "path" else _as_is'
_ITEMS = """yield from (f"{name}={item}" for item in items)"""

FAULTS = (
    _write("an unescaped path", _KEEP, "keep = _as_is"),
    _write(
        "a slash in an id stays a slash", _KEEP, 'keep = (lambda v, safe: quote(v)) if location == "path" else _as_is'
    ),
    _write(
        "an id is escaped twice",
        _KEEP,
        'keep = (lambda v, safe: quote(quote(v, ""), "")) if location == "path" else _as_is',
    ),
    _write("an escaped header", _KEEP, "keep = quote"),
    _write("an empty id calls the collection", 'if segment == "":', "if segment is None:"),
    _write("a missing id is the text None", "values.get(parameter.name)\n", 'values.get(parameter.name, "None")\n'),
    _write("two dots step up the path", '_DOT_SEGMENTS = (".", "..")', '_DOT_SEGMENTS = (".",)'),
    _write("one dot is a step", '_DOT_SEGMENTS = (".", "..")', '_DOT_SEGMENTS = ("..",)'),
    _write(
        "only the first path parameter is filled", "segment)\n    if faults:", "segment)\n        break\n    if faults:"
    ),
    _write("bracketed arrays", _ITEMS, 'yield from (f"{name}[]={item}" for item in items)'),
    _write("indexed arrays", _ITEMS, 'yield from (f"{name}[{i}]={item}" for i, item in enumerate(items))'),
    _write("arrays joined by commas", _ITEMS, """yield f"{name}={','.join(items)}" """),
    _write("only the first item is sent", _ITEMS, 'yield f"{name}={items[0]}"'),
    _write("an item is not escaped", 'items = [quote(text.encode(item), safe="")', "items = [text.encode(item)"),
    _write(
        "a comma inside an item is bare",
        'items = [quote(text.encode(item), safe="")',
        'items = [quote(text.encode(item), safe=",")',
    ),
    _write("a key of a map is not escaped", """f"{quote(key, safe='')}={item}" """.strip(), 'f"{key}={item}"'),
    _write("a map in brackets", """f"{quote(key, safe='')}={item}" """.strip(), 'f"{name}[{key}]={item}"'),
    _write("a map's key overwrites a parameter", 'if key.partition("[")[0] in fixed)', "if key in ())"),
    _write("a scalar is not escaped", "quote(text.encode(value), safe='')}\"\n", 'text.encode(value)}"\n'),
    _write(
        "a space is a plus",
        "quote(text.encode(value), safe='')}\"\n",
        "quote(text.encode(value), safe='').replace('%20', '+')}\"\n",
    ),
    _write("an item may hold its delimiter", "if held and any(held in", "if held is None and any(held in"),
    _write("a header may hold a line break", "if not value.isprintable():", 'if "\\r" in value:'),
    _write("an undeclared style of arrays", '"pipeDelimited": "|", "simple"', '"pipeDelimited": ",", "simple"'),
    _write("query parameters are joined by semicolons", 'return "&".join(pairs)', 'return ";".join(pairs)'),
    _write(
        "only the first fault of a query is told",
        'raise EncodeError(*faults)\n    return "&"',
        'raise EncodeError(faults[-1])\n    return "&"',
    ),
    _query("brackets pass", 'if parameter.style != "deepObject":', 'if parameter.style == "":'),
    _query(
        "a parameter given twice passes", "if len(values) > 1:\n        message", "if len(values) > 2:\n        message"
    ),
    _read("the bytes of a query may be anything", 'unquote(raw, errors="strict")', "unquote(raw)"),
    _read(
        "a plus in a path is a space",
        'read = unquote if location == "path" else str',
        'read = text.unquote_form if location == "path" else str',
    ),
    _read("a path is not unquoted", 'unquote if location == "path" else str', "str"),
    _query("an undeclared key is dropped", "self._rest.setdefault(key, []).append(value)", "self._rest.get(key)"),
    _query(
        "a key of a map given twice passes",
        "if len(values) > 1:\n                message",
        "if len(values) > 2:\n                message",
    ),
    _query(
        "an escaped comma divides items",
        '[_unquote(item) for item in values[0].split(",")]',
        '_unquote(values[0]).split(",")',
    ),
    _query("a name is not unquoted", "yield _unquote(name), value", "yield name, value"),
    _query(
        "only the last value of an array is read",
        "self._raw.setdefault(key, []).append(value)",
        "self._raw[key] = [value]",
    ),
    _query(
        "an empty array is one empty item",
        "if not values[0]:\n            return []",
        "if values[0] is None:\n            return []",
    ),
    _query("an empty value is left out", "        if piece:\n", "        if piece and not piece.endswith('='):\n"),
    _write("a bracketed key of a map reads as a parameter", 'if key.partition("[")[0] in fixed)', "if key in fixed)"),
    _write("an empty key of a map is sent", 'if "" in members:', "if None in members:"),
    _write(
        "a JSON parameter is not escaped",
        "quote(json.dumps(value, ensure_ascii=False, allow_nan=False), safe='')",
        "json.dumps(value)",
    ),
    _query("a member of an object given twice passes", "if bracket in members:", "if bracket is None:"),
    _query("an object under its own name passes", "if key == self._open or self._declared", "if self._declared"),
    _query(
        "joined items that are repeated pass",
        "if not parameter.explode:\n                faults",
        "if not parameter.style:\n                faults",
    ),
    _query(
        "a bare percent sign passes",
        "if (wrong := percent_fault(piece)) is not None:",
        "if (wrong := percent_fault(piece.replace('%zz', ''))) is not None and '%' not in wrong:",
    ),
    _query("an open bracket is a member", 'if bracket and inside.endswith("]") else', "if bracket else"),
    _read("a step up the path passes", "if unquote(raw) in _DOT_SEGMENTS:", "if raw == '...':"),
    _read("an encoded step up the path passes", "if unquote(raw) in _DOT_SEGMENTS:", "if raw in _DOT_SEGMENTS:"),
    _read(
        "a JSON parameter that is no JSON passes",
        'faults.append(Fault(place, "encoding", f"no JSON text: {error}", parameter.pointer, raw))',
        "del error",
    ),
)
