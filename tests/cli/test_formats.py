"""The output formats: each is valid in its own grammar for any data, and none loses a violation."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from apicontract.cli.formats import FORMATS, Output
from apicontract.cli.formats.markdown import Markdown
from apicontract.cli.lines import lines
from apicontract.cli.outcomes import Tally, Unrelated
from apicontract.openapi.document import Document
from tests.cli.conftest import HOST, Run, entry, har
from twelvelabs_contract import Contract
from twelvelabs_contract.product import PRODUCT

# Markup of rich, of XML, of workflow commands, of terminals, and what XML cannot hold.
NASTY = "[red]a[/red] [link=x] :smile: <b>&]]></b> %0A::error::x,y\r\n\x1b[31m\x00\x07\u2028 'q' \"d\" é 漢"
PAGE = ("--schema", "PageInfo")

# The parts of SARIF 2.1.0 that are written here, closed as its own schema is.
_MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
_LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"uri": {"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"}},
                },
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["startLine"],
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "items": {"additionalProperties": False, "properties": {"fullyQualifiedName": {"type": "string"}}},
        },
    },
}
_NOTIFICATION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message"],
    "properties": {
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": _MESSAGE,
        "locations": {"type": "array", "items": _LOCATION},
    },
}
SARIF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {"id": {"type": "string"}, "shortDescription": _MESSAGE},
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["message", "ruleId"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": _MESSAGE,
                                "locations": {"type": "array", "items": _LOCATION},
                                "properties": {"type": "object"},
                            },
                        },
                    },
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["executionSuccessful"],
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "exitCode": {"type": "integer"},
                                "toolExecutionNotifications": {"type": "array", "items": _NOTIFICATION},
                            },
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                },
            },
        },
    },
}


def nasty_file() -> str:
    """Write two bad payloads and a good one under a name that is hard to quote."""
    name = "a,b:c%[red]é\n<x>.ndjson"
    bad = json.dumps({"page": NASTY})
    Path(name).write_text(f'{bad}\n{{"page": 1}}\n{bad}\n', encoding="utf-8")
    return name


def sarif(text: str) -> dict[str, Any]:
    """Parse a SARIF log, check it against its grammar, and return its run."""
    log = json.loads(text)
    jsonschema.Draft202012Validator(SARIF, format_checker=jsonschema.FormatChecker()).validate(log)
    run: dict[str, Any] = log["runs"][0]
    ruled = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert ruled == {result["ruleId"] for result in run["results"]}
    return run


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does: kind, properties, message, with the escapes undone."""

    def undone(value: str) -> str:
        for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(code, character)
        return value

    found = []
    for line in text.split("\n"):
        if match := re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line):
            pairs = [pair.partition("=") for pair in match[2].split(",")]
            found.append((match[1], {name: undone(value) for name, _, value in pairs}, undone(match[3])))
    return found


def test_text_shows_data_as_it_is_and_steers_nothing(cli: Run) -> None:
    done = cli("validate", nasty_file(), *PAGE)
    assert done.status == 1
    assert 'got   "[red]a[/red] [link=x] :smile: <b>&]]></b>' in done.out
    assert all(c.isprintable() for c in done.out.replace("\n", ""))
    assert done.out.startswith("a,b:c%[red]é\\n<x>.ndjson:1  body.page\n")


def test_colour_comes_only_when_asked_for(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = nasty_file()
    plain = cli("validate", file, *PAGE)
    assert "\x1b" not in plain.out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = cli("validate", file, *PAGE)
    assert "\x1b[" in coloured.out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.out) == plain.out
    assert coloured.out.splitlines()[-1].startswith("\x1b[1;31m")
    good, nothing = Path("good.json"), Path("nothing.ndjson")
    good.write_text('{"page": 1}')
    nothing.write_text("")
    assert cli("validate", str(good), *PAGE).out.startswith("\x1b[1;32m1 payload checked, no violation")
    assert cli("validate", str(nothing), *PAGE).out.startswith("\x1b[1;33m0 payloads checked")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in cli("validate", file, *PAGE).out


