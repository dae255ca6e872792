"""A client of the chat in Python's sockets, written from core/service/README.md alone."""

import json
import socket
import struct


class Closed(Exception):
    """The server has ended the connection."""


def frame(request: dict) -> bytes:
    content = json.dumps(request, ensure_ascii=False).encode()
    header = json.dumps({
        "byteorder": "little",
        "content-type": "text/json",
        "content-encoding": "utf-8",
        "content-length": len(content),
    }).encode()
    return struct.pack(">H", len(header)) + header + content


class ChatPeer:
    def __init__(self, port: int, source: str = "127.0.0.1", timeout: float = 20):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout, (source, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.seen = []  # what was told of the storage meanwhile

    def close(self):
        self.socket.close()

    def send(self, **request):
        try:
            self.socket.sendall(frame(request))
        except OSError as error:
            raise Closed(str(error)) from error

    def _take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            try:
                more = self.socket.recv(65536)
            except socket.timeout:
                raise
            except OSError as error:
                raise Closed(str(error)) from error
            if not more:
                raise Closed("end")
            self.buffer += more
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def receive(self) -> dict:
        (length,) = struct.unpack(">H", self._take(2))
        header = json.loads(self._take(length))
        return json.loads(self._take(header["content-length"]).decode(header["content-encoding"]))

    def until(self, key: str, value: str) -> dict:
        """The next answer or event of a kind; what comes before it is passed over."""
        while True:
            told = self.receive()
            if told.get(key) == value or "error" in told:
                return told
            if told.get("event") == "storage":
                self.seen.append(told)

    def ask(self, reply: str, **request) -> dict:
        self.send(**request)
        return self.until("reply", reply)

    def enter(self, name: str, room: str = "lobby", password: str = "", **more) -> dict:
        hello = {"action": "hello", "name": name, **more}
        if password:
            hello["password"] = password
        welcome = self.ask("hello", **hello)
        if "error" in welcome:
            return welcome
        return self.ask("join", action="join", room=room)

    def history(self, room: str, after: int) -> list:
        found = []
        while True:
            page = self.ask("history", action="history", room=room, after=after)
            if "error" in page:
                raise AssertionError(page)
            found += page["messages"]
            if not page["more"]:
                return found
            after = found[-1]["id"]
