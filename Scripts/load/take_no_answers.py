"""Sends requests over some connections and reads none of the answers: a service must stop reading, too, or its memory fills.

    take_no_answers.py URL CUSTOMER.json PROCESS

Fails where the process has grown by more than 50 MB.
"""

import re
import select
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8
SECONDS = 4
MOST_MB = 50


def resident(process):
    """MB that the process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


def main():
    url, body, process = urlsplit(sys.argv[1]), Path(sys.argv[2]).read_bytes(), sys.argv[3]
    head = f"POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    request = (head.encode() + body) * 64
    before = resident(process)
    callers = [socket.create_connection((url.hostname, url.port)) for _ in range(CONNECTIONS)]
    rest = dict.fromkeys(callers, b"")
    for caller in callers:
        caller.setblocking(False)
    sent = 0
    end = time.monotonic() + SECONDS
    while (left := end - time.monotonic()) > 0:
        _, ready, _ = select.select([], callers, [], left)
        for caller in ready:
            text = rest[caller] or request
            count = caller.send(text)
            rest[caller] = text[count:]
            sent += count
    grown = resident(process) - before
    print(f"{sent / 1e6:.0f} MB of requests taken from {CONNECTIONS} callers; {grown:.0f} MB more resident")
    if grown > MOST_MB:
        sys.exit(f"FAIL: more than {MOST_MB} MB")
    for caller in callers:
        caller.close()


if __name__ == "__main__":
    main()
