"""Modules that tests of several features share."""
