"""Which words does the engine see? One file per engine; the first is the one in use."""

# Name of the engine and where its class stands (`module:class`); loaded on use.
ENGINES = {"tesseract": "archive.reading.ocr.tesseract:Tesseract"}
