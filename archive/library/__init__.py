"""What can a reader ask? One file per question, each plain functions that take the settings and change nothing.

search.py     which sections match?            show.py     what does this id hold?
issues.py     which issues are there?          pages.py    how did the reading of each page end?
stats.py      how much is there of what?       export.py   how do sections leave?
coverage.py   what part of the archive was looked at?
"""
