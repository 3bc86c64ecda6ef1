"""A mock of an API: a respx router with a response for every operation of a contract.

    def test_names_of_ready_tasks(mock: ContractMock) -> None:
        mock["tasks.retrieve"].sequence([Example("indexing"), ErrorResponse(429), Example("ready")])
        ...
        assert [call.path["task_id"] for call in mock["tasks.retrieve"].calls] == [...]

The pytest plugin has a fixture for it; elsewhere, use `with ContractMock(contract) as mock: …`.
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