def test_json_is_one_document_in_ascii(cli: Run) -> None:
    done = cli("validate", nasty_file(), *PAGE, "--format", "json")
    assert done.out.isascii()
    found = json.loads(done.out)
    assert [(f["source"], f["line"]) for f in found["findings"]] == [("a,b:c%[red]é\n<x>.ndjson", n) for n in (1, 3)]
    assert found["summary"] == {
        "unit": "payload", "checked": 3, "broken": 2, "violations": 2, "known": 0, "unrelated": 0, "passed_over": 0,
        "unreadable": 0, "unread": 0, "unknown": {}, "interrupted": False, "status": 1,
    }  # fmt: skip
    assert found["contract"] == {"title": "TwelveLabs API", "version": "1.3"}


def test_junit_is_xml_with_a_case_for_each_payload(cli: Run) -> None:
    done = cli("validate", nasty_file(), "missing.json", *PAGE, "--format", "junit")
    suites = ET.fromstring(done.out.encode())  # noqa: S314 - our own output
    assert [dict(suite.attrib) for suite in suites] == [
        {"name": "a,b:c%[red]é\\n<x>.ndjson", "tests": "3", "failures": "2", "errors": "0", "skipped": "0"},
        {"name": "missing.json", "tests": "1", "failures": "0", "errors": "1", "skipped": "0"},
    ]
    cases = suites.findall("testsuite/testcase")
    assert [(c.get("name"), c.get("line"), [child.tag for child in c]) for c in cases] == [
        ("line 1", "1", ["failure"]),
        ("line 2", "2", []),
        ("line 3", "3", ["failure"]),
        ("file", None, ["error"]),
    ]
    failure = cases[0][0]
    assert failure.get("type") == "type"
    assert "[red]a[/red]" in str(failure.text)
    assert "<b>&]]></b>" in str(failure.text)


def test_sarif_is_valid_and_names_each_place(cli: Run) -> None:
    done = cli("validate", nasty_file(), "missing.json", *PAGE, "--format", "sarif")
    run = sarif(done.out)
    assert [r["locations"][0]["physicalLocation"]["region"] for r in run["results"]] == [
        {"startLine": 1},
        {"startLine": 3},
    ]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%2Cb%3Ac%25%5Bred%5D%C3%A9%0A%3Cx%3E.ndjson"
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["error"]


