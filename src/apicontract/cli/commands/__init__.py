"""The commands, a few in each module: `commands` of a module is a Typer application."""

__all__: list[str] = []
