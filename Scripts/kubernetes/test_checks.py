"""Checks the checks: each mistake of the table must be found, and by what it says.

    test_checks.py PROGRAM
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from changes import changed
from check_manifests import problems
from facts import Facts
from kubectl import kubectl, manifests, overlays, render
from mistakes import MISTAKES
from schemas import versions

def main():
    facts = Facts(str(Path(sys.argv[1]).resolve()))
    rendered = {overlay: render(manifests / "overlays" / overlay) for overlay in overlays()}
    ends = [versions()[0], versions()[-1]]
    for overlay, name, place, value, wanted in MISTAKES:
        objects = changed(rendered[overlay], name, place, value)
        assert objects != rendered[overlay], (overlay, name, place)
        found = problems(objects, facts, ends)
        said = [problem for problem in found if wanted in problem]
        assert said, f"{overlay} {name} {place} = {value!r} is wrong and passes as {found or 'right'}; wanted: {wanted}"
    # `sleep` before the end is no mistake now, and was none of 1.28's forms.
    old = problems(rendered["plain"], facts, ["1.28.0"])
    assert any("sleep" in problem for problem in old), old
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "kubernetes"
        shutil.copytree(manifests, broken)
        (broken / "components/jobs/pods.yaml").unlink()
        done = subprocess.run([kubectl(), "kustomize", str(broken / "overlays/plain")], capture_output=True)
        assert done.returncode, "a patch that is not there passes"
    print(f"ok   the checks find what is wrong: {len(MISTAKES) + 2} mistakes")


main()
