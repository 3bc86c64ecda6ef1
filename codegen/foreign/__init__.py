"""Convert any OpenAPI document to the form that the rest of the generator reads.

The document is read by the engine (`apicontract.openapi`): any version of OpenAPI 3, with references followed. The
converted form is only used by the generator: every object has a name, `allOf` is merged, every operation has the dotted
path of a client method, one body and one kind of response. The package contains the document as it was written, and the
generated methods call its operations by their own ids.
"""

from codegen.foreign.adopted import Adopted, adopt

__all__ = ["Adopted", "adopt"]
