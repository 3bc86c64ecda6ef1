"""Tests of the API over HTTP: the ASGI application, its faults and limits, and the command over a socket."""
