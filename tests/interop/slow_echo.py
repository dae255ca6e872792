"""An echo server as one writes it with asyncio. Usage: slow_echo.py SHARE DELAY_MS

Of its replies every SHARE-th comes DELAY_MS later (0: none). Prints its port, and at the end of its
input how many replies it sent, how many of these late."""

import asyncio
import sys


async def main(share: int, delay: float) -> None:
    loop = asyncio.get_running_loop()
    counts = {"replies": 0, "late": 0}

    class Echo(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            counts["replies"] += 1
            if share and counts["replies"] % share == 0:
                counts["late"] += 1
                loop.call_later(delay, self.transport.write, data)
            else:
                self.transport.write(data)

    server = await loop.create_server(Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(counts["replies"], counts["late"], flush=True)


asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) / 1000))
