"""Asks a service at a constant rate whether or not it answers, and tells how long each answer took from the moment at
which its request was due. So a pause of the service counts for every request that fell into it (no coordinated
omission: Gil Tene, "How NOT to Measure Latency", 2015).

    open_loop.py URL BODY.json RATE SECONDS [CONNECTIONS [FILE.hgrm]]

Prints JSON: rate, answers by status, and the percentiles of the accepted ones (200) in milliseconds, from a histogram
with three digits. FILE.hgrm gets the whole distribution as HdrHistogram's plotter reads it.
"""

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit

from hdrh.histogram import HdrHistogram


class Connection:
    """One connection with one request at a time."""

    def __init__(self, reader, writer, request):
        self.reader, self.writer, self.request = reader, writer, request

    async def ask(self):
        self.writer.write(self.request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await self.reader.readexactly(length)
        return int(head[9:12])


async def main(url, body, rate, seconds, count, file):
    parts = urlsplit(url)
    head = f"POST /predict HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    free = asyncio.LifoQueue()
    for _ in range(count):
        pair = await asyncio.open_connection(parts.hostname, parts.port)
        free.put_nowait(Connection(*pair, request))
    # From a microsecond to a minute.
    accepted, statuses = HdrHistogram(1, 60_000_000, 3), {}

    async def one(due):
        # Waiting for a free connection is part of the time: in the world outside it would be a new caller.
        connection = await free.get()
        status = await connection.ask()
        free.put_nowait(connection)
        if status == 200:
            accepted.record_value(max(1, round(1e6 * (time.perf_counter() - due))))
        statuses[status] = statuses.get(status, 0) + 1

    start = time.perf_counter() + 0.05
    tasks = []
    for number in range(rate * seconds):
        due = start + number / rate
        pause = due - time.perf_counter()
        if pause > 0:
            await asyncio.sleep(pause)
        tasks.append(asyncio.create_task(one(due)))
    await asyncio.wait_for(asyncio.gather(*tasks), 60)
    percentiles = {f"p{p}": accepted.get_value_at_percentile(p) / 1000 for p in (50, 90, 99, 99.9)}
    print(json.dumps({"rate": rate, "statuses": statuses, **percentiles, "max": accepted.get_max_value() / 1000}))
    if file:
        with open(file, "wb") as output:
            accepted.output_percentile_distribution(output, 1000)


url, body, rate, seconds, *more = sys.argv[1:]
count, file = int(more[0]) if more else 64, more[1] if len(more) > 1 else None
asyncio.run(main(url, open(body, "rb").read(), int(rate), int(seconds), count, file))
