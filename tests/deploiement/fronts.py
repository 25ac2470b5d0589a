"""nginx and HAProxy for real, configured by copies of what the documentation gives.

Only addresses and paths differ from the shipped files, and nginx speaks http, as its certificate
is tried elsewhere.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT, lacking
from tests.servers import PATIENCE, Served, free_port

FILES = ROOT / "deploiement"


def program(name: str, package: str) -> str:
    """Return where a program is that the tests drive."""
    found = shutil.which(name, path="/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin")
    return found or lacking(name, f"Sous Debian : apt-get install {package}.")


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    """Return a text in which each of these stands for the other; each must be there."""
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return text


def nginx_settings(folder: Path, site: str, outage: Path) -> Path:
    """Write what nginx needs around a site, and our page for its errors; return the main file."""
    snippets = folder / "snippets"
    snippets.mkdir()
    page = replaced(
        (FILES / "nginx-panne.conf").read_text(encoding="utf-8"),
        ("/srv/reperes/panne.html", str(outage)),
    )
    (snippets / "reperes-panne.conf").write_text(page, encoding="utf-8")
    (folder / "site.conf").write_text(site, encoding="utf-8")
    # Whoever runs the tests owns the pages.
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temp_paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    main = folder / "nginx.conf"
    main.write_text(
        f"{user} pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ {temp_paths} include {folder}/site.conf; }}\n",
        encoding="utf-8",
    )
    return main


@contextmanager
def nginx(folder: Path, replicas: Sequence[int], outage: Path) -> Iterator[Served]:
    """Start nginx in front of two servers, by their ports."""
    port = free_port()
    site = replaced(
        (FILES / "nginx.conf").read_text(encoding="utf-8"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8866", f"127.0.0.1:{replicas[0]}"),
        ("127.0.0.1:8867", f"127.0.0.1:{replicas[-1]}"),
    )
    with _nginx(folder, re.sub(r"^\s*ssl_.*\n", "", site, flags=re.MULTILINE), outage, port) as run:
        yield run


@contextmanager
def nginx_of_files(folder: Path, pages: Path) -> Iterator[Served]:
    """Start nginx on a folder of exported pages."""
    port = free_port()
    site = replaced(
        (FILES / "nginx-fichiers.conf").read_text(encoding="utf-8"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("root /srv/reperes;", f"root {pages};"),
    )
    site = re.sub(r"^\s*ssl_.*\n", "", site, flags=re.MULTILINE)
    with _nginx(folder, site, pages / "panne.html", port) as run:
        yield run


@contextmanager
def _nginx(folder: Path, site: str, outage: Path, port: int) -> Iterator[Served]:
    main = nginx_settings(folder, site, outage)
    command = [program("nginx", "nginx-light"), "-e", "stderr", "-p", folder, "-c", main]
    with _running([*command, "-g", "daemon off;"], port) as run:
        yield run


@contextmanager
def haproxy(folder: Path, replicas: Sequence[int], outage: Path) -> Iterator[Served]:
    """Start HAProxy in front of servers, by their ports; the last stands for those that lack."""
    port = free_port()
    last = replicas[-1]
    config = folder / "haproxy.cfg"
    config.write_text(
        replaced(
            (FILES / "haproxy.cfg").read_text(encoding="utf-8"),
            ("bind 127.0.0.1:8080", f"bind 127.0.0.1:{port}"),
            ("127.0.0.1:8866\n", f"127.0.0.1:{replicas[0]}\n"),
            ("127.0.0.1:8867\n", f"127.0.0.1:{replicas[1] if len(replicas) > 1 else last}\n"),
            ("127.0.0.1:8868\n", f"127.0.0.1:{last}\n"),
            ("/etc/haproxy/panne.html", str(outage)),
        ),
        encoding="utf-8",
    )
    with _running([program("haproxy", "haproxy"), "-db", "-q", "-f", config], port) as run:
        yield run


@contextmanager
def _running(command: Sequence[str | Path], port: int) -> Iterator[Served]:
    """Start a program; it listens when this returns, and is gone afterwards."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
                break
            except OSError:
                assert process.poll() is None, process.communicate()[1]
                assert time.monotonic() < end, "nobody listens"
                time.sleep(0.05)
        yield Served(process, port)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
