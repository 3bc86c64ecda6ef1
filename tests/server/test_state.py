"""State: the resources that the links of a document define, their jobs, and the control paths."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from apicontract.responder import StatefulResponder
from apicontract.responder import state as module
from apicontract.server import Application
from tests.server.conftest import KEY, Served
from tests.support.orchard import contract_of as other_contract
from twelvelabs_contract import Contract
from twelvelabs_contract.mock import TwelveLabsMock

INDEX = {"index_name": "mine", "models": [{"model_name": "marengo3.0", "model_options": ["visual"]}]}


def _stateful(contract: Contract, report: Any) -> Application:
    state = StatefulResponder(contract, job_seconds=10, clock=lambda: 0.0)
    return Application(contract, report=report, responder=state)


@pytest.fixture
def served() -> Served:
    return Served(_stateful)


def _created(served: Served, path: str, body: Any, name: str = "_id") -> str:
    answer = served.send("POST", path, json=body)
    assert answer.is_success, answer.text
    found: str = answer.json()[name]
    return found


def test_what_is_created_is_retrieved_listed_updated_and_deleted(served: Served) -> None:
    one, two = (_created(served, "/v1.3/indexes", {**INDEX, "index_name": name}) for name in ("one", "two"))
    assert one != two
    assert served.send("GET", f"/v1.3/indexes/{one}").json()["index_name"] == "one"
    assert served.send("PUT", f"/v1.3/indexes/{one}", json={"index_name": "new"}).status_code == 204
    listed = served.send("GET", "/v1.3/indexes").json()["data"]
    assert [(item["_id"], item["index_name"]) for item in listed] == [(two, "two"), (one, "new")], "the newest first"
    named = served.send("GET", "/v1.3/indexes", params={"index_name": "new"}).json()["data"]
    assert [item["_id"] for item in named] == [one]
    assert served.send("DELETE", f"/v1.3/indexes/{one}").status_code == 204
    assert served.send("GET", f"/v1.3/indexes/{one}").status_code == 404
    assert [item["_id"] for item in served.send("GET", "/v1.3/indexes").json()["data"]] == [two]
    assert served.rules == []


def test_what_is_created_has_what_was_sent_and_what_the_api_sets_and_nothing_of_an_example(served: Served) -> None:
    index = _created(served, "/v1.3/indexes", INDEX)
    shown = served.send("GET", f"/v1.3/indexes/{index}").json()
    assert (shown["models"], "addons" in shown, "created_at" in shown) == (INDEX["models"], False, True)
    assert "addons" not in served.send("GET", "/v1.3/indexes").json()["data"][0]
    collection = _created(served, "/v1.3/entity-collections", {"name": "c"})
    path = f"/v1.3/entity-collections/{collection}"
    assert "description" not in served.send("GET", path).json()
    made = served.send("POST", f"{path}/entities", json={"name": "e", "asset_ids": ["a"]}).json()
    assert made["entity_collection_id"] == collection
    assert not {"description", "metadata"} & made.keys()
    assert not {"description", "metadata"} & served.send("GET", f"{path}/entities/{made['_id']}").json().keys()
    assert served.rules == []


def test_pages_are_cut_from_what_is_there(served: Served) -> None:
    made = [_created(served, "/v1.3/indexes", INDEX) for _ in range(5)]
    pages = [served.send("GET", "/v1.3/indexes", params={"page": n, "page_limit": 2}).json() for n in (1, 2, 3, 4)]
    assert [len(page["data"]) for page in pages] == [2, 2, 1, 0]
    assert [item["_id"] for page in pages for item in page["data"]] == made[::-1]
    assert pages[0]["page_info"]["total_page"] == 3


def test_a_job_moves_from_its_first_status_to_ready_as_the_clock_is_moved_on(served: Served) -> None:
    index = _created(served, "/v1.3/indexes", INDEX)
    asset = _created(served, f"/v1.3/indexes/{index}/indexed-assets", {"asset_id": "6a0d5d0c4be1f78293a05c6d"})
    seen = []
    for _ in range(5):
        answer = served.send("GET", f"/v1.3/indexes/{index}/indexed-assets/{asset}")
        assert served.contract.check_response(answer, operation="indexes.indexed_assets.retrieve") == []
        seen.append(answer.json()["status"])
        assert served.send("POST", "/_contract/clock", json={"advance": 2.5}).status_code == 204
    assert seen == ["pending", "queued", "indexing", "validating", "ready"]
    (item,) = served.send("GET", f"/v1.3/indexes/{index}/indexed-assets").json()["data"]
    assert (item["_id"], item["status"]) == (asset, "ready")


def test_an_action_that_ends_a_job_is_remembered(served: Served) -> None:
    body = {"video": {"type": "asset_id", "asset_id": "a"}, "prompt": "p"}
    task = _created(served, "/v1.3/analyze/tasks", body, "task_id")
    assert served.send("POST", f"/v1.3/analyze/tasks/{task}/cancel").json()["status"] == "canceled"
    served.send("POST", "/_contract/clock", json={"advance": 100})
    assert served.send("GET", f"/v1.3/analyze/tasks/{task}").json()["status"] == "canceled"


def test_what_is_below_something_goes_with_it(served: Served) -> None:
    index = _created(served, "/v1.3/indexes", INDEX)
    asset = _created(served, f"/v1.3/indexes/{index}/indexed-assets", {"asset_id": "6a0d5d0c4be1f78293a05c6d"})
    assert served.send("GET", "/v1.3/indexes/none/indexed-assets").status_code == 404
    served.send("DELETE", f"/v1.3/indexes/{index}")
    assert served.send("GET", f"/v1.3/indexes/{index}/indexed-assets/{asset}").status_code == 404
    assert "/indexes/{index_id}/indexed-assets/{indexed_asset_id}" not in served.send("GET", "/_contract/state").json()


def test_a_listing_below_something_has_its_own_alone(served: Served) -> None:
    indexes = [_created(served, "/v1.3/indexes", INDEX) for _ in range(2)]
    body = {"asset_id": "6a0d5d0c4be1f78293a05c6d"}
    assets = [_created(served, f"/v1.3/indexes/{index}/indexed-assets", body) for index in indexes]
    listed = [served.send("GET", f"/v1.3/indexes/{index}/indexed-assets").json()["data"] for index in indexes]
    assert [[item["_id"] for item in items] for items in listed] == [[asset] for asset in assets]


def test_a_part_of_a_resource_is_merged_replaced_and_deleted(served: Served) -> None:
    sent = {"data": {"method": "direct"}, "files": {"file": ("a.mp4", b"\x00")}}
    asset = served.send("POST", "/v1.3/assets", **sent).json()["_id"]
    path = f"/v1.3/assets/{asset}/user-metadata"

    def held() -> Any:
        return served.send("GET", f"/v1.3/assets/{asset}").json().get("user_metadata")

    served.send("PUT", path, json={"user_metadata": {"a": 1, "b": 2}})
    assert held() == {"a": 1, "b": 2}
    served.send("PATCH", path, json={"user_metadata": {"b": 3, "c": "x"}})
    assert held() == {"a": 1, "b": 3, "c": "x"}
    assert served.send("DELETE", path).status_code == 204
    assert held() == {}
    assert served.rules == []


def test_what_an_answer_links_to_is_there(served: Served) -> None:
    body = {"filename": "a.mp4", "type": "video", "total_size": 1_000_000}
    answer = served.send("POST", "/v1.3/assets/multipart-uploads", json=body)
    assert answer.status_code == 201, answer.text
    assert served.send("GET", f"/v1.3/assets/{answer.json()['asset_id']}").status_code == 200
    assert served.send("GET", "/v1.3/assets/other").status_code == 404


def test_what_an_answer_links_to_is_not_kept_beyond_the_bound(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"filename": "a.mp4", "type": "video", "total_size": 1_000_000}
    for most, kept in ((3, 2), (2, 2), (1, 1)):
        monkeypatch.setattr(module, "MOST", most)
        served.send("POST", "/_contract/reset")
        assert served.send("POST", "/v1.3/assets/multipart-uploads", json=body).status_code == 201
        assert sum(map(len, served.send("GET", "/_contract/state").json().values())) == kept


def test_control_paths(served: Served) -> None:
    index = _created(served, "/v1.3/indexes", INDEX)
    shown = served.send("GET", "/_contract/state").json()
    assert [one["path"] for one in shown["/indexes/{index_id}"]] == [{"index_id": index}]
    assert served.send("POST", "/_contract/reset").status_code == 204
    assert served.send("GET", "/_contract/state").json() == {}
    assert _created(served, "/v1.3/indexes", INDEX) == index, "ids begin anew"
    wrong = ("", "{}", '{"advance": -1}', '{"advance": true}', "[1]", b"\xff", '{"advance": NaN}', '{"advance": 1e400}')
    endless = (f'{{"advance": {"9" * 4000}}}', f'{{"advance": {"9" * 5000}}}', '{"advance": 1e308}', "[" * 100_000)
    for body in (*wrong, *endless):
        assert served.send("POST", "/_contract/clock", content=body).status_code == 400
    assert served.send("POST", "/_contract/end", content="[" * 100_000).status_code == 400
    assert served.send("GET", "/_contract/nothing").status_code == 404
    assert len(served.judged) == 2, "they are no requests to the API"
    assert Served(Application).send("GET", "/_contract/state").status_code == 404, "without state there are none"


def test_there_is_a_bound_on_what_is_kept(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    for _ in range(2):
        _created(served, "/v1.3/indexes", INDEX)
    assert served.send("POST", "/v1.3/indexes", json=INDEX).status_code == 503


@pytest.mark.parametrize(("steps", "reason"), [([-1], "forward only, not by -1"), ([1, 1e300], "no further than")])
def test_the_clock_goes_forward_and_not_for_ever(steps: list[float], reason: str) -> None:
    with TwelveLabsMock(state=True) as mock:
        *right, wrong = steps
        for step in right:
            mock.state.advance(step)
        with pytest.raises(ValueError, match=f"^the clock goes {reason}"):
            mock.state.advance(wrong)


def test_the_clock_has_an_end_in_however_many_steps() -> None:
    state = StatefulResponder(Contract.load(), clock=lambda: 0.0)
    state.advance(10**9)
    with pytest.raises(ValueError, match="no further"):
        state.advance(1)


def test_the_mock_can_have_the_same_state() -> None:
    with TwelveLabsMock(state=True) as mock, httpx.Client(headers={"x-api-key": KEY}) as client:
        made = client.post("https://api.twelvelabs.io/v1.3/indexes", json=INDEX).json()["_id"]
        url = f"https://api.twelvelabs.io/v1.3/indexes/{made}"
        assert client.get(url).json()["index_name"] == "mine"
        mock.state.advance(5)
        mock.reset()
        assert client.get(url).status_code == 404
    with pytest.raises(LookupError, match=r"^this mock has no state; make it with state=True$"):
        _ = TwelveLabsMock().state


def test_a_document_without_links_is_answered_as_ever() -> None:
    contract = other_contract("orchard")
    state = StatefulResponder(contract)
    assert state.resources.all == {}
