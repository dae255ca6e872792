"""One service over every transport, byte-exact, with Python's sockets.
Usage: service_matrix.py SERVICE MODEL ENDPOINT..."""

import json
import re
import selectors
import socket
import struct
import sys
import threading
import time

LARGE = bytes(i * 31 % 251 for i in range(1 << 20))
LETTERS = b"abcdefghij" * 104858  # a little over 1 MiB, without white space


def address_of(endpoint):
    """(family, type, address) of an endpoint as socketscope prints it."""
    kind, _, rest = endpoint.partition(":")
    if kind in ("unix", "unixgram"):
        path = "\0" + rest[1:] if rest.startswith("@") else rest
        return (socket.AF_UNIX, socket.SOCK_STREAM if kind == "unix" else socket.SOCK_DGRAM, path)
    host, _, port = rest[2:].rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    return (family, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM,
            (host.strip("[]"), int(port)))


def connect(where):
    family, kind, address = where
    s = socket.socket(family, kind)
    if family == socket.AF_UNIX and kind == socket.SOCK_DGRAM:
        s.bind("")  # a name of the kernel's choice, so that there can be an answer
    s.connect(address)  # on a Unix socket one with a time-out would not wait for the backlog
    s.settimeout(20)
    return s


def read(s, count):
    data = bytearray()
    while len(data) < count:
        piece = s.recv(min(65536, count - len(data)))
        assert piece, f"the stream ended after {len(data)} of {count} bytes"
        data += piece
    return bytes(data)


def everything(s):
    with s:
        return b"".join(iter(lambda: s.recv(65536), b""))


def exchange(s, data, expected):
    """Sends and reads at the same time, as a large message needs it."""
    sender = threading.Thread(target=s.sendall, args=(data,))
    sender.start()
    got = read(s, len(expected))
    sender.join()
    assert got == expected


def interleaved(where, concurrent, turn):
    """200 connections, each with three messages, all at once; or one after another."""
    if not concurrent:
        for number in range(200):
            with connect(where) as s:
                for round_ in range(3):
                    message = b"%d:%d" % (number, round_)
                    s.sendall(message)
                    assert read(s, len(message)) == turn(message)
        return
    sel = selectors.DefaultSelector()
    for number in range(200):
        s = connect(where)
        s.sendall(b"%d:0" % number)
        sel.register(s, selectors.EVENT_READ, [number, 0, b""])
    while sel.get_map():
        ready = sel.select(timeout=20)
        assert ready, f"{len(sel.get_map())} connections wait for ever"
        for key, _ in ready:
            s, state = key.fileobj, key.data
            state[2] += s.recv(1024)
            message = b"%d:%d" % (state[0], state[1])
            if len(state[2]) < len(message):
                continue
            assert state[2] == turn(message), (state[2], message)
            state[1], state[2] = state[1] + 1, b""
            if state[1] == 3:
                sel.unregister(s)
                s.close()
            else:
                s.sendall(b"%d:%d" % (state[0], state[1]))


def transformed(where, model, turn, large):
    """A service that answers each message with as many bytes."""
    if where[1] == socket.SOCK_DGRAM:
        with connect(where) as s:
            for data in (b"ping", b"", b"x" * 9000):
                s.send(data)
                assert s.recv(65536) == turn(data)
        return
    with connect(where) as s:
        for i in range(64):  # one byte at a time
            byte = large[i:i + 1]
            s.sendall(byte)
            assert s.recv(1) == turn(byte)
        exchange(s, large, turn(large))
    interleaved(where, model != "iterative", turn)


def echo(where, model):
    transformed(where, model, lambda data: data, LARGE)


def upper(where, model):
    transformed(where, model, bytes.upper, LETTERS)


def worker(where, model):
    names = {"iterative": rb"iterative", "threads": rb"Thread-\d+", "processes": rb"pid \d+",
             "qt": rb"qt"}
    name = names.get(model, model.encode() + rb"\d+")
    with connect(where) as s:
        for data in (b"one", b"two: \xff"):
            s.send(data)
            got = s.recv(65536)
            assert re.fullmatch(name + rb": " + re.escape(data), got), got


def reply(where, model):
    with connect(where) as s:
        for data in (b"a", b"anything"):
            s.send(data)
            assert s.recv(1024) == b"Yes"


def welcome(where, model):
    with connect(where) as s:
        if where[1] == socket.SOCK_STREAM:
            assert read(s, 15) == b"welcome to here"
        s.send(b"hello")
        assert s.recv(1024) == b"hello"
        if where[1] == socket.SOCK_STREAM:
            s.sendall(b"exit\n")
            assert s.recv(1024) == b""


def discard(where, model):
    with connect(where) as s:
        s.sendall(b"x" * 9000)
        s.settimeout(0.05)
        try:
            assert s.recv(1024) == b"never"
        except TimeoutError:
            pass


def chargen(where, model):
    first = bytes(range(32, 104)) + b"\r\n"
    with connect(where) as s:
        if where[1] == socket.SOCK_STREAM:
            got = read(s, 1 << 20)
            assert got.startswith(first) or got[74:].startswith(bytes(range(34, 106))), got[:80]
            assert all(len(line) == 72 for line in got.split(b"\r\n")[:-1])
        else:
            s.send(b"?")
            assert len(s.recv(1024)) <= 512


def daytime(where, model):
    with connect(where) as s:
        if where[1] == socket.SOCK_DGRAM:
            s.send(b"")
        got = s.recv(1024)
        assert time.strftime("%A, ", time.gmtime()).encode() in got and got.endswith(b"-UTC\r\n")


def time_(where, model):
    with connect(where) as s:
        if where[1] == socket.SOCK_DGRAM:
            s.send(b"")
        (seconds,) = struct.unpack(">I", s.recv(1024))
        assert abs((seconds - 2208988800) % 2**32 - int(time.time())) < 5


def framed(content, kind, encoding):
    header = json.dumps({"byteorder": sys.byteorder, "content-type": kind,
                         "content-encoding": encoding, "content-length": len(content)}).encode()
    return struct.pack(">H", len(header)) + header + content


def message(where, model):
    """The protocol of the Python sockets tutorial; large, and a byte at a time."""
    is_stream = where[1] == socket.SOCK_STREAM
    search = json.dumps({"action": "search", "value": "ring"}).encode()
    binary = LARGE if is_stream else LARGE[:9000]
    for request, expected in (
            (framed(search, "text/json", "utf-8"), b"Misty Mountains"),
            (framed(binary, "binary/custom", "binary"), b"request: " + LARGE[:10])):
        with connect(where) as s:
            if is_stream and len(request) < 1000:
                for byte in request:
                    s.sendall(bytes([byte]))
            else:
                s.sendall(request)
            got = b"".join(iter(lambda: s.recv(65536), b"")) if is_stream else s.recv(65536)
            size = struct.unpack(">H", got[:2])[0]
            header = json.loads(got[2:2 + size])
            assert header["content-length"] == len(got) - 2 - size, got
            assert expected in got, got


SERVICES = {"echo": echo, "upper": upper, "worker": worker, "reply": reply, "welcome": welcome,
            "discard": discard, "chargen": chargen, "daytime": daytime, "time": time_,
            "message": message}

for endpoint in sys.argv[3:]:
    try:
        SERVICES[sys.argv[1]](address_of(endpoint), sys.argv[2])
    except (AssertionError, OSError) as problem:
        sys.exit(f"{endpoint}: {type(problem).__name__}: {problem}")
print("ok")
