"""The Compose file fits the Compose schema and keeps its promises; no Docker runs where the tests do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


def test_the_file_fits_the_compose_schema() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(ROOT / "docker-compose.yml")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_elasticsearch_is_the_official_image_with_security_on() -> None:
    service = SERVICES["elasticsearch"]
    assert service["image"].startswith("docker.elastic.co/elasticsearch/elasticsearch:9.2")
    assert service["environment"]["xpack.security.enabled"] == "true"
    assert service["environment"]["xpack.security.http.ssl.enabled"] == "true"


def test_prefect_keeps_its_state_in_postgresql() -> None:
    assert SERVICES["prefect"]["environment"]["PREFECT_API_DATABASE_CONNECTION_URL"].startswith("postgresql+asyncpg://")
    assert SERVICES["prefect"]["depends_on"]["database"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if "ports" in service])
def test_ports_are_published_on_loopback_only(name: str) -> None:
    assert all(str(port).startswith("127.0.0.1:") for port in SERVICES[name]["ports"])


def test_no_password_is_written_down() -> None:
    for service in SERVICES.values():
        for name, value in (service.get("environment") or {}).items():
            if "PASSWORD" in name.upper() or "TOKEN" in name.upper():
                assert str(value).startswith("${"), name


@pytest.mark.parametrize("name", ["worker", "api"])
def test_commands_of_our_services_exist(name: str) -> None:
    from labourscope.reference import commands_page

    assert f"## `labourscope {SERVICES[name]['command'][0]}`" in commands_page()


def test_the_certificate_script_holds_whole_commands(tmp_path: Path) -> None:
    """It runs against stand-ins for Elasticsearch's tools, twice: the second time it leaves the certificates alone."""
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    (home / "config" / "certs").mkdir(parents=True)
    calls = tmp_path / "calls"
    tool = home / "bin" / "elasticsearch-certutil"
    tool.write_text(f'#!/bin/sh\necho "certutil $*" >> {calls}\n')
    unzip = home / "bin" / "unzip"
    unzip.write_text(
        f'#!/bin/sh\necho "unzip $*" >> {calls}\nmkdir -p "$4/ca" "$4/elasticsearch"\ntouch "$4/ca/ca.crt"\n'
        'case $2 in *nodes.zip) touch "$4/elasticsearch/elasticsearch.crt";; esac\n'
    )
    chown = home / "bin" / "chown"
    chown.write_text("#!/bin/sh\nexit 0\n")
    for file in (tool, unzip, chown):
        file.chmod(0o755)
    (script,) = SERVICES["certificates"]["command"]
    environment = {"PATH": f"{home / 'bin'}:/usr/bin:/bin"}
    for _ in range(2):
        subprocess.run([*SERVICES["certificates"]["entrypoint"], script.replace("$$", "$")], cwd=home, env=environment, check=True)
    written = calls.read_text().splitlines()
    assert [line.split()[:2] for line in written] == [["certutil", "ca"], ["unzip", "-q"], ["certutil", "cert"], ["unzip", "-q"]]
    assert "--ca-cert config/certs/ca/ca.crt --ca-key config/certs/ca/ca.key" in written[2]


def test_every_package_is_copied_into_the_image() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    for package in ("labourscope", "flows", "search_api", "crawlers", "nlp", "observatory", "vacancies", "taxonomies"):
        assert f"COPY {package} {package}" in dockerfile
