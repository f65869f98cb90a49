"""The poller: feeds fetched from addresses that strangers chose, parsed apart, sent as articles."""
