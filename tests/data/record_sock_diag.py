#!/usr/bin/env python3
"""Records what the kernel answers to sock_diag requests, as test data. Run as root in an empty
network namespace, so that only the sockets made here are in it:

    unshare -n sh -c 'ip link set lo up; ./record_sock_diag.py'

Each file holds the datagrams of one answer, each after its length (u32, little-endian)."""

import os
import socket
import struct
import tempfile
import time

NETLINK_SOCK_DIAG = 4
SOCK_DIAG_BY_FAMILY = 20
DUMP = 0x301  # NLM_F_REQUEST | NLM_F_DUMP
DETAILS = 0x7A  # INET_DIAG_INFO, CONG, TOS, TCLASS, SKMEMINFO


def answers(body: bytes, sequence: int) -> list[bytes]:
    link = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG)
    link.send(struct.pack("=IHHII", 16 + len(body), SOCK_DIAG_BY_FAMILY, DUMP, sequence, 0) + body)
    found = []
    while True:
        datagram = link.recv(65536)
        found.append(datagram)
        at = 0
        while at < len(datagram):
            length, kind = struct.unpack_from("=IH", datagram, at)
            if kind in (2, 3):  # NLMSG_ERROR, NLMSG_DONE
                return found
            at += (length + 3) & ~3


def record(name: str, body: bytes) -> None:
    with open(os.path.join(os.path.dirname(__file__), name), "wb") as file:
        for datagram in answers(body, 7):
            file.write(struct.pack("<I", len(datagram)) + datagram)


def inet(family: int, protocol: int, extensions: int = 0) -> bytes:
    return struct.pack("=BBBBI", family, protocol, extensions, 0, 0x3FFF) + bytes(48)


def main() -> None:
    keep = []
    listener = socket.create_server(("127.0.0.1", 8000), backlog=5)
    client = socket.socket()
    client.bind(("127.0.0.1", 40001))
    client.connect(("127.0.0.1", 8000))
    accepted, _ = listener.accept()
    client.send(b"unread")
    waiting = socket.socket()  # connected, not yet accepted
    waiting.bind(("127.0.0.1", 40002))
    waiting.connect(("127.0.0.1", 8000))
    dual = socket.create_server(("::", 8001), family=socket.AF_INET6, dualstack_ipv6=True)
    over4 = socket.socket()
    over4.bind(("127.0.0.1", 40003))
    over4.connect(("127.0.0.1", 8001))
    mapped, _ = dual.accept()
    closing = socket.socket()
    closing.bind(("127.0.0.1", 40004))
    closing.connect(("127.0.0.1", 8001))
    half, _ = dual.accept()
    closing.shutdown(socket.SHUT_WR)
    time.sleep(0.3)  # until its FIN is acknowledged
    gone = socket.socket()
    gone.bind(("127.0.0.1", 40005))
    gone.connect(("127.0.0.1", 8001))
    ended, _ = dual.accept()
    gone.close()
    ended.close()
    bound = socket.socket()
    bound.bind(("127.0.0.1", 8002))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 9000))
    asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asking.bind(("127.0.0.1", 9001))
    asking.connect(("127.0.0.1", 9000))
    asking.send(b"x" * 100)
    named = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    named.bind(os.path.join(tempfile.mkdtemp(), "a\nb"))
    named.listen(3)
    abstract = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    abstract.bind("\0hidden")
    udp6 = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    udp6.bind(("::1", 9002))
    udp6_only = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    udp6_only.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    udp6_only.bind(("::", 9003))
    udp6_mapped = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    udp6_mapped.bind(("::ffff:127.0.0.1", 9004))
    udp6_mapped.connect(("::ffff:127.0.0.1", 9000))
    lite = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDPLITE)
    lite.bind(("127.0.0.1", 9100))
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    one.send(b"unread")
    arp = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
    arp.bind(("lo", 0x0806))
    every = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    routes = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    routes.bind((4711, 1))
    asked = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    asked.bind((4712, 0))
    asked.connect((0, 0))
    keep += [udp6, udp6_only, udp6_mapped, lite, one, other, arp, every, routes, asked]
    keep += [listener, client, accepted, waiting, dual, over4, mapped, closing, half, bound, udp,
             asking, named, abstract]
    record("sock_diag_tcp4.bin", inet(socket.AF_INET, socket.IPPROTO_TCP))
    record("sock_diag_tcp6.bin", inet(socket.AF_INET6, socket.IPPROTO_TCP))
    record("sock_diag_udp4.bin", inet(socket.AF_INET, socket.IPPROTO_UDP))
    record("sock_diag_unix.bin", struct.pack("=BBHIIIII", socket.AF_UNIX, 0, 0, 0x3FFF, 0,
                                             0x55, 0, 0))
    record("sock_diag_tcp4_details.bin", inet(socket.AF_INET, socket.IPPROTO_TCP, DETAILS))
    record("sock_diag_udp6.bin", inet(socket.AF_INET6, socket.IPPROTO_UDP))
    record("sock_diag_udplite4.bin", inet(socket.AF_INET, socket.IPPROTO_UDPLITE))
    record("sock_diag_unix_details.bin", struct.pack("=BBHIIIII", socket.AF_UNIX, 0, 0, 0x3FFF, 0,
                                                     0x77, 0, 0))
    record("sock_diag_packet.bin", struct.pack("=BBHIIII", socket.AF_PACKET, 0, 0, 0, 0x11, 0, 0))
    record("sock_diag_netlink.bin", struct.pack("=BBHIIII", socket.AF_NETLINK, 255, 0, 0, 1, 0, 0))
    # Where the kernel has no raw_diag, this is an answer that says so.
    record("sock_diag_raw4.bin", inet(socket.AF_INET, socket.IPPROTO_RAW))
    record("sock_diag_missing.bin", inet(socket.AF_INET, 77))


if __name__ == "__main__":
    main()
