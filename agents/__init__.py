"""WHEN and WHERE: Faust agents, engines, the command line. All I/O lives here."""
