"""Paper: one ticket layout, turned into ESC/POS bytes, a picture or a PDF, and the printers that take it."""
