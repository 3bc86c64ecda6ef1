"""Faults in retries and in what goes with them: attempts, progress, bounds, secrets and lifecycle."""

from __future__ import annotations

from tests.mutants.fault import faults_in

ATTEMPTS = "tests/client/test_attempts.py"
SAFETY = "tests/client/test_safety.py"
SECRETS = "tests/client/test_secrets.py"
LIFECYCLE = "tests/client/test_lifecycle.py"
STREAMS = "tests/client/test_streams_held.py"

_retry = faults_in("client/_retry.py", "tests/client/test_retries.py")
_options = faults_in("client/_options.py", ATTEMPTS)
_uploads = faults_in("client/_uploads.py", ATTEMPTS)
_async = faults_in("client/_async.py", ATTEMPTS)
_reading = faults_in("client/_reading.py", SAFETY)
_settings = faults_in("client/_settings.py", SAFETY)
_interpret = faults_in("client/_interpret.py", SECRETS)
_errors = faults_in("client/_errors.py", SAFETY)
_models = faults_in("client/_models.py", SAFETY)

FAULTS = (
    _retry("one attempt too many", "if attempt >= self.limit", "if attempt > self.limit"),
    _retry(
        "a creation is repeated after a failure",
        "(idempotent and outcome.status_code in _PASSING)",
        "outcome.status_code in _PASSING",
    ),
    _retry(
        "a creation is repeated after a timeout",
        "return idempotent or isinstance(outcome, _NEVER_OPENED)",
        "return True",
    ),
    _retry("a creation is never repeated", "return refused or (idempotent and", "return idempotent and (refused or"),
    _retry("PATCH is idempotent", '"PUT", "DELETE", "TRACE"', '"PUT", "PATCH", "DELETE", "TRACE"'),
    _retry("PUT is not idempotent", '"PUT", "DELETE", "TRACE"', '"DELETE", "TRACE"'),
    _retry(
        "a creation is not repeated after a rate limit",
        "outcome.status_code == _TOO_MANY or (",
        "outcome.status_code == 430 or (",
    ),
    _retry("a creation is repeated after a 503 that says nothing", " and asked is not None)", ")"),
    _retry(
        "501 is tried again",
        "_PASSING = frozenset({408, 429, 500, 502, 503, 504})",
        "_PASSING = frozenset({408, 429, 500, 501, 502, 503, 504})",
    ),
    _retry(
        "409 is tried again",
        "_PASSING = frozenset({408, 429, 500, 502, 503, 504})",
        "_PASSING = frozenset({408, 409, 429, 500, 502, 503, 504})",
    ),
    _retry(
        "our own mistake is repeated",
        "if isinstance(outcome, _OUR_MISTAKE):\n            return False",
        "if isinstance(outcome, _OUR_MISTAKE):\n            return idempotent",
    ),
    _retry("an upload that cannot be rewound is repeated", "or not repeatable or", "or"),
    _retry("the server's wait does not count", "if asked is not None:", "if asked is None and asked:"),
    _retry("a wait of nothing is drawn at random", "if asked is not None:", "if asked:"),
    _retry("the server's wait has no bound", "return asked if asked <= self.longest else None", "return asked"),
    _retry("milliseconds are seconds", "return float(milliseconds) / 1000", "return float(milliseconds)"),
    _retry(
        "seconds go before milliseconds",
        'headers.get("retry-after-ms", "").strip()',
        'headers.get("retry-after-ms" * ("retry-after" not in headers), "").strip()',
    ),
    _retry(
        "a date in the past is a negative wait",
        "return max(0.0, date.timestamp() - self.clock())",
        "return date.timestamp() - self.clock()",
    ),
    _retry("a date is the time since the epoch", "date.timestamp() - self.clock()", "date.timestamp()"),
    _retry(
        "a broken date is a crash",
        "except (ValueError, OverflowError):",
        "except OverflowError:",
    ),
    _retry(
        "a date without a zone is local",
        "date = date.replace(tzinfo=UTC)",
        "date = date.replace(tzinfo=__import__('datetime').timezone(__import__('datetime').timedelta(hours=2)))",
    ),
    _retry("the wait does not grow", "2.0 ** min(attempt, 10)", "2.0 ** 0"),
    _retry(
        "the wait has no bound",
        "min(BACKOFF_BASE * 2.0 ** min(attempt, 10), BACKOFF_BOUND)",
        "BACKOFF_BASE * 2.0 ** min(attempt, 10)",
    ),
    _retry("a late attempt overflows", "2.0 ** min(attempt, 10)", "2.0**attempt"),
    _retry("every client comes back at the same time", "return self.chance() * min(", "return min("),
    _retry(
        "a creation is not repeated after a 503 that says when",
        "(outcome.status_code == _UNAVAILABLE and asked is not None)",
        "False",
    ),
    _retry(
        "504 stands",
        "_PASSING = frozenset({408, 429, 500, 502, 503, 504})",
        "_PASSING = frozenset({408, 429, 500, 502, 503})",
    ),
    _retry(
        "408 stands",
        "_PASSING = frozenset({408, 429, 500, 502, 503, 504})",
        "_PASSING = frozenset({429, 500, 502, 503, 504})",
    ),
    _retry(
        "a long wait is cut short", "return asked if asked <= self.longest else None", "return min(asked, LONGEST_WAIT)"
    ),
    _retry(
        "the caller's longest wait does not count",
        "return asked if asked <= self.longest",
        "return asked if asked <= LONGEST_WAIT",
        ATTEMPTS,
    ),
    _retry("the number of attempts is not told", "if attempts > 1:", "if attempts > 9:", ATTEMPTS),
    _retry(
        "an upload that is not repeated does not say so",
        "if not repeatable:\n            fix",
        "if repeatable:\n            fix",
        ATTEMPTS,
    ),
    _retry(
        "a refused creation blames its upload",
        "if attempts > self.limit or not self._worthwhile(outcome, asked):",
        "if attempts > self.limit:",
        ATTEMPTS,
    ),
    _retry("the last attempt blames its upload", "if attempts > self.limit or not", "if not", ATTEMPTS),
    _options(
        "a longest wait may be anything", "if longest != 0 and not is_duration(longest):", "if longest is values:"
    ),
    _options(
        "progress may be anything",
        'and not callable(values["upload_progress"])',
        'and values["upload_progress"] is values',
    ),
    _uploads(
        "progress is told before the piece is taken",
        "            yield chunk\n            sent += len(chunk)\n            if self._progress is not None:\n",
        (
            "            if self._progress is not None:\n                self._progress(sent, 0)\n"
            "            yield chunk\n            if sent < 0:\n"
        ),
    ),
    _async(
        "async: progress is not awaited",
        "await awaited(self._progress(sent, self._content.length))",
        "self._progress(sent, self._content.length)",
    ),
    _async("async: progress counts pieces", "sent += len(chunk)", "sent += 1"),
    _reading("a body has no bound", "if self._left < 0:", "if self._left is None:"),
    _reading("the bound is one byte less", "if self._left < 0:", "if self._left <= 0:"),
    _settings(
        "every address may be open", "and not allow_http and not _is_loopback", "and allow_http and not _is_loopback"
    ),
    _settings("no address may be open", "not allow_http and not", "not", SAFETY),
    _settings("this machine may not be spoken to in the clear", 'return host == "localhost"', 'return host == "local"'),
    _settings(
        "a name that begins like this machine is it",
        'return host == "localhost"',
        'return host.startswith("localhost")',
    ),
    _settings("a variable shows the key", "return \"'[API key]'\"", "return str.__repr__(self)", SECRETS),
    _settings(
        "a key of the environment is shown",
        "secret(os.environ.get(self.key_environment))",
        "os.environ.get(self.key_environment)",
        SECRETS,
    ),
    _interpret("frames that hold the key are kept", "found.__traceback__ = None", "pass", SECRETS),
    _interpret(
        "a body that sends the key back is kept", "if content != response.content:", "if content is None:", SECRETS
    ),
    _interpret(
        "an answer that cannot be read keeps the key that it sends back",
        "clean(call, response)\n    raise",
        "raise",
        SECRETS,
    ),
    _settings(
        "a fork shares the connections", "if os.getpid() != self._process:", "if self._process is None:", LIFECYCLE
    ),
    _settings(
        "a fork shares those of a given client",
        "if not self._owned:\n                raise",
        "if self._owned is None:\n                raise",
        LIFECYCLE,
    ),
    _settings("a closed client is used", "if self._http.is_closed:", "if self._http is None:", LIFECYCLE),
    _retry("a date beyond the calendar", "except (ValueError, OverflowError):", "except ValueError:"),
    _reading("codings one upon the other", "if len(decoded) > 1 or {", "if {"),
    _reading("codings without bounds", 'or {"br", "zstd"} & {*decoded}:', "or not named:"),
    _reading(
        "a stream is cut at once", "yield chunk[start : start + PIECE]", "yield chunk[start:]\n        return", STREAMS
    ),
    _settings("the key goes to a proxy in the clear", "trust_env=environment", "trust_env=True"),
    _settings("no proxy is ever used", "trust_env=environment", "trust_env=False"),
    _settings("a name of this machine is looked up", 'return host == "localhost"', 'return host.endswith("localhost")'),
    _settings("an address may have any port", "or not 0 < port < 65536:", "or not port:"),
    _interpret("frames of the caller are lost", "seen = {id(sys.exception())}", "seen: set[int] = set()"),
    _errors(
        "a text writes on the terminal",
        "plain(self.message or self._hint(), _MESSAGE_LENGTH)",
        "self.message or self._hint()",
    ),
    _errors("a code writes on the terminal", "plain(str(self.code))", "self.code"),
    _models("a number that JSON does not know is read", "allow_inf_nan=False, ", ""),
)
