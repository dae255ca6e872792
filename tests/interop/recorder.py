"""Tells what it is sent, in hex: of a stream all of it on one line when it ends, of datagrams each on
a line. Usage: recorder.py KIND [PATH]; prints its port or path first, and serves until it is ended.

KIND: tcp, tcp6, unix, abstract (echo); closing (answers the first receive, then ends its direction);
greeting (speaks first, then echoes); ready (the Ready|N and Start of the tutorials);
udp, unixgram, abstractgram (echo)."""

import socket
import sys

kind = sys.argv[1]
path = sys.argv[2] if len(sys.argv) > 2 else ""


def tell(line):
    print(line, flush=True)


def address():
    return b"\0" + path.encode() if kind.startswith("abstract") else path


def echo(conn):
    everything = b""
    while data := conn.recv(65536):
        everything += data
        conn.sendall(data)
    return everything


def closing(conn):
    everything = conn.recv(65536)
    conn.sendall(b"the answer")
    conn.shutdown(socket.SHUT_WR)
    while data := conn.recv(65536):
        everything += data
    return everything


def greeting(conn):
    conn.sendall(b"welcome to here")
    return echo(conn)


def ready(conn):
    everything = b""
    while data := conn.recv(65536):
        everything += data
        conn.sendall(b"Ready|%010d" % len(data))
        start = b""
        while len(start) < 5:
            piece = conn.recv(5 - len(start))
            if not piece:
                return everything + start
            start += piece
        everything += start
        conn.sendall(data)
    return everything


def streams(handle):
    if kind in ("unix", "abstract"):
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(address())
        listener.listen()
        tell(path)
    else:
        family = socket.AF_INET6 if kind == "tcp6" else socket.AF_INET
        listener = socket.create_server(("", 0) if family == socket.AF_INET6 else ("127.0.0.1", 0),
                                        family=family)
        tell(listener.getsockname()[1])
    while True:
        conn, _ = listener.accept()
        everything = b""
        with conn:
            try:
                everything = handle(conn)
            except ConnectionError as problem:
                everything = repr(problem).encode()
        tell(everything.hex() + ".")


def datagrams():
    if kind == "udp":
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind(("127.0.0.1", 0))
        tell(sock.getsockname()[1])
    else:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        sock.bind(address())
        tell(path)
    while True:
        data, sender = sock.recvfrom(65536)
        tell(data.hex() + ".")
        if sender:
            sock.sendto(data, sender)


HANDLERS = {"closing": closing, "greeting": greeting, "ready": ready}
if kind in ("udp", "unixgram", "abstractgram"):
    datagrams()
else:
    streams(HANDLERS.get(kind, echo))
