"""Which sections match? One folder for each backend.

`load_backend()` gives the class that a backend's folder offers; nothing of a backend is loaded before.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.search.whoosh.backend import WhooshBackend

# The name of a backend, its module and its class.
BACKENDS = {"whoosh": ("archive.search.whoosh.backend", "WhooshBackend")}


def load_backend(name: str = "whoosh") -> "type[WhooshBackend]":
    """Return the class of a backend; see archive.protocols.Backend."""
    module, attribute = BACKENDS[name]
    backend: type[WhooshBackend] = getattr(import_module(module), attribute)
    return backend
