"""Takes down the heads that clients' libraries send with a POST of JSON, for tests and `make bench-serving`.

    capture_heads.py [PYTHON]

Each client that is here (requests, httpx and aiohttp in PYTHON, Node's fetch, Java's java.net.http, curl) asks a socket
twice; the second head is kept in heads/, with LENGTH in place of the body's length.
"""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HEADS = Path(__file__).parent / "heads"
JAVA = """
import java.net.URI; import java.net.http.*;
public class Ask { public static void main(String[] a) throws Exception {
    var client = HttpClient.newHttpClient();
    for (int i = 0; i < 2; i++) client.send(HttpRequest.newBuilder(URI.create(a[0])).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString());
} }
"""
NODE = """
for (let i = 0; i < 2; i++) await (await fetch(process.argv[1],
    { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" })).text();
"""
REQUESTS = "import requests, sys; s = requests.Session(); [s.post(sys.argv[1], json={}) for _ in range(2)]"
HTTPX = "import httpx, sys; c = httpx.Client(); [c.post(sys.argv[1], json={}) for _ in range(2)]"
AIOHTTP = """
import aiohttp, asyncio, sys
async def main():
    async with aiohttp.ClientSession() as session:
        for _ in range(2):
            async with session.post(sys.argv[1], json={}) as answer: await answer.text()
asyncio.run(main())
"""


def heads(command):
    """The heads of what a command sends to the address at its end."""
    found = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        def serve(connection):
            buffer = b""
            while data := connection.recv(65536):
                buffer += data
                while match := re.match(rb"(?s)(.*?)\r\n\r\n", buffer):
                    length = int(re.search(rb"(?i)\ncontent-length: (\d+)", match[1])[1])
                    if len(buffer) < match.end() + length:
                        break
                    buffer = buffer[match.end() + length:]
                    found.append(match[1].decode())
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")

        def accept():
            while True:
                threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/predict"
        subprocess.run([part.replace("URL", url) for part in command], check=True, stdout=subprocess.DEVNULL, timeout=60)
    return found


def main():
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "Ask.java"
        source.write_text(JAVA)
        body = ["-s", "-d", "{}", "URL"]
        clients = {
            "requests": [python, "-c", REQUESTS, "URL"], "httpx": [python, "-c", HTTPX, "URL"],
            "aiohttp": [python, "-c", AIOHTTP, "URL"], "curl": ["curl", *body, "--next", *body],
            "node": ["node", "--input-type=module", "-e", NODE, "URL"], "java": ["java", str(source), "URL"],
        }
        HEADS.mkdir(exist_ok=True)
        for name, command in clients.items():
            if not shutil.which(command[0]):
                print(f"{name}: {command[0]} is not here; its head stays as it is")
                continue
            head = heads(command)[-1].replace("\r\n", "\n")
            head = re.sub(r"(?i)(\ncontent-length: )\d+", r"\1LENGTH", head)
            head = re.sub(r"(?i)(\nhost: 127\.0\.0\.1):\d+", r"\1:8080", head)
            (HEADS / f"{name}.txt").write_text(head + "\n")
            print(f"{name}: {head.count(chr(10))} fields")


if __name__ == "__main__":
    main()
