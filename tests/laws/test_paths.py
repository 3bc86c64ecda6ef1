"""Paths and headers: an identifier is one segment whatever it contains, and the key is only in its header."""

from __future__ import annotations

from urllib.parse import unquote, unquote_to_bytes, urlsplit

from hypothesis import strategies as st

from tests.laws.defects import free_ids
from tests.laws.laws import law
from tests.laws.subjects import KEY
from tests.laws.trial import Trial, World
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import boundary_cases

ODD = ("a/b", "../tasks?x=1", "?", "#", "%", "%2F", "%2e%2e", "a b", "+", ";", ":", "@", "\\", "//", "é")
NO_SEGMENT = ("", ".", "..")
"""What cannot be one segment: nothing, and the steps that clients and servers take up the path (RFC 3986, 5.2.4)."""
IDS = st.one_of(st.sampled_from(ODD), st.text().filter(lambda text: text not in NO_SEGMENT))
"""Texts of which each means something else where it is not encoded."""


def _has_ids(world: World, operation: Operation) -> bool:
    return any(True for _ in operation.parameters_in("path"))


def _unencoded(world: World, operation: Operation) -> str:
    return "S4: path identifiers are not encoded, and an empty one is sent"


@law(
    "Paths and headers",
    "an identifier that can be no path segment is refused",
    concerns=_has_ids,
    vendor=_unencoded,
    examples=5,
)
def test_an_identifier_that_can_be_no_path_segment_is_refused(trial: Trial) -> None:
    """The empty one would reach the collection, `..` another resource."""
    least = boundary_cases(trial.contract, trial.operation.id)[0].arguments
    name = trial.draw(st.sampled_from(sorted(least["path"])))
    trial.parameter = f"path.{name}"
    ids = {**least["path"], name: trial.draw(st.sampled_from(NO_SEGMENT))}
    outcome = trial.call({**least, "path": ids}, trial.success(least))
    trial.require(not outcome.requests, "it was sent")
    trial.require(outcome.error and trial.parameter in str(outcome.error), "the refusal does not name the parameter")


@law(
    "Paths and headers",
    "any other identifier is one path segment, and reads back equal",
    concerns=lambda world, operation: bool(free_ids(world, operation)),
    vendor=_unencoded,
    examples=14,
)
def test_any_other_identifier_is_one_path_segment(trial: Trial) -> None:
    """No other part of the URL changes."""
    least = boundary_cases(trial.contract, trial.operation.id)[0].arguments
    free = free_ids(trial.world, trial.operation)
    ids = {name: trial.draw(IDS) if name in free else fixed for name, fixed in least["path"].items()}
    trial.parameter = " ".join(f"path.{name}" for name in free)
    outcome = trial.call({**least, "path": ids}, trial.success(least))
    trial.require(outcome.error is None, "it was refused")
    target = outcome.requests[0].url.raw_path.decode("ascii")
    base = urlsplit(trial.contract.document.servers[0]).path
    given, template = target.partition("?")[0].split("/"), f"{base}{trial.operation.path}".split("/")
    trial.require("#" not in str(outcome.requests[0].url), "the URL has a fragment")
    trial.require(len(given) == len(template), f"the path has {len(given)} segments in place of {len(template)}")
    for segment, name in zip(given, template, strict=True):
        expected = ids[name[1:-1]] if name.startswith("{") else name
        trial.require(unquote_to_bytes(segment) == expected.encode(), f"{segment!r} arrived in place of {expected!r}")


@law("Paths and headers", "the key is in its header and nowhere else", examples=4)
def test_the_key_is_in_its_header_and_nowhere_else(trial: Trial) -> None:
    """Not in the URL, not in another header, not in the body."""
    case = trial.draw(st.sampled_from(boundary_cases(trial.contract, trial.operation.id)))
    outcome = trial.call(case.arguments, trial.success(case.arguments))
    trial.require(outcome.requests, "nothing was sent")
    for request in outcome.requests:
        holders = [name for name, value in request.headers.items() if KEY in value]
        trial.require(holders == list(trial.operation.key_headers), f"the key is in {holders}")
        trial.require(KEY not in unquote(str(request.url)), "the key is in the URL")
        trial.require(KEY.encode() not in request.content, "the key is in the body")
