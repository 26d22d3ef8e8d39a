import json
from pathlib import Path

import pytest

from agent.analysis.batch import analyse_file, analyse_text
from agent.analysis.columns import read_column
from agent.errors import BadInput

NO_REPLIES = Path("none.yaml")
KEYS = {
    "considered",
    "intent_choices",
    *("sentiment_score", "sentiment", "mood_score", "intent", "unsure"),
    *("confidence_scores", "suggested_responses", "model_version", "intent_choices", "considered"),
}


def csv_file(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "in.csv"
    path.write_bytes(content.encode(encoding))
    return path


def test_one_object_a_message_in_order(tmp_path):
    source = csv_file(tmp_path, 'id,mensagem\n1,"quanto custa, por favor?"\n2,\n3,obrigada!\n')
    out = tmp_path / "out.jsonl"
    assert analyse_file(source, "mensagem", out, NO_REPLIES) == 3
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["intent"] for line in lines] == ["price", "other", "thanks"]
    assert all(set(line) == KEYS for line in lines)


def test_one_text_gives_the_same_as_a_file(tmp_path, capsys):
    analyse_file(csv_file(tmp_path, "text\nquanto custa?\n"), "text", None, NO_REPLIES)
    assert json.loads(capsys.readouterr().out)["intent"] == analyse_text("quanto custa?", NO_REPLIES).intent


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_of_spreadsheets(tmp_path, encoding, separator):
    source = csv_file(tmp_path, f"id{separator} Mensagem \n1{separator}não é ação\n", encoding)
    assert read_column(source, "Mensagem") == ["não é ação"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n1,2\n", "no column text. Its columns: a, b"),
        (b"", "empty"),
        (b"text\n\x00\x01", "not a text file"),
        (b'text\n"open', "in.csv, line"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path, content, says):
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=says):
        read_column(path, "text")


def test_a_missing_file_and_an_unwritable_target_are_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_column(tmp_path / "none.csv", "text")
    with pytest.raises(BadInput, match="cannot be written"):
        analyse_file(csv_file(tmp_path, "text\noi\n"), "text", tmp_path / "no" / "folder", NO_REPLIES)
