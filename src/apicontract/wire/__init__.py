"""Encode and decode requests and responses, on bytes alone (no sockets, no clock, no files).

`encode` turns an instance into the bytes that are sent, `decode` turns received bytes into the instance that a schema
validates, and the two are inverse wherever the encoding can distinguish the values. A value that cannot be decoded is
reported as a `Fault` with its own rule, never as an exception, and decoding continues: one wrong field does not hide
the next.
"""

from apicontract.wire.messages import Exchange, Headers, Request, Response

__all__ = ["Exchange", "Headers", "Request", "Response"]
