"""Clients of the services, as one writes them. Usage: service_clients.py WHICH PORT"""

import http.client
import socket
import struct
import sys
import time
import urllib.request


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def datagrams(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(10)
    s.connect(("127.0.0.1", port))
    return s


def everything(s):
    with s:
        return b"".join(iter(lambda: s.recv(65536), b""))


def reply(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    bodies = {"GET": None, "HEAD": None, "OPTIONS": None, "POST": b"x" * 3_000_000,
              "PUT": iter([b"chunk" * 1000] * 100)}
    for method, body in bodies.items():
        connection.request(method, "/a?b=c", body=body)
        response = connection.getresponse()
        assert response.status == 200 and response.will_close
        assert response.getheader("Content-Type") == "text/plain; charset=utf-8"
        assert response.getheader("Content-Length") == "4"
        assert response.read().decode() == ("" if method == "HEAD" else "Jä!")
        connection.close()
    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as response:
        assert response.read().decode() == "Jä!"
    s = connect(port)
    s.sendall(b"hello\r\n")
    assert everything(s).startswith(b"HTTP/1.1 400 Bad Request\r\n")


def upper(port):
    with connect(port) as s:
        s.sendall(b"  hello world\n")
        assert s.recv(1024) == b"HELLO WORLD"


def upper_udp(port):
    with datagrams(port) as s:
        for sent, answer in ((b" abc ", b"ABC"), (b" ", b""), (b"", b"")):
            s.send(sent)
            assert s.recv(1024) == answer


def welcome(port):
    with connect(port) as s:
        assert s.recv(15, socket.MSG_WAITALL) == b"welcome to here"
        s.sendall(b"hi")
        assert s.recv(2, socket.MSG_WAITALL) == b"hi"
        s.sendall(b"exit")
        assert s.recv(1024) == b""


def discard(port):
    s = connect(port)
    s.sendall(bytes(1 << 20))
    s.shutdown(socket.SHUT_WR)
    assert everything(s) == b""


def chargen(port, beside=True):
    lines = [bytes(32 + (line + column) % 95 for column in range(72)) + b"\r\n"
             for line in range(95)]
    idle = connect(port) if beside else None
    with connect(port) as s:
        s.shutdown(socket.SHUT_WR)
        got = b""
        while len(got) < 10_000_000:
            got += s.recv(1 << 20)
        if idle:
            idle.recv(1)
            idle.close()
    expected = b"".join(lines) * (len(got) // 7030 + 1)
    assert got == expected[:len(got)]


def chargen_alone(port):
    chargen(port, False)


def chargen_udp(port):
    with datagrams(port) as s:
        sizes = set()
        for _ in range(50):
            s.send(b"")
            sizes.add(len(s.recv(1024)))
        assert len(sizes) > 10 and max(sizes) <= 512


def daytime(port):
    told = everything(connect(port)).decode()
    then = time.strptime(told, "%A, %B %d, %Y %H:%M:%S-UTC\r\n")
    assert abs(time.mktime(then) - time.mktime(time.gmtime())) < 60


def daytime_udp(port):
    with datagrams(port) as s:
        s.send(b"")
        assert s.recv(1024).endswith(b"-UTC\r\n")


def seconds_are_now(answer):
    since_1900 = struct.unpack(">I", answer)[0]
    return abs((since_1900 - 2_208_988_800 - time.time() + 2**31) % 2**32 - 2**31) < 60


def rfc868(port):
    assert seconds_are_now(everything(connect(port)))


def rfc868_udp(port):
    with datagrams(port) as s:
        s.send(b"")
        assert seconds_are_now(s.recv(1024))


if __name__ == "__main__":
    globals()[sys.argv[1]](int(sys.argv[2]))
    print("ok")
