"""Models as arguments: a model of a request is the mapping that it was made of."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, ValidationError

from tests.laws.exchange import arrived, decided, difference, fields, same
from tests.laws.laws import law
from tests.laws.subjects import Subject
from tests.laws.trial import Trial, World
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import boundary_cases


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _named(subject: Subject, path: str) -> dict[str, list[type[BaseModel]]]:
    """Return the models that each argument of a method may be, or hold."""
    hints = get_type_hints(operator.attrgetter(path)(subject.client))
    return {name: list(_models(hint)) for name, hint in hints.items() if name != "return"}


def _takes_models(world: World, operation: Operation) -> bool:
    """Whether a method takes a model; one that is sent as JSON text within a form has no mapping on the wire."""
    texts = {name for name, shape in fields(world.contract, operation).items() if shape.is_text}
    named = _named(world.subjects[0], operation.id)
    return any(models for name, models in named.items() if name not in texts)


def _departures(world: World, operation: Operation) -> str | None:
    is_paged = operation.pagination is not None and operation.pagination.style == "page"
    return "S7: the number of the page is sent though it was not given" if is_paged else None


def _modelled(value: Any, models: list[type[BaseModel]]) -> Any:
    """Return a value with the first model that takes it in place of it, or of each of its items."""
    if isinstance(value, list):
        return [_modelled(item, models) for item in value]
    if isinstance(value, Mapping):
        for model in models:
            try:
                return model.model_validate(value)
            except ValidationError:
                continue
    return value


def _with_models(trial: Trial) -> dict[str, Any]:
    """Return the arguments of the listed case, with models where the method names them."""
    case = trial.listed
    found = dict(decided(trial.contract, trial.operation, case.arguments))
    path, _ = trial.asked.method(trial.operation, found, "answer")
    named = _named(trial.asked, path)
    for location, values in case.instances.items():
        if isinstance(values, Mapping):
            models = {name: named.get(trial.asked.argument(name), []) for name in values}
            made = {name: _modelled(value, models[name]) for name, value in values.items()}
            found[location] = found[location] | {name: value for name, value in made.items() if value != values[name]}
    return found


@law(
    "Bounds",
    "a model arrives as the mapping that it was made of",
    cases=lambda world, operation: boundary_cases(world.contract, operation.id),
    concerns=_takes_models,
    vendor=_departures,
)
def test_a_model_arrives_as_its_mapping(trial: Trial) -> None:
    """Wherever the annotation of an argument names a model; a model that was given is not changed by the call."""
    plain, arguments = decided(trial.contract, trial.operation, trial.listed.arguments), _with_models(trial)
    if arguments == plain:
        return
    kept = deepcopy(arguments)
    outcome = trial.call(arguments, trial.success(trial.listed.arguments))
    trial.require(arguments == kept, f"the call has changed its arguments to {arguments}")
    trial.require(outcome.error is None, "a valid request was refused")
    _, values = arrived(trial.contract, outcome.requests[0])
    expected = trial.expected(trial.listed.instances)
    trial.require(same(values, expected), f"in place of what was given, there arrived {difference(values, expected)}")
