from pathlib import Path

import pytest

from agent.analysis.dialogues import BUSINESSES
from agent.analysis.retrieval.knowledge import LONGEST, load_knowledge, slug
from agent.analysis.retrieval.passages import LONGEST_REPLY, as_reply, presentable
from agent.errors import BadInput

MARKDOWN = """Aberta desde 1998.

# Padaria Sol

## Horário de **funcionamento**
Todo dia, das 6h às 20h.
Feriado até as [12h](https://sol.example/feriados).

## Preços

- pão francês: R$ 18 o quilo
- `sonho`: R$ 7

```
## isto não é um título
```

## Preços
| bolo | R$ |
|---|---|
| fubá | 25 |

## Vazio
"""


def pdf(path: Path, pages: list[list[str]]) -> None:
    """A PDF of plain lines, written by hand: fonts and compression are the library's business."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        drawn = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 700 Td {drawn} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    text, places = "%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(text.encode("cp1252")))
        text += f"{n} 0 obj\n{body}\nendobj\n"
    start = len(text.encode("cp1252"))
    text += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    text += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    path.write_bytes(text.encode("cp1252"))


def test_a_slug_has_no_accents_and_no_signs():
    assert slug("  Área de entrega (São Paulo) ") == "area-de-entrega-sao-paulo"


def test_markdown_gives_a_passage_for_each_heading_with_text(tmp_path):
    (tmp_path / "padaria.md").write_text(MARKDOWN, "utf-8")
    found = load_knowledge(tmp_path)
    assert [(passage.id, passage.title) for passage in found] == [
        ("padaria", "Padaria"),
        ("horario-de-funcionamento", "Horário de funcionamento"),
        ("precos", "Preços"),
        ("precos-2", "Preços"),
    ]
    assert found[1].text == "Todo dia, das 6h às 20h. Feriado até as 12h (https://sol.example/feriados)."
    assert found[2].text.startswith("- pão francês: R$ 18 o quilo\n- sonho: R$ 7")
    assert "isto não é um título" in found[2].text
    assert found[3].text == "bolo: R$\nfubá: 25"
    assert {passage.source for passage in found} == {"padaria.md"}


def test_a_long_section_is_split_at_its_paragraphs(tmp_path):
    paragraph = "Entregamos no bairro inteiro, de bicicleta. " * 9
    (tmp_path / "a.md").write_text("# Entrega\n\n" + "\n\n".join([paragraph] * 3), "utf-8")
    found = load_knowledge(tmp_path / "a.md")
    assert [passage.id for passage in found] == ["entrega", "entrega-2"]
    assert all(len(passage.text) <= LONGEST for passage in found)


def test_plain_text_has_headings_too(tmp_path):
    (tmp_path / "loja.txt").write_bytes(
        "Trocas\r\nAté 30 dias, com a nota.\r\n\r\nSomos três irmãos.\r\n".encode("cp1252")
    )
    found = load_knowledge(tmp_path)
    assert [(passage.title, passage.text) for passage in found] == [
        ("Trocas", "Até 30 dias, com a nota.\n\nSomos três irmãos.")
    ]


@pytest.mark.parametrize("header", ["pergunta;resposta\n", ""])
def test_a_table_gives_each_answer_its_questions(tmp_path, header):
    rows = 'abre domingo?;Abrimos das 8h às 12h.\n"tem; glúten?";Tem.\nfecha domingo?;Abrimos das 8h às 12h.\n'
    (tmp_path / "duvidas.csv").write_text(header + rows, "utf-8")
    first, second = load_knowledge(tmp_path)
    assert (first.text, first.examples) == ("Abrimos das 8h às 12h.", ("abre domingo?", "fecha domingo?"))
    assert second.examples == ("tem; glúten?",)


@pytest.mark.parametrize(
    ("rows", "line"),
    [("pergunta,resposta\nabre?,Sim.\nfecha?\n", 3), ('a?,b\n"c,d\n', 2), ("a?,b\n\nc?,\n", 3), ("a?,b,c\n", 1)],
)
def test_a_broken_table_is_refused_with_file_and_line(tmp_path, rows, line):
    (tmp_path / "duvidas.csv").write_text(rows, "utf-8")
    with pytest.raises(BadInput, match=rf"duvidas\.csv, line {line}: "):
        load_knowledge(tmp_path)


def test_text_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "a.md").write_bytes(b"# Oi\n\nabc\0def")
    with pytest.raises(BadInput, match=r"a\.md, line 3"):
        load_knowledge(tmp_path)


def test_a_pdf_names_its_pages(tmp_path):
    pdf(
        tmp_path / "regras.pdf",
        [["Garantia", "Noventa dias para o servi\u00e7o", "e para a pe\u00e7a."], ["Frete", "R$ 8."]],
    )
    found = load_knowledge(tmp_path)
    assert [(passage.title, passage.text, passage.source) for passage in found] == [
        ("Garantia", "Noventa dias para o serviço e para a peça.", "regras.pdf, página 1"),
        ("Frete", "R$ 8.", "regras.pdf, página 2"),
    ]


def test_a_pdf_that_cannot_be_read_is_said_and_the_others_still_work(tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\nnot at all")
    pdf(tmp_path / "scan.pdf", [[]])
    (tmp_path / "b.md").write_text("# Frete\n\nR$ 8.", "utf-8")
    (tmp_path / "c.docx").write_bytes(b"PK\0")
    assert [passage.id for passage in load_knowledge(tmp_path)] == ["frete"]
    said = capsys.readouterr().out
    assert said.count("knowledge file left out") == 2
    assert "a.pdf" in said
    assert "scan.pdf" in said


def test_no_knowledge_is_no_error(tmp_path):
    assert load_knowledge(tmp_path / "none") == ()
    assert load_knowledge(tmp_path) == ()


def test_one_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK")
    with pytest.raises(BadInput, match=r"\.md"):
        load_knowledge(tmp_path / "a.docx")


@pytest.mark.parametrize("business", sorted(path.name for path in BUSINESSES.iterdir()))
def test_the_businesses_knowledge_reads_as_replies(business):
    found = load_knowledge(BUSINESSES / business / "knowledge.md")
    assert len(found) >= 15
    assert [passage.id for passage in found if not presentable(passage.text)] == []


def test_a_reply_is_cut_at_a_sentence():
    text = "Abrimos às 8h. " * 40
    cut = as_reply(text)
    assert LONGEST_REPLY - 20 < len(cut) <= LONGEST_REPLY
    assert cut.endswith("8h.")
    assert as_reply("a" * 500) == ""


@pytest.mark.parametrize("text", ["- pão: 18\n- sonho: 7", "bolo: R$\nfubá: 25", "", "x = {1: [2, 3]};", "R$ 8."])
def test_lists_and_tables_are_no_replies(text):
    assert not presentable(text)
