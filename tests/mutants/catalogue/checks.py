"""Faults in the checks of an exchange: what a request or a response may get away with."""

from __future__ import annotations

from tests.mutants.fault import faults_in

CHECK, SURVIVORS = "tests/contract/test_check.py", "tests/contract/test_survivors.py"
OTHER, WIRE = "tests/contract/test_other_document.py", "tests/contract/test_survivors_wire.py"

_check = faults_in("_check.py", CHECK, OTHER, SURVIVORS, WIRE)
_arguments = faults_in("_check.py", "tests/client/test_requests.py", "tests/client/test_uploads.py", OTHER, SURVIVORS)

FAULTS = (
    _check("a request needs no key", "if absent and all(absent):", "if not absent and all(absent):"),
    _check(
        "an empty key is a key",
        'return bool((request.headers.get(header) or "").strip())',
        "return request.headers.get(header) is not None",
    ),
    _check(
        "path parameters are not checked",
        'yield from self._group(operation, plan, "path", read["path"], faults)',
        "pass",
    ),
    _check(
        "declared headers are not checked",
        'yield from self._group(operation, plan, "header", read["header"], faults)',
        "pass",
    ),
    _check("one fault hides all other violations", "if v.where not in told)", "if not told)"),
    _check("a fault and its violation are both told", "if v.where not in told)", "if True)"),
    _check(
        "an undeclared query passes where none is declared",
        "if not values and location not in plan",
        "if location not in plan",
    ),
    _check("an undeclared query is not read where none is declared", 'if query or "query" in', 'if "query" in'),
    _check(
        "items joined by commas are not taken apart", 'self._unjoin(plan.repeated, values, "query", faults)', "pass"
    ),
    _check(
        "items of a form joined by commas are not taken apart", 'self._unjoin(lists, instance, "form", faults)', "pass"
    ),
    _check("joined items are checked as one", "                    values[name] = found\n", ""),
    _check(
        "a body for a GET passes",
        "if request.body:\n                yield",
        "if not request.body:\n                yield",
    ),
    _check(
        "a missing body passes",
        "if not request.body:\n            if declared.required:",
        "if not request.body:\n            if not declared.required:",
    ),
    _check(
        "any media type of a request passes",
        """note = f"{name or 'no content type'}; send""",
        """return\n            note = f"{name or 'no content type'}; send""",
    ),
    _check("a form that cannot be read is also checked", 'if "form" not in told:', 'if "body" not in told:'),
    _check("a fault of a form hides the others", "if v.where not in told]", "if not told]"),
    _check(
        "JSON in a text is not checked",
        "found += self._json_text(operation, shape, instance.get(name)",
        "found += () and self._json_text(operation, shape, instance.get(name)",
    ),
    _check(
        "JSON in a text of a payload is not checked",
        ".json_texts:\n            return told",
        ".json_texts is None:\n            return told",
    ),
    _check(
        "a payload that is no JSON value crashes the check",
        "except ValueError:  # something that is no JSON value\n",
        "except LookupError:\n",
    ),
    _check(
        "text that should hold JSON may hold anything",
        'return [Fault(root, "encoding", f"no JSON text: {error}", shape.pointer, value).violation(operation)]',
        "return []",
    ),
    _check("JSON of a request may be in Latin-1", "_json.load(body.decode())", '_json.load(body.decode("latin-1"))'),
    _check(
        "any status passes",
        "if not self._other_success(operation, response):",
        "if self._other_success(operation, response):",
    ),
    _check(
        "an empty 200 is not as good as 204",
        "return empty and not response.body and 200 <= response.status < 300",
        "return False",
    ),
    _check("a body with another empty success passes", "return empty and not response.body and", "return empty and"),
    _check("an empty refusal is as good as 204", "200 <= response.status < 300", "200 <= response.status"),
    _check("a response header is not checked", "if header.name in headers:", "if header.name not in fields:"),
    _check("a required response header may be missing", "elif header.required:", "elif not header.required:"),
    _check(
        "a body where none is declared passes",
        'note = "this response has no body"\n                yield',
        'note = "this response has no body"\n                note or (yield'.replace(
            "note or (yield", "if not note:\n                    yield"
        ),
    ),
    _check(
        "an undocumented refusal must have the documented media type",
        'if content is None and declared.key == "default":',
        'if content is None and declared.key == "4XX":',
    ),
    _check(
        "any media type of a response passes",
        """note = f"{name or 'no content type'}; declared is""",
        """return\n            note = f"{name or 'no content type'}; declared is""",
    ),
    _check(
        "an empty body of a response passes",
        'yield Violation(operation.id, "body", "missing", "the response body is missing"',
        'yield from () and Violation(operation.id, "body", "missing", "the response body is missing"',
    ),
    _check(
        "broken JSON of a response passes",
        "value = load_json(response.body)",
        'value = load_json(response.body) if response.body[-1:] in b"}]" else {}',
    ),
    _check("NaN passes in a response", "allow_inf_nan=False", "allow_inf_nan=True"),
    _check(
        "the media type tells what is a stream",
        "if streamed:\n            return events",
        "if streamed:\n            return found",
    ),
    _check("a stream that nobody asked for passes", "return None if found is events else found", "return found"),
    _check("events are named by line", 'place = f"event[{index}]"', 'place = f"event[{number}]"'),
    _check("a bad line ends the check", "                continue\n", "                return\n"),
    _check(
        "events are not checked",
        "yield from self.validators.violations(content.schema_pointer, event, operation.id, place)",
        "content and place",
    ),
    _check(
        "the order of events is not checked",
        "fault = order.event(index, kind, number) if order and isinstance(kind, str) else None",
        "fault = None",
    ),
    _check("a stream needs no end", "fault = order.end(index + 1, max(number, 0)) if order else None", "fault = None"),
    _check("the end is at the last event", "order.end(index + 1,", "order.end(index,"),
    _check("events of two generations pass", "if seen and value != seen[0]:", "if not seen and value != value:"),
    _check("the last generation counts", "value != seen[0]", "value != seen[0] and len(seen) > 1"),
    _arguments(
        "JSON in a text of an argument is not checked",
        "if isinstance(held, dict) and any(",
        "if isinstance(held, str) and any(",
    ),
    _arguments(
        "arguments of a query are not checked",
        'for location in ("path", "query", "header"):',
        'for location in ("path", "header"):',
    ),
    _arguments(
        "arguments of a path are not checked",
        'for location in ("path", "query", "header"):',
        'for location in ("query", "header"):',
    ),
    _arguments(
        "an argument's body may be missing",
        'if "body" not in arguments:\n            if declared and declared.required:',
        'if "body" not in arguments:\n            if declared and not declared.required:',
    ),
    _arguments(
        "an undeclared body passes",
        "elif declared is None:\n            yield",
        "elif declared is None:\n            return\n            yield",
    ),
    _check(
        "a blank key is a key",
        'return bool((request.headers.get(header) or "").strip())',
        "return bool(request.headers.get(header))",
    ),
    _check("every set of keys must be complete", "if absent and all(absent):", "if any(absent):"),
    _check("a key in a query is undeclared", "if name not in operation.key_queries}", "if name or operation}"),
    _check("a compressed body is read as it is", 'if coding.lower() != "identity":', 'if coding == "":'),
    _check("a key given twice passes in a request", "_json.load(body.decode())", "load_json(body)"),
    _check("a key given twice passes in an event", "_json.load(line.decode())", "load_json(line)"),
    _check("any number is a status", "if 100 <= response.status <= 599 else None", "if response.status else None"),
    _check(
        "a stream is not known by its first line",
        "(found or events) is events or self._begins_with_event(events, body)",
        "(found or events) is events",
    ),
    _check(
        "a first line of any object is an event",
        "isinstance(first, dict) and self._tag(content) in first",
        "isinstance(first, dict)",
    ),
    _check(
        "JSON may be in any character set",
        'if charset.lower() not in ("utf-8", "utf8", "us-ascii"):',
        'if charset == "":',
    ),
    _check(
        "a range of media types is no JSON",
        "elif media.is_json(name or content.name):",
        "elif media.is_json(content.name):",
    ),
)
