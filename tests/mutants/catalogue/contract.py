"""Faults around the checks: which operation a request belongs to, how it is read, and how violations are told."""

from __future__ import annotations

from tests.mutants.fault import faults_in

CHECK, SURVIVORS = "tests/contract/test_check.py", "tests/contract/test_survivors.py"
OTHER, WIRE = "tests/contract/test_other_document.py", "tests/contract/test_survivors_wire.py"

_contract = faults_in("_contract.py", CHECK, OTHER, SURVIVORS, WIRE)
_adapt = faults_in("_adapt.py", CHECK, SURVIVORS, WIRE)
_routes = faults_in("_routes.py", CHECK, "tests/contract/test_document.py", SURVIVORS, WIRE)
_violation = faults_in("_violation.py", CHECK, SURVIVORS, WIRE)
_faults = faults_in("_wire/faults.py", CHECK, SURVIVORS, WIRE)

FAULTS = (
    _contract(
        "the response of an exchange is not checked",
        "if isinstance(found, Match):\n            told",
        "if found is None:\n            told",
    ),
    _contract(
        "the request of an exchange is not checked",
        "itertools.chain(told, self._response(",
        "itertools.chain((), self._response(",
    ),
    _contract(
        "a violation is told twice",
        "found = list(dict.fromkeys(violations))",
        "found = [told for one in violations for told in (one, one)]",
    ),
    _contract(
        "another base URL stands beside the document's",
        '(base_url.rstrip("/"),) if base_url else document.servers',
        '(*document.servers, base_url.rstrip("/")) if base_url else document.servers',
    ),
    _contract(
        "the default of the flag is not known",
        "value = body.get(operation.streaming.flag, default)",
        "value = body.get(operation.streaming.flag)",
    ),
    _contract(
        "every stream is taken for one that was asked for",
        "return value if isinstance(value, bool) else None",
        "return True",
    ),
    _contract(
        "a payload is checked as a stream", "if media.is_json(c.name)), None)", "if not media.is_json(c.name)), None)"
    ),
    _contract("a schema that nobody has conforms", "if schema not in self.document.schemas:", "if not schema:"),
    _adapt(
        "a header of httpx loses what is not ASCII",
        'value.decode("latin-1")) for',
        'value.decode("ascii", "ignore")) for',
    ),
    _adapt(
        "the body of an httpx request is not seen",
        "return _neutral(given, given.read())",
        'return _neutral(given, b"")',
    ),
    _adapt("the status of an httpx response is 200", "return Response(given.status_code,", "return Response(200,"),
    _routes("a parameter goes before a literal segment", '[("{" in s, s) for s', '[("{" not in s, s) for s'),
    _routes("an empty id is an unknown path", '"([^/]*)"', '"([^/]+)"'),
    _routes("a template's dots match anything", "re.escape(p) if i % 2 == 0", "p if i % 2 == 0"),
    _routes("any host will do", 'if origin in ("", given) and', "if"),
    _routes(
        "any path begins with the base", """f"{parts.path}/".startswith(f"{path}/")""", "parts.path.startswith(path)"
    ),
    _routes("a standard port is another host", '{"http": 80, "https": 443}.get(parts.scheme)', "80"),
    _routes("a host has one spelling", "parts.hostname or ''", "parts.netloc.partition(':')[0]"),
    _routes(
        "any method will do",
        'self._index.get((method, path.count("/")), ())',
        '[r for (_, n), rs in self._index.items() if n == path.count("/") for r in rs]',
    ),
    _routes(
        "a method has one spelling", "found = self._find(method.upper(), path)", "found = self._find(method, path)"
    ),
    _routes("a wrong method is an unknown path", "        if others:", "        if not others and others:"),
    _routes(
        "the values of two parameters are exchanged",
        "dict(zip(names, match.groups(), strict=True))",
        "dict(zip(names, match.groups()[::-1], strict=True))",
    ),
    _violation(
        "a large value is shown whole", "plain(text if len(text) <= EXCERPT_LENGTH else", "plain(text if text else"
    ),
    _violation("an excerpt is one character too long", "text[: EXCERPT_LENGTH - 1]", "text[:EXCERPT_LENGTH]"),
    _violation(
        "a violation does not name its operation",
        'operation = f"{self.operation}: " if self.operation else ""',
        'operation = ""',
    ),
    _violation(
        "a violation does not show the value",
        'value = f", got {self.excerpt}" if self.excerpt is not None else ""',
        'value = ""',
    ),
    _violation("a violation's pointer has no mark", ", #{self.pointer}]", ", {self.pointer}]"),
    _faults(
        "a fault without a value shows one", "None if self.value is _ABSENT else", "None if self.value is None else"
    ),
    _faults("only the first of several faults is in the text", "for fault in faults)", "for fault in faults[:1])"),
    _contract(
        "a violation shows the key", "found = [without(violation, key) for violation in found]", "found = list(found)"
    ),
    _adapt(
        "an upload that is gone is a crash",
        "except RuntimeError:  # an upload",
        "except ZeroDivisionError:  # an upload",
    ),
    _adapt(
        "a body that cannot be read is empty",
        "raise BodyUnreadable(",
        "return _neutral(given, b'')\n        raise BodyUnreadable(",
    ),
    _routes("any scheme will do", 'return f"{parts.scheme}://{parts.hostname', 'return f"//{parts.hostname'),
    _routes("a URL may hold a line break", 'if not url.isprintable() or " " in url:', 'if " " in url:'),
    _routes("a violation shows the query of a URL", "given + parts.path)", "url)"),
    _violation(
        "a message may span lines",
        'object.__setattr__(self, "message", plain(self.message))',
        'object.__setattr__(self, "message", self.message)',
    ),
    _violation(
        "a place may span lines",
        'object.__setattr__(self, "where", plain(self.where))',
        'object.__setattr__(self, "where", self.where)',
    ),
    _violation("a long message is whole", "if len(text) > length:", "if len(text) > 99 * TEXT_LENGTH:"),
    _violation(
        "a secret is only looked for in the message",
        'for name in ("where", "message", "excerpt")',
        'for name in ("message",)',
    ),
    _violation("a part of a secret is shown", "start = plain(secret)[:SECRET_LENGTH]", "start = plain(secret)"),
    _contract("a violation shows a token", 'name in headers | {"authorization"}]', "name in headers]"),
    _contract(
        "a violation shows a key of the query", "*(key for name in queries for key in given.get(name, ()))]", "*()]"
    ),
)
