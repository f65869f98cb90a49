"""Sanctions lists: importing and keeping them, and handing them to the processes that screen.

file -> import (checked, compared) -> topic `lists` -> every enricher: files -> compiled index -> pointer
     -> its processes look at the pointer before every article and map the index
"""
