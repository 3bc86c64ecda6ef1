"""Upload a large file in parts: this module decides, the drivers call, send, and use the disk.

Theory of operation
-------------------
`x-parts` names the operations: one starts an upload and returns the URLs of the first parts, a second one returns more
URLs, a third takes reports of the parts that were sent, and a fourth lists the parts that the service has. The parts
themselves go to other hosts, with the headers that the service requires and without the key.

`PartUpload.steps` is a generator that both drivers run. It yields steps and is sent their results:

    Ask     call an operation                     ─▶  its JSON response; an error is thrown in
    Send    start to send a part                  ─▶  nothing; a limited number are in flight
    Await   wait for a part in flight             ─▶  its outcome
    Do      something that blocks on the disk     ─▶  what it returns
    Pause   wait                                  ─▶  nothing
    Notify  report the progress                   ─▶  nothing

These hold wherever an upload is interrupted:

- As soon as a part is known to have arrived, that is stored on disk, so the part is never sent again.
- The service decides which parts were reported: after a report without a response, and when an upload is resumed, it
  is asked first. So no part is reported twice.
- A part is only skipped if the file still has the bytes that were sent, by their CRC-32. So the result is the file as
  it is now, or `UploadChanged`.

A part that fails is sent again if `retry` permits it for a PUT. A rejection (400 to 499, except 408 and 429) usually
means that the URL has expired, and with it those of the same batch: new ones are requested for all of them, and only
the rejection of a new URL is an error. A response without an `ETag` does not prove that the part arrived, so the part
is sent again as well.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping
from typing import Any, NamedTuple, NotRequired, TypeAlias, TypedDict

import httpx

from apicontract.client.answer import OMIT
from apicontract.client.arguments import Arguments, is_absent
from apicontract.client.compiled import CompiledBody, compiled
from apicontract.client.errors import (
    GoneError,
    JobFailed,
    JobTimeout,
    NotFoundError,
    RequestInvalid,
    ResponseInvalid,
    ServerError,
    StatusError,
)
from apicontract.client.fields import pick
from apicontract.client.narrowing import is_list, is_tuple, mapping
from apicontract.client.options import Progress, is_count, read_options, without_body
from apicontract.client.part_files import Arrived, LocalFile, OptionalStateFile, Part, State, StateFile, plan
from apicontract.client.part_requests import Outcome, Sending, failure, is_refusal, proof, usable_headers
from apicontract.client.request import prepare
from apicontract.client.retry import Retry
from apicontract.client.settings import Settings
from apicontract.client.uploads import FilePath, UploadRefused, guess
from apicontract.openapi import pointer as pointers
from apicontract.openapi import strict_json
from apicontract.openapi.document import DocumentInvalid, Operation
from apicontract.openapi.operation import InParts
from apicontract.openapi.violation import Violation, where, without
from apicontract.wire.faults import Fault

PARALLEL, RETRIES = 5, 5
"""The number of parts in flight, and how often a failed one is sent again, unless the caller sets another."""
ROUNDS = 24
"""How often the service is asked whether an upload is complete, after everything was reported."""
FIRST_PAUSE, GROWTH, LONGEST_PAUSE = 0.5, 1.5, 8.0
"""Seconds between these requests."""


class Ask(NamedTuple):
    """Call an operation."""

    operation: str
    arguments: Arguments


class Send(NamedTuple):
    """Start to send a part."""

    sending: Sending


class Await(NamedTuple):
    """Wait for a part in flight."""


class Do(NamedTuple):
    """Run a function that blocks on the disk."""

    work: Callable[[], Any]


class Pause(NamedTuple):
    """Wait."""

    seconds: float


class Notify(NamedTuple):
    """Report the progress."""

    sent: int
    size: int


Step: TypeAlias = Ask | Send | Await | Do | Pause | Notify
Steps: TypeAlias = Generator[Step, Any, str]
Some: TypeAlias = Generator[Step, Any, None]


class Uploading(TypedDict):
    """The arguments of every method that uploads a file in parts."""

    path: FilePath
    parallel: int
    retries: int
    resume: bool
    state: FilePath | None
    stateless: NotRequired[bool]
    """Whether the upload continues if its state cannot be stored, because the caller cannot choose another path."""
    reuse: NotRequired[bool]
    progress: Progress | None


class Large(TypedDict):
    """The arguments of every method that may upload a file in parts."""

    in_parts: bool


class Instead(NamedTuple):
    """The call that uploads a file in parts, in place of an operation that does not accept it."""

    operation: str
    arguments: Arguments
    uploading: Uploading


def instead(settings: Settings, operation_id: str, arguments: Arguments, given: Large) -> Instead | None:
    """Return the call that uploads the file of another call in parts; `None` if that is not needed or not possible.

    Raises `RequestInvalid` if the other call could not be sent either.
    """
    operation = settings.api.contract.operation(operation_id)
    declared = operation.large
    if not given["in_parts"] or declared is None:
        return None
    body = mapping(arguments.get("body"))
    file = body.get(declared.file)
    name, path, *_ = file if is_tuple(file) and len(file) > 1 else (None, file)
    if not isinstance(path, str | os.PathLike):
        return None
    path = os.fsdecode(path)  # pyright: ignore[reportUnknownArgumentType] - a path of text or of bytes
    try:
        if os.stat(path).st_size <= declared.most:
            return None
    except ValueError:  # no path; the call itself says so
        return None
    prepare(settings, operation_id, arguments).close()
    found = settings.api.contract.operation(declared.operation)
    takes = compiled(settings, found.id).body
    if found.in_parts is None or takes is None:
        raise DocumentInvalid("no `x-parts` here", found.pointer)
    kept = _kept(settings, operation, body, takes)
    if name is not None and kept.get(found.in_parts.filename) is None:
        kept[found.in_parts.filename] = name
    uploading: Uploading = {
        "path": path,
        "parallel": PARALLEL,
        "retries": RETRIES,
        "resume": True,
        "state": None,
        "stateless": True,
        "progress": None,
    }
    return Instead(found.id, {"body": kept, "options": arguments.get("options")}, uploading)


def _kept(settings: Settings, operation: Operation, body: Mapping[str, Any], takes: CompiledBody) -> dict[str, Any]:
    """Return the properties of another operation's body that the start of an upload in parts accepts too.

    Properties that the other operation requires, such as the kind of an upload, may be left out, because they follow
    from the operation. Raises `RequestInvalid` for any other property that would be lost.
    """
    own = compiled(settings, operation.id).body
    if own is None or operation.large is None:
        raise DocumentInvalid("no `x-large` here", operation.pointer)
    schema, _ = settings.api.contract.document.resolve(own.content.schema, own.content.schema_pointer)
    implied = {operation.large.file, *mapping(schema).get("required", ())}
    kept: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in body.items():
        slot = own.slot(name)
        if name in takes.declared:
            kept[name] = value
            if isinstance(value, str) and "object" in takes.slot(name).shape.types:
                # A form has the JSON of an object as a string, a JSON body the object itself.
                try:
                    kept[name] = strict_json.load_fast(value.encode())
                except ValueError as error:
                    faults.append(Fault(slot.place, "encoding", f"invalid JSON: {error}", slot.pointer))
        elif name not in implied and not is_absent(value, slot.shape):
            message = "an upload in parts does not accept this; leave it out, or leave out in_parts"
            faults.append(Fault(slot.place, "undeclared", message, slot.pointer))
    if faults:
        raise RequestInvalid(operation.id, [without(f.violation(operation.id), settings.keys) for f in faults])
    return kept


class PartUpload:
    """One upload: it decides the next step from the results of the previous ones."""

    def __init__(self, settings: Settings, operation_id: str, arguments: Arguments, given: Uploading) -> None:
        """Take the arguments of the operation that starts it; raise `RequestInvalid` for invalid ones."""
        self._settings = settings
        self._operation = self._of(operation_id)
        if self._operation.in_parts is None:
            raise DocumentInvalid("no `x-parts` here", self._operation.pointer)
        self._declared: InParts = self._operation.in_parts
        self._given = given
        self._options = arguments.get("options")
        pointer = self._operation.pointer
        options, faults = read_options(self._options, settings.timeout, settings.max_retries, pointer)
        for name in ("parallel", "retries"):
            least = 1 if name == "parallel" else 0
            if not is_count(given[name]) or given[name] < least:
                faults.append(Fault(name, "type", f"a whole number of {least} or more is needed", pointer, given[name]))
        if given["progress"] is not None and not callable(given["progress"]):
            faults.append(Fault("progress", "type", "a function of two numbers is needed", pointer))
        if faults:
            raise self._refused(faults)
        self._following = without_body(self._options)
        """The options of all calls after the one that starts the upload."""
        self.parallel = given["parallel"]
        self.progress = given["progress"] or options.progress
        self._timeout = options.timeout
        self._retry = Retry("PUT", given["retries"], options.longest_wait)
        named = {**mapping(arguments.get("body"))}
        self._body = {name: value for name, value in named.items() if value is not None and value is not OMIT}
        self._addresses: dict[int, tuple[httpx.URL, int]] = {}
        self._batches = 0
        """How many batches of URLs were requested; each URL has the number of its batch."""
        self._used: dict[int, int] = {}
        """The batch of the URL that each part was last sent to."""
        self._attempts: dict[int, int] = {}
        self._refusals: dict[int, int] = {}
        self._pauses: dict[int, float] = {}
        self._under_way: set[int] = set()
        self._plan: list[Part] = []
        self._is_complete = False
        self._file: LocalFile
        self._kept: StateFile
        self._state: State

    @property
    def retrieve(self) -> str:
        """The operation that describes what the file became."""
        return self._declared.retrieve

    def result(self, found: str) -> Arguments:
        """Return the arguments of `retrieve`, given the identifier of what the file became."""
        return {"path": {self._path_parameter(self.retrieve): found}, "options": self._following}

    def finish(self) -> None:
        """Remove the state, because the upload is finished."""
        self._kept.remove()

    def steps(self) -> Steps:
        """Yield the steps of the upload, and return the identifier of what the file became."""
        self._file = yield Do(self._look)
        state = self._given["state"] or f"{self._file.path}.upload"
        self._kept = OptionalStateFile(state) if self._given.get("stateless") else StateFile(state)
        found = yield from self._taken_up()
        if found is not None:
            self._state = found
        else:
            if self._given.get("reuse") and (existing := (yield from self._existing())) is not None:
                return existing
            yield from self._begun()
        yield Notify(self._sent(), self._file.size)
        yield from self._completed()
        return self._state.result

    # The beginning: the file, and the state of an earlier attempt.

    def _look(self) -> LocalFile:
        try:
            file = LocalFile(self._operation.id, self._given["path"])
        except (UploadRefused, TypeError, ValueError) as error:
            raise self._refused([Fault("path", "type", str(error), self._operation.pointer)]) from None
        declared = self._declared
        self._body.setdefault(declared.filename, file.name)
        self._body[declared.size] = file.size
        if declared.kind is not None:
            self._body.setdefault(declared.kind, guess(file.path).partition("/")[0])
        return file

    def _about(self) -> dict[str, str]:
        """Return what an earlier attempt must have in common with this one."""
        arguments = {name: value for name, value in self._body.items() if name != self._declared.size}
        digests = {
            name: hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]
            for name, value in arguments.items()
        }
        return {"the operation": self._operation.id, "the address": self._settings.base_url, **digests}

    def _taken_up(self) -> Generator[Step, Any, State | None]:
        """Return the state of an earlier attempt.

        Returns `None` if there is none, or if the service no longer has the upload.
        """
        found: State | None = (yield Do(self._kept.read)) if self._given["resume"] else None
        if found is None:
            return None
        about = self._about()
        differing = sorted(
            name for name in about.keys() | found.about.keys() if about.get(name) != found.about.get(name)
        )
        if {"the operation", "the address"} & {*differing}:
            raise self._changed("the upload was started at another URL or with another operation")
        self._state = found
        try:
            answer = yield from self._noted()
        except (GoneError, NotFoundError):
            return None
        if pick(answer, self._declared.state) in self._declared.lost:
            return None
        if differing:
            raise self._changed(f"the upload was started with another {', another '.join(differing)}")
        if found.size != self._file.size:
            raise self._changed(
                f"it had {found.size:,} bytes when the upload was started, and has {self._file.size:,} now"
            )
        if (number := (yield Do(self._first_change))) is not None:
            raise self._changed(f"part {number} of {len(self._parts())} has changed since it was sent")
        return found

    def _first_change(self) -> int | None:
        """Return the first part whose bytes have changed since it was sent; `None` if there is none."""
        parts = self._parts()
        arrived = sorted(self._state.arrived.items())
        return next((n for n, one in arrived if self._file.checksum(parts[n - 1]) != one.checksum), None)

    def _changed(self, what: str) -> Exception:
        error = self._file.changed(what)
        error.add_note(f"resume=False starts again; the state of the upload is in {self._kept.path}")
        return error

    def _existing(self) -> Generator[Step, Any, str | None]:
        """Return what a file of this name and size became earlier, if the service lists it."""
        declared = self._declared
        if declared.find is None:
            message = "no operation lists what became of files (`find`)"
            raise self._refused([Fault("reuse", "undeclared", message, self._operation.pointer)])
        name = self._body[declared.filename]
        _, items = yield from self._listed(declared.find, {}, {declared.named or "": name})
        for item in items:
            same = pick(item, declared.found_name or "") == name
            if same and pick(item, declared.found_size or "") == self._file.size:
                found = pick(item, declared.found or "")
                return found if isinstance(found, str) else None
        return None

    def _begun(self) -> Some:
        """Start an upload; first make sure that its state can be stored."""
        self._state = State(self._about(), self._file.size)
        yield from self._keep()
        try:
            answer = yield Ask(self._operation.id, {"body": self._body, "options": self._options})
            self._take_session(answer)
        except Exception:
            yield Do(self._kept.remove)
            raise
        yield from self._keep()

    def _take_session(self, answer: Any) -> None:
        declared, state, operation = self._declared, self._state, self._operation.id
        state.session = self._text(operation, answer, declared.session)
        state.result = self._text(operation, answer, declared.result)
        size = pick(answer, declared.part_size)
        if not isinstance(size, int) or isinstance(size, bool) or size < 1:
            raise self._unusable(operation, declared.part_size, "no part size")
        state.part_size = size
        if declared.headers is not None:
            state.headers = usable_headers(mapping(pick(answer, declared.headers)))
        self._take(operation, answer)

    # The middle: parts and their URLs.

    def _completed(self) -> Some:
        """Send and report parts until the service has them all."""
        waited = 0.0
        answer: Any = None
        state: Any = None
        for attempt in range(ROUNDS):
            if self._is_complete:
                return
            moved = yield from self._transferred()
            answer = yield from self._noted()
            state = pick(answer, self._declared.state)
            if state in self._declared.lost:
                raise JobFailed(self._declared.status, state, answer, "the upload has to be started again")
            if not self._is_complete and not moved:
                seconds = min(FIRST_PAUSE * GROWTH**attempt, LONGEST_PAUSE)
                waited += seconds
                yield Pause(seconds)
        if not self._is_complete:
            raise JobTimeout(self._declared.status, state, answer, waited)

    def _transferred(self) -> Generator[Step, Any, bool]:
        """Send the missing parts and report those that arrived; return whether there were any."""
        todo = deque(self._missing())
        moved = bool(todo)
        while todo or self._under_way or self._unreported():
            while todo and len(self._under_way) < 2 * self.parallel:  # so that parts are sent while others are reported
                yield from self._begin(todo.popleft(), todo)
            if self._under_way:
                outcome: Outcome = yield Await()
                self._under_way.discard(outcome.part.number)
                if (yield from self._again(outcome)):
                    todo.appendleft(outcome.part.number)
            due = self._unreported()
            if len(due) >= self._declared.most or (due and not todo and not self._under_way):
                moved = True
                yield from self._report(due[: self._declared.most])
                todo.extend(number for number in self._missing() if number not in todo)
        return moved

    def _begin(self, number: int, others: Iterable[int]) -> Some:
        if number not in self._addresses:
            yield from self._more(number, others)
        address, self._used[number] = self._addresses.pop(number)
        part = self._parts()[number - 1]
        self._under_way.add(number)
        pause = self._pauses.pop(number, 0.0)
        yield Send(Sending(part, self._file.read(part), address, self._state.headers, self._timeout, pause))

    def _again(self, outcome: Outcome) -> Generator[Step, Any, bool]:
        """Record the outcome of a part; return whether it has to be sent again, or raise its error."""
        number, result = outcome.part.number, outcome.result
        attempts = self._attempts.get(number, 0)
        error: Exception
        if isinstance(result, httpx.Response) and result.is_success:
            if tag := proof(result):
                self._state.arrived[number] = Arrived(tag, outcome.checksum)
                yield from self._keep()
                yield Notify(self._sent(), self._file.size)
                return False
            message = "the response has no ETag, which proves that the part arrived"
            found = Violation(self._operation.id, f"part {number}", "missing", message, self._pointer("proof"))
            error, seconds = ResponseInvalid(self._operation.id, [found]), 0.0 if attempts < self._retry.limit else None
        elif isinstance(result, httpx.Response | httpx.TransportError):
            error = failure(self._operation.id, result)
            if isinstance(result, httpx.Response) and is_refusal(result):
                seconds = self._renewed(number)
            else:
                seconds = self._retry.wait(attempts, result, repeatable=True)
        else:
            raise result
        if seconds is None:
            error.add_note(f"part {number} of {len(self._parts())}, after {attempts + 1} attempts")
            again = "the same call sends only the others" if self._kept.is_kept else "this could not be stored on disk"
            error.add_note(f"{len(self._state.arrived)} parts have arrived; {again}")
            raise error
        self._attempts[number] = attempts + 1
        self._pauses[number] = seconds
        return True

    def _renewed(self, number: int) -> float | None:
        """Discard a rejected URL and its batch, and return the seconds to wait; `None` if it was a new one."""
        batch = self._used[number]
        self._addresses = {n: (url, made) for n, (url, made) in self._addresses.items() if made > batch}
        self._refusals[number] = self._refusals.get(number, 0) + 1
        return 0.0 if self._refusals[number] == 1 else None

    def _more(self, number: int, others: Iterable[int]) -> Some:
        """Request URLs, for as many of the following parts as one request accepts."""
        declared = self._declared
        wanted = [n for n in others if number < n < number + declared.most and n not in self._addresses]
        count = max(wanted, default=number) - number + 1
        body = {declared.first: number, declared.many: count}
        answer = yield from self._insistently(Ask(declared.more, self._of_session(declared.more, body=body)))
        self._take(declared.more, answer)
        if number not in self._addresses:
            hint = "a mock server, which answers with examples, takes no file in parts"
            raise self._unusable(declared.more, declared.addresses, f"no URL for part {number}; {hint}")

    def _take(self, operation: str, answer: Any) -> None:
        """Store the URLs of a response; raise `ResponseInvalid` for one that nothing may be sent to."""
        self._batches += 1
        listed = pick(answer, self._declared.addresses)
        for entry in listed if is_list(listed) else ():
            number, text = pick(entry, self._declared.number), pick(entry, self._declared.address)
            if isinstance(number, int) and isinstance(text, str):
                try:
                    url = httpx.URL(text)
                except httpx.InvalidURL:
                    url = httpx.URL()
                if not self._settings.may_send_to(url):
                    message = "the URL of a part must begin with https:// and a host, unless allow_http is given"
                    raise self._unusable(operation, self._declared.addresses, message)
                self._addresses[number] = url, self._batches

    # The end: reports, and the service's list of parts.

    def _report(self, numbers: list[int]) -> Some:
        declared, state = self._declared, self._state
        entries = [
            {
                **self._constants(),
                declared.part: number,
                declared.proof: state.arrived[number].proof,
                declared.length: self._parts()[number - 1].length,
            }
            for number in numbers
        ]
        try:
            yield Ask(declared.report, self._of_session(declared.report, body={declared.parts: entries}))
        except (ServerError, httpx.TransportError) as error:
            attempts = self._attempts.get(0, 0)
            outcome = error.response if isinstance(error, StatusError) else error
            seconds = self._retry.wait(attempts, outcome, repeatable=True)
            if seconds is None:
                raise
            self._attempts[0] = attempts + 1
            yield Pause(seconds)
            yield from self._noted()  # it is unknown whether the report arrived
        else:
            self._attempts.pop(0, None)  # each report has attempts of its own
            for number in numbers:
                state.arrived[number].reported = True
            yield from self._keep()

    def _noted(self) -> Generator[Step, Any, Any]:
        """Ask which parts the service has, record them, and return the response, which has the state of the upload."""
        declared, arrived = self._declared, self._state.arrived
        first, items = yield from self._listed(declared.status, self._of_session(declared.status).get("path", {}), {})
        state = pick(first, declared.state)
        self._is_complete = state in declared.done
        if self._is_complete:
            for one in arrived.values():
                one.reported = True
        if self._is_complete or state in declared.lost:
            return first
        before = {number: one.reported for number, one in arrived.items()}
        for item in items:
            number, what = pick(item, declared.position), pick(item, declared.part_state)
            if number in arrived:
                arrived[number].reported = what in declared.arrived
                if what in declared.failed:
                    del arrived[number]
        if before != {number: one.reported for number, one in arrived.items()}:
            yield from self._keep()
        return first

    def _listed(
        self, operation: str, path: Mapping[str, Any], query: Mapping[str, Any]
    ) -> Generator[Step, Any, tuple[Any, list[Any]]]:
        """Return the first page of a listing, and the items of all pages.

        If the upload has ended, only the items of the first page are returned.
        """
        declared, found = self._declared, self._of(operation)
        pagination = found.pagination
        if pagination is None:
            raise DocumentInvalid("no `x-pagination` here", found.pointer)
        size = declared.per_page or ""
        more = {size: declared.most} if any(p.name == size for p in found.parameters_in("query")) else {}
        number, first, items = 1, None, list[Any]()
        while True:
            query = {**query, **more, pagination.parameter: number}
            answer = yield Ask(operation, {"path": path, "query": query, "options": self._following})
            first = answer if number == 1 else first
            listed = pick(answer, pagination.items)
            items += listed if is_list(listed) else ()
            total = pick(answer, pagination.total_pages or "")
            over = operation == declared.status and pick(first, declared.state) in (*declared.done, *declared.lost)
            if over or not isinstance(total, int) or number >= total:
                return first, items
            number += 1

    # Helpers of all three sections.

    def _insistently(self, ask: Ask) -> Generator[Step, Any, Any]:
        """Call an operation that is safe to repeat, whatever its method."""
        attempt = 0
        while True:
            try:
                return (yield ask)
            except (ServerError, httpx.TransportError) as error:
                outcome = error.response if isinstance(error, StatusError) else error
                seconds = self._retry.wait(attempt, outcome, repeatable=True)
                if seconds is None:
                    raise
            yield Pause(seconds)
            attempt += 1

    def _keep(self) -> Some:
        yield Do(lambda: self._kept.write(self._state))

    def _parts(self) -> list[Part]:
        if not self._plan:
            self._plan = plan(self._state.size, self._state.part_size)
        return self._plan

    def _missing(self) -> list[int]:
        """Return the parts that have neither arrived nor are in flight."""
        known = self._state.arrived.keys() | self._under_way
        return [part.number for part in self._parts() if part.number not in known]

    def _unreported(self) -> list[int]:
        return sorted(number for number, one in self._state.arrived.items() if not one.reported)

    def _sent(self) -> int:
        parts = self._parts()
        return sum(parts[number - 1].length for number in self._state.arrived)

    def _constants(self) -> dict[str, Any]:
        """Return the properties of a reported part that have only one value."""
        body = self._of(self._declared.report).request_body
        content = next(iter(body.content.values())) if body else None
        document = self._settings.api.contract.document
        if content is None:
            return {}
        schema, pointer = document.resolve(content.schema, content.schema_pointer)
        for step in ("properties", self._declared.parts, "items"):
            schema, pointer = document.resolve(mapping(schema).get(step), f"{pointer}/{step}")
        listed = mapping(mapping(schema).get("properties")).items()
        single = {name: mapping(one).get("enum") for name, one in listed}
        return {name: values[0] for name, values in single.items() if is_list(values) and len(values) == 1}

    def _of(self, operation: str) -> Operation:
        return self._settings.api.contract.operation(operation)

    def _path_parameter(self, operation: str) -> str:
        return next(parameter.name for parameter in self._of(operation).parameters_in("path"))

    def _of_session(self, operation: str, body: Any = None) -> Arguments:
        found: Arguments = {"path": {self._path_parameter(operation): self._state.session}, "options": self._following}
        return found if body is None else {**found, "body": body}

    def _text(self, operation: str, answer: Any, pointer: str) -> str:
        found = pick(answer, pointer)
        if not isinstance(found, str) or not found:
            raise self._unusable(operation, pointer, "no identifier")
        return found

    def _unusable(self, operation: str, pointer: str, what: str) -> ResponseInvalid:
        found = Violation(
            operation, where("body", pointers.split(pointer)), "missing", what, self._of(operation).pointer
        )
        return ResponseInvalid(operation, [found])

    def _pointer(self, key: str) -> str:
        return f"{self._operation.pointer}/x-parts/{key}"

    def _refused(self, faults: Iterable[Fault]) -> RequestInvalid:
        operation = self._operation.id
        return RequestInvalid(operation, [without(f.violation(operation), self._settings.keys) for f in faults])
