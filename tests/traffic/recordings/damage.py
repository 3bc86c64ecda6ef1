"""Damaged input: a valid recording or body, changed as a tree and then as bytes."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

_VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            None,
            True,
            False,
            0,
            -1,
            200,
            1.5,
            10**30,
            "",
            "x",
            "base64",
            "gzip",
            "REDACTED",
            [],
            {},
            [[]],
            {"string": "x"},
        ]
    ),
    st.text(st.characters(codec="utf-8"), max_size=8),
    st.integers(),
)
_Edit = tuple[int, str, Any]
_EDITS = st.lists(
    st.tuples(st.integers(0, 2**20), st.sampled_from(["drop", "replace", "wrap", "rename", "twice"]), _VALUES),
    max_size=4,
)
_CUTS = st.lists(
    st.tuples(
        st.integers(0, 2**20),
        st.sampled_from(["cut", "flip", "insert", "end", "repeat"]),
        st.one_of(
            st.binary(min_size=1, max_size=6),
            st.sampled_from(
                [b"[", b"{", b"&a ", b"*a", b"!!binary ", b"\n", b"\r\n", b"--", b'"', b"\xef\xbb\xbf", b"\x1f\x8b"]
            ),
        ),
    ),
    max_size=3,
)


def trees(valid: Any) -> st.SearchStrategy[Any]:
    """Draw a tree with up to four nodes dropped, replaced, wrapped, renamed or doubled."""
    return _EDITS.map(lambda edits: _edited(valid, edits))


def damaged(data: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Draw bytes as they are, or with up to three places cut, flipped, inserted into, repeated, or made the end."""
    return data | st.builds(_damaged, data, _CUTS)


def _edited(valid: Any, edits: Sequence[_Edit]) -> Any:
    tree = {"": copy.deepcopy(valid)}
    for number, kind, value in edits:
        slots = list(_slots(tree))[::-1]  # Hypothesis likes 0, and the root is not where most of it is
        holder, key = slots[number * 7919 % len(slots)]
        if kind == "drop" and holder is not tree:
            del holder[key]
        elif kind == "replace":
            holder[key] = copy.deepcopy(value)
        elif kind == "wrap":
            holder[key] = [holder[key]] if number % 2 else {"string": holder[key]}
        elif kind == "rename" and isinstance(holder, dict) and holder is not tree:
            holder[str(value)] = holder.pop(key)
        elif kind == "twice" and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
    return tree[""]


def _slots(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a tree, as its container and the key or index in that."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from _slots(node[key])


def _damaged(data: bytes, cuts: Sequence[tuple[int, str, bytes]]) -> bytes:
    for number, kind, piece in cuts:
        at = number % (len(data) + 1)
        if kind == "cut":
            data = data[:at] + data[at + len(piece) :]
        elif kind == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ piece[0]]) + data[at + 1 :]
        elif kind == "insert":
            data = data[:at] + piece + data[at:]
        elif kind == "end":
            data = data[:at]
        elif kind == "repeat":
            data = data[:at] + data[max(0, at - 40 * len(piece)) :]
    return data
