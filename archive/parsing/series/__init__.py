"""Which issues are of one series, what is it called, and where does each issue stand in it?

A series is told by what its issues share, not by one page; what changes there in steps is number and date.

    signature.py  what of a first page do other issues of its series print again
    sketch.py     what of one issue is kept to tell its series
    clusters.py   which issues are of one series
    names.py      what is the series called
    filenames.py  which number and date do the names of a folder's files tell
    order.py      do numbers go up with dates
    facts.py      which number and date has each issue
    told.py       all of this together
    unread.py     what does the name of a scan tell before any page is read
"""
