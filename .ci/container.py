"""Build the container's image on a fresh Debian, and run it as it is to be run: `.ci/container.py`.

As root, where buildah and debootstrap are; Debian's packages come from where apt takes them, the
libraries from where pip does. No container engine: what one would do (read-only, no capability,
no new privilege, no network but its own) is asked of the system by `unshare` and `setpriv`.
Everything is kept in a folder that goes away.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PAGES = ("/", "/atelier", "/ressources", "/carnet-formateur")
PATIENCE = 120.0
STOPS_WITHIN = 5.0
"""What the documentation promises."""
PROXY = "http://127.0.0.1:9"
"""Nobody answers there: whatever asks through it is lost."""
NOWHERE = dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"), PROXY)
WITHOUT_RIGHTS = (
    *("setpriv", "--reuid=10001", "--regid=10001", "--clear-groups", "--bounding-set=-all"),
    *("--inh-caps=-all", "--ambient-caps=-all", "--no-new-privs"),
)
START = """
set -e
mount --bind "$1" "$1"
mount -o remount,bind,ro "$1"
mount -t tmpfs -o mode=1777,size=64m,nosuid,nodev none "$1/tmp"
mount -t tmpfs -o mode=755,size=1m none "$1/dev"
for device in null zero random urandom; do
    : > "$1/dev/$device"
    mount --bind "/dev/$device" "$1/dev/$device"
done
mount -t proc none "$1/proc"
python3 -c '
import fcntl, socket, struct
with socket.socket() as line:  # lo, up and running
    fcntl.ioctl(line, 0x8914, struct.pack("16sh14x", b"lo", 0x41))
'
exec chroot "$@"
"""


def main() -> None:
    """Build, weigh, run, stop."""
    for program in ("buildah", "debootstrap", "unshare", "nsenter"):
        if shutil.which(program) is None or os.geteuid():
            sys.exit(f"{program}, as root, is needed: apt-get install buildah debootstrap")
    with tempfile.TemporaryDirectory(prefix="reperes-image-") as name:
        work = Path(name)
        base = work / "base"
        debian(base)
        with built(work, base) as (image, config):
            weigh(base, image)
            with running(image, config) as inside:
                check(inside, config)
    print("The image serves read-only and without rights, is probed, and stops.")


def debian(base: Path) -> None:
    """Make a Debian with Python and nothing else, from where apt takes its packages."""
    targets = run("apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)").splitlines()
    release = Path("/etc/os-release").read_text(encoding="utf-8")
    codename = next(
        line.partition("=")[2] for line in release.splitlines() if "VERSION_CODENAME" in line
    )
    address = next(target.split()[0] for target in targets if target.split()[1:] == [codename])
    packages = "--include=python3,python3-venv,ca-certificates"
    run("debootstrap", "--variant=minbase", packages, codename, base, address)
    for left in ("var/cache/apt", "var/lib/apt/lists"):
        shutil.rmtree(base / left)


@contextmanager
def built(work: Path, base: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Build the image on that Debian; give its files and its configuration."""
    store = ("--root", work / "store", "--runroot", work / "run", "--storage-driver", "vfs")

    def buildah(*arguments: str | Path) -> str:
        return run("buildah", *store, *arguments)

    os.environ["BUILDAH_ISOLATION"] = "chroot"
    empty = buildah("from", "scratch")
    buildah("copy", "--quiet", empty, base, "/")
    buildah("commit", "--quiet", "--rm", empty, "base")
    # What pip needs of this machine, without a trace in the image.
    certificates = "/etc/ssl/certs"
    settings = [f"cert = {certificates}/ca-certificates.crt"]
    if index := os.environ.get("PIP_INDEX_URL"):
        settings.append(f"index-url = {index}")
    (work / "pip.conf").write_text("\n".join(["[global]", *settings, ""]), encoding="utf-8")
    buildah(
        *("build", "--quiet", "--pull=never", "--network=host", "--format=docker"),
        *("--build-arg", "BASE=localhost/base", "--tag", "reperes"),
        *("--volume", f"{certificates}:{certificates}:ro"),
        *("--volume", f"{work}/pip.conf:/etc/pip.conf:ro"),
        *("--file", "deploiement/Containerfile", "."),
    )
    container = buildah("from", "--pull=never", "localhost/reperes")
    told = json.loads(buildah("inspect", "--type", "image", "localhost/reperes"))
    image = Path(buildah("mount", container))
    try:
        yield image, told["Docker"]["config"]
    finally:
        buildah("umount", container)


