"""The HTML page: valid, self-contained, safe for hostile strings, and with the right figures."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest

from apicontract.coverage import Coverage, Origin, reports
from apicontract.coverage.reports.view import resources
from apicontract.openapi.document import Document
from tests.coverage.documents import HOSTILE, cases, counted, document, get, query
from tests.coverage.page import Page
from tests.support.editions import contract_2025_08
from tests.support.orchard import contract_of
from twelvelabs_contract import Contract, Request, Response


def exercised(name: str) -> Coverage:
    """Return the coverage of a document of which everything was exercised, each cell by a test of its own."""
    contract = contract_of(name)
    written = json.loads(Coverage(contract).to_json())
    for operation in written["operations"]:
        for cell in operation["cells"]:
            cell.update(count=1, test=len(written["tests"]))
            written["tests"].append({"position": cell["test"], "test": f"test_it.py::test_that[{cell['test']}]"})
    return Coverage.from_json(contract, json.dumps(written))


@pytest.fixture(scope="module", params=["nothing", "little", "bundled", "orchard", "no operation"])
def page(request: pytest.FixtureRequest) -> Page:
    """Return the page of several documents, from nothing exercised to all."""
    match request.param:
        case "nothing":
            coverage = Coverage(contract_2025_08())
        case "little":
            coverage = counted()
        case "no operation":
            coverage = Coverage(Contract(Document({"openapi": "3.1.0", "paths": {}})))
        case name:
            coverage = exercised(name)
    return Page(reports.html(coverage))


def test_a_page_is_whole(page: Page) -> None:
    assert page.source.startswith('<!doctype html>\n<html lang="en">')
    for tag in ("title", "h1", "main", "style", "script"):
        assert len(page.all(tag)) == 1
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        assert link.attributes["href"].removeprefix("#") in ids
    for label in (
        element.attributes["aria-labelledby"] for element in page.elements if "aria-labelledby" in element.attributes
    ):
        assert label in ids


def test_a_page_asks_for_nothing(page: Page) -> None:
    assert not [element for element in page.elements if "src" in element.attributes or element.tag in ("img", "iframe")]
    assert [element.attributes["href"] for element in page.all("link")] == ["data:,"]
    style, script = page.all("style")[0].text, page.all("script")[0].text
    assert not re.search(r"url\(|@import|https?:", style)
    assert not re.search(r"https?:|fetch|XMLHttpRequest|innerHTML|eval|\bimport\b", script)


def test_a_browser_runs_this_style_and_this_script_alone(page: Page) -> None:
    (policy,) = [
        m.attributes["content"] for m in page.all("meta") if m.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for name in ("style", "script"):
        digest = hashlib.sha256(page.all(name)[0].text.encode()).digest()
        assert rules[f"{name}-src"] == f"'sha256-{base64.b64encode(digest).decode()}'"
    assert not [
        name for element in page.elements for name in element.attributes if name == "style" or name.startswith("on")
    ]


def test_a_page_is_small() -> None:
    assert len(reports.html(exercised("bundled")).encode()) < 500_000


def test_every_cell_is_shown_once_with_its_mark() -> None:
    coverage = counted()
    page = Page(reports.html(coverage))
    inside = [element for element in page.marked("c") if element.text not in LEGEND]
    assert len(inside) == len(cases(coverage))
    assert [element.text for element in page.marked("c", "y") if element.text not in LEGEND] == [
        "called",
        "present",
        "min 1",
        "max + 1 = 51",
    ]
    assert [element.text for element in page.marked("c", "n") if element.text not in LEGEND] == [
        "absent",
        "max 50",
        "min - 1 = 0",
    ]
    # A mark and a border tell the two apart without colour.
    style = page.all("style")[0].text
    assert ".y::before" in style
    assert ".n::before" in style
    assert "dashed" in style


LEGEND = {"exercised", "missing", "refusal tried", "refusal not tried"}


def test_a_cell_leads_to_its_first_test() -> None:
    page = Page(reports.html(counted()))
    (chip,) = [element for element in page.marked("c", "y") if element.text == "min 1"]
    assert chip.attributes["title"] == "1 exchange, first in test_it.py::test_first"
    (called,) = [element for element in page.marked("c", "y") if element.text == "called"]
    assert called.attributes["title"] == "1 exchange, first in test_it.py::test_first"
    tests = {item.attributes.get("id"): item.text for item in page.all("li")}
    assert tests[chip.attributes["href"].removeprefix("#")] == "test_it.py::test_first 3"


def test_the_figures_and_what_to_write_next() -> None:
    page = Page(reports.html(counted()))
    text = " ".join(page.all("main")[0].text.split())
    assert "60.0%of the contract exercised: 3 of 5 cells" in text
    assert "1 of 2refusals tried" in text
    assert "leave out query.limit" in text
    assert "send query.limit at its maximum of 50" in text
    assert [summary.text for summary in page.all("summary")] == ["GETop1 violation/things60.0 %"]


def test_nine_operations_are_shown_with_six_tests_to_write_next_for_each() -> None:
    parameters = [{"name": f"p{number}", "in": "query", "schema": {"type": "boolean"}} for number in range(8)]
    responses = {"200": {"description": ""}}
    operation = {"parameters": parameters, "responses": responses}
    paths = {f"/{name}": {"get": {**operation, "operationId": name}} for name in "abcdefghij"}
    coverage = Coverage(Contract(Document({"openapi": "3.1.0", "paths": paths})))
    for name in "abcdefghij":
        coverage.exchange(Request("GET", f"http://localhost/{name}"), Response(200))
    page = reports.html(coverage)
    block = page.partition('<ul class="next">')[2].partition("</ul>\n</ul>")[0]
    shown = [re.findall("<li>([^<]*)</li>", part) for part in block.split('<div class="t">')[1:]]
    assert len(shown) == 9
    assert {len(steps) for steps in shown} == {7}
    assert all(re.fullmatch("and [0-9]+ more", steps[6]) for steps in shown)


def test_what_was_not_called_is_said_of_some_and_of_all() -> None:
    paths = {f"/{name}": {"get": {"operationId": name, "responses": {"200": {"description": ""}}}} for name in "ab"}
    coverage = Coverage(Contract(Document({"openapi": "3.1.0", "paths": paths})))
    for called, said in (("", "Nothing was called: a, b"), ("a", "Not called at all: b"), ("b", "Nothing is missing.")):
        if called:
            coverage.exchange(Request("GET", f"http://localhost/{called}"), Response(200))
        assert said in " ".join(Page(reports.html(coverage)).all("main")[0].text.split())


def test_what_is_wrong_stands_with_its_operation() -> None:
    page = Page(reports.html(counted()))
    (wrong,) = page.marked("wrong")[-1:]
    assert wrong.text.strip() == (
        "request query.limit: the value is greater than the maximum of 50 [maximum] "
        "1 exchange, first in test_it.py::test_more"
    )
    assert "1violation, seen 1 time: below, with each operation" in " ".join(page.all("main")[0].text.split())
    assert "seen" not in Page(reports.html(Coverage(document(query(limit={}))))).all("main")[0].text


def test_a_strange_address_breaks_nothing() -> None:
    """An id is looked up as it stands; decoding it could fail."""
    assert "decodeURIComponent" not in reports.html(counted())


def test_hostile_text_stays_text() -> None:
    operation = {
        "operationId": HOSTILE,
        "summary": HOSTILE,
        "tags": [HOSTILE],
        "parameters": [{"name": HOSTILE, "in": "query", "schema": {"enum": [HOSTILE]}}],
        "responses": {"200": {"description": HOSTILE, "content": {f"text/{HOSTILE}": {}}}},
    }
    info = {"title": HOSTILE, "version": HOSTILE}
    coverage = Coverage(
        document(
            operation, path=f"/{HOSTILE.replace('{', '')}", info=info, tags=[{"name": HOSTILE, "description": HOSTILE}]
        )
    )
    plain = Page(
        reports.html(
            Coverage(
                document(
                    {**query(a={"enum": ["b"]}), "tags": ["c"], "responses": {"200": {"content": {"text/plain": {}}}}}
                )
            )
        )
    )
    hostile = Page(reports.html(coverage))
    for tag in ("script", "img", "style", "a", "svg", "details", "tr", "td", "meta"):
        assert len(hostile.all(tag)) == len(plain.all(tag)), tag
    assert [sorted(e.attributes) for e in hostile.elements if e.tag != "wbr"] == [
        sorted(e.attributes) for e in plain.elements if e.tag != "wbr"
    ]
    assert "\x00" not in hostile.source
    assert "<script>alert(1)</script>" in hostile.all("h1")[0].text
    assert "$style" in hostile.all("h1")[0].text


@pytest.mark.parametrize(
    ("tags", "description"),
    [([{"name": "c", "description": "d"}], "d"), ([{"name": "c"}], ""), ([{"name": "b", "description": "d"}], "")],
)
def test_operations_stand_below_their_tag_and_what_is_said_of_it(tags: list[Any], description: str) -> None:
    (found,) = resources(Coverage(document({**query(a={}), "tags": ["c"]}, tags=tags)))
    assert (found.name, found.description) == ("c", description)


def test_a_line_break_or_tab_in_a_text_is_a_space() -> None:
    page = Page(reports.html(Coverage(document(query(a={}), info={"title": "a\tb\r\nc", "version": "1"}))))
    assert "a b  c" in page.all("h1")[0].text


def test_a_hostile_test_id_stays_text() -> None:
    coverage = counted()
    coverage.exchange(get("limit=50"), origin=Origin(2, f"test_it.py::test[{HOSTILE}]"))
    page = Page(reports.html(coverage))
    assert len(page.all("script")) == 1
    assert not page.all("img")


def test_without_the_script_nothing_is_hidden_but_its_own_tools() -> None:
    page = Page(reports.html(counted()))
    assert [element.classes for element in page.elements if "hidden" in element.attributes] == [{"tools"}]
    for element in page.all("input") + page.all("button"):
        assert element.attributes["id"] in page.all("script")[0].text


def test_light_dark_and_paper_are_cared_for() -> None:
    style = Page(reports.html(counted())).all("style")[0].text
    for wanted in ("prefers-color-scheme: dark", "@media print", ":focus-visible", "prefers-reduced-motion"):
        assert wanted in style


def test_the_same_coverage_gives_the_same_page() -> None:
    assert reports.html(counted()) == reports.html(counted())
