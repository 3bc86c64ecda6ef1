"""Faults in event streams: lines out of bytes, the order of events, and their way to the caller."""

from __future__ import annotations

from tests.mutants.fault import faults_in

STREAMS = "tests/client/test_streams.py"
HELD = "tests/client/test_streams_held.py"
LONG = "tests/client/test_streams_long.py"

_lines = faults_in("_wire/ndjson.py", STREAMS, HELD, "tests/contract/test_check.py", "tests/contract/test_wire.py")
_events = faults_in("client/_events.py", STREAMS, LONG, HELD)
_stream = faults_in("client/_stream.py", STREAMS, HELD, "tests/client/test_survivors.py")

_ORDER = "self._check(self._order.event(self._count, pick(event, self._tag), self._line))"
_BAD = "found = self._unreadable(error, line)\n                    break"

FAULTS = (
    _lines("splitlines", 'chunk.split(b"\\n")', '__import__("re").split("\\n|\\x85|\\u2028".encode(), chunk)'),
    _lines("a lone CR ends a line", 'chunk.split(b"\\n")', 'chunk.replace(b"\\r", b"\\n").split(b"\\n")'),
    _lines("the last line is lost", 'line = b"".join(self._pending)\n', 'line = b""\n'),
    _lines(
        "a line that was cut loses its beginning", 'complete[0] = b"".join([*self._pending, complete[0]])', "bytes()"
    ),
    _lines("a line that was cut loses its middle", "self._pending.append(rest)", "self._pending[1:] = [rest]"),
    _lines("a line comes twice", "self._pending.append(rest)", "self._pending += [rest, rest]"),
    _lines(
        "blank lines are not counted",
        "enumerate(complete, first)",
        "enumerate(filter(bytes.strip, complete), first)",
    ),
    _lines("lines are counted from 0", "self._number = 0", "self._number = -1"),
    _lines("white space is an event", "if line and not line.isspace():", "if line:"),
    _lines(
        "a blank line ends the stream",
        "if line and not line.isspace():\n                yield number, line",
        "if not line.strip():\n                return\n            yield number, line",
    ),
    _lines(
        "a stream needs no end",
        'return Fault(f"event[{count}]", "truncated"',
        'return None and Fault(f"event[{count}]", "truncated"',
    ),
    _lines(
        "anything may follow the end",
        "if self.complete:\n            message",
        "if self.complete and kind == first:\n            message",
    ),
    _lines(
        "a stream may begin with anything",
        "elif not self._begun and kind != first:",
        "elif not self._begun and kind == last:",
    ),
    _lines("a stream may begin again", "elif self._begun and kind == first:", "elif self._begun and kind is None:"),
    _lines("the first event completes the stream", "self.complete or kind == last", "self.complete or kind == first"),
    _events("a bad line is skipped", _BAD, "continue"),
    _events("a bad line ends the stream", _BAD, "return"),
    _events(
        "good events of a chunk are lost with its bad line",
        "return self._read(self._lines.feed(chunk))",
        "return iter(list(self._read(self._lines.feed(chunk))))",
    ),
    _events(
        "a last line without newline is lost",
        "yield from self._read(self._lines.close())",
        "yield from ()",
    ),
    _events(
        "truncation is not told",
        "self._check(self._order.end(self._count, self._line) if self._order else None)",
        "self._order",
    ),
    _events(
        "the order of events is not followed",
        _ORDER,
        "self._order.event(self._count, pick(event, self._tag), self._line)",
    ),
    _events("events are counted from 1", "self._count = self._line = 0", "self._count = self._line = 1"),
    _events("an error has no line", "self._response, self._line)", "self._response)"),
    _events("an error names its own column as a line", "replace(_OWN_LINE, ' at column ')", "strip()"),
    _events("an event of no kind is told without its line", 'f"line {self._line}: {violation', 'f"{violation'),
    _stream("the end of the bytes is not told", "yield from events.close()", "yield from ()"),
    _stream("async: the end of the bytes is not told", "for event in events.close():", "for event in ():"),
    _stream(
        "lines as httpx reads them",
        "for chunk in response.iter_bytes():",
        "for chunk in (line.encode() + b'\\n' for line in response.iter_lines()):",
    ),
    _stream(
        "async: lines as httpx reads them",
        "async for chunk in response.aiter_bytes():\n",
        "async for text in response.aiter_lines():\n            chunk = text.encode() + b'\\n'\n",
    ),
    _stream(
        "async: only the first event of a chunk",
        "for event in events.feed(piece):\n                    yield event",
        "for event in events.feed(piece):\n                    yield event\n                    break",
    ),
    _stream(
        "a lost connection is the end",
        (
            "except httpx.DecodingError as error:\n"
            "        raise events.undecodable(error) from error\n"
            "    finally:\n"
            "        response.close()"
        ),
        (
            "except (httpx.DecodingError, httpx.RemoteProtocolError):\n"
            "        return\n"
            "    finally:\n"
            "        response.close()"
        ),
    ),
    _stream(
        "async: a lost connection is the end",
        (
            "except httpx.DecodingError as error:\n"
            "        raise events.undecodable(error) from error\n"
            "    finally:\n"
            "        await response.aclose()"
        ),
        (
            "except (httpx.DecodingError, httpx.RemoteProtocolError):\n"
            "        return\n"
            "    finally:\n"
            "        await response.aclose()"
        ),
    ),
    _stream(
        "a connection is not given back at the end",
        "finally:\n        response.close()",
        "finally:\n        response.is_closed",
    ),
    _stream(
        "async: a connection is not given back at the end",
        "finally:\n        await response.aclose()",
        "finally:\n        response.is_closed",
    ),
    _stream(
        "closing does not close",
        'unless every event was delivered."""\n        _close(self.response, self._reading)',
        'unless every event was delivered."""\n        self.response.is_closed',
    ),
    _stream(
        "async: closing does not close",
        'unless every event was delivered."""\n        await self.response.aclose()',
        'unless every event was delivered."""\n        self.response.is_closed',
    ),
    _stream(
        "reading on after a failure looks like the end",
        "raise self._events.unfinished() or StopIteration",
        "raise StopIteration",
    ),
    _lines("a wrong beginning is told for each event", "self._begun = True", "self._begun = kind == first"),
    _stream(
        "async: reading on after a failure looks like the end",
        "raise self._events.unfinished() or StopAsyncIteration",
        "raise StopAsyncIteration",
    ),
    _events("events of two generations pass", "self._check(self._differing(event))", "self._differing(event)"),
    _events(
        "an event is compared with the one before",
        "if self._shared is None:\n            self._shared = value",
        "self._shared, value = value, self._shared or value",
    ),
    _events("a closed stream is complete", "self._complete = False", "self._complete = True"),
    _events("a complete stream is never so", "self._complete = True", "self._complete = False"),
    _lines("a line has no bound", "if self._held > self._limit:", "if self._held < 0:"),
    _lines("a line in one piece has no bound", "if len(line) > limit:", "if len(line) < 0:"),
    _lines("all lines together have the bound of one", "            self._held = 0\n", ""),
    _lines(
        "a line that is too long is the one before", "(self._number + 1, self._limit)", "(self._number, self._limit)"
    ),
    _events("the bound of a line is not used", "Lines(LONGEST_LINE)", "Lines()"),
    _stream("a held iterator looks complete", "chain(self._reading, iter(self.__next__, None))", "iter(self._reading)"),
    _stream("a stream is closed under the locks of httpx", "if _within_httpx():", "if response is None:"),
    _stream("a stream is never closed at once", "if _within_httpx():", "if response:"),
    _stream(
        "a forgotten stream stays open",
        "weakref.finalize(self, _forget, response, self._reading, abandoned).atexit = False",
        "weakref",
    ),
    _stream(
        "async: a forgotten stream stays open",
        "        abandoned.append((response, reading))",
        "        abandoned.clear()",
    ),
    _events(
        "the text has no gaps for other events", 'return found if isinstance(found, str) else ""', "return str(found)"
    ),
    _events(
        "most events may begin a stream again", "not {streaming.first, streaming.last} &", "not {streaming.last} &"
    ),
    _events("most events may end a stream early", "not {streaming.first, streaming.last} &", "not {streaming.first} &"),
    _events("most events may come after the end", "self._between = not self._order.complete", "self._between = True"),
    _events("most events share nothing", "and shared not in fields", ""),
    _events("what is not declared is not shared", " or event.__pydantic_extra__", ""),
)