def weigh(base: Path, image: Path) -> None:
    """Print what the image weighs, what we add, and the largest parts of that."""

    def weight(folder: Path) -> int:
        return int(run("du", "-sm", folder).split()[0])

    libraries = next((image / "reperes" / "lib").glob("python3*/site-packages"))
    parts = sorted(((weight(part), part.name) for part in libraries.iterdir()), reverse=True)
    ours = weight(image / "reperes")
    print(f"image {weight(image)} MB, of which Debian {weight(base)}, ours {ours}")
    print("largest:", ", ".join(f"{name} {size}" for size, name in parts[:12]))


class Inside:
    """The running server, and what one can ask from within."""

    def __init__(self, process: subprocess.Popen[str], pid: int, env: dict[str, str]) -> None:
        self.process = process
        self.pid = pid
        self._env = env

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command beside the server, with its rights."""
        enter = ("nsenter", f"--target={self.pid}", "--mount", "--net", "--pid", "--root", "--wd")
        done = subprocess.run(
            [*enter, *WITHOUT_RIGHTS, *command],
            env=self._env,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert not check or done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done


@contextmanager
def running(image: Path, config: dict[str, Any]) -> Iterator[Inside]:
    """Start the image's own command; nothing of it is left afterwards."""
    assert config["User"] == "10001:10001", config["User"]
    env = {**dict(line.split("=", 1) for line in config["Env"]), **NOWHERE}
    spaces = ("unshare", "--mount", "--pid", "--net", "--ipc", "--fork")
    process = subprocess.Popen(
        [*spaces, "sh", "-c", START, "sh", image, *WITHOUT_RIGHTS, *config["Entrypoint"]],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert "est ouvert" in said, said + process.stdout.read()
        yield Inside(process, first(process), env)
    finally:
        if process.poll() is None:
            os.kill(first(process), signal.SIGKILL)  # all that runs beside it ends with it
        process.wait()


def first(process: subprocess.Popen[str]) -> int:
    """Return the first process of the spaces that `unshare` made."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8")
    return int(children.split()[0])


def check(inside: Inside, config: dict[str, Any]) -> None:
    """See that it has no rights, answers its probe and gives its pages, and stops when told."""
    status = dict(
        line.split(":\t", 1)
        for line in Path(f"/proc/{inside.pid}/status").read_text("utf-8").splitlines()
        if ":\t" in line
    )
    assert status["Uid"].split() == ["10001"] * 4, status["Uid"]
    assert status["NoNewPrivs"] == "1"
    rights = {name: status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}
    assert {int(value, 16) for value in rights.values()} == {0}, rights
    for place in ("/x", "/reperes/x", "/home/x", "/dev/x"):
        assert inside.run("touch", place, check=False).returncode, f"{place} was written"
    inside.run("touch", "/tmp/x")

    kind, *probe = config["Healthcheck"]["Test"]
    assert kind == "CMD"
    began = time.monotonic()
    while inside.run(*probe, check=False).returncode:
        assert time.monotonic() - began < PATIENCE, inside.run(*probe, check=False).stderr
        time.sleep(0.2)
    nobody = [word.replace("8866", "8867") for word in probe]
    assert inside.run(*nobody, check=False).returncode == 1, "the probe cannot fail"
    print(f"healthy {time.monotonic() - began:.1f} s after it listened")
    for page in PAGES:
        got = inside.run(
            *("/reperes/bin/python", "-c"),
            "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', 8866); "
            "c.request('GET', sys.argv[1]); a = c.getresponse(); assert a.status == 200; "
            "sys.stdout.buffer.write(a.read())",
            page,
        ).stdout
        assert 'class="reperes-page"' in got, page
        assert got.rstrip().endswith("</html>"), page
    reperes = config["Entrypoint"][0]
    inside.run(reperes, "verifier")
    assert "15" in inside.run(reperes, "orienter", "danger-suicide").stdout
    inside.run(reperes, "exporter", "--tout", "-o", "/tmp/pages")
    assert "index.html" in inside.run("ls", "/tmp/pages").stdout

    began = time.monotonic()
    os.kill(inside.pid, getattr(signal, config["StopSignal"]))
    inside.process.wait(timeout=PATIENCE)
    took = time.monotonic() - began
    print(f"stopped in {took:.1f} s")
    assert took < STOPS_WITHIN, took


def run(*command: str | Path) -> str:
    """Run a command here; return what it prints, or stop with what it says."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:8]))}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


if __name__ == "__main__":
    main()
