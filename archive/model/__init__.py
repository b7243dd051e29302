"""What are the records?

Every stage is plain functions from these records to these records. All are frozen; lists are tuples. Boxes are in
points (1/72 inch) from the page's top left corner; offsets count characters from 0, ends are exclusive; pages and
positions count from 1; confidences go from 0 to 1. Three files, so that a search loads only what a search needs:

    pages.py    what is on a page        Scan, Page, Block, Line, Word, Box
    issues.py   what an issue says       Issue, Transcript, Edit, Cleaned, Section, Verdict, Mentions, Correction
    search.py   what was asked and found SearchRequest, Query and its nodes, Results, Hit
"""
