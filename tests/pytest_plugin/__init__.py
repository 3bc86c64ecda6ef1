"""Tests of the pytest plugin, on consumer projects that know nothing of it."""
