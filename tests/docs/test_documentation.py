"""What the documentation names exists: files behind links, commands with their options, settings; nothing names one machine."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from labourscope.cli import app
from labourscope.settings import Settings
from search_api.settings import ApiSettings

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")])
PAGES = [page for page in PAGES if "_build" not in page.parts]
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^ {4,}\S.*\n?)+", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?:^|[\s/(])(labourscope(?: +[^\s|;&#)]+)+)")
SETTING = re.compile(r"\bLABOURSCOPE_[A-Z_]+[A-Z]\b")
MACHINES = re.compile(r"(?<![\w.])/(?:home(?!/runner)|Users|root|work)/[a-z]|https?://[^\s\"']+/(?:simple|packages)/")
IN_TESTS = {"LABOURSCOPE_REFERENCE_DATA", "LABOURSCOPE_TEST_ELASTICSEARCH", "LABOURSCOPE_TEST_CHROMIUM"}


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def links(page: Path) -> Iterator[str]:
    """Relative links of a page, outside of code."""
    text = INLINE.sub("", FENCED.sub("", page.read_text()))
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:|#|<", target):
            yield target.split("#")[0]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=name_of)
def test_every_page_is_in_a_table_of_contents(page: Path) -> None:
    listed = {
        str(found.relative_to(ROOT / "docs"))
        for index in (ROOT / "docs").rglob("index.md")
        for block in re.findall(r"```\{toctree\}\n(.*?)```", index.read_text(), re.DOTALL)
        for line in block.splitlines()
        if line and not line.startswith(":")
        for found in index.parent.glob(f"{line}.md" if "*" not in line else line)
    }
    assert name_of(page).removeprefix("docs/") in listed | {"index.md"}


def commands_in(page: Path) -> set[str]:
    """Every `labourscope ...` of the page's code."""
    text = page.read_text()
    code = [*FENCED.findall(text), *INDENTED.findall(FENCED.sub("", text)), *INLINE.findall(text)]
    joined = (part.replace("\\\n", " ") for part in code)
    return {match.strip() for part in joined for line in part.splitlines() for match in COMMAND.findall(line)}


def problem_of(line: str) -> str | None:
    """Tell what is wrong with a command, None if it could be called so."""
    words = shlex.split(line.replace("'", "").rstrip("."))[1:]
    command: object = typer.main.get_command(app)
    while isinstance(command, TyperGroup) and words and not words[0].startswith("-"):
        names = words.pop(0).split("|")
        unknown = [name for name in names if name not in command.commands]
        if unknown:
            return f"no command {unknown}"
        command = command.commands[names[0]]
    assert isinstance(command, TyperGroup | TyperCommand)
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    wrong = [word for word in words if word.startswith("--") and word.split("=")[0] not in options]
    return f"no option {wrong}" if wrong else None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_exist_with_their_options(page: Path) -> None:
    wrong = {command: problem for command in commands_in(page) if (problem := problem_of(command))}
    assert wrong == {}


def test_commands_are_found_in_the_documentation() -> None:
    found = {command for page in PAGES for command in commands_in(page)}
    assert len(found) > 20
    assert problem_of("labourscope nothing") is not None
    assert problem_of("labourscope merge --nothing") is not None
    assert problem_of('labourscope schedule --cron "0 3 * * *"') is None


def test_every_command_is_documented_by_hand() -> None:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    by_hand = [page for page in PAGES if page.parent.name != "reference"]
    mentioned = {command.split()[1] for page in by_hand for command in commands_in(page)}
    assert {name for name, command in root.commands.items() if not command.hidden} - mentioned == set()


def settings() -> set[str]:
    """Every setting that can be set."""
    return {f"{model.model_config['env_prefix']}{name}".upper() for model in (Settings, ApiSettings) for name in model.model_fields}


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / ".env.example", ROOT / "docker-compose.yml", ROOT / "Dockerfile", ROOT / "Makefile"], ids=name_of
)
def test_settings_exist(page: Path) -> None:
    assert set(SETTING.findall(page.read_text())) - settings() - IN_TESTS == set()


def tracked() -> list[Path]:
    """The project's text files."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_nothing_names_one_machine_or_a_package_index() -> None:
    found = {}
    for path in tracked():
        if not path.is_file():
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if places := MACHINES.findall(text):
            found[name_of(path)] = places
    assert found == {}
