"""The mock and its responder return streams of every format."""

from __future__ import annotations

import httpx
import pytest

from apicontract.mock import AnswerInvalid, ContractMock
from apicontract.responder import Responder
from tests.support import streams
from tests.support.streams import BASE, STREAMS
from twelvelabs_contract import Headers, Request

BEGIN, END = {"kind": "begin", "n": 1, "job": {"id": "j"}}, {"kind": "end", "n": 2}


@pytest.mark.parametrize("operation", STREAMS)
def test_the_simplest_stream_is_made_where_there_is_no_example(operation: str) -> None:
    """With its first and last event, numbers that grow, its type in the right place, and what ends it."""
    contract = streams.contract()
    answer = Responder(contract).respond(Request("GET", f"{BASE}/{operation}", Headers([])))
    assert (answer.status, answer.headers.get("content-type")) == (200, STREAMS[operation][0])
    assert contract.check_response(answer, operation=operation) == []
    assert answer.body.count(b"\n") >= 1


def test_given_events_are_written_as_the_document_has_it() -> None:
    """And refused where the API could not send them."""
    with ContractMock(streams.contract()) as mock:
        mock["sse.all"].stream([BEGIN, END])
        mock["sse.line"].stream([{"kind": "add", "text": "é\u2028"}, {"kind": "stop"}])
        mock["sse.fields"].stream([{"event": "text", "data": "a\nb"}])
        mock["lines.results"].stream([{"id": "a", "status": "ready"}])
        assert [
            httpx.get(f"{BASE}/{name}").text for name in ("sse.all", "sse.line", "sse.fields", "lines.results")
        ] == [
            'event: begin\ndata: {"kind": "begin", "n": 1, "job": {"id": "j"}}\n\n'
            'event: end\ndata: {"kind": "end", "n": 2}\n\ndata: [DONE]\n\n',
            'event: add\ndata: {"text": "\\u00e9\\u2028"}\n\nevent: stop\ndata: {}\n\n',
            "event: text\ndata: a\ndata: b\n\ndata: [DONE]\n\n",
            '{"id": "a", "status": "ready"}\n',
        ]
        for operation, events, rule in (
            ("sse.all", [BEGIN], "truncated"),
            ("sse.all", [END, BEGIN], "sequence"),
            ("lines.results", [{"id": 5, "status": "ready"}], "type"),
        ):
            with pytest.raises(AnswerInvalid) as caught:
                mock[operation].stream(events)
            assert caught.value.violations[0].rule == rule
