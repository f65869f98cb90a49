"""Enrichment in child processes: an article that hangs or kills its process harms no other."""
