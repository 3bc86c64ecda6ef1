"""A mock that knows the contract: a respx router in which every operation of the API already answers.

    def test_names_of_ready_tasks(mock: ContractMock) -> None:
        mock["tasks.retrieve"].sequence([Example("indexing"), ErrorResponse(429), Example("ready")])
        ...
        assert [call.path["task_id"] for call in mock["tasks.retrieve"].calls] == [...]

The pytest plugin has a fixture of it; elsewhere, `with ContractMock(contract) as mock: …` does the same.
"""

from apicontract.lazy import missing_extra

try:
    import respx  # noqa: F401 - to say what is missing
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(missing_extra("apicontract.mock", "respx", "mock"), name="respx") from error

from apicontract.mock.answers import AnswerMissing, ErrorResponse, Example, HeldBack, Stream
from apicontract.mock.operation import Call, OperationMock
from apicontract.mock.router import ContractMock
from apicontract.responder import AnswerInvalid, NoAnswer

__all__ = [
    "AnswerInvalid",
    "AnswerMissing",
    "Call",
    "ContractMock",
    "ErrorResponse",
    "Example",
    "HeldBack",
    "NoAnswer",
    "OperationMock",
    "Stream",
]
