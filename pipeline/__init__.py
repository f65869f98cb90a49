"""HOW one record becomes the next: pure functions; no I/O, no clock, no Kafka, no index."""
