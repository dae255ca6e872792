"""Every kind of Python's socketserver as an echo. Usage: socketserver_echo.py TRANSPORT MIXIN, with
tcp, udp, unix or unixgram, and none, threading or forking; prints its endpoint, and serves until it
is ended."""

import os
import socketserver
import sys
import tempfile


class StreamEcho(socketserver.StreamRequestHandler):
    def handle(self):
        while data := self.rfile.read1(65536):
            self.wfile.write(data)


class DatagramEcho(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read())


SERVERS = {
    "tcp": (socketserver.TCPServer, StreamEcho),
    "udp": (socketserver.UDPServer, DatagramEcho),
    "unix": (socketserver.UnixStreamServer, StreamEcho),
    "unixgram": (socketserver.UnixDatagramServer, DatagramEcho),
}
MIXINS = {
    "none": (),
    "threading": (socketserver.ThreadingMixIn,),
    "forking": (socketserver.ForkingMixIn,),
}


def main():
    transport, mixin = sys.argv[1:]
    base, handler = SERVERS[transport]
    is_unix = transport.startswith("unix")
    where = os.path.join(tempfile.mkdtemp(), "echo") if is_unix else ("127.0.0.1", 0)
    kind = type("Server", (*MIXINS[mixin], base), {"max_packet_size": 65536})
    with kind(where, handler) as server:
        address = server.server_address
        print(f"{transport}:{address}" if is_unix else f"{transport}://127.0.0.1:{address[1]}",
              flush=True)
        server.serve_forever()


main()
