#!/usr/bin/env python3
"""A handler in Python: socketscope serve exec --allow-command -- python3 handler.py

The connection is this program's standard input and output; its end is the connection's end."""

import sys

for line in sys.stdin:
    print(line.strip().upper(), flush=True)
