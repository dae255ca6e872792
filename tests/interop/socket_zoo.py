#!/usr/bin/env python3
"""Sockets of every kind and state, held until standard input ends. For a network namespace of its
own, with loopback up: the states that would pass in a moment are kept by full windows, and by an
interface that loses what it is given. Prints "ready" when all is there.

    socket_zoo.py [connections]      thousands of quiet sockets
    socket_zoo.py hostile            few, with names that are meant to deceive"""

import ctypes
import os
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NAME = 1, 4, 15
NOBODY = 65534
HERE, AWAY = "10.9.9.1", "10.9.9.2"  # ours, and one that never answers
libc = ctypes.CDLL(None, use_errno=True)
keep = []


def kept(*sockets):
    keep.extend(sockets)
    return sockets[0] if len(sockets) == 1 else sockets


def tcp(family=socket.AF_INET):
    return kept(socket.socket(family, socket.SOCK_STREAM))


def connected(listener, family=socket.AF_INET, to=None):
    client = tcp(family)
    client.connect(to or listener.getsockname()[:2])
    accepted, _ = listener.accept()
    return client, kept(accepted)


def small_connection(listener):
    """Whose windows are soon full."""
    client = tcp()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(listener.getsockname())
    accepted, _ = listener.accept()
    return client, kept(accepted)


def fill(sender):
    """Sends until nothing more is taken."""
    sender.setblocking(False)
    quiet = 0
    while quiet < 5:
        try:
            sender.send(b"x" * 4096)
            quiet = 0
        except BlockingIOError:
            quiet += 1
            time.sleep(0.02)


def state_of(sock):
    return sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]


def wait_for(sock, state):
    for _ in range(200):
        if state_of(sock) == state:
            return
        time.sleep(0.02)
    sys.exit(f"state {state_of(sock)} instead of {state}")


def make_listeners(connections):
    v4 = kept(socket.create_server(("127.0.0.1", 0), backlog=300))
    v6 = kept(socket.create_server(("::1", 0), family=socket.AF_INET6, backlog=300))
    dual = kept(socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True,
                                     backlog=300))
    only = tcp(socket.AF_INET6)
    only.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    only.bind(("::", 0))
    only.listen(3)
    bound_to = tcp()
    bound_to.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    bound_to.bind(("0.0.0.0", 0))
    bound_to.listen(3)
    port = dual.getsockname()[1]
    for i in range(connections):
        kind = i % 4
        if kind < 2:
            client, accepted = connected(v4)
        elif kind == 2:
            client, accepted = connected(v6, socket.AF_INET6)
        else:  # IPv4 at one end, IPv4 mapped to IPv6 at the other
            client, accepted = connected(dual, to=("127.0.0.1", port))
        if i % 7 == 0:
            client.send(b"unread" * (i % 5 + 1))
        if i % 11 == 0:
            accepted.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    mapped = tcp(socket.AF_INET6)
    mapped.connect(("::ffff:127.0.0.1", v4.getsockname()[1]))
    kept(v4.accept()[0])
    for _ in range(20):  # connected, not yet accepted: no descriptor, no inode
        tcp().connect(v4.getsockname())


def make_tcp_states():
    listener = kept(socket.create_server(("127.0.0.1", 0)))
    for _ in range(10):
        client, accepted = connected(listener)
        client.shutdown(socket.SHUT_WR)
        wait_for(client, 5)  # FIN_WAIT2
        wait_for(accepted, 8)  # CLOSE_WAIT
    for _ in range(3):
        client, accepted = small_connection(listener)
        fill(accepted)
        accepted.shutdown(socket.SHUT_WR)
        wait_for(accepted, 4)  # FIN_WAIT1: its FIN waits behind the data
        client, accepted = small_connection(listener)
        fill(accepted)
        accepted.shutdown(socket.SHUT_WR)
        client.shutdown(socket.SHUT_WR)
        wait_for(accepted, 11)  # CLOSING
        client, accepted = small_connection(listener)
        client.shutdown(socket.SHUT_WR)
        wait_for(accepted, 8)
        fill(accepted)
        accepted.shutdown(socket.SHUT_WR)
        wait_for(accepted, 9)  # LAST_ACK
    for _ in range(30):  # TIME_WAIT
        client = socket.create_connection(listener.getsockname())
        accepted, _ = listener.accept()
        client.close()
        accepted.close()
    for _ in range(5):
        unanswered = tcp()
        unanswered.setblocking(False)
        unanswered.connect_ex((AWAY, 9))  # SYN_SENT
        tcp().bind(("127.0.0.1", 0))  # bound, and no more
    tcp(socket.AF_INET6).bind(("::1", 0))


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def make_half_open():
    """SYN_RECV: a SYN from one that does not answer."""
    listener = kept(socket.create_server((HERE, 0)))
    port = listener.getsockname()[1]
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    source, target = socket.inet_aton(AWAY), socket.inet_aton(HERE)
    for i in range(5):
        segment = struct.pack("!HHIIBBHHH", 5000 + i, port, 1, 0, 5 << 4, 2, 1000, 0, 0)
        pseudo = source + target + struct.pack("!BBH", 0, socket.IPPROTO_TCP, len(segment))
        total = checksum(pseudo + segment)
        segment = segment[:16] + struct.pack("!H", total) + segment[18:]
        head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(segment), 0, 0, 64,
                           socket.IPPROTO_TCP, 0, source, target)
        raw.sendto(head + segment, (HERE, 0))
    raw.close()


