"""Faults in forms: fields and files as parts, and parts as fields and files."""

from __future__ import annotations

from tests.mutants.fault import faults_in

WIRE, CHECK = "tests/contract/test_wire.py", "tests/contract/test_check.py"
UPLOADS, OTHER = "tests/client/test_uploads.py", "tests/contract/test_other_document.py"
SURVIVORS = "tests/contract/test_survivors_wire.py"

_write = faults_in("_wire/form.py", UPLOADS, OTHER, SURVIVORS, WIRE)
_read = faults_in("_wire/form.py", CHECK, OTHER, SURVIVORS, WIRE)
_parts = faults_in("_wire/multipart.py", SURVIVORS, WIRE)

_FIELD = "parts.append(_field(name, item))"
_EACH = "for item in value if own.is_array and isinstance(value, list | tuple) else [value]:"

FAULTS = (
    faults_in("_wire/multipart.py", "tests/laws/test_multipart.py")(
        "a boundary is never quoted", "boundary if _TOKEN.fullmatch(boundary) else", "boundary if boundary else"
    ),
    _write("bracketed names of parts", _FIELD, 'parts.append(_field(name + "[]" * own.is_array, item))'),
    _write("an array is one part of JSON", _EACH, "for item in [json.dumps(value) if own.is_array else value]:"),
    _write("an array is one part with commas", _EACH, 'for item in [",".join(value) if own.is_array else value]:'),
    _write("only the first item has a part", _EACH, "for item in value[:1] if own.is_array else [value]:"),
    _write(
        "files go before fields",
        "return [*parts, *(part for own_parts in files.values() for part in own_parts)]",
        "return [*(part for own_parts in files.values() for part in own_parts), *parts]",
    ),
    _write("a second file of a field is lost", "for part in own_parts)]", "for part in own_parts[:1])]"),
    _write(
        "an object as Python shows it",
        "json.dumps(value, ensure_ascii=False, allow_nan=False).encode()",
        "str(value).encode()",
    ),
    _write(
        "an object may hold NaN",
        "json.dumps(value, ensure_ascii=False, allow_nan=False).encode()",
        "json.dumps(value).encode()",
    ),
    _write("text in Latin-1", "text.encode(value).encode())", 'text.encode(value).encode("latin-1", "replace"))'),
    _write(
        "what cannot be written is left out",
        "if faults:\n        raise EncodeError",
        "if not faults:\n        return parts\n    if not parts:\n        raise EncodeError",
    ),
    _read("a file needs no name", "if not part.filename:", 'if part.filename == "":'),
    _read(
        "a field may look like an upload",
        "if part.filename is not None and shape.types:",
        "if part.filename and not shape.types:",
    ),
    _read("a field given twice passes", "if len(parts) > 1:", "if len(parts) > 2:"),
    _read(
        "brackets of parts are undeclared names",
        "if not bracket or declared not in",
        "if declared not in () or declared not in",
    ),
    _read("a part may have any media type", "if not media.matches(given, declared):", "if not given:"),
    _read("text that is no UTF-8 passes", 'self._fault(name, "the text is no UTF-8")', "self._faults.extend(())"),
    _read("an object part may be no JSON", 'self._fault(name, f"a JSON text is needed: {error}")', "del error"),
    _read(
        "an array of one part is no array",
        "return [self._one(name, part, shape.items) for part in parts]",
        (
            "if len(parts) == 1:\n"
            "                return self._one(name, parts[0], shape)\n"
            "            return [self._one(name, part, shape.items) for part in parts]"
        ),
    ),
    _read("a comma in a valid item divides it", " or valid(value):", ":"),
    _read("items joined by commas pass", 'if "," in value:', 'if ";" in value:'),
    _read("items joined as JSON pass", "if isinstance(found, list):", "if isinstance(found, tuple):"),
    _read("pieces need not be valid items", "if pieces and all(valid(piece) for piece in pieces):", "if pieces:"),
    _read("an empty field of a URL-encoded form is dropped", "keep_blank_values=True", "keep_blank_values=False"),
    _read("a broken multipart body is an empty form", '[Fault("form", "encoding", str(error), form.pointer)]', "[]"),
    _parts("a quote ends a name", 'ord(\'"\'): "%22", ', ""),
    _parts("a line break ends a header", 'ord("\\r"): "%0D", ord("\\n"): "%0A", ', ""),
    _parts("a backslash escapes what follows", ', ord("\\\\"): "\\\\\\\\"}', "}"),
    _parts(
        "a file name may hold a line break",
        'filename="{self.filename.translate(_QUOTED)}"',
        'filename="{self.filename}"',
    ),
    _parts(
        "a media type may hold a line break",
        "if not _HEADER_TEXT.fullmatch(self.content_type):",
        'if self.content_type == "":',
    ),
    _parts(
        "lines of a head end with LF", 'return "\\r\\n".join([*lines, "", ""])', 'return "\\n".join([*lines, "", ""])'
    ),
    _parts(
        "the closing boundary is an opening one",
        'self._end = b"--" + boundary.encode() + b"--\\r\\n"',
        'self._end = b"--" + boundary.encode() + b"\\r\\n"',
    ),
    _parts("the length forgets line ends", "total += len(head) + size + 2", "total += len(head) + size"),
    _parts("the length forgets the end", "total = len(self._end)", "total = 0"),
    _parts(
        "an unknown length is a wrong one",
        "if size is None:\n                return None",
        "if size is None:\n                size = 0",
    ),
    _parts("only the first piece of a file is sent", "else content.chunks()", "else (next(content.chunks()),)"),
    _parts("no line ends a content", 'yield b"\\r\\n"\n', 'yield b""\n'),
    _parts("content that begins like a boundary divides a part", 'rb"(--)?[ \\t]*(?=\\r\\n|\\Z)"', 'rb"(--)?[ \\t]*"'),
    _parts("the boundary's text divides content", 'line = b"\\r\\n" + dashed', "line = dashed"),
    _parts("a line that begins like the boundary divides content", 'rb"(--)?[ \\t]*(?=', 'rb"(--)?[^\\r]*(?='),
    _parts(
        "the closing boundary may be missing",
        'raise ValueError("the closing boundary is missing")',
        "return found",
    ),
    _parts("anything may follow the closing boundary", "if body[end:].strip():", "if not body:"),
    _parts("all after a line like a delimiter is lost", "end = start + 1", "end = len(body)"),
    _parts("a delimiter right after another is lost", "end = delimiter.end()", "end = delimiter.end() + 2"),
    _parts("a part may end beyond its boundary", 'b"\\r\\n\\r\\n", start, end)', 'b"\\r\\n\\r\\n", start)'),
    _parts(
        "a file's head is that of another",
        "body[blank + 4 : end], filename, kind)",
        "body[blank + 4 : end], filename)",
    ),
    _parts(
        "a part needs no name",
        'if kind is None or "name" not in names or',
        'if names.setdefault("name", "") is None or kind is None or',
    ),
    _parts(
        "a name is not unescaped",
        """return value.replace("%22", '"').replace("%0D", "\\r").replace("%0A", "\\n")""",
        "return value",
    ),
    _parts(
        "a percent sign in a name is unquoted",
        """return value.replace("%22", '"').replace("%0D", "\\r").replace("%0A", "\\n")""",
        "return unquote(value)",
    ),
    _read("a file may have an empty name", "if not part.filename:", "if part.filename is None:"),
    _parts("anything may stand before the first boundary", "elif body[:start].strip():", "elif not body:"),
    _parts("a part may be of any kind", 're.compile(r"\\s*form-data\\s*"', 're.compile(r"\\s*[a-z-]+\\s*"'),
    _parts(
        "a transfer encoding passes",
        'not in ("7bit", "8bit", "binary"):',
        'not in ("7bit", "8bit", "binary", "base64"):',
    ),
    _parts("a backslash stays escaped", '_PAIR.sub(r"\\1", quoted)', "quoted"),
    _parts("what cannot be read of a head is dropped", ' or position < len(header.rstrip("; ")):', ":"),
)
