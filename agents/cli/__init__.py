"""The command line: `tocsin ...`. Each file holds one group of commands; `main.py` is the list of them."""
