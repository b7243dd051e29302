"""What does a PDF page offer, a text layer, an image, or both?

documents.py   how is a PDF opened, and what does it say about itself?
layer.py       which words does a page's text layer hold, and how much do images cover?
gaps.py        where do the letters of a line part into words?
rules.py       which rules, outlines and tints stand around its text?
drawing.py     what does a page look like?
"""
