"""The wire form of requests and responses, both ways, on bytes alone (no sockets, no clock, no files).

`encode` turns an instance into what is sent, `decode` turns what was sent into the instance that a schema sees, and the
two are inverse of each other wherever the wire can tell the values apart. What cannot be decoded is a `Fault` with its
own rule, never an exception, and decoding goes on: one wrong field does not hide the next.
"""

from apicontract.wire.messages import Exchange, Headers, Request, Response

__all__ = ["Exchange", "Headers", "Request", "Response"]
