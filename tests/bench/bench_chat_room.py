#!/usr/bin/env python3
"""How long a message takes to reach all of a room: bench_chat_room.py [clients] [seconds] [model]

One person says 20 messages a second; the others are read by an epoll loop in a process of its own.
Of each message the time until it is read by each of them; then the same with one of them stopped
by SIGSTOP, until the server has dropped it. Beside it what the machine itself gives: the same bytes
to as many sockets by a bare loop of send(2)."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(TOP, "tests", "interop"))
from chat_peer import ChatPeer  # noqa: E402

CLIENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 10
MODEL = sys.argv[3] if len(sys.argv) > 3 else "epoll"
RATE = 20


def percentile(values, fraction):
    return sorted(values)[int(fraction * (len(values) - 1))]


def read_all(peers, until, marks):
    """Reads what comes; the times at which message numbers were read, by number."""
    poller = select.epoll()
    by_fd = {}
    for peer in peers:
        peer.socket.setblocking(False)
        by_fd[peer.socket.fileno()] = peer
        poller.register(peer.socket, select.EPOLLIN)
    while time.monotonic() < until:
        for fd, _ in poller.poll(0.05):
            try:
                data = by_fd[fd].socket.recv(65536)
            except BlockingIOError:
                continue
            now = time.monotonic()
            at = data.find(b"#")
            while at >= 0:
                number = int(data[at + 1:at + 7])
                marks.setdefault(number, []).append(now)
                at = data.find(b"#", at + 7)


def measure(port, names, stopped):
    """Latencies in ms of all readers but the stopped one."""
    talker = ChatPeer(port)
    assert talker.enter(f"talker{names}").get("reply") == "join"
    filler = "x" * 2000 if stopped else ""
    read_end, write_end = os.pipe()
    readers = os.fork()
    if readers == 0:
        peers = [ChatPeer(port, timeout=120) for _ in range(CLIENTS - 2)]
        for i, peer in enumerate(peers):
            peer.send(action="hello", name=f"reader{names}x{i}")
            peer.send(action="join", room="lobby")
        for peer in peers:
            peer.until("reply", "join")
        os.write(write_end, b"r")
        marks = {}
        read_all(peers, time.monotonic() + SECONDS + 4, marks)
        with os.fdopen(write_end, "w") as file:
            json.dump(marks, file)
        os._exit(0)
    os.close(write_end)
    sleeper = None
    if stopped:
        sleeper = os.fork()
        if sleeper == 0:
            peer = ChatPeer(port)
            peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            peer.enter("sleeper")
            time.sleep(1000)
        time.sleep(0.5)
        os.kill(sleeper, signal.SIGSTOP)
    os.read(read_end, 1)
    time.sleep(1)
    sent = {}
    due = time.monotonic()
    talker.socket.settimeout(0.0)
    left = ""
    for number in range(int(SECONDS * RATE)):
        while time.monotonic() < due:
            time.sleep(max(0, due - time.monotonic()))
        sent[number] = due
        talker.socket.setblocking(True)
        talker.send(action="say", room="lobby", text=f"#{number:06d} {filler}")
        due += 1 / RATE
    time.sleep(1)
    talker.socket.settimeout(5)
    while True:
        try:
            told = talker.receive()
        except (socket.timeout, TimeoutError):
            break
        if told.get("event") == "left" and told["name"] == "sleeper":
            left = told["reason"]
    text = b""
    while True:
        more = os.read(read_end, 1 << 20)
        if not more:
            break
        text += more
    os.waitpid(readers, 0)
    if sleeper:
        os.kill(sleeper, signal.SIGKILL)
        os.waitpid(sleeper, 0)
    talker.close()
    marks = {int(number): times for number, times in json.loads(text).items()}
    latencies = [(at - sent[number]) * 1000 for number, times in marks.items() for at in times
                 if number in sent]
    expected = len(sent) * (CLIENTS - 2)
    return latencies, expected, left


def main():
    program = os.path.join(TOP, "build", "release", "socketscope")
    folder = subprocess.run(["mktemp", "-d"], capture_output=True, text=True).stdout.strip()
    server = subprocess.Popen(
        [program, "serve", "chat", "--json", "--model", MODEL, "--listen", "tcp://127.0.0.1:0",
         "--history-file", os.path.join(folder, "history"), "--max-queue", "131072", "--send-buffer", "32768"],
        stdout=subprocess.PIPE)
    port = int(json.loads(server.stdout.readline())["endpoint"].rsplit(":", 1)[1])
    if os.fork() == 0:  # the events are not looked at
        while server.stdout.read(1 << 16):
            pass
        os._exit(0)
    try:
        for stopped in (False, True):
            latencies, expected, left = measure(port, int(stopped), stopped)
            what = "one stopped" if stopped else "all reading"
            print(f"{CLIENTS} clients, {what}: {len(latencies)} of {expected} deliveries, "
                  f"p50 {percentile(latencies, .5):.1f} ms, p99 {percentile(latencies, .99):.1f} ms,"
                  f" max {max(latencies):.1f} ms" + (f"; dropped: {left}" if stopped else ""))
    finally:
        server.terminate()


main()
