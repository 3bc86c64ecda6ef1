"""Tests that do not know the contract fail for an invalid exchange and pass for a valid one, with every library."""

from __future__ import annotations

import http.client

import aiohttp
import httpx
import httpx2
import pytest
import requests
import urllib3

from tests.support.running import Consumer

HELPERS = """
import asyncio, io, urllib.request
import aiohttp, aioresponses, httpx, httpx2, pytest, requests, requests_mock, responses, urllib3, vcr, yaml

URL = "https://api.twelvelabs.io/v1.3/tasks"
KEY = {"x-api-key": "tlk_made_up_for_tests"}
GOOD, BAD = b'{"data": [], "page_info": {"page": 1}}', b'{"data": 5}'
CASES = pytest.mark.parametrize(
    ("query", "answer"), [("", GOOD), ("?page_limit=51", GOOD), ("", BAD)], ids=["good", "request", "answer"]
)

def cassette(path, answer, query):
    response = {"status": {"code": 200, "message": "OK"}, "headers": {"content-type": ["application/json"]},
                "body": {"string": answer}}
    request = {"method": "GET", "uri": URL + query, "body": None, "headers": {}}
    path.write_text(yaml.safe_dump({"interactions": [{"request": request, "response": response}], "version": 1}))
    return vcr.VCR(record_mode="none").use_cassette(str(path))
"""
TESTS = """
from every import *

def handled(module, answer):
    headers = {"content-type": "application/json"}
    return module.MockTransport(lambda _: module.Response(200, content=answer, headers=headers))

@CASES
def test_httpx(query, answer):
    httpx.Client(transport=handled(httpx, answer)).get(URL + query, headers=KEY)

@CASES
def test_httpx_async(query, answer):
    async def send():
        async with httpx.AsyncClient(transport=handled(httpx, answer)) as client:
            await client.get(URL + query, headers=KEY)
    asyncio.run(send())

@CASES
def test_httpx2(query, answer):
    httpx2.Client(transport=handled(httpx2, answer)).get(URL + query, headers=KEY)

@CASES
@responses.activate
def test_responses(query, answer):
    responses.add("GET", URL, body=answer, content_type="application/json")
    requests.get(URL + query, headers=KEY)

@CASES
def test_requests_mock(query, answer):
    with requests_mock.Mocker() as mock:
        mock.get(URL, content=answer, headers={"content-type": "application/json"})
        requests.get(URL + query, headers=KEY)

@CASES
def test_nested_mocks(query, answer):
    with requests_mock.Mocker(real_http=True), responses.RequestsMock() as mock:
        mock.add("GET", URL, body=answer, content_type="application/json")
        requests.get(URL + query, headers=KEY)

@CASES
def test_requests_vcr(query, answer, tmp_path):
    with cassette(tmp_path / "a.yaml", answer, query):
        requests.get(URL + query, headers=KEY)

@CASES
def test_urllib3(query, answer, tmp_path):
    with cassette(tmp_path / "a.yaml", answer, query):
        urllib3.PoolManager().request("GET", URL + query, headers=KEY)

@CASES
def test_urllib(query, answer, tmp_path):
    with cassette(tmp_path / "a.yaml", answer, query):
        urllib.request.urlopen(urllib.request.Request(URL + query, headers=KEY)).read()

@CASES
def test_aiohttp(query, answer):
    async def send():
        with aioresponses.aioresponses() as mock:
            mock.get(URL + query, body=answer, content_type="application/json")
            async with aiohttp.ClientSession() as session, session.get(URL + query, headers=KEY) as response:
                await response.read()
    asyncio.run(send())
"""


@pytest.mark.parametrize("workers", [0, 2])
def test_every_client_fails_for_what_is_wrong_and_passes_for_what_is_right(consumer: Consumer, workers: int) -> None:
    consumer.write("every.py", HELPERS)
    consumer.write("test_every.py", TESTS)
    plugins = ("twelvelabs_contract.pytest_plugin", *(("xdist.plugin",) if workers else ()))
    run = consumer.run("--contract", *(("-n", str(workers)) if workers else ()), plugins=plugins)
    wrong = {"good": "passed", "request": "failed", "answer": "failed"}
    assert run.outcomes() == {name: wrong[name.partition("[")[2].rstrip("]")] for name in run.tests}
    assert len(run.tests) == 30
    counted = "30 exchanges checked (aiohttp 3, http.client 3, httpx 6, httpx2 3, requests 12, urllib3 3), 20 findings"
    assert counted in run.output
    places = {"request": "query.page_limit", "answer": "body.data"}
    for name, reported in run.tests.items():
        kind = name.partition("[")[2].rstrip("]")
        assert places.get(kind, "") in reported.failure
        assert reported.failure.count("  - ") == (kind in places)


def test_an_interrupted_run_leaves_every_library_as_it_was(consumer: Consumer) -> None:
    def hooks() -> list[object]:
        owners: list[tuple[object, str]] = [
            (httpx.Client, "_send_single_request"),
            (httpx2.Client, "_send_single_request"),
            (requests.Session, "send"),
            (urllib3.HTTPConnectionPool, "_make_request"),
            (aiohttp.ClientRequest, "send"),
            (http.client.HTTPConnection, "putrequest"),
        ]
        return [vars(owner)[name] for owner, name in owners]

    before = hooks()
    consumer.tests("def test_it():\n    client().get('/tasks')\n    raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        consumer.run("--contract")
    assert hooks() == before
