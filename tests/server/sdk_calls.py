"""Call a stateful server by the vendor's newest Python SDK, and print one JSON line for each step.

PYTHONPATH=…/sdk-1.3.6 python sdk_calls.py ADDRESS
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any
from urllib.parse import urljoin

import httpx
from twelvelabs import TwelveLabs
from twelvelabs.core.api_error import ApiError


def main(address: str) -> None:
    """Create, list, upload, wait, search, analyze, update, delete; then ten wrong calls."""
    client: Any = TwelveLabs(api_key="tlk_made_up_for_python", base_url=address)
    models = [{"model_name": "marengo3.0", "model_options": ["visual", "audio"]}]
    index = client.indexes.create(index_name="from Python", models=models)
    for name in "abc":
        client.indexes.create(index_name=name, models=models)
    said("list", [one.index_name for one in client.indexes.list(page_limit=2)])

    clip = ("clip.mp4", io.BytesIO(b"\x00\x00\x00\x18ftypmp42moov"), "video/mp4")
    asset = client.assets.create(method="direct", file=clip)
    said("asset", client.assets.retrieve(asset.id).id == asset.id)

    indexed, statuses = client.indexes.indexed_assets.create(index.id, asset_id=asset.id), list[str]()
    while "ready" not in statuses:
        statuses.append(client.indexes.indexed_assets.retrieve(index.id, indexed.id).status)
        httpx.post(urljoin(address, "/_contract/clock"), json={"advance": 1000}, timeout=60).raise_for_status()
    said("statuses", list(dict.fromkeys(statuses)))

    found = client.search.query(index_id=index.id, search_options=["visual"], query_text="a dog")
    said("search", len([*found]) > 0)
    video = {"type": "asset_id", "asset_id": asset.id}
    events = [event.event_type for event in client.analyze_stream(video=video, prompt="What is this?")]
    said("stream", [events[0], len(events) > 2, events[-1]])

    client.indexes.update(index.id, index_name="renamed")
    said("updated", client.indexes.retrieve(index.id).index_name)
    client.indexes.delete(index.id)
    said("deleted", refused(lambda: client.indexes.retrieve(index.id)))

    wrong = (
        lambda: client.indexes.list(page_limit=51),
        lambda: client.indexes.list(page=0),
        lambda: client.indexes.list(model_options="sound"),
        lambda: client.indexes.list(request_options={"additional_headers": {"x-api-key": ""}}),
        lambda: client.indexes.create(index_name="a", models=[]),
        lambda: client.indexes.create(index_name="a", models=[{**models[0], "model_options": ["smell"]}]),
        lambda: client.tasks.list(status=["gone"]),
        lambda: client.assets.create(method="direct"),
        lambda: client.search.create(index_id="a", search_options=["visual"], page_limit=10),
        lambda: client.analyze(video=video, prompt="p", temperature=2),
    )
    said("wrong", [refused(call) for call in wrong])


def refused(call: Any) -> int | None:
    """Return the status of the error that a call ends with; `None` if it ends with none."""
    try:
        call()
    except ApiError as error:
        return error.status_code
    return None


def said(step: str, value: object) -> None:
    """Write down what a step has shown."""
    sys.stdout.write(json.dumps({"step": step, "value": value}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
