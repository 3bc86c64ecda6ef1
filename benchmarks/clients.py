"""The clients that are compared, each over a mock transport, and how their answers are brought to plain JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx

from benchmarks.inputs import KEY

if TYPE_CHECKING:
    import twelvelabs
    import twelvelabs_api
    import twelvelabs_api_2025_08
    from pydantic import BaseModel

Handler: TypeAlias = Callable[[httpx.Request], httpx.Response]


def ours(handler: Handler) -> twelvelabs_api_2025_08.TwelveLabs:
    """Make our client, as a user would: arguments are checked before they are sent."""
    from twelvelabs_api_2025_08 import TwelveLabs

    return TwelveLabs(api_key=KEY, httpx_client=httpx.Client(transport=httpx.MockTransport(handler)))


def newest(handler: Handler) -> twelvelabs_api.TwelveLabs:
    """Make our client of the newest edition."""
    from twelvelabs_api import TwelveLabs

    return TwelveLabs(api_key=KEY, httpx_client=httpx.Client(transport=httpx.MockTransport(handler)))


def ours_async(handler: Handler) -> twelvelabs_api_2025_08.AsyncTwelveLabs:
    """Make our asynchronous client."""
    from twelvelabs_api_2025_08 import AsyncTwelveLabs

    return AsyncTwelveLabs(api_key=KEY, httpx_client=httpx.AsyncClient(transport=httpx.MockTransport(handler)))


def sdk(handler: Handler) -> twelvelabs.TwelveLabs:
    """Make the vendor's client."""
    from twelvelabs import TwelveLabs

    return TwelveLabs(api_key=KEY, httpx_client=httpx.Client(transport=httpx.MockTransport(handler)))


def raw(handler: Handler) -> httpx.Client:
    """Make what a user without any client of the API has, with the key in its headers."""
    return httpx.Client(transport=httpx.MockTransport(handler), headers={"x-api-key": KEY})


def plain(model: BaseModel) -> Any:
    """Bring an answer of our client back to JSON, by the names on the wire."""
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def plain_sdk(model: Any) -> Any:
    """Bring an answer of the vendor's client back to JSON."""
    return json.loads(json.dumps(model.dict(), default=_time))


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"no JSON value: {value!r}")