def make_udp(count):
    for i in range(count):
        family, address = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))[i % 2]
        one = kept(socket.socket(family, socket.SOCK_DGRAM))
        one.bind((address, 0))
        if i % 3 == 0:
            other = kept(socket.socket(family, socket.SOCK_DGRAM))
            other.connect(one.getsockname()[:2])
            other.send(b"waits")
    for only in (0, 1):
        anywhere = kept(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
        anywhere.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only)
        anywhere.bind(("::", 0))
    mapped = kept(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
    mapped.connect(("::ffff:127.0.0.1", 4444))
    kept(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)).bind(("0.0.0.0", 0))


def make_unix(count):
    folder = tempfile.mkdtemp(prefix="socket-zoo-")
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        for i in range(count):
            one, other = kept(*socket.socketpair(socket.AF_UNIX, kind))
            if i % 5 == 0:
                one.send(b"unread")
        for name in (f"{folder}/named{kind:d}", f"\0zoo{kind:d}"):
            holder = kept(socket.socket(socket.AF_UNIX, kind))
            holder.bind(name)
            client = kept(socket.socket(socket.AF_UNIX, kind))
            if kind == socket.SOCK_DGRAM:
                client.connect(name)
                continue
            holder.listen(5)
            client.connect(name)
            kept(holder.accept()[0])
            kept(socket.socket(socket.AF_UNIX, kind)).connect(name)  # not yet accepted
        kept(socket.socket(socket.AF_UNIX, kind))
    return folder


def make_others():
    for kind, protocol, interface in ((socket.SOCK_RAW, 3, None), (socket.SOCK_DGRAM, 0x0806, "lo"),
                                      (socket.SOCK_RAW, 0x0800, "away")):
        packets = kept(socket.socket(socket.AF_PACKET, kind, socket.htons(protocol)))
        if interface:
            packets.bind((interface, protocol))
    routes = kept(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE))
    routes.bind((0, 1))
    asking = kept(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE))
    asking.connect((0, 0))


def make_hostile():
    """Names that end lines, steer terminals, turn the direction of text, or look like markup."""
    names = [b"two\nlines 0 0 00000000", b"\x1b[2J\x1b]0;title\x07", "\u202egnp.exe\u2066".encode(),
             b"<img src=x onerror=y>", b"\xff\xfe not UTF-8", b"a b\tc", b"nul\0inside"]
    for name in names:
        kept(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind(b"\0" + name)
    folder = os.fsencode(tempfile.mkdtemp(prefix="socket-zoo-"))
    for name in names[:-1]:
        kept(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)).bind(
            os.path.join(folder, name.replace(b"/", b"-")))
    kept(socket.create_server(("127.0.0.1", 0)))
    libc.prctl(PR_SET_NAME, b"a) R 1 (\n")
    return os.fsdecode(folder)


def in_child(work):
    """Runs work in a child of its own, which then lives as long as this process."""
    told, tell = os.pipe()
    if os.fork() == 0:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        work()
        os.write(tell, b"x")
        signal.pause()
    os.read(told, 1)
    os.close(told)
    os.close(tell)


def be_nobody():
    """A child with sockets of its own and of ours, as another user."""
    for sock in keep[20:]:
        sock.close()
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    libc.prctl(PR_SET_DUMPABLE, 1)
    listener = kept(socket.create_server(("127.0.0.1", 0)))
    for _ in range(20):
        connected(listener)
        kept(*socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM))
    make_udp(20)


def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (20000, 20000))
    if sys.argv[1:] == ["hostile"]:
        folder = make_hostile()
    else:
        for words in ("link add away type veth peer name nowhere", "link set away up",
                      "link set nowhere up", f"address add {HERE}/24 dev away",
                      f"neighbour add {AWAY} lladdr 02:00:00:00:00:09 dev away"):
            subprocess.run(["ip", *words.split()], check=True)
        connections = int(sys.argv[1]) if sys.argv[1:] else 600
        make_listeners(connections)
        make_tcp_states()
        make_udp(connections // 2)
        folder = make_unix(connections // 4)
        in_child(be_nobody)
        make_others()
        make_half_open()
    shutil.rmtree(folder)  # sockets keep their names
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
