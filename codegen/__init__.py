"""Read the OpenAPI document of `spec/` and write the typed client package of `generated/`: `python -m codegen`."""
