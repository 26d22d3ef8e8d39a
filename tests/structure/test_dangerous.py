"""Calls by which a text becomes a program, and ciphers that are none: nowhere in the agent, nor in its script."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.structure.sendings import without_comments
from tests.structure.sources import texts

AGENT = dict(texts("agent/", suffixes=(".py",)))
SCRIPT = dict(texts("userscript/src/", suffixes=(".ts", ".tsx")))

CALLS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "hashlib.md5", "hashlib.sha1", "hashlib.new",
    "jinja2.Template", "Template", "from_string", "tempfile.mktemp", "create_subprocess_shell",
}  # fmt: skip
MODULES = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "xml", "lxml", "ldap3", "pylatex", "smtplib", "random"}
EXECUTE = {"execute", "executemany", "executescript", "text"}

MAY: dict[str, set[str]] = {
    # Chance that nobody need not guess: samples and shuffles for training and reports, and how long a pause is.
    "agent/analysis/reading/own_intents.py": {"import random"},
    "agent/analysis/examples.py": {"import random"},
    "agent/analysis/drafting/report.py": {"import random"},
    "agent/analysis/drafting/scoring.py": {"import random"},
    "agent/jobs/webhooks.py": {"import random"},
    # Our own names of tables, and a key of 64 hex digits: nothing that anybody writes.
    "agent/storage/backup.py": {"built SQL"},
    "agent/storage/restoring.py": {"built SQL"},
    "agent/storage/sqlcipher.py": {"built SQL"},
}
LOADERS = {"agent/api/edited_yaml.py", "agent/analysis/dialogues.py"}
"""Load YAML without running anything, in another way than by ``safe_load``."""

STORES = re.compile(r"\b(localStorage|sessionStorage|indexedDB|caches|cookieStore)\b|document\.cookie|__proto__")


def dangers(source: str, *, loads_yaml: bool = False) -> set[str]:
    """What a Python file has of these."""
    return {danger for node in ast.walk(ast.parse(source)) for danger in _dangers(node, loads_yaml=loads_yaml)}


def _dangers(node: ast.AST, *, loads_yaml: bool) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        yield from (f"import {name}" for name in named if name.partition(".")[0] in MODULES)
    if not isinstance(node, ast.Call):
        return
    name = ast.unparse(node.func)
    last = name.rpartition(".")[2]
    if name in CALLS or (last in CALLS and last != "compile" and name != "re.compile"):
        yield name
    if name in ("yaml.load", "yaml.load_all", "yaml.unsafe_load", "yaml.full_load") and not loads_yaml:
        yield name
    for keyword in node.keywords:
        said = ast.unparse(keyword.value)
        if (keyword.arg, said) in (("shell", "True"), ("verify", "False"), ("allow_pickle", "True")):
            yield f"{keyword.arg}={said}"
    if last == "Environment" and "autoescape=True" not in ast.unparse(node):
        yield "a template without escaping"
    if last in EXECUTE and node.args and _is_built(node.args[0]):
        yield "built SQL"


def _is_built(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    formats = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    return formats or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add))


@pytest.mark.parametrize("path", sorted(AGENT))
def test_nothing_makes_a_program_of_a_text(path: str) -> None:
    if "/migrations/" in path:
        return  # they have run before anybody could write anything
    assert dangers(AGENT[path], loads_yaml=path in LOADERS) <= MAY.get(path, set())


def test_every_exception_is_still_one() -> None:
    for path, allowed in MAY.items():
        assert dangers(AGENT[path], loads_yaml=path in LOADERS) == allowed, path


@pytest.mark.parametrize("path", sorted(SCRIPT))
def test_the_script_keeps_nothing_in_the_browser(path: str) -> None:
    assert STORES.findall(without_comments(SCRIPT[path])) == []


@pytest.mark.parametrize(
    "line",
    [
        "eval(text)",
        "exec(text)",
        "os.system('ls ' + name)",
        "subprocess.run(command, shell=True)",
        "import pickle",
        "from xml.etree import ElementTree",
        "yaml.load(text)",
        "hashlib.md5(data)",
        "jinja2.Environment()",
        "environment.from_string(text)",
        "db.execute(f'SELECT * FROM {name}')",
        "db.execute(text('SELECT ' + name))",
        "db.execute('SELECT %s' % name)",
        "httpx.AsyncClient(verify=False)",
        "np.load(path, allow_pickle=True)",
        "import random",
    ],
)
def test_each_is_noticed(line: str) -> None:
    assert dangers(line)


@pytest.mark.parametrize(
    "line", ["re.compile(text)", "db.execute(select(X))", "db.execute(text('SELECT 1'))", "yaml.safe_load(text)"]
)
def test_what_is_harmless_is_left_alone(line: str) -> None:
    assert dangers(line) == set()


def test_a_store_of_the_browser_is_noticed() -> None:
    for line in ("localStorage.x = 1;", "document.cookie", "indexedDB.open('x')", "a['__proto__'] = b;"):
        assert STORES.search(without_comments(line))
        assert not STORES.search(without_comments(f"// {line}"))
