"""Faults between a response and what the caller gets: a value, or the error that it means."""

from __future__ import annotations

from tests.mutants.fault import faults_in

ANSWERS, SURVIVORS = "tests/client/test_answers.py", "tests/client/test_survivors.py"

_read = faults_in("client/_interpret.py", ANSWERS, "tests/client/test_streams.py", SURVIVORS)
_errors = faults_in("client/_errors.py", ANSWERS, "tests/client/test_streams.py", SURVIVORS)
_pick = faults_in("client/_pick.py", ANSWERS, "tests/client/test_pages.py", SURVIVORS)

FAULTS = (
    _read(
        "swallowed error",
        "elif outcome.is_success:\n        return outcome",
        "else:\n        return outcome  # type: ignore[return-value]\n    if False:\n        pass",
    ),
    _read("a refusal of the server is an answer", "elif outcome.is_success:", "elif not outcome.is_client_error:"),
    _read("a redirect is an answer", "elif outcome.is_success:", "elif not outcome.is_error:"),
    _read(
        "a transport error is wrapped",
        "    raise error\n\n\ndef _without_frames",
        "    raise RuntimeError(str(outcome)) from error\n\n\ndef _without_frames",
    ),
    _read("an empty success is told as broken JSON", "if response.content:  #", "if response.content is not None:  #"),
    _read(
        "a success that cannot be read is nothing",
        "raise ResponseInvalid(call.operation.id, found, response)",
        "return None",
    ),
    _read("a refusal of white space is text", "if not content.strip():", "if not content:"),
    _read(
        "a refusal must be JSON",
        'except ValueError:\n        return content.decode(errors="replace")',
        'except ZeroDivisionError:\n        return content.decode(errors="replace")',
    ),
    _read("a refusal must be UTF-8", 'return content.decode(errors="replace")', "return content.decode()"),
    _read("the key that was sent back is shown", "if len(key) >= _SHORTEST_SECRET:", "if len(key) < _SHORTEST_SECRET:"),
    _read("an excerpt shows the key", "if shown and detail", "if detail"),
    _read("a thousand violations are told", "include_context=False)[:_MOST]", "include_context=False)"),
    _read(
        "the rest of many violations is not counted", "if error.error_count() > _MOST:", "if error.error_count() < 0:"
    ),
    _read(
        "a wrong type is told in pydantic's words",
        'if kind.endswith(("_type", "_parsing"))',
        'if kind.endswith(("_kind",))',
    ),
    _read("an unknown kind is told in pydantic's words", '"union_tag_invalid": "oneOf",', ""),
    _read(
        "what is no JSON is told in pydantic's words",
        "pydantic_core.from_json(content, allow_inf_nan=False)",
        "content",
    ),
    _read(
        "a success with a broken coding is empty",
        "if response.is_success:\n        raise",
        "if response.is_redirect:\n        raise",
    ),
    _read(
        "a refusal with a broken coding still names it", 'if name != "content-encoding"]', 'if name != "content-type"]'
    ),
    _errors("400 has no class", "    400: BadRequestError,\n", ""),
    _errors(
        "401 and 403 are exchanged",
        "    401: UnauthorizedError,\n    403: ForbiddenError,",
        "    403: UnauthorizedError,\n    401: ForbiddenError,",
    ),
    _errors("429 has no class", "    429: TooManyRequestsError,\n", ""),
    _errors("500 is no failure of the server", "if response.status_code >= 500", "if response.status_code > 500"),
    _errors(
        "every refusal is a failure of the server", "if response.status_code >= 500", "if response.status_code >= 300"
    ),
    _errors("the second published shape has no code", 'held.get("code", held.get("error_code"))', 'held.get("code")'),
    _errors(
        "true is a code",
        "known = isinstance(code, str | int) and not isinstance(code, bool)",
        "known = isinstance(code, str | int)",
    ),
    _errors("a message may be anything", "(message if isinstance(message, str) else None)", "message"),
    _errors(
        "a list in a refusal is a crash",
        "held = mapping(body)",
        "held = body or {}",
    ),
    _errors(
        "a long refusal is told whole", "return text if len(text) <= _BODY_LENGTH else", "return text if text else"
    ),
    _errors("a refusal's text spans lines", 'text = " ".join(str(self.body).split())', "text = str(self.body)"),
    _errors("an empty refusal has no text", "return HTTPStatus(self.status_code).phrase", 'return ""'),
    _errors(
        "a status that nobody knows is a crash",
        'except ValueError:\n            return "no explanation"',
        'except ZeroDivisionError:\n            return "no explanation"',
    ),
    _errors("a refusal's text has no status", "status {self.status_code}{code}:", "status{code}:"),
    _errors("a refusal's text has no code", '"" if self.code is None else f" {plain(str(self.code))}"', '""'),
    _errors("a refusal's text has no message", "plain(self.message or self._hint(), _MESSAGE_LENGTH)", "self._hint()"),
    _errors(
        "the server's name for a request is lost",
        'f" (request id {plain(self.request_id)})" if self.request_id else ""',
        '""',
    ),
    _errors(
        "a redirect is not explained",
        "if self.response.has_redirect_location:",
        "if not self.response.has_redirect_location and self.body is self:",
    ),
    _errors("only one violation is told", "for violation in violations)", "for violation in violations[:1])"),
    _errors("each violation names the operation again", "replace(violation, operation=None)", "violation"),
    _errors(
        "a stream's error cannot be pickled",
        "self.args = (operation, self.violations, response, line)",
        "self.args = (operation,)",
    ),
    _errors(
        "an error has no status", "self.status_code = response.status_code\n            self.headers", "self.headers"
    ),
    _pick("a wire name is an attribute's name", "{info.alias or name: name for", "{name: name for"),
    _pick(
        "an unknown key cannot be picked",
        "(value.model_extra or {}).get(name) if field is None",
        "None if field is None",
    ),
    _pick("a step is not unescaped", "map(unescape, pointer.split", "map(str, pointer.split"),
    _pick(
        "an item beyond the last is a crash",
        "return value[int(name)] if int(name) < len(value) else None",
        "return value[int(name)]",
    ),
    _pick("an item may be the one after the last", "if int(name) < len(value) else", "if int(name) <= len(value) else"),
    _pick(
        "a letter of a text is an item",
        "if is_list(value) and name.isdecimal()",
        "if isinstance(value, list | tuple | str) and name.isdecimal()",
    ),
    _read(
        "the request that was sent loses its key",
        "found.headers = request.headers.copy()",
        "found.headers = request.headers",
    ),
    _read(
        "a transport error shows the key",
        "outcome.request = masked(call, outcome.request)",
        "outcome.request = outcome.request",
    ),
    _read(
        "a transport error without a request is another error",
        "with suppress(RuntimeError):  #",
        "with suppress(ZeroDivisionError):  #",
    ),
)
