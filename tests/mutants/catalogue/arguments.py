"""Faults between a caller's arguments and the request: what is sent, and what is refused."""

from __future__ import annotations

from tests.mutants.fault import faults_in

REQUESTS, UPLOADS = "tests/client/test_requests.py", "tests/client/test_uploads.py"
SETTINGS, SURVIVORS = "tests/client/test_settings.py", "tests/client/test_survivors.py"

_read = faults_in("client/_arguments.py", REQUESTS, UPLOADS, SURVIVORS)
_body = faults_in("client/_body.py", REQUESTS, UPLOADS, SURVIVORS)
_call = faults_in("client/_call.py", REQUESTS, SETTINGS, UPLOADS, SURVIVORS)
_plan = faults_in("client/_plan.py", REQUESTS, SETTINGS, UPLOADS, SURVIVORS, "tests/client/test_retries.py")

_ABSENT = "return value is OMIT or (value is None and not shape.nullable)"

_KEYS = "[(name.lower(), settings.key) for name in operation.key_headers]"
_ADDED = "pairs += self._additional_query(options.query) if options.query else ()"
_ALL = "[*declared, *self._plan.headers, *options.headers.items()]}"
_ANY = 'p.name: p.schema["default"] for p in self._operation.parameters_in(location) if "default" in (p.schema or ())'

