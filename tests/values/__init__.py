"""Tests of `apicontract.values`: values that fit a schema, and values that violate it."""
