"""The examples of the documents, as a reader would run them."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from conftest import python, retain

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("document", ["docs/how-to/python.md", "python/README.md"])
def test_examples(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All blocks of a document, in order, in one Python in an empty folder; README's readers have customers already."""
    monkeypatch.chdir(tmp_path)
    if document == "python/README.md":
        retain("simulate", "--rows", 2000, "-o", "customers.csv")
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert blocks
    done = python("\n".join(map(textwrap.dedent, blocks)))
    assert done.returncode == 0, done.stderr
