"""An engine that turns an OpenAPI document into checks, a client, tests, mocks and reports; it names no API."""
