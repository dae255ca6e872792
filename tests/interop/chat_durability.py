#!/usr/bin/env python3
"""Acknowledged messages of a chat whose server is killed at random moments.

chat_durability.py PROGRAM FOLDER MESSAGES KILLS [--lose-unsynced]

Clients say numbered messages, connect anew where the server is gone, and send again what was not
acknowledged, with the same id. At the end each acknowledged message must be there once, with the id
that was acknowledged, and each client's messages in their order. With --lose-unsynced what the
server had not synced at a kill is taken back (unsynced_writes.c must be in FOLDER as shim.so)."""

import json
import os
import random
import signal
import sqlite3
import struct
import subprocess
import sys
import threading
import time

from chat_peer import ChatPeer, Closed

SENDERS = 20
WINDOW = 64


class Server:
    def __init__(self, program, folder, loses):
        self.program = program
        self.history = os.path.join(folder, "history.db")
        self.undo = os.path.join(folder, "undo")
        self.shim = os.path.join(folder, "shim.so") if loses else None
        self.port = 0
        self.process = None
        self.taken_back = 0

    def start(self):
        environment = dict(os.environ)
        if self.shim:
            open(self.undo, "wb").close()
            environment |= {"LD_PRELOAD": self.shim, "UNDO_FILE": self.undo,
                            "UNDO_OF": self.history}
        # While it is down a connection of another test may be given its port.
        until = time.monotonic() + 20
        while not self.listens(environment):
            assert self.port and time.monotonic() < until, "the server did not start"
            time.sleep(0.2)

    def listens(self, environment):
        self.process = subprocess.Popen(
            [self.program, "serve", "chat", "--json", "--listen",
             f"tcp://127.0.0.1:{self.port}", "--history-file", self.history],
            stdout=subprocess.PIPE, env=environment)
        for line in self.process.stdout:
            event = json.loads(line)
            if event["event"] == "listening":
                self.port = int(event["endpoint"].rsplit(":", 1)[1])
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return True
            assert event["event"] != "error", event
        self.process.wait()
        return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.shim:
            self.take_back()
        with sqlite3.connect(self.history) as database:
            checked = database.execute("PRAGMA integrity_check").fetchone()[0]
        database.close()
        assert checked == "ok", checked

    def take_back(self):
        """The shim's records, newest first: what each write has replaced, up to the last sync."""
        with open(self.undo, "rb") as file:
            data = file.read()
        records = []
        at = 0
        while at + 32 <= len(data):
            kind, path_length, offset, size, old_size = struct.unpack_from("<IIQQQ", data, at)
            end = at + 32 + path_length + size
            if end > len(data):
                break
            path = data[at + 32:at + 32 + path_length].decode()
            records.append((kind, path, offset, data[at + 32 + path_length:end], old_size))
            at = end
        unsynced = {}
        for kind, path, offset, old, old_size in records:
            if kind == 1:
                unsynced.pop(path, None)
            else:
                unsynced.setdefault(path, []).append((offset, old, old_size))
        for path, writes in unsynced.items():
            if not os.path.exists(path):
                continue
            with open(path, "r+b") as file:
                for offset, old, old_size in reversed(writes):
                    file.seek(offset)
                    file.write(old)
                    file.truncate(old_size)
                    self.taken_back += 1
        shm = self.history + "-shm"  # memory, which a power cut takes
        if os.path.exists(shm):
            os.remove(shm)


class Sender(threading.Thread):
    def __init__(self, server, number, count):
        super().__init__(daemon=True)
        self.server = server
        self.prefix = f"s{number}"
        self.count = count
        self.acknowledged = {}  # number: id
        self.failure = None

    def run(self):
        try:
            while len(self.acknowledged) < self.count:
                try:
                    self.converse()
                except (Closed, ConnectionError, OSError):
                    time.sleep(0.02)
        except Exception as error:  # told by the main thread
            self.failure = error

    def converse(self):
        peer = ChatPeer(self.server.port)
        try:
            # The name of a connection that the server still believes in is taken for a moment.
            if "error" in peer.enter(self.prefix):
                return
            waiting = [i for i in range(self.count) if i not in self.acknowledged]
            sent = 0
            answered = 0
            while answered < len(waiting):
                while sent < len(waiting) and sent - answered < WINDOW:
                    number = waiting[sent]
                    peer.send(action="say", room="lobby", text=f"{self.prefix} {number}",
                              id=f"{self.prefix}-{number}", ref=str(number))
                    sent += 1
                told = peer.receive()
                if told.get("reply") == "say":
                    self.acknowledged[int(told["ref"])] = told["id"]
                    answered += 1
                assert "error" not in told, told
        finally:
            peer.close()


def check(server, senders):
    """All that was acknowledged, against what a fresh server tells."""
    reader = ChatPeer(server.port)
    reader.enter("reader")
    stored = reader.history("lobby", 0)
    ids = [message["id"] for message in stored]
    assert ids == list(range(1, len(ids) + 1)), "the ids have a gap or a double"
    by_text = {}
    for message in stored:
        assert message["text"] not in by_text, f"{message['text']} is there twice"
        by_text[message["text"]] = message["id"]
    for sender in senders:
        last = 0
        for number in range(sender.count):
            text = f"{sender.prefix} {number}"
            assert text in by_text, f"{text} was acknowledged and is lost"
            assert by_text[text] == sender.acknowledged[number], f"{text} has another id"
            assert by_text[text] > last, f"{text} is out of order"
            last = by_text[text]
    return len(stored)


def main():
    program, folder, messages, kills = sys.argv[1:5]
    server = Server(program, folder, "--lose-unsynced" in sys.argv)
    server.start()
    each = int(messages) // SENDERS
    senders = [Sender(server, i, each) for i in range(SENDERS)]
    for sender in senders:
        sender.start()
    dice = random.Random(int(os.environ.get("SSCOPE_SEED", "1")))
    killed = 0
    total = each * SENDERS
    while any(sender.is_alive() for sender in senders):
        done = sum(len(sender.acknowledged) for sender in senders)
        # Spread over the run: each in its share of the messages.
        if killed < int(kills) and done >= total * (killed + dice.random()) / (int(kills) + 1):
            time.sleep(dice.random() * 0.05)
            server.kill()
            killed += 1
            server.start()
        time.sleep(0.005)
    for sender in senders:
        if sender.failure:
            raise sender.failure
    server.kill()
    server.start()
    stored = check(server, senders)
    server.kill()
    print(f"ok {stored} messages, {killed} kills, {server.taken_back} writes taken back")


main()