FAULTS = (
    _read("None is sent as null", _ABSENT, "return value is OMIT"),
    _read("null is never sent", _ABSENT, "return value is OMIT or value is None"),
    _read("a false argument is absent", _ABSENT, "return value is OMIT or (not value and not shape.nullable)"),
    _read("OMIT is an argument", _ABSENT, "return value is None and not shape.nullable"),
    _read("a single item is not wrapped", "return [value] if one and", "return value if one and"),
    _read(
        "text is a list of letters",
        "isinstance(given, Sequence) and not isinstance(given, str | bytes",
        "isinstance(given, Sequence) and not isinstance(given, bytes",
    ),
    _read("a tuple is no list", "if isinstance(given, Sequence) and not", "if isinstance(given, list) and not"),
    _read("a model under Python's names", "by_alias=True, ", "by_alias=False, "),
    _read("a model's unset fields are sent", "exclude_unset=True, ", ""),
    _read(
        "a key of a mapping that is null is absent",
        "(model and name in shape.properties and is_absent(value, own))",
        "is_absent(value, own)",
    ),
    _read(
        "a model's key that is null is sent",
        "(model and name in shape.properties and is_absent(value, own))",
        "(model and is_absent(value, own) and not own)",
    ),
    _read("an unknown key of a model that is null is absent", "(model and name in shape.properties and", "(model and"),
    _read(
        "an enumeration is sent by its name",
        "self._value(given.value, shape, place",
        "self._value(given.name, shape, place",
    ),
    _read("JSON text in ASCII", "model=model), ensure_ascii=False)", "model=model))"),
    _read(
        "JSON text that is text is quoted",
        "and given is not None and not isinstance(given, str):",
        "and given is not None:",
    ),
    _read(
        "a number that is none is sent",
        "if not math.isfinite(given):",
        "if given != given:",
    ),
    _read("a text of a class of its own is shown", "return str.__str__(given)", "return str(given)"),
    _read("a number of a class of its own is refused", "return float.__float__(given)", "return given"),
    _read("a whole number of a class of its own is refused", "return int.__int__(given)", "return given"),
    _read(
        "a key that is no text is dropped", 'self._refuse(place, "type", f"the key {name!r} is no text", shape)\n', ""
    ),
    _read(
        "what is no JSON value is null", "self.faults.append(Fault(place, rule, message, shape.pointer))", "return None"
    ),
    _body(
        "an empty body of a required object",
        "return instance if instance or plan.required else OMIT",
        "return instance if instance else OMIT",
    ),
    _body(
        "an optional body is always sent", "return instance if instance or plan.required else OMIT", "return instance"
    ),
    _body("both ways to give a file are sent", "if len(given) > 1:", "if len(given) > 2:"),
    _body("either way to give a file is refused", "if len(given) > 1:", "if len(given) > 0:"),
    _body("JSON in ASCII", "JSONEncoder(ensure_ascii=False, ", "JSONEncoder("),
    _body("JSON with spaces", ', separators=(",", ":"))', ")"),
    _body(
        "additional parameters of a body are dropped", "{**mapping(instance), **additional}", "{**mapping(instance)}"
    ),
    _body(
        "a lone surrogate is a crash",
        "except (ValueError, RecursionError) as error:",
        "except RecursionError as error:",
    ),
    _body("every form has one boundary", "secrets.token_hex(16)", '"boundary"'),
    _body(
        "only the first of several files is sent",
        "for index, one in enumerate(several)]",
        "for index, one in enumerate(several[:1])]",
    ),
    _body("a file is not closed", "self.uploads.append(part.content)", "self.uploads.extend(())"),
    _body(
        "what is no file is sent as nothing",
        'self._reader.faults.append(Fault(place, "type", str(error), shape.pointer))\n',
        "del error\n",
    ),
    _body(
        "a single item of a form is not wrapped",
        "listed(value, shape) if slot.repeats else value, shape",
        "value, shape",
    ),
    _plan(
        "the key travels as a bearer token",
        _KEYS,
        '[("authorization", f"Bearer {settings.key}") for name in operation.key_headers]',
    ),
    _plan("wrong header for the key", _KEYS, '[(f"{name.lower()}s", settings.key) for name in operation.key_headers]'),
    _call("the key is also in the query", _ADDED, 'pairs += [f"api_key={settings.key}"]'),
    _plan("no key is sent", "[] if settings.key is None else", "[] if settings.key else"),
    _plan(
        "every operation has the plan of the first",
        "settings.plans.get(operation_id)",
        "next(iter(settings.plans.values()), None)",
    ),
    _call("an additional header does not replace", _ALL, "[*options.headers.items(), *declared, *self._plan.headers]}"),
    _call("additional headers are dropped", _ALL, "[*declared, *self._plan.headers]}"),
    _call("declared headers are dropped", _ALL, "[*self._plan.headers, *options.headers.items()]}"),
    _call("nothing is checked", "if settings.validate:", "if not settings.validate and self._body is self:"),
    _call("validate=False checks too", "if settings.validate:", "if settings is not None:"),
    _call(
        "a violation does not stop the call",
        "self._encoding:\n            raise self._refusal()",
        "self._encoding:\n            self._refusal()",
    ),
    _call(
        "only the first step's violations are told",
        "            found.extend(violation for violation in dict.fromkeys(step)",
        "            found = found or list(violation for violation in dict.fromkeys(step)",
    ),
    _call("one place is told by every step", "if violation.where not in told)", "if violation.where is not told)"),
    _call("what cannot be encoded is left out", "self._encoding.extend(error.faults)", "del error"),
    _call(
        "exclusive arguments are not checked",
        "self._checked += [fault.violation(operation.id) for fault in groups]",
        "del groups",
    ),
    _call("the query is lost", "{f'?{query}' if query else ''}\"", '"'),
    _call("a query of nothing has a question mark", "{f'?{query}' if query else ''}\"", '?{query}"'),
    _call(
        "additional query parameters replace the query",
        _ADDED,
        "pairs = [*self._additional_query(options.query)] if options.query else pairs",
    ),
    _call(
        "additional query parameters are not escaped",
        "quote(text.encode(item), safe='')}\" for item",
        'text.encode(item)}" for item',
    ),
    _call(
        "an additional query parameter that is None is sent", "else [] if value is None else [value]", "else [value]"
    ),
    _call(
        "options give arguments a second time",
        'self._fault(place, "undeclared", f"{name!r} is declared',
        '(place, "undeclared", f"{name!r} is declared',
    ),
    _call("cookies are dropped without a word", 'if given.get("cookie"):', 'if given.get("cookies"):'),
    _call(
        "a default overrides an argument",
        "held, shape, place)\n        return found",
        f"held, shape, place)\n        return found | {{{_ANY}}}",
    ),
    _call(
        "a default is sent that nobody gave",
        "found: dict[str, Json] = {}\n        if not given:\n            return found\n",
        f"found: dict[str, Json] = {{{_ANY}}}\n        given = given or {{}}\n",
    ),
    _call(
        "a declared header may hold any text",
        "if not is_header_value(value):\n                message",
        "if not value:\n                message",
    ),
    _call(
        "an additional header may hold any text",
        "fault for fault in faults if fault is not None)\n        found",
        "fault for fault in faults if fault is faults)\n        found",
    ),
    _call("no content type", 'yield "content-type", kind', "yield from ()"),
    _call("a wrong length", '("content-length", str(length))', '("content-length", str(length + 1))'),
    _call("an unknown length is not said", '("transfer-encoding", "chunked")', '("x-length", "unknown")'),
    _call("no length where there is no body", 'in ("POST", "PUT", "PATCH")', "in ()"),
    _call("an address that is too long is sent nowhere", "except httpx.InvalidURL", "except ZeroDivisionError"),
    _call("a long path is told of the query", "if len(path) > len(query)", "if not query"),
    _call(
        "the options of a call do not count",
        "if given is None:\n            return self._plan.options",
        "if given is not self:\n            return self._plan.options",
    ),
    _plan("the method of every retry is GET", "Retry(operation.method,", 'Retry("GET",'),
    _call(
        "files of a refused call stay open",
        "                upload.close()\n            raise",
        "                del upload\n            raise",
    ),
    _call(
        "files of a call stay open",
        '"""Close the files that were opened for this call."""\n        for upload in self.uploads:',
        '"""Close the files that were opened for this call."""\n        for upload in ():',
    ),
    _call(
        "an upload that was begun is repeated",
        "return all(upload.repeatable for upload in self.uploads)",
        "return True",
    ),
    _read("what is within itself is a crash", "except RecursionError:", "except ZeroDivisionError:"),
    _read(
        "a model that holds no JSON is a crash",
        "except ValueError as error:  #",
        "except ZeroDivisionError as error:  #",
    ),
    _call(
        "a page that cannot be counted from is sent",
        "self._encoding.extend(self._uncountable(query) if query else ())",
        "self._uncountable(query)",
    ),
    _read(
        "a whole number is sent as a fraction",
        'and shape.types & {"integer", "number"} == {"integer"}:',
        "and shape is None:",
    ),
    _call("a given client's headers replace ours", "_LENGTH and pair[0].lower() not in ours]", "_LENGTH]"),
)
