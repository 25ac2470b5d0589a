"""Write every page there is to a folder, for a validator: exported, with a school, and served."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from signs.loading.loader import SHIPPED
from tests.browser.test_paper import SCHOOL
from tests.servers import REPERES, serving
from widgets.page.registry import PAGES


def main(folder: Path) -> None:
    """Write them all; two lists are served, so that there is one to choose."""
    with tempfile.TemporaryDirectory() as work:
        school = Path(work) / "ecole.toml"
        school.write_text(SCHOOL, encoding="utf-8")
        export = [REPERES, "exporter", "--tout", "-o", folder, "--ecole", school]
        subprocess.run(export, check=True, capture_output=True)
        shipped = SHIPPED / "sextorsion"
        other = shutil.copytree(shipped, Path(work) / "autre")
        with serving("--liste", str(shipped), "--liste", str(other), cwd=Path(work)) as server:
            for address in (*(page.route for page in PAGES.values()), "/listes", "/rien"):
                status, _headers, body = server.ask(address)
                assert status == (404 if address == "/rien" else 200), address
                (folder / f"servie{address.replace('/', '-')}.html").write_bytes(body)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
