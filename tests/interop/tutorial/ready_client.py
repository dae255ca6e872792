"""ready_client.py HOST PORT COMMAND...: sends each command, reads its whole output, and prints how
long it is and its first and last characters."""

import socket
import sys

host, port, *commands = sys.argv[1:]
client = socket.socket()
client.connect((host, int(port)))
for command in commands:
    client.send(command.encode("utf-8"))
    ready = client.recv(1024).decode()  # "Ready|9998"
    word, size = ready.split("|")
    assert word == "Ready", ready
    client.send("Start".encode("utf-8"))
    size = int(size)
    received = b""
    while len(received) < size:
        received += client.recv(1024)
    text = received.decode("utf-8")
    print(size, text[:3], text[-3:])
client.close()
