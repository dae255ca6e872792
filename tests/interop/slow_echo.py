"""An echo server as one writes it with asyncio. Usage: slow_echo.py SHARE DELAY_MS

Of its replies every SHARE-th comes DELAY_MS later (0: none). Prints its port, and at the end of its
input how many replies it sent, how many of these late, and by how many milliseconds half of those
and 95 % of those at the most: a busy machine wakes it later than it asks for."""

import asyncio
import sys
import time


async def main(share: int, delay: float) -> None:
    loop = asyncio.get_running_loop()
    counts = {"replies": 0}
    delays = []

    class Echo(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            counts["replies"] += 1
            if share and counts["replies"] % share == 0:
                loop.call_later(delay, self.answer_late, data, time.monotonic())
            else:
                self.transport.write(data)

        def answer_late(self, data, since):
            self.transport.write(data)
            delays.append((time.monotonic() - since) * 1000)

    server = await loop.create_server(Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    delays.sort()
    shares = [delays[int(share * len(delays))] if delays else 0 for share in (0.5, 0.95)]
    print(counts["replies"], len(delays), *shares, flush=True)


asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) / 1000))
