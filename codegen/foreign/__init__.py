"""Bring a document of others into the form that the rest of the generator reads.

The document is read as the engine reads it (`apicontract.openapi`): any version of OpenAPI 3, references followed. What
is made of it here is for the generator's eyes alone: every object has a name, `allOf` is merged, every operation has
the dotted path of a client method, one body and one kind of answer. The document itself goes into the package as it was
written, and the generated methods call its operations by the ids that it gives them.
"""

from codegen.foreign.adopted import Adopted, adopt

__all__ = ["Adopted", "adopt"]
