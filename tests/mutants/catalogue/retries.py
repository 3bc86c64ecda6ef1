"""Faults in retries: what is sent again, how often, and when."""

from __future__ import annotations

from tests.mutants.fault import faults_in

_retry = faults_in("client/_retry.py", "tests/client/test_retries.py")

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
    _retry("the server's wait has no bound", "return asked if asked <= LONGEST_WAIT else None", "return asked"),
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
        "except ValueError:\n            return None",
        "except ZeroDivisionError:\n            return None",
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
        "a long wait is cut short", "return asked if asked <= LONGEST_WAIT else None", "return min(asked, LONGEST_WAIT)"
    ),
)
