"""Passes TCP connections on to a port of this machine, and keeps what it passes: of the n-th one
FOLDER has n.up, from the client, and n.down, from the server, each byte there before it is passed.
Usage: recording_relay.py PORT FOLDER; prints its own port, and cuts all connections at each line of
its standard input."""

import socket
import sys
import threading

port, folder = int(sys.argv[1]), sys.argv[2]
open_sockets = []


def pass_on(source, target, path):
    with open(path, "wb", buffering=0) as kept:
        try:
            while data := source.recv(65536):
                kept.write(data)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # cut


def serve(listener):
    number = 0
    while True:
        client, _ = listener.accept()
        server = socket.create_connection(("127.0.0.1", port))
        number += 1
        open_sockets.extend((client, server))
        for ends, name in (((client, server), "up"), ((server, client), "down")):
            threading.Thread(target=pass_on, args=(*ends, f"{folder}/{number}.{name}"),
                             daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=serve, args=(listener,), daemon=True).start()
print(listener.getsockname()[1], flush=True)
for _ in sys.stdin:
    while open_sockets:
        try:
            open_sockets.pop().shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it has ended
