"""Control paths, by which tests inspect and change the state of a server.

GET  /_contract/state                     the existing resources, by the template of their path
POST /_contract/reset                     forget everything
POST /_contract/clock  {"advance": 30}    advance the clock by a number of seconds
POST /_contract/end    {"job": "…", "status": "failed"}   end a job by its id
"""

from __future__ import annotations

import json

from apicontract.openapi import strict_json
from apicontract.openapi.bounds import is_number
from apicontract.openapi.document import Json
from apicontract.responder import StatefulResponder
from apicontract.server.asgi import Incoming
from apicontract.wire.messages import Headers, Response

PREFIX = "/_contract/"
"""The prefix of the control paths, which is below no server of a document."""


def answer(state: StatefulResponder, incoming: Incoming) -> Response:
    """Respond to a request to a control path."""
    match incoming.method, incoming.path.removeprefix(PREFIX):
        case "GET", "state":
            return _json(200, state.records())
        case "POST", "reset":
            state.reset()
            return Response(204)
        case "POST", "clock":
            try:
                seconds = strict_json.load(incoming.body)["advance"]
                if not is_number(seconds):
                    raise ValueError("a number of seconds is needed")  # noqa: TRY301 - said with the others
                state.advance(seconds)
            except (ValueError, TypeError, LookupError) as error:
                return _json(400, {"message": f'give {{"advance": seconds}}: {error}'})
            return Response(204)
        case "POST", "end":
            try:
                asked = strict_json.load(incoming.body)
                state.end(str(asked["job"]), str(asked["status"]))
            except (ValueError, TypeError, LookupError) as error:
                said = error if isinstance(error, ValueError) else error.args[0]
                return _json(400, {"message": f'send {{"job": id, "status": its final status}}: {said}'})
            return Response(204)
    return _json(404, {"message": f"no control path {incoming.method} {incoming.path}; see GET {PREFIX}state"})


def _json(status: int, value: Json) -> Response:
    return Response(status, Headers({"content-type": "application/json"}), json.dumps(value).encode())
