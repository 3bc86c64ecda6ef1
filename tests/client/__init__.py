"""Tests of the runtime of clients, against a small API other than that of the project."""
