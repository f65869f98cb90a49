"""Sanctions lists: reading their files, and finding their names in articles."""
