"""Where PDFs come from, many at once: files, folders, ZIP archives, buckets."""
