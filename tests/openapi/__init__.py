"""Tests of `apicontract.openapi`: reading a document."""
