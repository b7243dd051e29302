"""How is a page image made fit to read?

picture.py     what is a picture of a page, and how is it turned, straightened and brought to size?
loading.py     how does an image file become a picture?
patches.py     which dark dots touch each other?
grounds.py     where do light letters stand on a dark ground?
initials.py    which large letters stand before the first lines of a paragraph?
light.py       how does the light become even, and does ink stand apart from paper?
drawn.py       where are long straight rules drawn?
photos.py      where are photos?
underlines.py  which strokes are drawn under lines of print?
ink.py         what does the ink tell: how does a page lie, how heavy is a word?
"""
