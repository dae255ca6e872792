"""Echo servers, as one writes them after a tutorial. Usage: echo_servers.py WHICH; prints its port
or path, and serves until it is ended."""

import os
import selectors
import socket
import socketserver
import sys
import tempfile


class StreamHandler(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1024):
            self.request.sendall(data)


class DatagramHandler(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        sock.sendto(data, self.client_address)


def tell(where):
    print(where, flush=True)


def tutorial():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        tell(s.getsockname()[1])
        while True:
            conn, _ = s.accept()
            with conn:
                while data := conn.recv(1024):
                    conn.sendall(data)


def with_selectors():
    sel = selectors.DefaultSelector()
    lsock = socket.create_server(("127.0.0.1", 0))
    lsock.setblocking(False)
    tell(lsock.getsockname()[1])
    sel.register(lsock, selectors.EVENT_READ, data=None)
    while True:
        for key, _ in sel.select():
            if key.data is None:
                conn, _ = lsock.accept()
                sel.register(conn, selectors.EVENT_READ, data=b"")
            else:
                data = key.fileobj.recv(1024)
                if data:
                    key.fileobj.sendall(data)
                else:
                    sel.unregister(key.fileobj)
                    key.fileobj.close()


def serve(kind, handler, where):
    with kind(where, handler) as server:
        address = server.server_address
        tell(address if isinstance(address, str) else address[1])
        server.serve_forever()


def path():
    return os.path.join(tempfile.mkdtemp(), "echo.sock")


SERVERS = {
    "tutorial": tutorial,
    "selectors": with_selectors,
    "tcp": lambda: serve(socketserver.TCPServer, StreamHandler, ("127.0.0.1", 0)),
    "threading": lambda: serve(socketserver.ThreadingTCPServer, StreamHandler, ("127.0.0.1", 0)),
    "udp": lambda: serve(socketserver.UDPServer, DatagramHandler, ("127.0.0.1", 0)),
    "unix": lambda: serve(socketserver.UnixStreamServer, StreamHandler, path()),
    "unixgram": lambda: serve(socketserver.UnixDatagramServer, DatagramHandler, path()),
}
SERVERS[sys.argv[1]]()