@pytest.mark.parametrize(
    ("files", "status", "successful"),
    [(("good.json",), 0, True), (("bad.json",), 1, True), (("bad.json", "missing.json"), 2, False)],
)
def test_sarif_tells_a_run_with_violations_from_one_that_failed(
    cli: Run, files: tuple[str, ...], status: int, *, successful: bool
) -> None:
    Path("good.json").write_text('{"page": 1}')
    Path("bad.json").write_text('{"page": "x"}')
    (invocation,) = sarif(cli("validate", *files, *PAGE, "--format", "sarif").out)["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (status, successful)


def test_github_commands_say_the_same_once_unescaped(cli: Run) -> None:
    done = cli("validate", nasty_file(), "missing.json", *PAGE, "--format", "github")
    found = commands(done.out)
    assert [(kind, at["file"], at.get("line")) for kind, at, _ in found] == [
        ("error", "a,b:c%[red]é\\n<x>.ndjson", "1"),
        ("error", "a,b:c%[red]é\\n<x>.ndjson", "3"),
        ("error", "missing.json", None),
    ]
    assert "%0A::error::x,y\\r\\n" in found[0][2]
    assert len(done.out.splitlines()) == 4


@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github"])
def test_every_format_counts_the_same_in_traffic(cli: Run, form: str) -> None:
    file = har(
        entry(f"{HOST}/tasks?page_limit=51", {"data": 5}),
        entry("https://other.example.com/", {}),
        entry(f"{HOST}/indexes", {"data": []}),
    )
    done = cli("check", file, "--format", form)
    assert done.status == 1
    match form:
        case "text":
            assert done.out.count("    rule  ") == 2
            assert done.out.count("not below") == 1
        case "json":
            found = json.loads(done.out)
            assert [f["side"] for f in found["findings"]] == ["request", "response"]
            assert [(u["source"], u["line"]) for u in found["unrelated"]] == [(file, 3)]
        case "junit":
            (suite,) = ET.fromstring(done.out)  # noqa: S314 - our own output
            assert [suite.get(k) for k in ("tests", "failures", "skipped")] == ["3", "1", "1"]
            assert len(suite.findall("testcase/failure")) == 2
        case "sarif":
            run = sarif(done.out)
            assert [r["properties"]["side"] for r in run["results"]] == ["request", "response"]
            assert [n["level"] for n in run["invocations"][0]["toolExecutionNotifications"]] == ["note"]
        case "github":
            assert [kind for kind, _, _ in commands(done.out)] == ["error", "error", "notice"]


@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github"])
def test_no_format_hides_how_many_violations_there_are(cli: Run, form: str) -> None:
    """Text and commands stop at a bound and say so; the others have all."""
    Path("p.ndjson").write_bytes(b'{"page": "x"}\n' * 450)
    done = cli("validate", "p.ndjson", *PAGE, "--format", form)
    shown = {"text": "    rule  ", "json": '"rule"', "junit": "<failure", "sarif": '"ruleId"', "github": "::error "}[
        form
    ]
    assert done.out.count(shown) == (200 if form in ("text", "github") else 450)
    if form in ("text", "github"):
        assert "250 more" in done.out
        assert done.out.endswith("450 payloads checked, 450 violations in 450\n")


@pytest.mark.skipif(os.name == "nt", reason="file names are text on Windows")
@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github"])
def test_a_file_name_that_is_no_text_is_shown(cli: Run, form: str) -> None:
    name = os.fsdecode(b"bad-\xff.json")
    try:
        Path(name).write_bytes(b'{"page": "x"}')
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    done = cli("validate", name, *PAGE, "--format", form)
    assert done.status == 1
    if form == "sarif":
        (result,) = sarif(done.out)["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad-%FF.json"


FIXTURE = """{"page_info": {"total_page": 1,
  "page": "x"},
 "data": [
  {"_id": "a"},
  {"_id": "b", "system_metadata":
    {"width": "wide"}}, "no task"
 ]}"""


@pytest.mark.parametrize("way", ["json", "sarif", "github"])
def test_a_value_of_a_fixture_is_found_on_its_line(cli: Run, way: str) -> None:
    Path("p.json").write_text(FIXTURE, encoding="utf-8")
    done = cli("validate", "p.json", "--operation", "tasks.list", "--status", 200, "--format", way)
    wanted = {"body.data[1].system_metadata.width": 6, "body.data[2]": 6, "body.page_info.page": 2}
    if way == "json":
        assert {f["where"]: f["line"] for f in done.findings} == wanted
    elif way == "sarif":
        found = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in sarif(done.out)["results"]]
        assert sorted(found) == [2, 6, 6]
    else:
        assert {at["title"]: int(at["line"]) for _, at, _ in commands(done.out)} == wanted


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ('\n{"a": 1}', "body.b.c", 2),  # a key that is missing: the line of what should hold it
        ('{"a.b": {"c": 1},\n"a": {"b":\n{"c": 2}}}', "body.a.b.c", 3),
        ('{"a": {"b": 1},\n"a.b":\n2}', 'body["a.b"]', 3),
        ("[[1,\n2], [3,\n4]]", "body[1][1]", 3),
        ('{"a": 1,\n"\x7f\\n": 2}', r'body["\x7f\n"]', 2),
        ("5", "body", 1),
        ('{"a": 1,\n"a": 2}', "body.a", None),
        ('{"a": \n2', "body.a", None),
        ("\ufeff{}", "body", None),
        ('{"' + "n" * 400 + '":\n1}', f"body.{'n' * 294}…", 2),
    ],
)
def test_the_line_of_a_place_is_right_or_not_known(text: str, place: str, line: int | None) -> None:
    assert lines(text.encode(), [place]).get(place) == line
    assert lines(b"\xff", [place]) == {}


