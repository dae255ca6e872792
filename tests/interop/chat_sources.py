#!/usr/bin/env python3
"""How many connections one address may have, in a network of its own: chat_sources.py PROGRAM.

Prints for this machine, and for an address that is not loopback, how many of 130 stay."""

import json
import socket
import subprocess
import sys

subprocess.run(["ip", "address", "add", "10.9.9.9/32", "dev", "lo"], check=True)
server = subprocess.Popen(
    [sys.argv[1], "serve", "chat", "--listen", "tcp://0.0.0.0:0", "--allow-public", "--json"],
    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
told = json.loads(server.stdout.readline())
while told["event"] != "listening":
    told = json.loads(server.stdout.readline())
port = int(told["endpoint"].rsplit(":", 1)[1])
for host in ("127.0.0.1", "10.9.9.9"):
    peers = [socket.create_connection((host, port), 5, (host, 0)) for _ in range(130)]
    decided = 0
    closed = 0
    while decided < len(peers):
        told = json.loads(server.stdout.readline())
        closed += told["event"] == "rejected"
        decided += told["event"] in ("accepted", "rejected")
    print(f"{host}: {len(peers) - closed} of {len(peers)}")
    for peer in peers:
        peer.close()
server.terminate()
