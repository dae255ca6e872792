#!/usr/bin/env python3
"""Trouble that others make, against a running chat server: chat_trouble.py SCENARIO PORT PID.

Prints "ok" and what it measured, or fails."""

import os
import socket
import subprocess
import sys
import threading
import time

from chat_peer import ChatPeer, Closed

PORT = int(sys.argv[2])
PID = int(sys.argv[3])


def memory() -> int:
    """Resident bytes of the server."""
    with open(f"/proc/{PID}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def wrong_passwords():
    """1 000 from one source, each on a connection of its own; another source is served."""
    attempts = int(os.environ.get("SSCOPE_CHAT_ATTEMPTS", "1000"))
    began = time.monotonic()
    answers = []
    lock = threading.Lock()
    guessers = [ChatPeer(PORT, "127.0.0.2", 60) for _ in range(attempts)]

    def read(peer):
        try:
            told = peer.until("reply", "hello")
            with lock:
                answers.append((time.monotonic() - began, told.get("error")))
        except (Closed, OSError):
            pass

    for guesser in guessers:
        guesser.send(action="hello", name="guess", password="wrong")
        threading.Thread(target=read, args=(guesser,), daemon=True).start()
    slowest = 0.0
    for i in range(20):
        asked = time.monotonic()
        good = ChatPeer(PORT, "127.0.0.3")
        entered = good.enter(f"good{i}", password="right")
        assert entered.get("reply") == "join", entered
        slowest = max(slowest, time.monotonic() - asked)
        good.close()
    # Of all of them one is judged at a time, and each costs the source twice as long.
    while time.monotonic() - began < 30:
        with lock:
            judged = sorted(at for at, error in answers if error == "wrong_password")
        if len(judged) >= 3:
            break
        time.sleep(0.1)
    for guesser in guessers:
        guesser.close()
    judged = judged[:3]  # on a slow machine more were, before anybody looked
    gaps = [later - earlier for earlier, later in zip(judged, judged[1:])]
    assert len(judged) == 3 and gaps[1] > 1.5 * gaps[0], judged
    print(f"ok 3 of {attempts} judged after {' '.join(f'{at:.1f}' for at in judged)} s; "
          f"others waited {slowest * 1000:.0f} ms at most")


def garbage():
    """14 senders of garbage, and 50 people who go on talking."""
    size = int(os.environ.get("SSCOPE_CHAT_GARBAGE", str(100 << 20)))
    people = [ChatPeer(PORT) for _ in range(50)]
    for i, person in enumerate(people):
        assert person.enter(f"person{i}", "talk").get("reply") == "join"
    peak = base = memory()
    stop = threading.Event()
    sent = [0] * 14
    tries = [0] * 14

    def trash(i):
        # Of all kinds: a right first byte or none, lines, and none at all; from anew each time
        # that the server has closed.
        begin = [b"", b"\x00\x40{", b"\x1f\xff{", b"name\n", b"\x00\x02{}"][i % 5]
        block = os.urandom(1 << 16) if i % 2 else b"x\n" * (1 << 15)
        while sent[i] < size and not stop.is_set():
            try:
                with socket.create_connection(("127.0.0.1", PORT), 5) as sender:
                    tries[i] += 1
                    sender.settimeout(1)
                    sender.sendall(begin)
                    while sent[i] < size and not stop.is_set():
                        sent[i] += sender.send(block)
            except OSError:
                time.sleep(0.001)

    threads = [threading.Thread(target=trash, args=(i,), daemon=True) for i in range(14)]
    for thread in threads:
        thread.start()
    slowest = 0.0
    # Until each has sent all of its own, or for so many seconds.
    until = time.monotonic() + float(os.environ.get("SSCOPE_CHAT_SECONDS", "inf"))
    said = 0
    while time.monotonic() < until and any(thread.is_alive() for thread in threads):
        for i in (0, 17, 49):
            asked = time.monotonic()
            stored = people[i].ask("say", action="say", room="talk", text=f"good {said}")
            assert stored.get("reply") == "say", stored
            slowest = max(slowest, time.monotonic() - asked)
            said += 1
        heard = people[7].until("event", "message")
        assert heard["event"] == "message", heard
        peak = max(peak, memory())
        time.sleep(0.03)
    stop.set()
    for thread in threads:
        thread.join()
    grown = (peak - base) / (1 << 20)
    assert grown < 25, f"memory grew by {grown:.1f} MiB"
    assert slowest < 5, slowest
    print(f"ok {min(sent) >> 20} MiB of garbage from each at least, {sum(sent) >> 20} MiB of all on "
          f"{sum(tries)} connections, memory grew by {grown:.1f} MiB, "
          f"{said} messages, the slowest stored after {slowest * 1000:.0f} ms")


def slow_reader():
    """One who reads nothing is dropped, with a reason; the others hear of it and nothing else.
    With buffers as the kernel gives them, which would take megabytes before the queue here fills."""
    slow, talker, listener = ChatPeer(PORT), ChatPeer(PORT), ChatPeer(PORT)
    for peer, name in ((slow, "slow"), (talker, "talker"), (listener, "listener")):
        assert peer.enter(name).get("reply") == "join"
    text = "x" * 8000
    heard = 0
    left = None
    worst = 0.0
    for i in range(1500):
        asked = time.monotonic()
        talker.send(action="say", room="lobby", text=f"{i} {text}")
        while True:
            told = listener.receive()
            if told.get("event") == "left" and told["name"] == "slow":
                left = told["reason"]
            if told.get("event") == "message":
                assert told["text"].startswith(f"{i} "), told["text"][:20]
                heard += 1
                break
        worst = max(worst, time.monotonic() - asked)
        while talker.receive().get("reply") != "say":
            pass
        if left is not None:
            break
    assert left and "slow" in left, left
    assert heard * len(text) < 3 << 20, heard
    print(f"ok dropped after {heard} messages: {left}; the slowest message took "
          f"{worst * 1000:.0f} ms")


def stalled_reader():
    """One whose queue here is far from full, but who takes nothing any more."""
    stalled, talker = ChatPeer(PORT), ChatPeer(PORT, timeout=0.05)
    stalled.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    talker.socket.settimeout(20)
    for peer, name in ((stalled, "stalled"), (talker, "talker")):
        assert peer.enter(name).get("reply") == "join"
    talker.socket.settimeout(0.05)
    said = 0
    while True:
        talker.send(action="say", room="lobby", text=f"{said} " + "x" * 500)
        said += 1
        assert said < 4000
        try:
            while True:
                told = talker.receive()
                if told.get("event") == "left":
                    assert told["name"] == "stalled" and "took nothing" in told["reason"], told
                    print(f"ok dropped after {said} messages")
                    return
        except socket.timeout:
            pass


def rate():
    """400 at once: 300 are taken, the others at 50 a second, and none is refused."""
    sender = ChatPeer(PORT)
    assert sender.enter("fast").get("reply") == "join"
    began = time.monotonic()
    for i in range(400):
        sender.send(action="say", room="lobby", text=str(i), id=str(i))
    times = []
    for i in range(400):
        stored = sender.until("reply", "say")
        assert stored.get("id") == i + 1, stored
        times.append(time.monotonic() - began)
    assert 1.5 < times[-1] < 20, times[-1]
    assert times[290] < times[-1] / 2 or times[290] < 1, times[290]
    print(f"ok 300 within {times[290]:.2f} s, 400 after {times[-1]:.2f} s")


def fill(filler):
    """All the room that the disk has."""
    with open(filler, "wb", buffering=0) as file:
        size = 1 << 20
        while size >= 512:
            try:
                if file.write(b"z" * size) < size:
                    size //= 2
            except OSError:
                size //= 2


def storage_full():
    """The history's disk (a small tmpfs, FILLER beside it) is full: told, nothing acknowledged, and
    it goes on once there is room."""
    filler = os.environ["SSCOPE_CHAT_FILLER"]
    sender, reader = ChatPeer(PORT), ChatPeer(PORT)
    for peer, name in ((sender, "sender"), (reader, "reader")):
        assert peer.enter(name).get("reply") == "join"
    text = "y" * 8000
    acknowledged = []
    for i in range(3):
        acknowledged.append(sender.ask("say", action="say", room="lobby", text=f"before {i}")["id"])
    fill(filler)
    refused = None
    for i in range(280):
        told = sender.ask("say", action="say", room="lobby", text=f"{i} {text}", id=f"i{i}")
        if "error" in told:
            refused = (i, told["error"])
            break
        acknowledged.append(told["id"])
    assert refused and refused[1] == "storage_full", refused
    assert reader.until("event", "storage")["state"] == "full"
    os.remove(filler)
    while True:
        told = reader.until("event", "storage")
        if told["state"] == "good":
            break
    again = sender.ask("say", action="say", room="lobby", text="after", id=f"i{refused[0]}")
    assert again.get("reply") == "say" and not again["again"], again
    assert again["id"] == acknowledged[-1] + 1, (again, acknowledged[-1])
    stored = [message["id"] for message in reader.history("lobby", 0)]
    assert stored == acknowledged + [again["id"]], (len(stored), len(acknowledged))
    print(f"ok full after {len(acknowledged)} messages, then {again['id']}")


def storage_stays_full():
    """As before, but a little finds room, and much does not, again and again for seconds."""
    filler = os.environ["SSCOPE_CHAT_FILLER"]
    sender, watcher = ChatPeer(PORT), ChatPeer(PORT)
    for peer, name in ((sender, "sender"), (watcher, "watcher")):
        assert peer.enter(name).get("reply") == "join"
    text = "y" * 8000
    fill(filler)
    os.truncate(filler, os.path.getsize(filler) - 16384)
    for _ in range(4):
        told = sender.ask("say", action="say", room="lobby", text=text, id="much")
        assert told.get("error") == "storage_full", told
        sender.ask("say", action="say", room="lobby", text="a little")
        time.sleep(1.2)  # the disk is tried each second
    os.remove(filler)
    while sender.ask("say", action="say", room="lobby", text=text, id="much").get("reply") != "say":
        time.sleep(0.1)
    time.sleep(1.2)
    watcher.ask("ping", action="ping")
    states = [told["state"] for told in watcher.seen]
    assert states == ["full", "good"], states
    print("ok " + ", ".join(states))


def order_kept():
    """The disk is full and has room again many times while somebody says much (with the command
    line's client): all of it is stored, once, and in its order."""
    filler = os.environ["SSCOPE_CHAT_FILLER"]
    lines = [f"{i:04d} " + "z" * 400 for i in range(200)]
    client = subprocess.Popen(
        [os.environ["SSCOPE_CHAT_PROGRAM"], "chat", f"127.0.0.1:{PORT}", "--name", "writer",
         "--json"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    watcher = ChatPeer(PORT)
    assert watcher.enter("watcher").get("reply") == "join"
    fills = 0
    for begin in range(0, len(lines), 25):
        if begin % 50 == 25:
            fill(filler)
            fills += 1
        client.stdin.write("".join(line + "\n" for line in lines[begin:begin + 25]).encode())
        client.stdin.flush()
        time.sleep(0.05)
        for _ in range(6 if begin % 50 == 25 else 0):  # room, and none again, within one burst
            os.remove(filler)
            time.sleep(0.002)
            fill(filler)
            fills += 1
        if os.path.exists(filler):
            time.sleep(0.5)
            os.remove(filler)
    deadline = time.monotonic() + 60
    stored = []
    while len(stored) < len(lines) and time.monotonic() < deadline:
        time.sleep(0.2)
        stored = watcher.history("lobby", 0)
    client.stdin.close()
    client.wait()
    refused = sum(1 for told in watcher.seen if told.get("event") == "storage")
    assert [message["text"] for message in stored] == lines, [m["text"][:4] for m in stored]
    assert refused > 0
    print(f"ok {len(stored)} in order though the disk was full {fills} times, told {refused} times")


def meeting():
    """What people do: names, rooms, messages in both forms, a resend, history, a takeover."""
    ann, bob = ChatPeer(PORT), ChatPeer(PORT)
    welcome = ann.ask("hello", action="hello", name="Ann", ref="r1")
    assert welcome["name"] == "Ann" and welcome["ref"] == "r1" and welcome["encrypted"], welcome
    assert ann.ask("join", action="join", room="Den")["last"] == 0
    taken = bob.ask("hello", action="hello", name="\uff41NN")  # the same by NFKC, without case
    assert taken.get("error") == "name_taken", taken
    assert sorted(bob.enter("bob", "den")["people"]) == ["Ann", "bob"]
    stored = ann.ask("say", action="say", room="den", text="h\u00e9 \u202e", id="1")
    assert (stored["id"], stored["again"]) == (1, False), stored
    heard = bob.until("event", "message")
    assert (heard["from"], heard["text"], heard["id"]) == ("Ann", "h\u00e9 \u202e", 1), heard
    again = ann.ask("say", action="say", room="den", text="h\u00e9 \u202e", id="1")
    assert (again["id"], again["again"], again["time"]) == (1, True, stored["time"]), again
    line = socket.create_connection(("127.0.0.1", PORT), 10)
    line.sendall(b"carl\r\n/join den\r\n/history\r\nhello \x1b[2J\r\n/who\r\n")
    heard = bob.until("event", "message")
    assert (heard["from"], heard["text"], heard["id"]) == ("carl", "hello \x1b[2J", 2), heard
    seen = b""
    while b"* in Den: " not in seen or not seen.endswith(b"\n"):
        more = line.recv(4096)
        assert more, seen
        seen += more
    here = seen.split(b"* in Den: ")[1].split(b"\n")[0]
    assert sorted(here.split(b", ")) == [b"Ann", b"bob", b"carl"], here
    assert "<Ann> h\u00e9 \\u202e".encode() in seen, seen  # made visible
    direct = bob.ask("direct", action="direct", to="CARL", text="psst")
    assert direct.get("reply") == "direct", direct
    assert ann.ask("topic", action="topic", room="den", topic="tea")["topic"] == "tea"
    assert bob.until("event", "topic")["by"] == "Ann"
    found = bob.ask("search", action="search", text="H\u00c9")
    assert [message["id"] for message in found["messages"]] == [1], found
    rooms = bob.ask("rooms", action="rooms")["rooms"]
    assert {room["room"]: room["people"] for room in rooms} == {"Den": 3, "lobby": 0} or \
        {room["room"]: room["people"] for room in rooms} == {"Den": 3}, rooms
    anew = ChatPeer(PORT)
    assert anew.ask("hello", action="hello", name="ann", resume=welcome["resume"])["reply"] == "hello"
    closing = ann.until("event", "closing")
    assert closing["code"] == "replaced", closing
    assert anew.ask("say", action="say", room="den", text="x").get("error") == "not_in_room"
    assert anew.ask("ping", action="fly").get("error") == "bad_request"
    line.sendall(b"/quit\n")
    while line.recv(4096):
        pass
    left = bob.until("event", "left")
    while left["name"] != "carl":
        left = bob.until("event", "left")
    print("ok")


globals()[sys.argv[1]]()