def test_what_has_no_line_has_none_in_sarif(cli: Run) -> None:
    Path("p.json").write_bytes(b"{}}")
    (result,) = sarif(cli("validate", "p.json", *PAGE, "--format", "sarif").out)["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_markdown_is_one_table_whatever_the_data(cli: Run) -> None:
    Path("p|`.json").write_text(json.dumps({"page": NASTY}))
    done = cli("validate", "p|`.json", *PAGE, "--format", "markdown")
    assert done.status == 1
    head, count, table = done.out.rstrip("\n").split("\n\n")
    assert head.startswith("### \N{CROSS MARK} ")
    assert count == "1 payload checked, 1 violation in 1."
    rows = [re.split(r"(?<!\\)\|", row)[1:-1] for row in table.split("\n")]
    assert [len(row) for row in rows] == [3, 3, 3]
    assert all(character.isprintable() for row in rows for cell in row for character in cell)


def test_markdown_counts_what_it_does_not_show(cli: Run) -> None:
    lines = "".join('{"page": "x"}\n' for _ in range(60))
    done = cli("validate", "-", "--lines", *PAGE, "--format", "markdown", stdin=lines.encode())
    assert done.out.count("`<stdin>:") == 50
    assert done.out.endswith("10 more violations not shown.\n")
    done = cli("check", har(*(entry(f"https://a{n}.example/", {}) for n in range(60))), "--format", "markdown")
    assert "a0\\.example" not in done.out  # a dot needs no escape
    assert "https://a0.example/" in done.out
    assert "10 more hosts not shown." in done.out
    assert done.out.startswith("### \N{WARNING SIGN}")


@pytest.mark.parametrize(
    ("sizes", "exchanges", "hosts", "commands"),
    [
        ((1,), "", "", ""),
        ((4, 1), "", "", ""),
        ((1, 4, 1), "1 more exchange", "1 more host", "1 more result"),
        ((1, 1, 4), "4 more exchanges", "1 more host", "1 more result"),
        ((2, 1, 3, 1), "4 more exchanges", "2 more hosts", "2 more results"),
    ],
)
def test_other_hosts_beyond_a_bound_are_counted(
    sizes: tuple[int, ...], exchanges: str, hosts: str, commands: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text counts their exchanges, Markdown the hosts, and workflow commands what would have been one."""
    remarks = {"text": ("  … and {}", exchanges), "markdown": ("{} not shown.", hosts), "github": ("{} not", commands)}
    contract = Contract(Document({"openapi": "3.1.0", "paths": {}}))
    for form, (remark, said) in remarks.items():
        monkeypatch.setattr(f"apicontract.cli.formats.{form}.SHOWN", 2)
        stream = io.StringIO()
        written = FORMATS[form](Output(stream, contract, PRODUCT))
        for host, size in enumerate(sizes):
            for number in range(size):
                written.add(Unrelated("a.har", number, f"GET https://h{host}/", "another host", f"https://h{host}"))
        written.end(Tally("exchange", unrelated=sum(sizes)))
        out = stream.getvalue()
        assert [f"https://h{host}/" in out for host in range(len(sizes))] == [host < 2 for host in range(len(sizes))]
        lines_of_more = [line for line in out.splitlines() if " more " in line]
        assert [line.startswith(remark.format(said)) for line in lines_of_more] == [True] * bool(said)


def test_markdown_escapes_what_would_be_markup() -> None:
    title = r"\`*_{}[]()<>#+!|~@&- a.b:c/d"
    raw = {"openapi": "3.1.0", "info": {"title": title}, "paths": {}}
    stream = io.StringIO()
    written = Markdown(Output(stream, Contract(Document(raw)), PRODUCT))
    written.end(Tally("payload", checked=1))
    escaped = "".join(f"\\{c}" if c in title[: title.index(" ")] else c for c in title)
    assert stream.getvalue() == f"### \N{WHITE HEAVY CHECK MARK} {escaped}\n\n1 payload checked, no violation.\n"
