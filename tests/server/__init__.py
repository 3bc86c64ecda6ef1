"""The API over HTTP: the ASGI application, its faults and bounds, and the command over a socket."""
