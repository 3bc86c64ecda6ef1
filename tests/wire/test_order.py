"""The order of the events of a stream."""

from __future__ import annotations

from apicontract.openapi.document import Streaming
from apicontract.wire.order import Order


def test_the_order_of_events_is_followed() -> None:
    order = Order(Streaming("stream", "start", ("end",)), "/paths/x")
    assert order.event(0, "start", 1) is None
    assert order.event(1, "text", 2) is None
    assert order.end(2, 2)
    assert order.event(2, "end", 3) is None
    assert order.complete
    assert order.end(3, 3) is None
    assert order.event(3, "text", 4)


def test_a_stream_may_end_in_several_ways_and_be_kept_alive_anywhere() -> None:
    streaming = Streaming("stream", "start", ("done", "failed"), keepalive=("alive",))
    order = Order(streaming, "/paths/x")
    assert order.event(0, "alive", 1) is None
    assert order.event(1, "start", 2) is None
    assert order.event(2, "alive", 3) is None
    truncated = order.end(3, 3)
    assert truncated
    assert truncated.message.endswith("without 'done' or 'failed'")
    assert order.event(3, "failed", 4) is None
    assert order.end(4, 4) is None
    late = order.event(4, "done", 5)
    assert late
    assert late.message == "line 5: comes after 'failed', which ends the stream"
