"""WHAT travels: records, the topic registry, the field registry. Imports the standard library and pydantic only."""
