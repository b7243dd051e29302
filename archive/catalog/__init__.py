"""What do we know, and from where? The SQLite catalogue: scans, pages, issues, sections and what was done to the text.

store.py      how is the catalogue opened?         connect.py   how is its file opened, and what do its errors mean?
schema.py     which tables does it have?           rows.py      what goes in and comes out?
pack.py       how is a parsed issue packed?        words.py     how are its words and edits kept?
questions.py  what can it be asked? All of these:
sections.py   which sections are there?            issues.py    which issues?
ledger.py     which scans and pages?               figures.py   how much of what?
write.py      how does a scan come in, change or go?    unchanged.py  which sections came back just as they were?
doubles.py    which scan of an issue answers?      withdrawals.py  how does what was withdrawn leave?
migrate.py    how is an older catalogue brought up to date?
doubts.py     what may a person want to decide?
"""
