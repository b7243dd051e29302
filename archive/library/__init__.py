"""What can a reader ask? One file per question, each plain functions that take the settings and change nothing.

search.py     which sections match?            show.py     what does this id hold?
issues.py     which issues are there?          pages.py    how did the reading of each page end?
stats.py      how much is there of what?       export.py   how do sections leave?
coverage.py   what part of the archive was looked at?
review.py     which decisions of the machine are the least certain?
cite.py       how is it cited?                 verify.py   does an export or a citation still match?
series.py     what does a run look like?       holdings.py what does issues.csv say of an issue?
trends.py     how often, and when?             trend_warnings.py  what could fake a trend?
sample.py     which sections are drawn?        agreement.py how far do two coders agree?
narrow.py     which of those found leave?    claims.py   what does a file say of sections?
personal.py   what in a text leads to a person? pseudonyms.py  what stands in its place?
plot.py       how is a trend drawn?          svg.py      how does a drawing become a file?
"""
