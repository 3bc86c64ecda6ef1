"""The strings that are made of a pattern."""

from __future__ import annotations

from itertools import islice

import pytest

from apicontract.values.patterns import LONGEST, matching


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("a?b", ["b", "ab"]),
        ("a*b", ["b", "ab", "aab"]),
        ("a+?b", ["ab", "aab", "aaab"]),
        ("a{2,}", ["aa", "aaa", "aaaa"]),
        ("a{2,3}", ["aa", "aaa"]),
        ("a{,2}", ["", "a", "aa"]),
        ("a{3}", ["aaa"]),
        ("a|b|c", ["a", "b", "c"]),
        ("(?:ab)+", ["ab", "abab", "ababab"]),
        ("^[b-y]$", ["b"]),
        ("[^a]", ["0"]),
        ("[^a-z0-]", [" "]),
        ("[\\-a]", ["-"]),
        ("\\d\\w\\s", ["0a "]),
        ("[\\d][\\x42-D]", ["0B"]),
        ("\\n\\r\\t\\f\\v\\.\\/", ["\n\r\t\f\x0b./"]),
        ("[^a0 _]", ["-"]),
        ("[]a]", []),
        ("a-]", ["a-]"]),
        ("(a|b){2}", ["aa", "bb"]),
        (".^$", ["a"]),
        ("", [""]),
        ("é🎬+", ["é🎬", "é🎬🎬", "é🎬🎬🎬"]),
        ("\\x41\\u00e9", ["Aé"]),
        ("\\p{Lu}\\P{Lu}\\p{Greek}", ["A-a"]),
        (f"a{{{LONGEST}}}", ["a" * LONGEST]),
        (f"a{{{LONGEST + 1}}}", []),
        (f"(?:ab){{{LONGEST // 2 + 1}}}", []),
        *((wrong, []) for wrong in ("(?=a)", "(?<n>a)", "(a", "a)", "[a", "\\", "a{x}")),
    ],
)
def test_a_pattern_is_read(pattern: str, found: list[str]) -> None:
    """The shortest string first; what has another syntax is left to others."""
    assert list(dict.fromkeys(islice(matching(pattern), 12))) == found
