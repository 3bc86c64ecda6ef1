"""Tests of `apicontract.wire`: bytes to instances, and back."""
