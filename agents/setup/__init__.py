"""`tocsin setup`: what a deployment needs (topics, index templates, indices, aliases), created where it is missing and
compared with what is there.

topics, index -> parts (ok | missing | differs | wrong) -> created, mended when asked to, or said how to mend
"""
