"""The law of an upload in parts: wherever it is interrupted, resuming it gives the same bytes, each part reported once.

Hypothesis drives the upload itself, without a client: it decides which part in flight ends next and how, the responses,
where the process dies (before a step, or after it and before its result is known), which URLs expire, and what is
written to the file meanwhile.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import pytest
from hypothesis import Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from twelvelabs_api import TwelveLabs

from apicontract.client.arguments import Arguments
from apicontract.client.errors import ApiError, UploadChanged, status_error
from apicontract.client.part_requests import Outcome, Sending
from apicontract.client.parts import Ask, Await, Do, PartUpload, Send, Steps
from tests.support.deep import DEEP
from tests.support.storage import Answered, Storage

CLIENT = TwelveLabs(api_key="key-0123456789abcdef")
ENDS = ("good", "cut before", "cut after", "killed before", "killed after", "refused", "no proof")


class Killed(Exception):
    """The process is gone: what it knew and had not kept is lost."""


class UploadLaw(RuleBasedStateMachine):
    """A file, a service, and one process after the other that sends the file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="law-"))
        self.path = self.folder / "film.mp4"
        self.storage = Storage(part_size=4, first=3)
        self.content = bytearray(range(4 * 6 - 1))
        self.path.write_bytes(self.content)
        self.steps: Steps | None = None
        self.step: Any = None
        self.under_way: list[Sending] = []
        self.resume = True
        self.known: dict[tuple[str, int], int] = {}
        """How often each part had arrived that the file of state knows of."""
        operation = CLIENT._settings.api.contract.operation("multipart_upload.create")
        assert operation.in_parts is not None
        few = {"x-parts": operation.in_parts._replace(most=2)}
        self.patches: list[Any] = [
            patch("apicontract.client.part_files.os.fsync", lambda _: None),
            patch.dict(operation.extensions, few),  # so that reports come between parts
        ]
        for one in self.patches:
            one.start()

    # One process.

    @precondition(lambda self: self.steps is None)
    @rule(parallel=st.integers(1, 3))
    def begin(self, parallel: int) -> None:
        """Start a process; without what was kept only where the file has changed."""
        upload = PartUpload(
            CLIENT._settings,
            "multipart_upload.create",
            {"body": {}},
            {
                "path": self.path,
                "parallel": parallel,
                "retries": 2,
                "resume": self.resume,
                "state": None,
                "progress": None,
            },
        )
        self.resume = True
        self.under_way = []
        self.steps = upload.steps()
        self.step = next(self.steps)

    @precondition(lambda self: self.steps is not None)
    @rule(good=st.integers(0, 24), end=st.sampled_from(ENDS), which=st.integers(0, 9))
    def go_on(self, good: int, end: str, which: int) -> None:
        """Do some things that go well, and then one that ends in some way."""
        for how in [*["good"] * good, end]:
            if self.steps is not None:
                self.go(self.steps, how, which)

    def go(self, steps: Steps, end: str, which: int) -> None:
        try:
            try:
                done = self.do(end, which)
            except Killed:
                self.end()
            except Exception as error:  # noqa: BLE001 - as the drivers do
                self.step = steps.throw(error)
            else:
                self.step = steps.send(done)
        except StopIteration:
            self.end()
            self.check_whole()
        except UploadChanged:
            self.end()
            self.resume = False
            self.check_changed()
        except (ApiError, httpx.TransportError):
            self.end()  # what failed is reported; the next process goes on

    def end(self) -> None:
        """End the process: what the garbage collector closes, it may close from the inside, which Python refuses."""
        if self.steps is not None:
            self.steps.close()
        self.steps = None

    def do(self, end: str, which: int) -> Any:
        step = self.step
        if end == "killed before":
            raise Killed
        match step:
            case Ask(operation, arguments):
                found = self.ask(operation, arguments, end)
            case Send(sending):
                self.under_way.append(sending)
                found = None
            case Await():
                found = self.arrive(self.under_way.pop(which % len(self.under_way)), end)
            case Do(work):
                found = work()
            case _:
                found = None
        if end == "killed after":
            raise Killed
        return found

    def ask(self, operation: str, arguments: Arguments, end: str) -> Any:
        if end == "cut before":
            raise httpx.ReadError("cut")
        found = CLIENT._settings.api.contract.operation(operation)
        path = found.path
        for name, value in (arguments.get("path") or {}).items():
            path = path.replace(f"{{{name}}}", value)
        query = "&".join(f"{name}={value}" for name, value in (arguments.get("query") or {}).items())
        answered = self.storage.answer(
            found.method, f"{path}?{query}", {}, json.dumps(arguments.get("body") or {}).encode()
        )
        if end in ("cut after", "no proof"):
            raise httpx.ReadError("cut")
        if end == "refused" and found.method == "POST":
            raise status_error(operation, response(Answered(502)), None)
        if answered.status >= 300:
            raise status_error(operation, response(answered), answered.body)
        return answered.body

    def arrive(self, sending: Sending, end: str) -> Outcome:
        pieces: list[bytes] = []
        try:
            while (piece := sending.content.next()) is not None:
                pieces.append(piece)
        except UploadChanged as error:
            return Outcome(sending.part, 0, error)
        if end == "cut before":
            return Outcome(sending.part, 0, httpx.WriteError("cut", request=httpx.Request("PUT", sending.address)))
        if end == "refused":
            return Outcome(sending.part, 0, response(Answered(403)))
        headers = {name.lower(): value for name, value in sending.headers.items()}
        target = sending.address.raw_path.decode()
        answered = self.storage.answer("PUT", target, headers, b"".join(pieces))
        if end == "cut after":
            return Outcome(sending.part, 0, httpx.ReadError("cut", request=httpx.Request("PUT", sending.address)))
        if end == "no proof":
            answered = answered._replace(headers={})
        return Outcome(sending.part, sending.content.checksum, response(answered))

    # What happens besides.

    @rule()
    def expire(self) -> None:
        """Let every address expire that there is."""
        self.storage.expired = {str(number) for number in range(1, self.storage.made + 1)}

    @precondition(lambda self: self.steps is None)
    @rule(at=st.integers(0, 22), touched=st.booleans())
    def write(self, at: int, touched: bool) -> None:
        """Write to the file, something else or the same."""
        if not touched:
            self.content[at] ^= 0xFF
        self.path.write_bytes(self.content)

    # What must hold.

    @invariant()
    def nothing_known_is_sent_again(self) -> None:
        kept = self.folder / "film.mp4.upload"
        known: dict[tuple[str, int], int] = {}
        if kept.exists() and (session := json.loads(kept.read_text())["session"]):
            for number in map(int, json.loads(kept.read_text())["arrived"]):
                arrivals = self.storage.sessions[session].arrivals[number]
                known[session, number] = self.known.get((session, number), arrivals)
                assert arrivals == known[session, number]
        self.known = known

    @invariant()
    def nothing_is_reported_twice(self) -> None:
        for session in self.storage.sessions.values():
            assert max(session.reported.values(), default=1) == 1

    def check_whole(self) -> None:
        name, session = list(self.storage.sessions.items())[-1]
        assert self.storage.whole(name) == self.path.read_bytes()
        assert session.status == "completed"
        assert set(session.reported.values()) == {1}
        assert len(session.reported) == self.storage.count(session.size)

    def check_changed(self) -> None:
        """Hold against the file what has arrived, which must be something else."""
        kept = json.loads((self.folder / "film.mp4.upload").read_text())
        content = self.storage.sessions[kept["session"]].content
        now = self.path.read_bytes()
        assert any(now[4 * (n - 1) : 4 * n] != content[n] for n in map(int, kept["arrived"]))

    def teardown(self) -> None:
        """Whatever has happened: the next processes, undisturbed, end with the whole file."""
        try:
            self.end()
            for _ in range(2):  # the first may find that the file has changed
                self.begin(2)
                while self.steps is not None:
                    self.go_on(9, "good", 0)
                if self.resume:
                    break
            self.check_whole()
        finally:
            self.end()
            for one in self.patches:
                one.stop()
            shutil.rmtree(self.folder)


