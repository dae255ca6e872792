"""The application protocol of the Python sockets tutorial: a two-byte length, a JSON header that
names byteorder, content-type, content-encoding and content-length, and the content."""

import io
import json
import selectors
import struct
import sys


def json_encode(obj, encoding):
    return json.dumps(obj, ensure_ascii=False).encode(encoding)


def json_decode(json_bytes, encoding):
    wrapper = io.TextIOWrapper(io.BytesIO(json_bytes), encoding=encoding, newline="")
    obj = json.load(wrapper)
    wrapper.close()
    return obj


def create_message(content_bytes, content_type, content_encoding):
    jsonheader = {
        "byteorder": sys.byteorder,
        "content-type": content_type,
        "content-encoding": content_encoding,
        "content-length": len(content_bytes),
    }
    jsonheader_bytes = json_encode(jsonheader, "utf-8")
    return struct.pack(">H", len(jsonheader_bytes)) + jsonheader_bytes + content_bytes


class Message:
    """One message each way over a non-blocking socket that a selector watches."""

    def __init__(self, selector, sock, addr):
        self.selector = selector
        self.sock = sock
        self.addr = addr
        self.recv_buffer = b""
        self.send_buffer = b""
        self.jsonheader_len = None
        self.jsonheader = None
        self.content = None

    def set_events(self, mode):
        events = {"r": selectors.EVENT_READ, "w": selectors.EVENT_WRITE}[mode]
        self.selector.modify(self.sock, events, data=self)

    def receive(self):
        try:
            data = self.sock.recv(4096)
        except BlockingIOError:
            return
        if not data:
            raise RuntimeError("Peer closed.")
        self.recv_buffer += data

    def transmit(self):
        if self.send_buffer:
            try:
                sent = self.sock.send(self.send_buffer)
            except BlockingIOError:
                return
            self.send_buffer = self.send_buffer[sent:]

    def process_received(self):
        if self.jsonheader_len is None and len(self.recv_buffer) >= 2:
            self.jsonheader_len = struct.unpack(">H", self.recv_buffer[:2])[0]
            self.recv_buffer = self.recv_buffer[2:]
        if self.jsonheader_len is not None and self.jsonheader is None:
            if len(self.recv_buffer) >= self.jsonheader_len:
                header = self.recv_buffer[: self.jsonheader_len]
                self.jsonheader = json_decode(header, "utf-8")
                self.recv_buffer = self.recv_buffer[self.jsonheader_len :]
                for name in ("byteorder", "content-length", "content-type", "content-encoding"):
                    if name not in self.jsonheader:
                        raise ValueError(f"Missing required header '{name}'.")
        if self.jsonheader is not None and self.content is None:
            length = self.jsonheader["content-length"]
            if len(self.recv_buffer) >= length:
                self.content = self.recv_buffer[:length]
                self.recv_buffer = self.recv_buffer[length:]
        return self.content is not None

    def close(self):
        self.selector.unregister(self.sock)
        self.sock.close()
