"""Faults in the two drivers: what is sent and when, in one world or in the other."""

from __future__ import annotations

from tests.mutants.fault import Fault, faults_in

TESTS = (
    "tests/client/test_retries.py",
    "tests/client/test_answers.py",
    "tests/client/test_settings.py",
    "tests/client/test_uploads.py",
    "tests/client/test_streams.py",
    "tests/client/test_pages.py",
    "tests/client/test_survivors.py",
)

_sync = faults_in("client/_sync.py", *TESTS)
_async = faults_in("client/_async.py", *TESTS)
_call = faults_in("client/_call.py", *TESTS)


def _both(name: str, old: str, new: str) -> tuple[Fault, Fault]:
    """Plant the same fault in either driver, whose texts differ by `await`."""
    return _sync(name, old.replace("await ", ""), new.replace("await ", "")), _async(f"async: {name}", old, new)


FAULTS = (
    *_both(
        "a refusal is tried for ever",
        "if seconds is None or",
        "seconds = seconds or 0\n            if attempt > 50 or",
    ),
    *_both("a retry does not wait", "await self._sleep(seconds)", "pass"),
    *_both("a retry waits twice as long", "await self._sleep(seconds)", "await self._sleep(2 * seconds)"),
    *_both("attempts are counted from 1", "attempt = 0\n", "attempt = 1\n"),
    *_both(
        "a broken connection is not tried again",
        "except httpx.TransportError as error:\n                outcome = error",
        "except httpx.ConnectError as error:\n                outcome = error",
    ),
    *_both("a redirect is followed", "stream=True, follow_redirects=False)", "stream=True)"),
    _call(
        "a given client's parameters replace ours",
        "            self.url,\n            headers=",
        "            self.url,\n            params=http.params or None,\n            headers=",
    ),
    _call("the timeout of the call does not count", "self.timeout.as_dict()", "http.timeout.as_dict()"),
    _call(
        "the headers of the call do not count",
        "for name, value in self.headers}",
        "for name, value in self.headers[:1]}",
    ),
    _call("the headers of a given client are lost", "in http.headers.raw if", "in [] if"),
    _call("the length of a given client counts", "if pair[0].lower() not in _LENGTH and", "if"),
    _call("the host of a given client is lost", '[] if "host" in http.headers else ', ""),
    _call("no host", '[(b"Host", self.url.netloc)]', "[]"),
    _call("the content of a request cannot be seen", "request.read()  #", "pass  #"),
    _call("the cookies of a given client are lost", "cookies=http.cookies,", "cookies=None,"),
    _call(
        "every method is POST",
        "            self.operation.method,\n            self.url,",
        '            "POST" if self.operation.method == "PUT" else self.operation.method,\n            self.url,',
    ),
    *_both(
        "a stream is read before it is handed on",
        "if success and not read:",
        "if success and not read and response.is_closed:",
    ),
    *_both("a refused stream is not read", "if success and not read:", "if not read:"),
    *_both(
        "a refusal of a body of nothing is an answer",
        "return _interpret.settled(call, outcome, attempt + 1)",
        "return outcome",
    ),
    *_both("closing does not close", "if self._ours:", "if not self._ours and self._ours:"),
    _sync(
        "retry without body",
        "else Counted(content, call.progress)\n",
        "else httpx.ByteStream(next(content.chunks()))\n",
    ),
    _async("async: only the first chunk of an upload is sent", "yield chunk\n", "yield chunk\n            return\n"),
    _async(
        "async: a file is read in the event loop", "await to_thread.run_sync(next, chunks, None)", "next(chunks, None)"
    ),
    _async(
        "async: a file is opened in the event loop", "if may_open_files(self._settings, operation):", "if not self:"
    ),
    _async(
        "async: the response is not closed",
        "finally:\n            await response.aclose()",
        "finally:\n            response.is_closed",
    ),
    _sync(
        "the response is not closed",
        "finally:\n            response.close()",
        "finally:\n            response.is_closed",
    ),
    _sync(
        "a file stays open after a call",
        "with closing(prepare(self._settings, operation, arguments)) as call:\n            return _interpret.value",
        "call = prepare(self._settings, operation, arguments)\n        if call:\n            return _interpret.value",
    ),
    _async(
        "async: a file stays open after a call",
        "with closing(await self._prepare(operation, arguments)) as call:\n            return _interpret.value",
        "call = await self._prepare(operation, arguments)\n        if call:\n            return _interpret.value",
    ),
    _sync(
        "a call without content cannot fail",
        "            self._send(call)\n",
        "            self._attempt(call, read=True)\n",
    ),
    _async(
        "async: a call without content cannot fail",
        "            await self._send(call)\n",
        "            await self._attempt(call, read=True)\n",
    ),
    _sync("a body of bytes is text", "return self._send(call).content", "return self._send(call).text"),
    _async(
        "async: a body of bytes is text",
        "return (await self._send(call)).content",
        "return (await self._send(call)).text",
    ),
    _sync(
        "the first page is fetched twice",
        "return Pager(listing, fetch(operation, arguments), fetch)",
        "fetch(operation, arguments)\n        return Pager(listing, fetch(operation, arguments), fetch)",
    ),
    _async(
        "async: the first page is fetched twice",
        "return AsyncPager(listing, await fetch(operation, arguments), fetch)",
        (
            "await fetch(operation, arguments)\n"
            "        return AsyncPager(listing, await fetch(operation, arguments), fetch)"
        ),
    ),
    _async(
        "async: a later page is fetched as the first one",
        "return await self.call(operation, answer, **arguments)",
        "return await self.call(listing.operation.id, answer, **arguments)",
    ),
    *_both("a response shows the key", "if not read or not success:", "if not read and not success:"),
)
