import sys

import bench
import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "end_to_end.py").write_text(
        '"""From row to card."""\n\n\ndef main(arguments):\n    print(arguments)\n    return 7\n'
    )
    (tmp_path / "parts.py").write_text('"""No benchmark of its own."""\n')
    (tmp_path / "__init__.py").write_text("")
    monkeypatch.setattr(bench, "BENCHES", tmp_path)
    monkeypatch.setattr(bench, "PACKAGE", "measured")
    monkeypatch.syspath_prepend(str(tmp_path.parent))
    monkeypatch.setitem(sys.modules, "measured", type(sys)("measured"))
    sys.modules["measured"].__path__ = [str(tmp_path)]
    return tmp_path


def test_the_benchmarks_are_listed(folder, capsys):
    assert bench.main([]) == 0
    assert capsys.readouterr().out == "end-to-end   From row to card.\n"


def test_one_is_run_with_its_arguments_and_gives_the_exit_code(folder, capsys):
    assert bench.main(["end-to-end", "--json", "out.json"]) == 7
    assert capsys.readouterr().out == "['--json', 'out.json']\n"


def test_an_unknown_one_is_refused(folder, capsys):
    assert bench.main(["parts"]) == 2
    told = capsys.readouterr()
    assert "There is no benchmark parts" in told.err
    assert "end-to-end" in told.out
