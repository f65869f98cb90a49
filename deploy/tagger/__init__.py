"""Train the tagger of `pipeline.names` from the development data; not part of the wheel."""
