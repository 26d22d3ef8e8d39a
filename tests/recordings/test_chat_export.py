"""Chats as each phone exports them, in Portuguese and English: every message, date, line, medium and system line."""

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from agent.contract.frames import RowsFrame
from agent.contract.rows import Direction, Kind
from agent.errors import BadInput
from agent.recordings.chat_export import ExportedMessage, parse_export, read_export
from agent.recordings.chat_frames import frames_of

ANDROID_PT = """\
12/07/2026 22:05 - As mensagens e ligações são protegidas com a criptografia de ponta a ponta. Toque para saber mais.
12/07/2026 22:05 - Genoveva: Oi!
Tudo bem?

Queria saber o preço: é hoje?
12/07/2026 22:06 - Loja da Ana: <Mídia oculta>
12/07/2026 22:07 - Genoveva: IMG-20260712-WA0001.jpg (arquivo anexado)
o da esquerda
13/07/2026 08:00 - Loja da Ana: Mensagem apagada
13/07/2026 08:01 - Loja da Ana: R$ 129,90 <Mensagem editada>
13/07/2026 08:02 - Genoveva: PTT-20260713-WA0002.opus (arquivo anexado)
13/07/2026 08:03 - Genoveva mudou o número de telefone para um novo número. Toque para enviar uma mensagem.
13/07/2026 08:04 - Genoveva: localização: https://maps.google.com/?q=-23.5,-46.6
13/07/2026 08:05 - Genoveva: Null
"""

IOS_PT = (
    "\ufeff\u200e[12/07/2026, 22:05:01] Genoveva: \u200eAs mensagens e as ligações são protegidas com a criptografia "
    "de ponta a ponta e ficam somente entre você e os participantes desta conversa.\r\n"
    "[12/07/2026, 22:05:09] Genoveva: Oi!\r\nTudo bem?\r\n"
    "\u200e[12/07/2026, 22:06:10] Loja da Ana: \u200eimagem ocultada\r\n"
    "\u200e[12/07/2026, 22:06:40] Genoveva: \u200eáudio ocultado\r\n"
    "\u200e[12/07/2026, 22:07:00] Loja da Ana: tabela.pdf • \u200e2 páginas \u200edocumento omitido\r\n"
    "\u200e[13/07/2026, 08:00:00] Loja da Ana: \u200e<anexado: 00000012-PHOTO-2026-07-13-08-00-00.jpg>\r\n"
    "\u200e[13/07/2026, 08:00:20] Loja da Ana: \u200eVocê apagou esta mensagem.\r\n"
    "[13/07/2026, 08:01:00] ~\u202fGenoveva: mudei de ideia \u200e<Mensagem editada>\r\n"
    "\u200e[13/07/2026, 08:01:30] Genoveva: \u200eLigação de voz perdida. \u200eToque para retornar a ligação.\r\n"
)

ANDROID_EN = """\
7/12/26, 10:05\u202fPM - Messages and calls are end-to-end encrypted. Only people in this chat can read them.
7/12/26, 10:05\u202fPM - Genoveva: Hi!
7/13/26, 12:00\u202fAM - Shop: <Media omitted>
7/13/26, 12:30\u202fPM - Genoveva: STK-20260713-WA0003.webp (file attached)
7/13/26, 1:00\u202fPM - Shop: This message was deleted
7/13/26, 1:01\u202fPM - Genoveva added Bob
"""

IOS_EN = """\
[7/12/26, 10:05:01\u202fPM] Genoveva: Hi!
second line
\u200e[7/13/26, 12:00:00\u202fAM] Shop: \u200eimage omitted
\u200e[7/13/26, 12:00:10\u202fAM] Shop: \u200e<attached: 00000007-VIDEO-2026-07-13-00-00-10.mp4>
\u200e[7/13/26, 12:00:20\u202fAM] Shop: \u200eThis message was deleted.
[7/13/26, 12:01:00\u202fAM] Genoveva: thanks \u200e<This message was edited>
"""


def told(message: ExportedMessage) -> tuple[str, str | None, str, str | None]:
    return f"{message.at:%d/%m %H:%M:%S}", message.sender, message.kind.value, message.text


def test_android_in_portuguese() -> None:
    chat = parse_export(ANDROID_PT)
    assert (chat.phone, chat.order) == ("android", "dmy")
    assert [told(one) for one in chat.messages] == [
        (
            "12/07 22:05:00",
            None,
            "system",
            "As mensagens e ligações são protegidas com a criptografia de ponta a ponta. Toque para saber mais.",
        ),
        ("12/07 22:05:00", "Genoveva", "text", "Oi!\nTudo bem?\n\nQueria saber o preço: é hoje?"),
        ("12/07 22:06:00", "Loja da Ana", "unknown", None),
        ("12/07 22:07:00", "Genoveva", "image", "o da esquerda"),
        ("13/07 08:00:00", "Loja da Ana", "deleted", None),
        ("13/07 08:01:00", "Loja da Ana", "text", "R$ 129,90"),
        ("13/07 08:02:00", "Genoveva", "voice", None),
        (
            "13/07 08:03:00",
            None,
            "system",
            "Genoveva mudou o número de telefone para um novo número. Toque para enviar uma mensagem.",
        ),
        ("13/07 08:04:00", "Genoveva", "location", None),
        ("13/07 08:05:00", "Genoveva", "text", "Null"),
    ]
    assert [one.edited for one in chat.messages].index(True) == 5
    assert chat.messages[3].file_name == "IMG-20260712-WA0001.jpg"
    assert [one.line for one in chat.messages] == [1, 2, 6, 7, 9, 10, 11, 12, 13, 14]


