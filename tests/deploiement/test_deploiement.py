"""What the deployment page gives to copy is accepted by the programs it is for."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from typer.main import get_command

from tests.conftest import ROOT
from tests.deploiement.fronts import FILES, nginx_settings, program, replaced
from tests.servers import Served, free_port
from widgets.cli.main import app

PAGE = (ROOT / "DEPLOIEMENT.md").read_text(encoding="utf-8")
MANIFESTS: list[dict[str, Any]] = list(
    yaml.safe_load_all((FILES / "kubernetes.yaml").read_text(encoding="utf-8"))
)


def accepted(*command: str | Path) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_haproxy_accepts_its_configuration(tmp_path: Path, exported_folder: Path) -> None:
    settings = replaced(
        (FILES / "haproxy.cfg").read_text(encoding="utf-8"),
        ("/etc/haproxy/panne.html", f"{exported_folder}/panne.html"),
    )
    (tmp_path / "haproxy.cfg").write_text(settings, encoding="utf-8")
    accepted(program("haproxy", "haproxy"), "-c", "-q", "-f", tmp_path / "haproxy.cfg")


@pytest.mark.parametrize("name", ["nginx.conf", "nginx-fichiers.conf"])
def test_nginx_accepts_its_configuration(tmp_path: Path, exported_folder: Path, name: str) -> None:
    nginx = program("nginx", "nginx-light")
    certificate = (tmp_path / "fullchain.pem", tmp_path / "privkey.pem")
    accepted(
        *(program("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
        *("-subj", "/CN=reperes.example.fr", "-out", certificate[0], "-keyout", certificate[1]),
    )
    site = (FILES / name).read_text(encoding="utf-8")
    site = site.replace("/etc/ssl/reperes/", f"{tmp_path}/")
    settings = nginx_settings(tmp_path, site, exported_folder / "panne.html")
    accepted(nginx, "-t", "-q", "-e", "stderr", "-p", tmp_path, "-c", settings)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda manifest: manifest["kind"])
def test_kubernetes_knows_every_line(manifest: dict[str, Any]) -> None:
    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)
    assert manifest["metadata"]["name"] in {"reperes", "reperes-ecoles"}


def test_the_pods_may_do_nothing_and_reach_nobody() -> None:
    kinds = {manifest["kind"]: manifest["spec"] for manifest in MANIFESTS}
    pod = kinds["Deployment"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["allowPrivilegeEscalation"] is False
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    probes = [container[f"{name}Probe"]["httpGet"] for name in ("startup", "readiness", "liveness")]
    assert {probe["path"] for probe in probes} == {"/sante"}
    assert kinds["NetworkPolicy"]["egress"] == []
    assert "Egress" in kinds["NetworkPolicy"]["policyTypes"]
    assert kinds["PodDisruptionBudget"]["minAvailable"] >= 1
    assert kinds["HorizontalPodAutoscaler"]["minReplicas"] >= 2


def test_the_pods_serve_the_schools_of_a_volume_that_they_only_read() -> None:
    kinds = {manifest["kind"]: manifest for manifest in MANIFESTS}
    pod = kinds["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    option, folder = container["args"]
    assert option in {name for each in get_command(app).params for name in each.opts}
    mount = next(each for each in container["volumeMounts"] if folder.startswith(each["mountPath"]))
    assert mount["readOnly"] is True
    volume = next(each for each in pod["volumes"] if each["name"] == mount["name"])
    claim = volume["persistentVolumeClaim"]
    assert claim["claimName"] == kinds["PersistentVolumeClaim"]["metadata"]["name"]
    assert kinds["PersistentVolumeClaim"]["spec"]["accessModes"] == ["ReadOnlyMany"]


def test_the_container_has_no_rights_and_no_address_to_fetch_from() -> None:
    text = (FILES / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert not re.search(r"https?://(?!127\.0\.0\.1)", text)
    copied = re.findall(r"^COPY ([^-].*) /source", text, re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_the_container_is_probed_without_any_proxy(served: Served, variable: str) -> None:
    """An engine gives a container the proxy variables of the machine."""
    text = (FILES / "Containerfile").read_text(encoding="utf-8")
    found = re.search(r"^HEALTHCHECK .*? CMD (\[.*?\])$", text, re.MULTILINE | re.DOTALL)
    assert found
    _python, *words = json.loads(found[1].replace("\\\n", ""))
    env = {**os.environ, variable: "http://127.0.0.1:9", "no_proxy": ""}

    def status(port: int) -> int:
        probe = [sys.executable, *(word.replace("8866", str(port)) for word in words)]
        return subprocess.run(probe, env=env, capture_output=True, check=False).returncode

    served.wait_until("à jour")
    assert status(served.port) == 0
    assert status(free_port()) == 1


def test_every_file_is_on_the_page_and_every_file_of_the_page_exists() -> None:
    linked = set(re.findall(r"\(deploiement/([\w.-]+)\)", PAGE))
    assert linked == {file.name for file in FILES.iterdir()}
