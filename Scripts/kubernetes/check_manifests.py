"""Holds what kubectl makes of each overlay of deploy/kubernetes against all that is known of it.

    check_manifests.py PROGRAM
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

import asked
import references
import running
import schemas
import traffic
import words
from facts import PAGE, Facts
from kubectl import manifests, overlays, render


def problems(objects, facts, versions=None):
    """What is wrong with an overlay's objects. What has no form is looked at no further."""
    found = list(schemas.problems(objects, versions))
    if not found:
        for check in (words, references, traffic, running, asked):
            try:
                found += check.problems(objects, facts)
            except KeyError as missing:
                found.append(f"an object has no {missing}, which tells what is to be checked")
    return found


def own_overlay():
    """What the overlay that the page gives as an example makes."""
    text, = re.findall(r"^```yaml$(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(manifests, folder, dirs_exist_ok=True)
        own = Path(folder) / "own"
        own.mkdir()
        (own / "kustomization.yaml").write_text(text)
        return render(own)


def main():
    facts = Facts(str(Path(sys.argv[1]).resolve()))
    findings, counts = [], []
    for overlay in overlays():
        objects = render(manifests / "overlays" / overlay)
        findings += [f"{overlay}: {problem}" for problem in problems(objects, facts)]
        counts.append(f"{overlay} {len(objects)}")
    # Its images are of a registry that no other check knows of.
    findings += [f"{PAGE.name}: {text}" for text in problems(own_overlay(), facts) if "the image is" not in text]
    versions = [version.rpartition(".")[0] for version in schemas.versions()]
    print("\n".join(findings) or f"ok   objects: {', '.join(counts)}; Kubernetes {versions[0]} to {versions[-1]}")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
