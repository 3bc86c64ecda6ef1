"""Text for people, with rich and without."""

import io

from hypothesis import given
from hypothesis import strategies as st

from apicontract.cli.console import coloured
from apicontract.cli.terminal import Styled
from apicontract.openapi.violation import printable

WORDS = st.sampled_from(["a", " ", "\n", "::", "##[", "[b]", "[/b]", ":smile:", "\x1b[1m", "\u2028", "é", "漢"])
TEXTS = st.lists(WORDS, max_size=5).map(lambda words: "\n".join(map(printable, "".join(words).split("\n"))))


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "bold"])), min_size=1, max_size=4))
def test_text_without_rich_is_what_rich_writes_where_there_are_no_colours(parts: list[tuple[str, str]]) -> None:
    """Each part is printable, as all that is written is; what two of them become together is escaped alike."""
    styled = Styled(*parts[0])
    for part in parts[1:]:
        styled.append(*part)
    assert styled.written(io.StringIO()) == coloured(parts, terminal=False)
