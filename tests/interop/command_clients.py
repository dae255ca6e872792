"""Clients of the services that run programs, as one writes them. Usage: command_clients.py WHICH PORT"""

import socket
import sys


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def everything(s):
    with s:
        return b"".join(iter(lambda: s.recv(65536), b""))


def command(port):
    with connect(port) as s:
        for line, answer in ((b"echo hello", b"hello\n"),
                             (b"echo 'two  words' | tr a-z A-Z\n", b"two  words | tr a-z A-Z\n"),
                             (b"whoami; id", b"command error: whoami; is not allowed"),
                             (b"cat /etc/passwd", b"command error: cat is not allowed"),
                             (b"ls /no/such/folder", b"ls: cannot access '/no/such/folder': "
                                                     b"No such file or directory\n")):
            s.sendall(line)
            assert s.recv(1024) == answer, line
        s.sendall(b"exit")
        assert s.recv(1024) == b""


def token(port):
    with connect(port) as s:
        s.sendall(b"secret")
        assert s.recv(1024) == b"ok"
        s.sendall(b"echo hello")
        assert s.recv(1024) == b"hello\n"
    s = connect(port)
    s.sendall(b"guess")
    assert everything(s) == b"command error: wrong token"


def shell(port):
    with connect(port) as s:
        s.sendall(b"for i in 1 2 3; do echo $i; done | tac")
        assert s.recv(1024) == b"3\n2\n1\n"


def handler(port):
    with connect(port) as s, s.makefile("rw", newline="\n") as lines:
        for word in ("hello", "world"):
            print(word, file=lines, flush=True)
            assert lines.readline() == word.upper() + "\n"
        s.shutdown(socket.SHUT_WR)
        assert s.recv(1024) == b""


if __name__ == "__main__":
    globals()[sys.argv[1]](int(sys.argv[2]))
    print("ok")