def response(answered: Answered) -> httpx.Response:
    request = httpx.Request("PUT", "https://parts.example.com/1?signature=s3cret")
    return httpx.Response(answered.status, headers=answered.headers, request=request)


def test_law_an_upload_that_is_cut_anywhere_ends_with_the_same_bytes_each_reported_once() -> None:
    chosen = settings(max_examples=1500 if DEEP else 40, stateful_step_count=40 if DEEP else 20)
    run_state_machine_as_test(UploadLaw, settings=chosen)


@pytest.mark.parametrize("fault", ["forgets what was reported", "keeps no parts", "trusts the file"])
def test_law_finds_planted_faults(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A law that nothing could break would say nothing."""
    if fault == "forgets what was reported":
        monkeypatch.setattr(PartUpload, "_noted", _without_listing)
    elif fault == "keeps no parts":
        monkeypatch.setattr(PartUpload, "_keep", _without_keeping_parts)
    else:
        monkeypatch.setattr(PartUpload, "_first_change", lambda _: None)
    chosen = settings(
        max_examples=1500,  # it stops at the first that breaks: which one that is depends on the version of Hypothesis
        stateful_step_count=20,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(UploadLaw, settings=chosen)


def _without_listing(self: Any) -> Any:
    """Take no note of what the service says of the parts."""
    declared = self._declared
    first, _ = yield from self._listed(declared.status, self._of_session(declared.status)["path"], {})
    self._is_complete = first["status"] in declared.done
    if self._is_complete:
        for one in self._state.arrived.values():
            one.reported = True
    return first["status"]


def _without_keeping_parts(self: Any) -> Any:
    """Keep that an upload was begun, and nothing of its parts."""
    if not self._state.arrived:
        yield Do(lambda: self._kept.write(self._state))
