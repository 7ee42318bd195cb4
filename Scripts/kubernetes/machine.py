"""Plays a pod on this machine: its container's command with its variables, user, files and a root that can't be written."""

import http.client
import os
import re
import signal
import subprocess
import time
from pathlib import Path

# The image's root is played by this machine's programs and libraries, read only; what else a pod has is mounted into it.
# Where that is, ro or rw, and the image's user; up to -- mounts, SOURCE:TARGET:MODE; then the pod's user, and the command. Anybody
# might write to this root, so that it is seen whether it can be written.
ENTER = r"""
set -euo pipefail
root=$1 access=$2 owner=$3; shift 3
mount -t tmpfs -o mode=777 pod "$root"
for part in usr bin lib lib64 etc opt; do
    if [[ -L /$part ]]; then cp -d "/$part" "$root/"
    elif [[ -d /$part ]]; then mkdir "$root/$part"; mount --rbind -o ro "/$part" "$root/$part"; fi
done
for part in dev proc; do mkdir "$root/$part"; mount --rbind "/$part" "$root/$part"; done
mkdir "$root/data"
chown "$owner:$owner" "$root/data"
while [[ $1 != -- ]]; do
    IFS=: read -r source target mode <<<"$1"; shift
    mkdir -p "$root$target"
    mount --bind "$source" "$root$target"
    mount -o "remount,bind,$mode" "$root$target"
done
shift
mount -o "remount,$access" "$root"
user=$1; shift
exec chroot "$root" setpriv --reuid "$user" --regid "$user" --groups "$user" --bounding-set=-all --inh-caps=-all \
    --no-new-privs "$@"
"""


class Machine:
    """Runs pods of one overlay; volumes outlive them."""

    def __init__(self, folder, objects, facts, overrides, shared):
        self.folder, self.objects, self.facts, self.overrides, self.shared = Path(folder), objects, facts, overrides, shared
        (self.folder / "root").mkdir()

    def made(self, name, mode=0o755):
        """A folder of the group that pods are of, as a claim of a disk is by fsGroup."""
        path = self.folder / name
        path.mkdir(exist_ok=True)
        os.chown(path, 0, self.facts.user)
        path.chmod(mode)
        return path

    def claim(self, name):
        return self.made(f"claim-{name}", 0o2775)

    def secret(self, name, mode):
        folder = self.made(f"secret-{name}")
        for key, text in self.facts.secrets[name].items():
            path = folder / key
            path.write_text(text)
            os.chown(path, 0, self.facts.user)
            path.chmod(mode)
        return folder

    def mounts(self, pod):
        volumes = {volume["name"]: volume for volume in pod.spec.get("volumes", [])}
        yield from self.shared
        for mount in pod.container.get("volumeMounts", []):
            volume = volumes[mount["name"]]
            if "secret" in volume:
                source, mode = self.secret(volume["secret"]["secretName"], volume["secret"]["defaultMode"]), "ro"
            else:
                source = self.claim(volume["persistentVolumeClaim"]["claimName"])
                mode = "ro" if mount.get("readOnly") else "rw"
            yield f"{source}:{mount['mountPath']}:{mode}"

    def variables(self, pod):
        found = self.facts.environment | {"PATH": "/program:/usr/bin"}
        for name, value in pod.variables(self.objects, self.facts.secrets).items():
            found[name] = self.facts.secrets[value[0]][value[1]] if isinstance(value, tuple) else value
        # Where runs are kept, the stage says: there is no server.
        return {name: value for name, value in found.items() if not name.startswith("MLFLOW_")} | self.overrides

    def start(self, pod, log):
        variables = self.variables(pod)
        words = [re.sub(r"\$\((\w+)\)", lambda found: variables[found[1]], word) for word in pod.container["args"]]
        place = pod.container.get("workingDir", self.facts.workdir)
        command = ["env", "-i", "-C", place, *(f"{name}={value}" for name, value in variables.items()), "retain", *words]
        access = "ro" if pod.container["securityContext"]["readOnlyRootFilesystem"] else "rw"
        with open(self.folder / log, "w") as output:
            return subprocess.Popen(
                ["unshare", "--mount", "--", "bash", "-c", ENTER, "_", f"{self.folder}/root", access, str(self.facts.user),
                 *self.mounts(pod), "--", str(pod.spec["securityContext"]["runAsUser"]), *command],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)  # fmt: skip

    def said(self, log):
        return (self.folder / log).read_text()


class NotStarted(SystemExit):
    """A pod that never became ready."""


class Running:
    """A pod that serves: `with Running(machine, pod) as running`, ended as a cluster ends it."""

    def __init__(self, machine, pod):
        self.machine, self.pod, self.log = machine, pod, f"{pod.name}.log"

    def __enter__(self):
        began = time.monotonic()
        self.process = self.machine.start(self.pod, self.log)
        probe = self.pod.container["startupProbe"]
        while self.probe("startupProbe") != 200:
            late = time.monotonic() - began > probe["periodSeconds"] * probe["failureThreshold"]
            if late or self.process.poll() is not None:
                self.kill()
                raise NotStarted(f"FAIL {self.pod.where} does not start\n{self.machine.said(self.log)}")
            time.sleep(0.1)
        self.took = time.monotonic() - began
        return self

    def fail(self, what):
        self.kill()
        raise SystemExit(f"FAIL {self.pod.where} {what}\n{self.machine.said(self.log)}")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def probe(self, name):
        asked = self.pod.container[name]["httpGet"]
        port = next(port["containerPort"] for port in self.pod.container["ports"] if asked["port"] in port.values())
        return self.ask("GET", asked["path"], port=port, timeout=self.pod.container[name].get("timeoutSeconds", 1))[0]

    def ask(self, method, path, key=None, body=None, port=None, timeout=10):
        """Status and text of the answer; none of either where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.machine.facts.port, timeout=timeout)
        try:
            connection.request(method, path, body, {"Authorization": f"Bearer {key}"} if key else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return None, ""
        finally:
            connection.close()

    def __exit__(self, kind, *_):
        if kind:
            self.kill()
            return
        self.process.send_signal(signal.SIGTERM)
        left = self.pod.spec["terminationGracePeriodSeconds"] - self.pod.container["lifecycle"]["preStop"]["sleep"]["seconds"]
        began, self.peak = time.monotonic(), None
        while self.peak is None:
            if time.monotonic() - began > left:
                self.fail("does not end in time")
            self.peak = ended(self.process)
            time.sleep(0.05)
        if self.process.returncode:
            self.fail(f"ends with {self.process.returncode} after SIGTERM")


def ended(process):
    """The most memory that an ended process had, in MB; None while it runs."""
    found, status, usage = os.wait4(process.pid, os.WNOHANG)
    if not found:
        return None
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / 1024
