"""Benchmarks: articles made from the samples, enrichment on one core, the whole pipeline, latencies."""
