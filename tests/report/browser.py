"""A real browser for tests: Debian's Chromium without a screen; tests skip where it is not there."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--virtual-time-budget=10000",
)  # fmt: skip


@cache
def chromium() -> str:
    """The path of a browser, or ""."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


@cache
def axe() -> str:
    """The text of axe-core (npm install axe-core; or EVIDENCE_AXE names the file), or ""."""
    paths = [os.environ.get("EVIDENCE_AXE", ""), str(ROOT / "node_modules" / "axe-core" / "axe.min.js")]
    return next((Path(path).read_text("utf-8") for path in paths if path and Path(path).is_file()), "")


def run(page: str, folder: Path, *words: str) -> str:
    """Open a page and return what the browser prints."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    command = [chromium(), *FLAGS, f"--user-data-dir={folder / 'profile'}", *words]
    done = subprocess.run(
        [*command, (folder / "page.html").as_uri()], capture_output=True, timeout=120, check=True
    )
    return done.stdout.decode("utf-8", "replace")


def ask(page: str, script: str, folder: Path) -> Any:
    """Run a script in a page (its policy against scripts taken out) and return the value it tells.

    The script calls `tell(value)` once.
    """
    start = page.index('<meta http-equiv="Content-Security-Policy"')
    bare = page[:start] + page[page.index(">", start) + 1 :]
    tell = (
        "function tell(value){const e=document.createElement('output');e.id='told';"
        "e.textContent=JSON.stringify(value);document.body.append(e)}"
    )
    added = f"<script>{tell}</script><script>{script}</script></body>"
    dom = run(bare.replace("</body>", added), folder, "--dump-dom", "--window-size=1280,900")
    found = re.search(r'<output id="told">(.*?)</output>', dom, re.DOTALL)
    assert found, "the script told nothing"
    return json.loads(html.unescape(found[1]))
