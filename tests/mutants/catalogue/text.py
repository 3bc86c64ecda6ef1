"""Faults in scalars, media types and messages: what one value looks like on the wire."""

from __future__ import annotations

from tests.mutants.fault import faults_in

WIRE, CHECK = "tests/contract/test_wire.py", "tests/contract/test_check.py"
OTHER, SURVIVORS = "tests/contract/test_other_document.py", "tests/contract/test_survivors_wire.py"

_text = faults_in("_wire/text.py", CHECK, OTHER, SURVIVORS, WIRE)
_json = faults_in("_json.py", CHECK, SURVIVORS, WIRE)
_media = faults_in("_wire/media.py", CHECK, OTHER, SURVIVORS, WIRE)
_message = faults_in("_wire/message.py", CHECK, OTHER, SURVIVORS, WIRE)

FAULTS = (
    _text("True for true", 'return "true" if value else "false"', "return str(value)"),
    _text("true as 1", 'return "true" if value else "false"', "return str(int(value))"),
    _text("None as text", 'return ""\n    if isinstance(value, int)', 'return "None"\n    if isinstance(value, int)'),
    _text("a number loses digits", "return repr(value)", 'return f"{value:g}"'),
    _text("an infinity is written", "if not math.isfinite(value):", "if math.isnan(value):"),
    _text("a list is written as Python has it", 'raise ValueError(f"a {type', 'return str(value)  # (f"a {type'),
    _text("a leading zero is a number", "(?:0|[1-9][0-9]*)", "[0-9]+"),
    _text("a plus sign is a number", 're.compile(r"-?', 're.compile(r"[-+]?'),
    _text("a bare point is a number", r"(?:\.[0-9]+)?", r"(?:\.[0-9]*)?"),
    _text("no exponent is read", r"(?:[eE][-+]?[0-9]+)?", ""),
    _text("a number beyond Python's is read", "return value if math.isfinite(value) else None", "return value"),
    _text("text wins over a number", 'if types & {"integer", "number"} and', 'if types <= {"integer", "number"} and'),
    _text("True is read as a boolean", 'text in ("true", "false"):', 'text.lower() in ("true", "false"):'),
    _text("false is read as true", 'return text == "true"', "return True"),
    _text(
        "a number is read where no type is named",
        "if shape.is_text:\n        return text\n    types = shape.types",
        'if shape.is_text and shape.types:\n        return text\n    types = shape.types or frozenset({"number"})',
    ),
    _text("empty text is null where text is admitted", '"null" in types and "string" not in types', '"null" in types'),
    _text("empty text is never null", 'and text == "":', "and text is None:"),
    _json("a key given twice passes", "if len(found) < len(pairs):", "if len(found) > len(pairs):"),
    _json("NaN is JSON", ", parse_constant=_refuse", ""),
    _json("deep nesting is a crash", "except RecursionError:", "except ZeroDivisionError:"),
    _media("a media type has one spelling", "return name.strip().lower(), found", "return name.strip(), found"),
    _media("white space belongs to a media type", "return name.strip().lower(), found", "return name.lower(), found"),
    _media("a quoted parameter is empty", "quoted or bare", "bare"),
    _media("a parameter has one spelling", "key.lower(): quoted", "key: quoted"),
    _media("a +json type is not JSON", ' or name.endswith("+json")', ""),
    _media("a media type range is not found", """ or content.get(f"{name.partition('/')[0]}/*")""", ""),
    _media("a list of media types counts as one", 'patterns.split(",")', "[patterns]"),
    _media("any media type matches", "return any(", "return True or any("),
    _message("headers have one spelling", "if key == wanted]", "if key == name]"),
    _message("only the first of repeated headers counts", '", ".join(found) if', "found[0] if"),
    _message("a header's value is shown", "for name, _ in self.items)", "for name in map(str, self.items))"),
    _json("a number beyond Python's is JSON", ", parse_float=_finite", ""),
    _text("a plus in a form is a plus", 'return unquote(raw.replace("+", " "))', "return unquote(raw)"),
    _message("a body may be text", "if not isinstance(body, bytes):", "if not isinstance(body, bytes | str):"),
)
