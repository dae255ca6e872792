"""Clients of an echo server, as one writes them after a tutorial. Usage: echo_clients.py WHICH PORT"""

import selectors
import socket
import sys
import threading


def hello(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        s.sendall(b"Hello, world")
        assert s.recv(1024) == b"Hello, world"


def all_bytes(port):
    data = bytes(range(256))
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        for byte in data:  # one byte at a time
            s.sendall(bytes([byte]))
            assert s.recv(1) == bytes([byte])
        s.sendall(data)
        got = b""
        while len(got) < len(data):
            got += s.recv(7)
        assert got == data


def large(port):
    data = bytes(i * 31 & 0xFF for i in range(1 << 20))
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        sender = threading.Thread(target=s.sendall, args=(data,))
        sender.start()
        got = bytearray()
        while len(got) < len(data):
            got += s.recv(65536)
        sender.join()
        assert got == data


def half_close(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        s.sendall(b"x" * 300_000)
        s.shutdown(socket.SHUT_WR)
        got = b""
        while piece := s.recv(65536):
            got += piece
        assert got == b"x" * 300_000


def many(port):
    """The tutorials' multi-connection client, with selectors."""
    sel = selectors.DefaultSelector()
    messages = [b"Message 1 from client.", b"Message 2 from client."]
    done = 0
    for number in range(200):
        s = socket.socket()
        s.setblocking(False)
        s.connect_ex(("127.0.0.1", port))
        state = {"left": list(messages), "out": b"", "got": 0, "total": sum(map(len, messages))}
        sel.register(s, selectors.EVENT_READ | selectors.EVENT_WRITE, state)
    while sel.get_map():
        for key, mask in sel.select(timeout=10):
            s, state = key.fileobj, key.data
            if mask & selectors.EVENT_READ:
                state["got"] += len(s.recv(1024))
                if state["got"] == state["total"]:
                    sel.unregister(s)
                    s.close()
                    done += 1
                    continue
            if mask & selectors.EVENT_WRITE:
                if not state["out"] and state["left"]:
                    state["out"] = state["left"].pop(0)
                if state["out"]:
                    sent = s.send(state["out"])
                    state["out"] = state["out"][sent:]
                elif not state["left"]:
                    sel.modify(s, selectors.EVENT_READ, state)
    assert done == 200


def udp(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(10)
        for data in (b"ping", b"", b"x" * 65507):
            s.sendto(data, ("127.0.0.1", port))
            got, peer = s.recvfrom(65536)
            assert got == data and peer == ("127.0.0.1", port)


CLIENTS = {"hello": hello, "bytes": all_bytes, "large": large, "half_close": half_close,
           "many": many, "udp": udp}
CLIENTS[sys.argv[1]](int(sys.argv[2]))
print("ok")
