"""The front doors: the exported names of each package of the engine and each module of the product."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import pytest

import apicontract
import twelvelabs_contract

ENGINE = {
    "apicontract.bulk": "FINDINGS check_batch",
    "apicontract.changes": "BREAKING SEVERITIES Comparison Difference Effect Severity Witness compare",
    "apicontract.checks": "BodyUnreadable Contract Reading Verdict judge",
    "apicontract.cli": "run",
    "apicontract.cli.commands": "",
    "apicontract.cli.formats": "FORMATS Format Output Report",
    "apicontract.client": (
        "OMIT Answer ApiError AsyncClient AsyncPager AsyncResource AsyncStream BadRequestError Callback ClosedModel"
        " ConflictError ContentTooLargeError FileInput FilePath ForbiddenError GoneError JobError JobFailed JobTimeout"
        " JobsFailed NotFoundError Omit OpenModel Page Pager PaginationInvalid Progress RequestInvalid RequestOptions"
        " ResponseInvalid ServerError StatusError Stream StreamInvalid SyncClient SyncResource TooManyRequestsError"
        " UnauthorizedError UnknownEvent UnprocessableError UploadChanged deprecated on_demand"
    ),
    "apicontract.coverage": "Cell Coverage CoverageInvalid Figure Found Hit Identity Kind Origin Summary figures",
    "apicontract.coverage.reports": "FORMATS Line html junit lines writable write writer",
    "apicontract.mock": (
        "AnswerInvalid AnswerMissing Call ContractMock ErrorResponse Example HeldBack NoAnswer OperationMock Stream"
    ),
    "apicontract.openapi": "Document DocumentInvalid Json Operation Violation load",
    "apicontract.pytest_plugin": "MARKER Hooks",
    "apicontract.responder": (
        "AnswerInvalid JobEnded Listing NoAnswer OnePage ReceivedRequest Responder StatefulResponder webhook_request"
    ),
    "apicontract.server": (
        "FAULT_HEADER Application Fault FaultInvalid Judged Limits Proxy Recorder Report Script ServerMissing Webhooks"
        " run"
    ),
    "apicontract.strategies": (
        "Broken EventStream ForgedWebhook NotUnderstood RequestCase Twist Upload boundary_cases boundary_requests"
        " broken_event_streams chunkings event_streams forged_webhooks invalid_cases invalid_requests payloads"
        " responses uploads valid_requests webhooks"
    ),
    "apicontract.traffic": "Finding Side",
    "apicontract.traffic.recordings": (
        "RECORDINGS CheckedExchange Kind Recorded RecordingInvalid Unknown Unreadable check check_all read"
    ),
    "apicontract.traffic.taps": (
        "TAPS Begin Done Follow Gate Listener Pending Sending Tap TapUnusable hold_back let_go libraries replaced start"
        " stop"
    ),
    "apicontract.values": "NotUnderstood",
    "apicontract.wire": "Exchange Headers Request Response",
}
PRODUCT = {
    "twelvelabs_contract": "Contract DocumentInvalid EditionUnknown Headers Operation Request Response Violation",
    "twelvelabs_contract.cli": "main",
    "twelvelabs_contract.mock": (
        "AnswerInvalid AnswerMissing Call ErrorResponse Example HeldBack NoAnswer OperationMock Stream TwelveLabsMock"
    ),
    "twelvelabs_contract.strategies": ENGINE["apicontract.strategies"],
    "twelvelabs_contract.traffic": "Findings on_purpose watch",
    "twelvelabs_contract.transport": "AsyncContractTransport ContractTransport ContractViolated Finding OnViolation",
}


def _packages(package: ModuleType) -> set[str]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return {module.name for module in found if module.ispkg}


def test_every_package_is_listed() -> None:
    assert _packages(apicontract) == set(ENGINE)
    assert not _packages(twelvelabs_contract)


@pytest.mark.parametrize("name", [*ENGINE, *PRODUCT])
def test_a_front_door_offers_these_names(name: str) -> None:
    """They are sorted, as the linter has it: constants, classes, functions."""
    module = importlib.import_module(name)
    offered = {**ENGINE, **PRODUCT}[name].split()
    assert list(module.__all__) == offered
    assert module.__doc__
    assert all(hasattr(module, each) for each in offered)
