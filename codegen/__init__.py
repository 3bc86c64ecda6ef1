"""Read the OpenAPI document in `spec/` and write the typed client packages in `generated/`: `python -m codegen`."""
