"""Clients in JavaScript against `serve --state`; it needs Node, which comes as a Python package, and npm's registry."""
