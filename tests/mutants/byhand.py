"""Faults that no operator expresses: one of two twins right and the other wrong, something left out on a second try.

Each is anchored by the function that it replaces, whatever its text is, and has no test that exists for it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import TextIO

from tests.mutants.choice import Record
from tests.mutants.mutant import Mutant
from tests.mutants.sample import package_of
from tests.mutants.tree import Run, Tree, Verdict


@dataclass(frozen=True, slots=True)
class Fault:
    """What a function is replaced by."""

    what: str
    file: str
    function: str
    """Its dotted name in the file."""
    wrong: str
    """The text of a function `wrong(right)` that returns what stands in place of the right one."""

    def applied(self, source: bytes) -> bytes:
        """Return the changed file."""
        text = f"\n\n{cleandoc(self.wrong)}\n\n\n{self.function} = wrong({self.function})\n"
        return source + text.encode()

    def line(self, source: str) -> int:
        """Return the first line of the body of the function."""
        steps, at = self.function.split("."), 0
        for step in steps:
            lines = source.split("\n")
            at = next(
                number
                for number in range(at, len(lines))
                if lines[number].lstrip().startswith((f"def {step}(", f"async def {step}(", f"class {step}"))
            )
        return at + 1


_SECOND_WITHOUT_BODY = """
    def wrong(right):
        seen = []
        {prefix}def attempt(self, call, *, read):
            import copy
            if any(call is one for one in seen):
                call = copy.copy(call)
                object.__setattr__(call, "content", b"")
            seen.append(call)
            return {wait}right(self, call, read=read)
        return attempt
    """

FAULTS = (
    Fault(
        "the asynchronous client sends a second attempt without its body",
        "src/apicontract/client/async_client.py",
        "AsyncClient._attempt",
        _SECOND_WITHOUT_BODY.format(prefix="async ", wait="await "),
    ),
    Fault(
        "the synchronous client sends a second attempt without its body",
        "src/apicontract/client/sync_client.py",
        "SyncClient._attempt",
        _SECOND_WITHOUT_BODY.format(prefix="", wait=""),
    ),
    Fault(
        "the asynchronous client loses the items of a page after an empty one",
        "src/apicontract/client/pages.py",
        "AsyncPager.iter_pages",
        """
        def wrong(right):
            async def iter_pages(self):
                async for page in right(self):
                    yield page
                    if not page.items:
                        return
            return iter_pages
        """,
    ),
    Fault(
        "the asynchronous guard hands on a request without looking at the answer",
        "src/apicontract/transport.py",
        "AsyncContractTransport.handle_async_request",
        """
        def wrong(right):
            async def handle_async_request(self, request):
                self._guard.follow(request)
                return await self._inner.handle_async_request(request)
            return handle_async_request
        """,
    ),
    Fault(
        "the asynchronous client takes any success of a stream without its status being checked",
        "src/apicontract/client/async_client.py",
        "AsyncClient._send",
        """
        def wrong(right):
            async def _send(self, call, *, read=True):
                return await (right(self, call, read=read) if read else self._attempt(call, read=False))
            return _send
        """,
    ),
    Fault(
        "parameters of a media type are read with their case",
        "src/apicontract/openapi/media_types.py",
        "parse",
        """
        def wrong(right):
            def parse(value):
                name, options = right(value)
                return value.partition(";")[0].strip(), options
            return parse
        """,
    ),
)


def survivors(tree: Tree, record: Record, stdout: TextIO) -> Iterator[str]:
    """Plant every fault, and yield which survive."""
    caught = 0
    for fault in FAULTS:
        source = (tree.root / fault.file).read_bytes()
        line = fault.line(source.decode())
        for offset in range(1, 12):  # the first line of the body that any test runs
            place = Mutant(fault.file, fault.function, line + offset, "", "", "", 0, 0)
            if record.runs(place):
                break
        chosen = record.choose(place)
        run: Run = tree.judged(fault.file, fault.applied(source), chosen.tests, chosen.limit)
        if run.verdict is Verdict.CAUGHT:
            caught += 1
        else:
            print(f"{run.verdict.value}: {package_of(fault.file)}: {fault.what} {run.test}", file=stdout, flush=True)
            yield fault.what
    print(f"{caught} of {len(FAULTS)} faults planted by hand caught", file=stdout, flush=True)
