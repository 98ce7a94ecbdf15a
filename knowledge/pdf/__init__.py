"""Reads PDFs: pypdf for structure, pdfium for text with boxes, our own layout on top."""
