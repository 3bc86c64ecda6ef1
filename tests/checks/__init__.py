"""Tests of `apicontract.checks`: requests, responses and payloads against a document."""
