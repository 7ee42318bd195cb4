"""Starts `retain serve` on a free port of loopback and stops it again, for the scripts beside this one."""

import re
import signal
import subprocess
import time


class Service:
    """A running service: `with Service(program, model, folder) as service`."""

    def __init__(self, program, model, folder, *options):
        self.arguments = [program, "serve", model, "--port", "0", *options]
        self.folder = folder

    def __enter__(self):
        self.log = open(f"{self.folder}/serve.log", "w+")
        self.process = subprocess.Popen(self.arguments, cwd=self.folder, stderr=self.log)
        for _ in range(400):
            found = re.search(r"at (https?://\S+)", open(self.log.name).read())
            if found:
                self.url = found[1]
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.025)
        raise SystemExit("the service did not start:\n" + open(self.log.name).read())

    def kill(self):
        self.process.kill()
        self.process.wait()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(35) == 0, "SIGTERM must end it in order"
        self.log.close()
