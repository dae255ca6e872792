#!/usr/bin/env python3
"""How long a message takes to reach all of a room: bench_chat_room.py [clients] [seconds] [model]
[buffer]

One person says 20 messages of 100 characters a second; the others are read by an epoll loop in a
process of its own. Of each message the time until it is read by each of them; then the same with one
of them stopped by SIGSTOP, until the server has dropped it (two minutes at most), and when that was.
The server has its usual buffers; the stopped one has a receive buffer of 4096 bytes, or as many as the
last argument says. 0 leaves it to the kernel, which then takes megabytes on its behalf
(net.ipv4.tcp_rmem) before it closes the window: until then its heartbeat alone, which it has promised,
tells the server that nobody reads."""

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
BUFFER = int(sys.argv[4]) if len(sys.argv) > 4 else 4096
RATE = 20
PATIENCE = 120  # s
WORDS = "so this is what people say to one another, about as long as this, " * 2


def percentile(values, fraction):
    return sorted(values)[int(fraction * (len(values) - 1))]


def read_all(peers, end, marks):
    """Reads what comes until end can be read; the times at which numbers were read, by number."""
    poller = select.epoll()
    by_fd = {}
    for peer in peers:
        peer.socket.setblocking(False)
        by_fd[peer.socket.fileno()] = peer
        poller.register(peer.socket, select.EPOLLIN)
    poller.register(end, select.EPOLLIN)
    while True:
        for fd, _ in poller.poll():
            if fd == end:
                return
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


def hear(talker):
    """What waits at the talker; the reason of the sleeper's end, where that is told."""
    left = ""
    while talker.buffer or select.select([talker.socket], [], [], 0)[0]:
        told = talker.receive()
        if told.get("event") == "left" and told["name"] == "sleeper":
            left = told["reason"]
    return left


def measure(port, names, stopped):
    """Latencies in ms of all readers but the stopped one."""
    talker = ChatPeer(port)
    assert talker.enter(f"talker{names}").get("reply") == "join"
    read_end, write_end = os.pipe()
    end_read, end_write = os.pipe()
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
        read_all(peers, end_read, marks)
        with os.fdopen(write_end, "w") as file:
            json.dump(marks, file)
        os._exit(0)
    os.close(write_end)
    sleeper = None
    if stopped:
        sleeper = os.fork()
        if sleeper == 0:
            peer = ChatPeer(port)
            if BUFFER:
                peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
            peer.enter("sleeper", heartbeat=True)
            time.sleep(1000)
        time.sleep(0.5)
        os.kill(sleeper, signal.SIGSTOP)
    os.read(read_end, 1)
    time.sleep(1)
    sent = {}
    began = due = time.monotonic()
    left, left_after = "", 0.0
    for number in range(int((PATIENCE if stopped else SECONDS) * RATE)):
        while time.monotonic() < due:
            time.sleep(max(0, due - time.monotonic()))
        sent[number] = due
        talker.send(action="say", room="lobby", text=f"#{number:06d} {WORDS[:92]}")
        due += 1 / RATE
        reason = hear(talker)
        if reason:
            left, left_after = reason, time.monotonic() - began
        if left and time.monotonic() - began > max(SECONDS, left_after + 2):
            break
    time.sleep(2)
    os.write(end_write, b"e")
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
    return latencies, expected, f"{left} after {left_after:.1f} s" if left else "not dropped"


def main():
    program = os.path.join(TOP, "build", "release", "socketscope")
    folder = subprocess.run(["mktemp", "-d"], capture_output=True, text=True).stdout.strip()
    server = subprocess.Popen(
        [program, "serve", "chat", "--json", "--model", MODEL, "--listen", "tcp://127.0.0.1:0",
         "--history-file", os.path.join(folder, "history")],
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
