"""The version of the library, written into every assessment; read by the build as well."""

__all__ = ["__version__"]

# Released on 2026-11-26.
__version__ = "0.1.0"
