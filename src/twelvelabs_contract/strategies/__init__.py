"""Hypothesis strategies for any operation of any loaded contract, made of its document alone.

    from hypothesis import given
    from twelvelabs_contract import Contract
    from twelvelabs_contract.strategies import invalid_requests

    contract = Contract.load()

    @given(invalid_requests(contract, "tasks.list"))
    def test_what_is_wrong_is_found(case):
        (violation,) = contract.check_request(case.request())
        assert (violation.where, violation.rule) == (case.tag.where, case.tag.rule)

Values shrink to what can be read: first words and small numbers, no optional argument, the first alternative. A schema
that uses what is not understood is refused with `NotUnderstood`, which names the place. Whatever is worked out for a
contract is worked out once.
"""

from twelvelabs_contract.strategies._broken_streams import broken_event_streams
from twelvelabs_contract.strategies._bytes import chunkings
from twelvelabs_contract.strategies._case import Broken, RequestCase, Twist
from twelvelabs_contract.strategies._requests import (
    boundary_cases,
    boundary_requests,
    invalid_cases,
    invalid_requests,
    valid_requests,
)
from twelvelabs_contract.strategies._responses import payloads, responses
from twelvelabs_contract.strategies._streams import EventStream, event_streams
from twelvelabs_contract.strategies._upload import Upload, uploads
from twelvelabs_contract.strategies._vocabulary import NotUnderstood

__all__ = [
    "Broken",
    "EventStream",
    "NotUnderstood",
    "RequestCase",
    "Twist",
    "Upload",
    "boundary_cases",
    "boundary_requests",
    "broken_event_streams",
    "chunkings",
    "event_streams",
    "invalid_cases",
    "invalid_requests",
    "payloads",
    "responses",
    "uploads",
    "valid_requests",
]
