"""Faults in what a client is set up with, in the options of a call, and in the bases of the models."""

from __future__ import annotations

from tests.mutants.fault import faults_in

REQUESTS, SETTINGS = "tests/client/test_requests.py", "tests/client/test_settings.py"
ANSWERS, SURVIVORS = "tests/client/test_answers.py", "tests/client/test_survivors.py"

_options = faults_in("client/_options.py", REQUESTS, SETTINGS, SURVIVORS)
_settings = faults_in("client/_settings.py", SETTINGS, SURVIVORS)
_models = faults_in("client/_models.py", REQUESTS, ANSWERS, SURVIVORS)
_answer = faults_in("client/_answer.py", ANSWERS, SETTINGS, SURVIVORS)

FAULTS = (
    _options(
        "an unknown option is dropped", "for name in values if name not in _NAMES]", "for name in values if name in ()]"
    ),
    _options("the client's timeout wins", 'values.get("timeout_in_seconds", timeout)', "timeout"),
    _options(
        "the client's retries win",
        'values.setdefault("max_retries", max_retries)',
        'values.__setitem__("max_retries", max_retries) or max_retries',
    ),
    _options(
        "a negative number of retries",
        "and not isinstance(value, bool) and value >= 0",
        "and not isinstance(value, bool)",
    ),
    _options(
        "true is a number",
        "return isinstance(value, int) and not isinstance(value, bool) and value >= 0",
        "return isinstance(value, int) and value >= 0",
    ),
    _options("a call may have no time at all", "and 0 < value < math.inf", "and 0 <= value < math.inf"),
    _options("a call may take forever", "and 0 < value < math.inf", "and value > 0"),
    _options("an option may frame the body", "elif name.lower() in _FRAMING:", "elif name in _FRAMING:"),
    _options("a header's name may hold a space", "if not _TOKEN.fullmatch(name):", "if not _TOKEN.match(name):"),
    _options(
        "a header may hold a line break", "and value.isascii() and value.isprintable() and", "and value.isascii() and"
    ),
    _options(
        "a header may hold any character",
        "and value.isascii() and value.isprintable() and",
        "and value.isprintable() and",
    ),
    _options("a header may begin with white space", " and value == value.strip()", ""),
    _options(
        "a header that is None is refused",
        'in mapping(values["additional_headers"]).items() if value is not None}',
        'in mapping(values["additional_headers"]).items()}',
    ),
    _settings(
        "the environment wins over the argument",
        'source, key = "api_key", given\n        if key is None and self.key_environment:',
        'source, key = "api_key", given\n        if self.key_environment in os.environ:',
    ),
    _settings("an empty key is a key", "if not key:", "if key is None:"),
    _settings("a key may hold white space", "if not is_header_value(key):", "if not key.strip():"),
    _settings(
        "a missing key shows the argument only",
        "if not any(operation.key_headers for operation in self.contract.operations):",
        "if any(operation.key_headers for operation in self.contract.operations):",
    ),
    _settings(
        "the environment's address wins",
        'if given is not None:\n            yield "base_url"',
        'if given is not None and not self.base_url_environment:\n            yield "base_url"',
    ),
    _settings(
        "the environment's address does not count",
        "if self.base_url_environment and (found",
        "if not self.base_url_environment and (found",
    ),
    _settings("the address ends with a slash", 'return url.rstrip("/")', "return url"),
    _settings("any scheme will do", 'parsed.scheme not in ("http", "https") or', "not parsed.scheme or"),
    _settings("an address may hold a query", 'if "?" in url or', "if"),
    _settings("credentials of an address are shown", 'shown = "" if "@" in url else', 'shown = "" if "#" in url else'),
    _settings("an address may hold credentials", "or parsed.userinfo", ""),
    _settings(
        "the timeout of a given client is replaced",
        "if httpx_client is not None and timeout is DEFAULT_TIMEOUT:",
        "if httpx_client is self:",
    ),
    _settings("a given timeout is that of the given client", "and timeout is DEFAULT_TIMEOUT:", ":"),
    _settings("sixty seconds are told by value", "and timeout is DEFAULT_TIMEOUT:", "and timeout == DEFAULT_TIMEOUT:"),
    _settings("any number of retries", "if not is_count(max_retries):", "if max_retries is self:"),
    _settings("a given client is closed", "self._owned = httpx_client is None", "self._owned = True"),
    _settings("our own client is never closed", "self._owned = httpx_client is None", "self._owned = False"),
    _models("an unknown key of an answer is lost", 'extra="allow"', 'extra="ignore"'),
    _models("an unknown key of a request passes", 'extra="forbid"', 'extra="ignore"'),
    _models("a request's model converts", "strict=True, ", ""),
    _answer("a reader is made for each call", "found = _adapters.get(key)", "found = None"),
    _answer("one reader for all unhashable types", "key = id(wanted)", "key = 0"),
    _options("a header may name another host", '"content-type", "host", "transfer', '"content-type", "transfer'),
    _options(
        "options that are no mapping are dropped",
        "if given is not None and not isinstance(given, Mapping):",
        "if given is values:",
    ),
    _settings(
        "any timeout will do",
        "if not (timeout is None or isinstance(timeout, httpx.Timeout) or is_duration(timeout)):",
        "if timeout is self:",
    ),
    _settings(
        "a client of the other world passes",
        "if not isinstance(httpx_client, http_class | None):",
        "if httpx_client is self:",
    ),
    _settings(
        "our own client has no name",
        'headers={"user-agent": settings.api.user_agent}, ',
        "",
        "tests/client/test_survivors.py",
    ),
)