def test_an_iphone_in_portuguese() -> None:
    chat = parse_export(IOS_PT)
    assert chat.phone == "ios"
    kinds = ["system", "text", "image", "voice", "document", "image", "deleted", "text", "call"]
    assert [one.kind.value for one in chat.messages] == kinds
    assert chat.messages[1].text == "Oi!\nTudo bem?"
    assert chat.messages[4].file_name == "tabela.pdf"
    assert chat.messages[5].file_name == "00000012-PHOTO-2026-07-13-08-00-00.jpg"
    assert (chat.messages[7].text, chat.messages[7].edited) == ("mudei de ideia", True)
    assert chat.senders == ("Genoveva", "Loja da Ana")
    assert chat.messages[0].at == datetime(2026, 7, 12, 22, 5, 1)  # noqa: DTZ001


def test_android_in_english_with_twelve_hours() -> None:
    chat = parse_export(ANDROID_EN)
    assert chat.order == "mdy"
    assert [one.kind.value for one in chat.messages] == ["system", "text", "unknown", "sticker", "deleted", "system"]
    assert [f"{one.at:%m-%d %H:%M}" for one in chat.messages] == [
        "07-12 22:05",
        "07-12 22:05",
        "07-13 00:00",
        "07-13 12:30",
        "07-13 13:00",
        "07-13 13:01",
    ]


def test_an_iphone_in_english() -> None:
    chat = parse_export(IOS_EN)
    assert [one.kind.value for one in chat.messages] == ["text", "image", "video", "deleted", "text"]
    assert chat.messages[0].text == "Hi!\nsecond line"
    assert chat.messages[4].edited
    assert chat.messages[4].text == "thanks"


def test_somebody_may_type_what_whatsapp_writes() -> None:
    chat = parse_export(
        "[13/07/2026, 08:00:00] Ana: imagem ocultada\n[13/07/2026, 08:01:00] Ana: ele disse: fulano saiu do grupo\n"
        "12/07/2026 22:05 - Bia: isto está dentro da mensagem"
    )
    assert [one.kind for one in chat.messages] == [Kind.TEXT, Kind.TEXT]
    assert chat.messages[1].text == (
        "ele disse: fulano saiu do grupo\n12/07/2026 22:05 - Bia: isto está dentro da mensagem"
    )


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["01/02/2026", "13/02/2026"], "dmy"),
        (["01/02/2026", "01/13/2026"], "mdy"),
        (["2026-02-01", "2026-02-13"], "ymd"),
        (["01/02/26", "02/02/26", "01/03/26"], "dmy"),
        (["02/01/26", "02/02/26", "03/01/26"], "mdy"),
        (["02/02/2026"], "dmy"),
    ],
)
def test_the_whole_file_tells_how_dates_are_written(dates: list[str], order: str) -> None:
    text = "\n".join(f"{date} 10:00 - Ana: oi" for date in dates)
    assert parse_export(text).order == order


def test_what_can_be_read_in_two_ways_is_asked() -> None:
    text = "01/02/2026 10:00 - Ana: oi\n03/04/2026 10:00 - Ana: oi"
    with pytest.raises(BadInput, match="--date-order dmy"):
        parse_export(text)
    assert parse_export(text, order="mdy").messages[1].at.month == 3
    with pytest.raises(BadInput, match="in two ways"):
        parse_export("13/02/2026 10:00 - Ana: oi\n02/13/2026 10:00 - Ana: oi")
    with pytest.raises(BadInput, match="line 1"):
        parse_export("31/02/2026 10:00 - Ana: oi")


@pytest.mark.parametrize("data", [b"", b"hello\nworld", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_another_file_is_no_chat(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    with pytest.raises(BadInput):
        read_export(tmp_path / "x.txt")
    with pytest.raises(BadInput, match="no file"):
        read_export(tmp_path / "y.txt")


def test_a_zip_is_read_without_unpacking_it(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat - Genoveva.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", IOS_PT)
        archive.writestr("00000012-PHOTO.jpg", b"x")
    chat = read_export(path)
    assert (chat.title, len(chat.messages)) == ("Genoveva", 9)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", bytes(50_000_000))
    with pytest.raises(BadInput, match="unpack to"):
        read_export(tmp_path / "bomb.zip")
    with zipfile.ZipFile(tmp_path / "none.zip", "w") as archive:
        archive.writestr("x.jpg", b"x")
    with pytest.raises(BadInput, match="no chats"):
        read_export(tmp_path / "none.zip")


def test_the_files_name_tells_the_chats_title(tmp_path: Path) -> None:
    path = tmp_path / "Conversa do WhatsApp com Genoveva Fulgêncio.txt"
    path.write_text(ANDROID_PT, encoding="utf-8")
    assert read_export(path).title == "Genoveva Fulgêncio"


def test_frames_are_as_if_the_agent_had_been_there() -> None:
    chat = parse_export(ANDROID_PT)
    frames = list(frames_of(chat, "Loja da Ana", "America/Sao_Paulo"))
    rows = [frame for _, frame in frames if isinstance(frame, RowsFrame)]
    assert len(rows) == len(chat.messages)
    assert [one.changes[0].row.direction for one in rows[:3]] == [Direction.UNKNOWN, Direction.IN, Direction.OUT]
    assert rows[1].changes[0].row.time == "22:05"
    assert not rows[0].chat.is_group
    assert rows[0].chat.title == "Genoveva"
    assert len({one.changes[0].row.id for one in rows}) == len(rows)
    assert [at for at, _ in frames] == sorted(at for at, _ in frames)
    with pytest.raises(BadInput, match="Nobody called"):
        list(frames_of(chat, "Outra", "America/Sao_Paulo"))
    with pytest.raises(BadInput, match="time zone"):
        list(frames_of(chat, None, "Mars/Phobos"))
