"""Strategies for files to upload."""

from __future__ import annotations

from hypothesis import strategies as st

from apicontract.values.uploads import CONTENTS, LARGE, MEDIA_TYPES, NAMES, Upload


def small_uploads() -> st.SearchStrategy[Upload]:
    """Return the strategy for files of a few bytes, which are cheap to send."""
    contents = st.one_of(st.sampled_from(CONTENTS), st.binary(max_size=40))
    return st.builds(Upload, st.sampled_from(NAMES), contents, st.sampled_from(MEDIA_TYPES))


def uploads() -> st.SearchStrategy[Upload]:
    """Return the strategy for files to upload.

    Names have quotes, non-ASCII characters, CR and LF; contents are empty, small, or up to 2 MiB.
    """
    large = st.builds(lambda size: b"x" * size, st.sampled_from((LARGE, 65_535, 65_536, 65_537, 2 * LARGE)))
    contents = st.one_of(st.sampled_from(CONTENTS), st.binary(max_size=300), large)
    return st.builds(Upload, st.sampled_from(NAMES), contents, st.sampled_from(MEDIA_TYPES))
