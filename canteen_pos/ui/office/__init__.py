"""The back office's frame: sections at the left, lists, the chosen row's story at the right, forms in its place.

What a section is made of; the sections themselves are screens, and `ui.sections` lists them.
"""
