#!/usr/bin/env python3
"""People whose programs are stopped (SIGSTOP) with buffers as the kernel gives them:
chat_stopped.py PROGRAM PORT...

On loopback the stopped one's kernel takes, and acknowledges, all that a room says for an hour, so
that nothing waits at the server. In a room at each port 20 messages a second are said to two who are
stopped (the command line's client and a peer in Python, both of which have promised a heartbeat) and to
two who are not. Prints "ok" once each stopped one has been dropped, nobody else, and the first has
come back without a gap or a double; or fails."""

import os
import re
import select
import signal
import subprocess
import sys
import threading
import time

from chat_peer import ChatPeer

PROGRAM = sys.argv[1]
PORTS = [int(word) for word in sys.argv[2:]]
PATIENCE = 60  # s


class CommandLine:
    """socketscope chat, whose output is read all the time."""

    def __init__(self, port, name):
        self.output = ""
        self.process = subprocess.Popen(
            [PROGRAM, "chat", f"127.0.0.1:{port}", "--name", name], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        threading.Thread(target=self._read, daemon=True).start()
        self.await_output("* you are in lobby", 1)

    def _read(self):
        while True:
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                return
            self.output += more.decode()

    def await_output(self, text, times):
        deadline = time.monotonic() + 20
        while self.output.count(text) < times:
            assert time.monotonic() < deadline, self.output[-500:]
            time.sleep(0.02)


def attend(port, name):
    """The process of one who reads, and says a ping each 5 s."""
    child = os.fork()
    if child == 0:
        peer = ChatPeer(port)
        peer.enter(name, heartbeat=True)
        said = time.monotonic()
        while True:
            if select.select([peer.socket], [], [], 1)[0]:
                peer.receive()
            if time.monotonic() - said > 5:
                peer.send(action="ping")
                said = time.monotonic()
    return child


def hear(talker, left):
    while talker.buffer or select.select([talker.socket], [], [], 0)[0]:
        told = talker.receive()
        if told.get("event") == "left":
            left[told["name"]] = told["reason"]


def room(port, children):
    awake, stopped = CommandLine(port, "awake"), CommandLine(port, "stopped")
    children += [awake.process.pid, stopped.process.pid]
    talker = ChatPeer(port)
    assert talker.enter("talker").get("reply") == "join"
    processes = [attend(port, name) for name in ("attentive", "halted")]
    children += processes
    while len(talker.ask("who", action="who", room="lobby")["people"]) < 5:
        time.sleep(0.02)
    for process in (stopped.process.pid, processes[1]):
        os.kill(process, signal.SIGSTOP)
    left = {}
    said = 0
    began = time.monotonic()
    while len(left) < 2:
        assert time.monotonic() < began + PATIENCE, f"port {port}: only {left} were dropped"
        talker.send(action="say", room="lobby", text=f"#{said:05d}# " + "x" * 90)
        said += 1
        hear(talker, left)
        time.sleep(0.05)
    took = time.monotonic() - began
    assert set(left) == {"stopped", "halted"}, left
    assert all("took nothing" in reason for reason in left.values()), left
    os.kill(stopped.process.pid, signal.SIGCONT)
    stopped.await_output("* you are in lobby", 2)
    stopped.await_output(f"#{said - 1:05d}#", 1)
    for one in (awake, stopped):
        assert re.findall(r"#(\d{5})#", one.output) == [f"{i:05d}" for i in range(said)]
    return f"{took:.1f} s"


def main():
    children = []
    results = {}

    def run(port):
        results[port] = room(port, children)

    threads = [threading.Thread(target=run, args=(port,)) for port in PORTS]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
    assert len(results) == len(PORTS)
    print("ok dropped after " + ", ".join(results[port] for port in PORTS))


main()
