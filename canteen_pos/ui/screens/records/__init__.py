"""Who did what: the log and the documents, searched."""
