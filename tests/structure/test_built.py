"""The committed built files were built from the committed sources. No Node is needed to see that."""

import gzip

import pytest
from built_files import CONTRACT, MANIFEST, PRODUCTS, Product, hashes, main, stale, write

from agent.page.script import script_source


@pytest.mark.parametrize("name", sorted(PRODUCTS))
def test_the_built_files_are_those_of_the_sources(name):
    assert stale(PRODUCTS[name]) == [], f"run scripts/build-{name}"


def test_the_userscript_depends_on_the_contract():
    assert CONTRACT in hashes(PRODUCTS["userscript"])
    assert "userscript/src/contract.gen.ts" in hashes(PRODUCTS["userscript"])


def test_the_script_in_the_page_stays_small():
    assert len(gzip.compress(script_source().encode(), 9)) <= 120_000, "docs/overlay.md promises it"


@pytest.fixture
def product(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "dist").mkdir()
    (tmp_path / "src" / "main.ts").write_text("let a = 1;\n")
    (tmp_path / "dist" / "out.js").write_text("let a=1")
    made = Product(folder="dist", sources=("src/**/*.ts",), outputs=("dist/*.*",))
    write(made, tmp_path)
    return made


def test_what_was_just_built_is_good(product, tmp_path):
    assert stale(product, tmp_path) == []
    assert (tmp_path / "dist" / MANIFEST).read_text("utf-8").count("\n") == 2


def test_line_ends_of_windows_are_the_same_file(product, tmp_path):
    (tmp_path / "src" / "main.ts").write_bytes(b"let a = 1;\r\n")
    assert stale(product, tmp_path) == []


@pytest.mark.parametrize("change", ["src/main.ts", "src/deep/added.ts", "dist/out.js", "dist/added.js"])
def test_a_changed_or_added_file_is_noticed(product, tmp_path, change):
    (tmp_path / change).parent.mkdir(exist_ok=True)
    (tmp_path / change).write_text("let a = 2;\n")
    assert stale(product, tmp_path) == [change]


def test_a_removed_file_and_a_missing_list_are_noticed(product, tmp_path):
    (tmp_path / "src" / "main.ts").unlink()
    assert stale(product, tmp_path) == ["src/main.ts"]
    (tmp_path / "dist" / MANIFEST).unlink()
    assert stale(product, tmp_path) == [f"dist/{MANIFEST}"]


def test_another_contract_is_noticed(monkeypatch):
    import generate_contract

    product = PRODUCTS["userscript"]
    before = hashes(product)[CONTRACT]
    changed = generate_contract.schema() | {"title": "Another"}
    monkeypatch.setattr(generate_contract, "schema", lambda: changed)
    assert hashes(product)[CONTRACT] != before


@pytest.mark.parametrize("arguments", [[], ["write"], ["write", "house"], ["burn", "userscript"]])
def test_a_wrong_command_line_is_refused(arguments, capsys):
    assert main(arguments) == 2
    assert "write|check" in capsys.readouterr().err
