"""`validate`: how payloads and schemas are selected, the exit status, and invalid options."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from apicontract.cli.validate import opened, total_size
from tests.cli.conftest import Run
from tests.support import streams
from twelvelabs_contract import Contract

GOOD = {"page": 1, "limit_per_page": 10, "total_page": 1, "total_results": 3}
PAGE = ("--schema", "PageInfo")


def written(name: str, text: bytes) -> str:
    """Write a file in the working directory."""
    Path(name).write_bytes(text)
    return name


def test_what_conforms_ends_with_0_and_a_count(cli: Run) -> None:
    one = written("one.json", json.dumps(GOOD, indent=2).encode())
    many = written("many.ndjson", (json.dumps(GOOD) + "\n").encode() * 1200)
    done = cli("validate", one, many, *PAGE)
    assert (done.status, done.out, done.err) == (0, "1,201 payloads checked, no violation\n", "")


def test_a_block_says_everything_of_a_violation(cli: Run) -> None:
    text = json.dumps({"data": [{"_id": "a"}, {"_id": 3}]}).encode()
    done = cli("validate", written("page.json", text), "--operation", "tasks.list", "--status", 200)
    assert done.status == 1
    assert done.out == (
        "page.json:1  tasks.list  body.data[1]._id\n"
        '    the value is not of type "string"\n'
        "    got   3\n"
        "    rule  type  #/components/schemas/VideoIndexingTask/properties/_id/type\n"
        "\n"
        "1 payload checked, 1 violation in 1\n"
    )


@pytest.mark.parametrize(
    ("place", "payload"),
    [
        ({"operation": "indexes.create"}, {"index_name": 1, "models": [], "addons": ["thumbnail"], "x": 1}),
        ({"operation": "tasks.list", "status": 200}, {"data": {"a": 1}, "page_info": {"page": "1"}}),
        ({"operation": "search.create"}, {"index_id": "", "search_options": ["sound"], "filter": "{"}),
        ({"operation": "gist", "status": 503}, {"code": 5}),
        ({"schema": "SummarizeResponse"}, {"summarize_type": "poem"}),
    ],
)
@pytest.mark.parametrize("way", ["file", "lines", "stdin"])
def test_the_verdict_is_that_of_check_payload(
    cli: Run, contract: Contract, place: dict[str, str | int], payload: object, way: str
) -> None:
    text = json.dumps(payload).encode()
    options = [part for name, value in place.items() for part in (f"--{name}", value)]
    files = {"file": ["p.json"], "lines": ["p.jsonl"], "stdin": ["-"]}[way]
    if way != "stdin":
        written(files[0], text)
    done = cli("validate", *files, *options, "--format", "json", stdin=text)
    wanted = contract.check_payload(payload, **place)  # type: ignore[arg-type]  # the names of its arguments
    assert wanted
    assert [(f["where"], f["rule"], f["message"], f["pointer"], f["excerpt"]) for f in done.findings] == [
        (v.where, v.rule, v.message, v.pointer, v.excerpt) for v in wanted
    ]
    assert {(f["source"], f["line"], f["side"]) for f in done.findings} == {
        ("<stdin>" if way == "stdin" else files[0], 1, "payload")
    }
    assert done.status == 1


def test_each_violation_of_a_line_has_its_number_as_an_editor_counts(cli: Run) -> None:
    lines = [b'{"page": 1}\r', b"", b'{"page": "\xe2\x80\xa8"}', b" ", b'{"page": 1}', b'{"page": 1.5}', b"nothing"]
    done = cli("validate", written("p.NDJSON", b"\n".join(lines)), *PAGE, "--format", "json")
    assert [(f["line"], f["label"], f["rule"]) for f in done.findings] == [
        (3, "line 3", "type"),
        (6, "line 6", "type"),
        (7, "line 7", "encoding"),
    ]
    assert json.loads(done.out)["summary"]["checked"] == 5


def test_lines_are_read_where_the_suffix_or_the_option_says_so(cli: Run) -> None:
    text = b'{"page": 1}\n{"page": 2}\n'
    for name, options, count in (
        ("a.ndjson", (), 2),
        ("a.jsonl", (), 2),
        ("a.txt", ("--lines",), 2),
        ("-", ("--lines",), 2),
    ):
        if name != "-":
            written(name, text)
        assert cli("validate", name, *PAGE, *options, stdin=text).out.startswith(f"{count} payloads")
    done = cli("validate", written("a.json", text), *PAGE)
    assert done.status == 1
    assert "--lines" in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["p.json"], "give --operation ID"),
        (["p.json", "--operation", "gist", *PAGE], "--operation and --schema were both given"),
        (["p.json", *PAGE, "--status", "200"], "--status belongs to --operation"),
        (["p.json", "--operation", "task.list"], "did you mean 'tasks.list'?"),
        (["p.json", "--schema", "PageInf"], "did you mean 'PageInfo'?"),
        (["p.json", "--schema", "Nope"], "`show` names those of an operation, and `export` writes a file for each"),
        (["p.json", "--operation", "tasks.list"], "it accepts --status 200, 400, 401"),
        (["p.json", "--operation", "indexes.create", "--status", "204"], "or no --status for its request body"),
        (["p.json", "--operation", "gist", "--status", "20"], "a status is a number from 100 to 599, not '20'"),
        (["p.json", "--operation", "gist", "--status", "ok"], "a status is a number from 100 to 599, not 'ok'"),
        (["p.json", *PAGE, "--format", "xml"], "'xml' is not one of"),
        (["p.json", *PAGE, "--colour"], "No such option"),
        (["-", "-", *PAGE], "once"),
        ([*PAGE], "Missing argument"),
        (["p.json", *PAGE, "--spec", "nowhere.yaml"], "--spec nowhere.yaml: no such file"),
        (["p.json", *PAGE, "--spec", "."], "--spec .: is a directory"),
        (["p.json", *PAGE, "--spec", "p.json"], "--spec p.json: #/openapi"),
        (["p.json", *PAGE, "--spec", "broken.json"], "--spec broken.json: broken.json cannot be read"),
        (["p.json", *PAGE, "--spec", "empty.yaml"], "--spec empty.yaml: empty.yaml contains nothing, not an OpenAPI"),
        (["p.json", *PAGE, "--spec", "broken.yaml"], "cannot be read: line 2, column"),
    ],
)
def test_what_cannot_be_run_ends_with_2_and_says_why(cli: Run, arguments: list[str], message: str) -> None:
    written("p.json", json.dumps(GOOD).encode())
    written("broken.json", b'{"openapi": ')
    written("broken.yaml", b"a: [1\nb: 2")
    written("empty.yaml", b"")
    done = cli("validate", *arguments)
    assert done.status == 2
    assert message in done.err
    assert done.out == ""


def test_files_that_cannot_be_read_are_reported_and_the_others_are_checked(cli: Run) -> None:
    good, bad = written("good.json", json.dumps(GOOD).encode()), written("bad.json", b"{}}")
    done = cli("validate", "missing.json", good, ".", bad, *PAGE)
    assert done.status == 2
    assert (
        done.err == "error: missing.json: no such file or directory\nerror: .: is a directory; name the files in it\n"
    )
    assert done.out.endswith("2 payloads checked, 1 violation in 1; 2 files cannot be read\n")


def test_nothing_checked_is_no_success(cli: Run) -> None:
    done = cli("validate", written("empty.ndjson", b"\n\n"), *PAGE)
    assert done.status == 2
    assert done.err == "error: nothing was checked: no payload in the input\n"


def test_another_document_is_checked_against_with_spec(cli: Run) -> None:
    schema = {"type": "object", "required": ["name"]}
    document = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Pet": schema}}}
    spec = written("pets.json", json.dumps(document).encode())
    done = cli("validate", "-", "--schema", "Pet", "--spec", spec, "--format", "json", stdin=b"{}")
    assert [f["rule"] for f in done.findings] == ["missing"]


def test_what_cannot_be_checked_is_reported_once_with_its_place(cli: Run) -> None:
    document = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Pet": {"type": "animal"}}}}
    spec = written("pets.json", json.dumps(document).encode())
    done = cli("validate", "-", "--schema", "Pet", "--spec", spec, stdin=b"{}")
    assert done.status == 0
    assert done.err.count("#/components/schemas/Pet/type: `type` is not a JSON Schema type") == 1


@pytest.mark.parametrize(("options", "status"), [((), 1), (("--no-formats",), 0)])
def test_formats_can_be_switched_off(cli: Run, options: tuple[str, ...], status: int) -> None:
    schemas = {"Day": {"type": "string", "format": "date"}}
    text = json.dumps({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "components": {"schemas": schemas}})
    spec = written("openapi.json", text.encode())
    done = cli("validate", written("day.json", b'"2026-02-30"'), "--schema", "Day", "--spec", spec, *options)
    assert done.status == status


STREAM = (
    b'{"event_type": "stream_start"}\n'
    b'{"event_type": "text_generation", "text": 5}\n\noops\n{"event_type": "stream_start"}\n'
)


@pytest.mark.parametrize(("name", "options"), [("s.ndjson", ()), ("s.txt", ()), ("s.txt", ("--lines",)), ("-", ())])
def test_a_stream_of_events_is_checked_as_one(cli: Run, name: str, options: tuple[str, ...]) -> None:
    """Whatever the file is called: each event, the order, and the end, with the line of each."""
    if name != "-":
        written(name, STREAM)
    place = ("--operation", "analyze", "--status", 200)
    done = cli("validate", name, *place, *options, "--format", "json", stdin=STREAM)
    assert done.status == 1
    assert [(f["line"], f["where"], f["rule"]) for f in done.findings] == [
        (2, "event[1].text", "type"),
        (4, "event[2]", "encoding"),
        (5, "event[3]", "sequence"),
        (5, "event[4]", "truncated"),
    ]
    assert done.findings[2]["label"] == "line 5"


def test_what_does_not_begin_with_an_event_is_the_other_answer(cli: Run) -> None:
    """One object, or one on each line, where an operation answers with that too."""
    place = ("--operation", "analyze", "--status", 200)
    for name in ("a.json", "a.ndjson"):
        assert cli("validate", written(name, b'{"id": "i", "data": "d"}\n'), *place).status == 0
    done = cli("validate", written("a.json", b"garbage"), *place, "--format", "json")
    assert [f["rule"] for f in done.findings] == ["encoding"]


def test_garbage_is_no_stream_where_there_is_nothing_else(cli: Run) -> None:
    """JSON Lines and server-sent events, in files of any name."""
    spec = written("streams.json", json.dumps(streams.RAW).encode())
    for operation, rules in (("lines.results", ["encoding"]), ("sse.all", ["truncated"])):
        place = ("--spec", spec, "--operation", operation, "--status", 200)
        done = cli("validate", written("garbage", b"<html>"), *place, "--format", "json")
        assert (done.status, [f["rule"] for f in done.findings]) == (1, rules)
    body = b": c\r\revent: text\rdata: a\r\rdata: [DONE]\r\r"
    done = cli("validate", written("s.sse", body), "--spec", spec, "--operation", "sse.fields", "--status", 200)
    assert (done.status, done.out) == (0, "1 payload checked, no violation\n")


@pytest.mark.parametrize("stdin", [None, "closed"])
def test_standard_input_that_is_not_there_is_said(stdin: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service has none, and a script may have closed it."""
    given = io.StringIO()
    given.close()
    monkeypatch.setattr("sys.stdin", None if stdin is None else given)
    with pytest.raises(OSError, match="standard input is closed"):
        opened("-")


def test_the_size_of_the_input_is_unknown_if_that_of_one_file_is(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"12345")
    missing = str(tmp_path / "missing.json")
    for files, size in (
        ([], 0),
        ([str(file)], 5),
        ([str(file), str(file)], 10),
        ([missing, str(file)], 5),
        ([missing], 0),
    ):
        assert total_size(files) == size
        assert total_size([*files, "-"]) is None
        assert total_size(["-", *files]) is None
