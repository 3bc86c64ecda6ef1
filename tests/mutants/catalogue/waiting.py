"""Faults in waiting for a long job: when it is over, how it ended, and how long that may take."""

from __future__ import annotations

from tests.mutants.fault import faults_in

WAITING = "tests/client/test_waiting.py"

_waiting = faults_in("client/_waiting.py", WAITING)
_errors = faults_in("client/_errors.py", WAITING)
_sync = faults_in("client/_sync.py", WAITING)
_async = faults_in("client/_async.py", WAITING)

FAULTS = (
    _waiting("a failed job is done", "if status in declared.done:", "if status in (*declared.done, 'failed'):"),
    _waiting("an unknown status ends the wait", "if status in declared.done:", "if status == 'unheard of':"),
    _waiting("a failed job goes on", "if status in declared.failed:", "if status == declared.failed:"),
    _waiting("only the first kind of failure", "if status in declared.failed:", "if status == declared.failed[0]:"),
    _waiting("a reason that is no text is told", "reason if isinstance(reason, str) else None", "reason"),
    _waiting("waits do not grow", "min(self._next * GROWTH,", "min(self._next,"),
    _waiting("waits grow for ever", "min(self._next * GROWTH, self._interval * MOST)", "self._next * GROWTH"),
    _waiting("the bound of waits is fixed", "self._interval * MOST)", "30.0)"),
    _waiting("the first wait is a longer one", "seconds = self._next\n", "seconds = self._next * GROWTH\n"),
    _waiting("the last wait goes beyond the timeout", "min(seconds, max(0.0,", "max(seconds, max(0.0,"),
    _waiting("no last question", "self._clock() >= self.deadline:", "self._clock() + 1 >= self.deadline:"),
    _waiting("a timeout is never over", "self._clock() >= self.deadline:", "self._clock() > self.deadline + 1e9:"),
    _waiting("time counts from the epoch", "else clock() + self._timeout", "else self._timeout"),
    _waiting("what went wrong last is lost", "self._timeout) from cause", "self._timeout) from None"),
    _waiting("the last answer is lost", "self._last = status, answer", "self._last = status, None"),
    _sync("a late question is repeated", "or call.is_late(self._clock() + seconds)", "or call.is_late(-1e9)"),
    _async("async: a late question is repeated", "or call.is_late(self._clock() + seconds)", "or call.is_late(-1e9)"),
    _sync("a late failure is not called late", "                job.check(error)\n", ""),
    _async("async: a late failure is not called late", "                job.check(error)\n", ""),
    _waiting("any interval will do", "is_duration(value) or (", "True or ("),
    _waiting("an interval may be absent", '(name == "timeout" and value is None)', "value is None"),
    _waiting("anything is a callback", "and not callable(given", "and not hash(given"),
    _errors("a failed job hides its reason", "self.reason or 'no reason", "'no reason"),
    _sync(
        "the callback has only what goes on", "job.callback(answered)", "job.wait(answered) and job.callback(answered)"
    ),
    _async("async: a callback is not awaited", "await awaited(job.callback(answered))", "job.callback(answered)"),
    _sync("a job is asked for without a pause", "self._sleep(pause)", "pass"),
    _async("async: a job is asked for without a pause", "await self._sleep(pause)", "pass"),
)
