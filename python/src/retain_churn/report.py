"""A report of the program: one HTML page that needs no network."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path


class Report:
    """A page, which a notebook shows. `html` is its text; `save` writes it to a file."""

    def __init__(self, html: str) -> None:
        self.html = html

    def save(self, path: str | os.PathLike[str]) -> None:
        Path(path).write_text(self.html, encoding="utf-8")

    def frame(self) -> str:
        """The page in a frame, for a page of others."""
        # In a frame of its own: the page's styles are of a whole page, and would restyle the notebook. The page has no
        # script, and may run none.
        page = escape(self.html, quote=True)
        return f'<iframe srcdoc="{page}" sandbox title="Retain" style="width: 100%; height: 40em; border: 0"></iframe>'

    def _repr_html_(self) -> str:
        return self.frame()

    def __repr__(self) -> str:
        return f"<Report, {len(self.html)} characters; save(path) writes it>"
