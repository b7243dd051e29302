"""Search and export decades of scanned newsletters: OCR, sections, full-text search."""

__version__ = "0.1.0"
