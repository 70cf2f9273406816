"""A real Elasticsearch for tests, without Docker: its minimal distribution, on a free port of the loopback interface.

    python tests/services/elasticsearch.py          runs one until Ctrl-C, prints its address

Everything is kept under .cache/ of the checkout; a run's data live in a temporary folder and are gone with it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from debian import ServiceMissing
from java import compile_java, has_module, maven_artifact, runtime

VERSION = "9.2.0"
DISTRIBUTION = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}"
HEAP = "1g"
USER = "labourscope-test"
START_SECONDS = 120
CACHE = Path(__file__).resolve().parents[2] / ".cache"
ANALYZERS = Path(__file__).resolve().parent / "analyzers"
COMPONENTS = {
    "org.elasticsearch.plugin.analysis.AnalyzerFactory": ("English", "German", "French", "Spanish", "Dutch", "Swedish", "Czech"),
    "org.elasticsearch.plugin.analysis.TokenFilterFactory": ("AsciiFolding",),
}


@contextmanager
def running_elasticsearch(cache: Path = CACHE) -> Iterator[str]:
    """Run an Elasticsearch and give its address; it is stopped, and its data removed, at the end. Raises ServiceMissing."""
    cache.mkdir(parents=True, exist_ok=True)
    java_home = runtime(cache)
    distribution = prepare(cache, java_home)
    folder = Path(tempfile.mkdtemp(prefix="labourscope-elasticsearch-"))
    process = None
    try:
        user = _unprivileged_user()
        port = _write_configuration(distribution, folder, java_home)
        home = _within_reach(distribution, folder, user)
        java_home = _within_reach(java_home, folder, user)
        if user:
            _give(folder, user)
        process = _start(home, folder, java_home, user)
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(address, process, folder / "output.log")
        yield address
    finally:
        if process is not None:
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def prepare(cache: Path, java_home: Path) -> Path:
    """Fetch and unpack the distribution and build its analyzer plugin, once; returns its folder."""
    home = cache / f"elasticsearch-{VERSION}"
    if not home.exists():
        archive = maven_artifact(DISTRIBUTION, "zip", cache)
        unpacked = cache / "unpacked"
        shutil.rmtree(unpacked, ignore_errors=True)
        with zipfile.ZipFile(archive) as file:
            file.extractall(unpacked)
        for program in (unpacked / home.name / "bin").iterdir():
            program.chmod(0o755)
        (unpacked / home.name).rename(home)
    source = max(path.stat().st_mtime for path in ANALYZERS.glob("*.java"))
    plugin = home / "plugins" / "labourscope-analyzers"
    if not plugin.exists() or plugin.stat().st_mtime < source:
        _build_plugin(plugin, home, java_home, cache)
    return home


def _build_plugin(plugin: Path, home: Path, java_home: Path, cache: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        classes = Path(scratch) / "classes"
        classes.mkdir()
        compile_java(ANALYZERS, classes, classpath=home / "lib", home=java_home, cache=cache)
        built = Path(scratch) / "plugin"
        built.mkdir()
        with zipfile.ZipFile(built / "labourscope-analyzers.jar", "w") as jar:
            for path in sorted(classes.rglob("*.class")):
                jar.write(path, path.relative_to(classes))
        named = {
            interface: {name.lower(): f"org.labourscope.analyzers.LanguageAnalyzers${name}" for name in names}
            for interface, names in COMPONENTS.items()
        }
        (built / "named_components.json").write_text(json.dumps(named))
        (built / "stable-plugin-descriptor.properties").write_text(
            "name=labourscope-analyzers\ndescription=Lucene's language analyzers\nversion=1\njava.version=21\n"
            f"elasticsearch.version={VERSION}\n"
        )
        shutil.rmtree(plugin, ignore_errors=True)
        shutil.copytree(built, plugin)


def _write_configuration(distribution: Path, folder: Path, java_home: Path) -> int:
    configuration = folder / "config"
    shutil.copytree(distribution / "config", configuration)
    options = configuration / "jvm.options"
    if not has_module(java_home, "jdk.incubator.vector"):
        kept = [line for line in options.read_text().splitlines() if "jdk.incubator.vector" not in line]
        options.write_text("\n".join(kept) + "\n")
    (configuration / "jvm.options.d").mkdir(exist_ok=True)
    (configuration / "jvm.options.d" / "heap.options").write_text(f"-Xms{HEAP}\n-Xmx{HEAP}\n")
    port, transport_port = _free_ports(2)
    settings = {
        "cluster.name": "labourscope-test",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": transport_port,
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "xpack.security.enabled": False,
        # the disk of a build machine may be fuller than Elasticsearch likes for real data
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    (configuration / "elasticsearch.yml").write_text("".join(f"{name}: {json.dumps(value)}\n" for name, value in settings.items()))
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir()
    return port


def _start(home: Path, folder: Path, java_home: Path, user: str | None) -> subprocess.Popen[bytes]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "ES_JAVA_HOME": str(java_home),
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
    }
    as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
    with (folder / "output.log").open("wb") as output:
        return subprocess.Popen(
            [*as_user, str(home / "bin" / "elasticsearch")],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], output: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with opener.open(f"{address}/_cluster/health?wait_for_status=yellow&timeout=10s", timeout=15):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    tail = output.read_text(errors="replace")[-4000:]
    raise ServiceMissing(f"Elasticsearch did not start within {START_SECONDS} s:\n{tail}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    # its launcher and the server are one process group, of our making
    for sign, patience in ((signal.SIGTERM, 20), (signal.SIGKILL, 10)):
        try:
            os.killpg(process.pid, sign)
            process.wait(patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return


def _unprivileged_user() -> str | None:
    """Elasticsearch refuses to run as root: name a system user, made when it is not there."""
    if os.geteuid() != 0:
        return None
    if subprocess.run(["id", USER], capture_output=True, check=False).returncode:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", USER], check=True)
    return USER


def _within_reach(path: Path, folder: Path, user: str | None) -> Path:
    """The path itself, or a copy in `folder` when the user may not read it (a checkout below /root)."""
    if user is None:
        return path
    command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "test", "-x", str(path / "bin")]
    if subprocess.run(command, check=False).returncode == 0:
        return path
    return Path(shutil.copytree(path, folder / path.name, symlinks=True))


def _give(folder: Path, user: str) -> None:
    subprocess.run(["chown", "-R", f"{user}:{user}", str(folder)], check=True)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for opened in sockets:
            opened.bind(("127.0.0.1", 0))
        return [opened.getsockname()[1] for opened in sockets]
    finally:
        for opened in sockets:
            opened.close()


def main() -> int:
    """Run an Elasticsearch until interrupted."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with running_elasticsearch() as address:
            sys.stdout.write(f"{address}\nLABOURSCOPE_TEST_ELASTICSEARCH={address} python -m pytest -m elasticsearch\nCtrl-C stops it.\n")
            sys.stdout.flush()
            signal.pause()
    except KeyboardInterrupt:
        return 0
    except ServiceMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
