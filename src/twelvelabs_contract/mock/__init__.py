"""A mock that knows the contract: a respx router in which every operation of the API already answers.

    def test_names_of_ready_tasks(twelvelabs_mock: TwelveLabsMock) -> None:
        twelvelabs_mock["tasks.retrieve"].sequence([Example("indexing"), Refusal(429), Example("ready")])
        ...
        assert [call.path["task_id"] for call in twelvelabs_mock["tasks.retrieve"].calls] == [...]

The fixture `twelvelabs_mock` comes with the pytest plugin; elsewhere, `with TwelveLabsMock() as mock: …` does the same.
"""

try:
    import respx  # noqa: F401 - to say what is missing
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("twelvelabs_contract.mock needs respx: pip install respx", name="respx") from error

from twelvelabs_contract._responder import AnswerInvalid, NoAnswer
from twelvelabs_contract.mock._answers import AnswerMissing, Example, Refusal, Stream
from twelvelabs_contract.mock._operation import Call, OperationMock
from twelvelabs_contract.mock._router import TwelveLabsMock

__all__ = [
    "AnswerInvalid",
    "AnswerMissing",
    "Call",
    "Example",
    "NoAnswer",
    "OperationMock",
    "Refusal",
    "Stream",
    "TwelveLabsMock",
]
