"""No string of the document can end the literal, docstring or comment that it is written into."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import tokenize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.api import Api, Argument, Call, Group, Method, Resource
from codegen.emit import MARK, emit
from codegen.layout import lay_out
from codegen.text import comment, docstring, first_sentence, one_line
from tests.codegen.conftest import PAYLOADS, Package

TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PAYLOADS)).map("".join))


def hand_made(text: str) -> Api:
    """Make an API without models that has a text everywhere."""
    argument = Argument("first", "str", None, text)
    flag = Argument("live", "bool", "True", text)
    said = f"Deprecated: {text}"
    call = Call("stream", text, ("int",), (Group("body", ((text, "first"), ("live", "live"))),))
    plain = Call("call", text, ("str",), call.groups)
    methods = (
        Method(
            "one", text, text, (text,), (argument,), Call("call_none", text, (), (Group("path", ((text, "first"),)),))
        ),
        Method("two", text, text, (text,), (argument, flag), call, "live", plain, said),
    )
    child = Resource(("things",), ("things",), "Things", methods, ())
    return Api("hand_made", text, text, Resource((), ("_client",), "HandMade", methods[:1], (child,)), ())


@given(text=TEXTS)
def test_law_a_docstring_says_its_text_and_nothing_else(text: str) -> None:
    (statement,) = ast.parse(docstring([text, "", text], 0)).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    said = statement.value.value
    assert isinstance(said, str)
    assert said.split() == 2 * one_line(text).split()


@given(text=TEXTS)
def test_law_one_line_is_one_printable_line(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([], [line])
    assert all(character.isprintable() for character in line)
    assert one_line(line) == line


@given(text=TEXTS)
def test_law_a_comment_is_one_comment(text: str) -> None:
    source = f"{MARK}# Bundle\n# Document: {comment(text)}\n"
    assert tokenize.detect_encoding(io.BytesIO(source.encode()).readline)[0] == "utf-8"
    comments = [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT]
    assert len(comments) == 3
    assert "#" not in comment(text)


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_module_says_a_text_and_does_not_run_it(text: str) -> None:
    """In every place at once, and still after the formatter has been over it."""
    calls = docstrings = marks = 0
    for path, content in lay_out(emit(hand_made(text), {})).items():
        if path not in ("things.py", "_client.py"):
            continue
        tree = ast.parse(content)
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        assert len(classes) == 2
        for method in (node for held in classes for node in held.body):
            if not isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(method):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "deprecated":
                    assert ast.literal_eval(node.args[0]) == one_line(f"Deprecated: {text}")
                    marks += 1
                if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("self._client."):
                    calls += 1
                    assert ast.literal_eval(node.args[0]) == text
                    (group,) = (k.value for k in node.keywords if k.arg in ("path", "body"))
                    assert isinstance(group, ast.Dict)
                    assert ast.literal_eval(group.keys[0] or ast.Constant(None)) == text
            if method.name in ("one", "two") and ast.get_docstring(method):
                said = " ".join((ast.get_docstring(method) or "").split())
                assert f"- `first`: {one_line(text)}".strip() in said
                docstrings += 1
    assert (calls, docstrings, marks) == (8, 6, 2)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Seconds from the start. At least 0.", "Seconds from the start."),
        ("One of e.g. `a`, i.e. the first.", "One of e.g. `a`, i.e. the first."),
        ("At most 5.5 MB", "At most 5.5 MB."),
        ("Is it?\nYes.", "Is it?"),
        ("", ""),
    ],
)
def test_the_first_sentence_is_found(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_the_header_names_the_bundle_beside_it(bookshop: Package) -> None:
    digest = hashlib.sha256(bookshop.files["openapi.json"]).hexdigest()
    assert all(digest.encode() in content for path, content in bookshop.files.items() if path.endswith(".py"))


def test_the_bundle_is_the_document_in_its_own_order(bookshop: Package) -> None:
    text = bookshop.files["openapi.json"].decode()
    document = json.loads(text)
    assert list(document)[:3] == ["openapi", "info", "servers"]
    assert text == json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def test_a_lone_surrogate_is_written_as_json_escapes_it() -> None:
    written = emit(hand_made("x"), {"description": "\ud800 é"})["openapi.json"]
    assert json.loads(written) == {"description": "\ud800 é"}
    assert "é".encode() in written


def test_a_flag_has_an_overload_for_each_value(bookshop: Package) -> None:
    tree = ast.parse(bookshop.files["_client.py"])
    variants = [
        (ast.unparse(node.args.kwonlyargs[1].annotation or node), ast.unparse(node.returns or node))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "advise"
    ]
    assert variants == [
        ("Literal[False]", "_api.models.Advice"),
        ("Literal[True]", "Stream[_api.models.AdviceEvent]"),
        ("bool", "Stream[_api.models.AdviceEvent] | _api.models.Advice"),
        ("bool", "Stream[_api.models.AdviceEvent] | _api.models.Advice"),
    ]
