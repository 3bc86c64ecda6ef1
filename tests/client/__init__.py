"""Tests of the client's run time, against a small API that is not the one this project is about."""
