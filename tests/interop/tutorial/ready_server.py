"""ready_server.py: the output of the command N is N bytes of text; prints its port first."""

import socket

server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(5)
print(server.getsockname()[1], flush=True)
while True:
    conn, addr = server.accept()
    while True:
        command = conn.recv(1024)
        if len(command) == 0:
            break
        size = int(command.decode("utf-8"))
        # Three bytes a character, so that chunks of 1024 cut some.
        output = ("x" * (size % 3) + "\u4e2d" * (size // 3)).encode("utf-8")
        conn.send(("Ready|%s" % len(output)).encode("utf-8"))
        start = conn.recv(1024)
        if start.decode("utf-8").startswith("Start"):
            conn.sendall(output)
    conn.close()
