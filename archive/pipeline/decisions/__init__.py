"""Where does what people decided enter the flow?

record.py   what is handed to the worker that parses a scan?
places.py   which section does a correction mean?
words.py    which words of the raw text are read otherwise?
recut.py    how are sections cut and joined as a person said?
facts.py    what becomes of an issue or a section whose facts are corrected?
apply.py    all of these, on one issue
"""
