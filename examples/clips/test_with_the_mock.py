"""The same service against a mock that knows the contract: nothing to write down but what the test is about."""

from __future__ import annotations

import pytest
from clips import Clips
from twelvelabs import TwelveLabs
from twelvelabs.errors import BadRequestError

from twelvelabs_contract.mock import TwelveLabsMock

INDEX = "6298d673f1090f1100476d4c"


@pytest.fixture
def clips() -> Clips:
    return Clips(TwelveLabs(api_key="not-a-key"), INDEX)


def test_any_answer_will_do(clips: Clips, twelvelabs_mock: TwelveLabsMock) -> None:
    total, moments = clips.find("a dog")
    assert total >= len(moments) > 0
    assert twelvelabs_mock["search.create"].calls[0].body["search_options"] == ["visual", "audio"]


def test_every_page_is_read(clips: Clips, twelvelabs_mock: TwelveLabsMock) -> None:
    twelvelabs_mock["tasks.list"].pages([[{"video_id": "a"}, {"video_id": "b"}], [{"video_id": "c"}]])
    assert clips.unfinished() == ["a", "b", "c"]


def test_a_refused_video_is_an_error(clips: Clips, twelvelabs_mock: TwelveLabsMock) -> None:
    twelvelabs_mock["analyze"].respond_error(400)
    with pytest.raises(BadRequestError):
        list(clips.describe("6298d673f1090f1100476d4d"))
