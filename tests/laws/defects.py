"""The operations for which the vendor's SDKs are known to break a law; each reason names an entry of the ledger."""

from __future__ import annotations

import re

from tests.laws.trial import World
from twelvelabs_contract import Operation

UNSENT = "S22: the path is joined to the base URL as if it were an address, and nothing is sent"

LOST = r"[0-9]+ of [0-9]+ events arrived|[0-9]+ events were delivered|no error was raised"
FAILED = (
    *("ApiError", "ConflictError", "InternalServerError", "TooManyRequestsError"),
    *("ConnectError", "ConnectTimeout", "ReadError", "ReadTimeout"),
)
"""What is raised where attempts fail."""
REFUSED = (
    *("BadRequestError", "ConflictError", "ContentTooLargeError", "ForbiddenError", "GatewayTimeoutError"),
    *("GoneError", "InternalServerError", "NotFoundError", "ServiceUnavailableError", "TooManyRequestsError"),
    *("UnauthorizedError", "UnprocessableEntityError"),
)
"""The classes that SDK 1.3.6 has for refusals."""
SHOWS = {
    "S1": [("", "it arrived as"), ("ApiError", "None was refused")],
    "S3": [("", "the request body is missing")],
    "S4": [
        ("", "it was sent"),
        ("", r"the path has [0-9]+ segments"),
        ("", r"in place of what was given, there arrived \{'path"),
        ("", r"what was sent breaks the contract: .*: path\.\w+: .* \[(encoding|minLength), "),
        ("", "the request reached"),
        ("", r"""^["'].* arrived in place of ["']"""),
        ("", "the URL has a fragment"),
        ("", "the items are not those of the pages"),
        ("InvalidURL", "it was refused|a valid request was refused|the listing broke off"),
    ],
    "S5": [("", "the second attempt has another body")],
    "S6": [(raised, "[0-9]+ attempts in place of") for raised in FAILED],
    "S7": [("", r"there arrived \{'query\.page': 1\}")],
    "S8": [("", r"[0-9]+ requests in place of|the circle is no PaginationInvalid"), ("", r"was read$")],
    "S9": [
        ("", "the error was swallowed"),
        ("", r"\{'path': (.*), 'query': \{\}, .* in place of \{'path': \1, 'query': \{'include_user_metadata': "),
    ],
    "S10": [("ApiError", "a valid request was refused")],
    "S11": [
        ("", LOST),
        ("ApiError", r"the stream broke off|the error tells \[\]|[0-9]+ events were delivered"),
    ],
    "S12": [("ApiError", "the answer was not refused as ResponseInvalid")],
    "S15": [
        ("ApiError", "the error is a ApiError"),
        ("ValidationError", "the error is a ValidationError"),
        *((raised, r"the (code|error_code|message) is not in the text .*\\\\") for raised in REFUSED),
    ],
    "S20": [("", "it was sent"), ("ApiError", "it was sent")],
    "S22": [("UnsupportedProtocol", "")],  # whatever the law asks: without a scheme and a host nothing is sent
    "S25": [("", "was read$"), ("", LOST)],
    "S28": [("ValidationError", "a valid answer was refused"), ("", "was read$")],
}
"""How each defect shows: the class of the SDK's exception, empty for none, and the message of the law."""


def shows(reason: str, error: Exception | None, note: str) -> bool:
    """Return whether a failure is the defect that a reason names, and not another one that it would hide."""
    name = "" if error is None else type(error).__name__
    return any(name == raised and re.search(reported, note) for raised, reported in SHOWS[reason.partition(":")[0]])


def is_unsent(operation: Operation) -> bool:
    """Return whether the first segment of the path has a colon, which the SDK treats as the end of a scheme."""
    return ":" in operation.path.split("/")[1]


def free_ids(world: World, operation: Operation) -> list[str]:
    """Return the identifiers in a path that may be any string; others have a pattern, which keeps them harmless."""
    valid = world.contract.validators
    return [found.name for found in operation.parameters_in("path") if valid.at(found.schema_pointer).is_valid("a/b")]


def may_be_empty(world: World, operation: Operation) -> bool:
    """Return whether an empty object is a valid body."""
    if operation.request_body is None:
        return False
    content = next(iter(operation.request_body.content.values()))
    return bool(world.contract.validators.at(content.schema_pointer).is_valid({}))
