"""Hypothesis strategies for the operations of a contract; `apicontract.strategies` says more."""

from apicontract.strategies import *  # noqa: F403 - the same names
from apicontract.strategies import __all__  # noqa: F401 - as above
