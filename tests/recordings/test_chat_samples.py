"""What the phones of 2023 to 2026 write into an exported chat, line by line; and no text is lost, whatever it is."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.contract.rows import Kind
from agent.recordings.chat_export import ExportedMessage, Order, parse_export

LRM, NNBSP = "\u200e", "\u202f"
ANDROID_HEAD, IOS_HEAD = "14/07/2026 10:22 - ", "[14/07/2026, 10:22:05] "


def only(text: str) -> ExportedMessage:
    (message,) = parse_export(text).messages
    return message


@pytest.mark.parametrize(
    ("head", "moment", "order"),
    [
        ("14/07/2026 10:22 - ", "2026-07-14 10:22:00", None),
        ("14/07/2026, 22:22 - ", "2026-07-14 22:22:00", None),
        ("14/07/26, 9:05 – ", "2026-07-14 09:05:00", None),
        ("14/07/2026 às 10:22 - ", "2026-07-14 10:22:00", None),
        ("14/07/2026 10:22 da manhã - ", "2026-07-14 10:22:00", None),
        ("14/07/2026 12:05 da tarde - ", "2026-07-14 12:05:00", None),
        ("14/07/2026 8:05 da noite - ", "2026-07-14 20:05:00", None),
        ("14/07/2026 12:30 da madrugada - ", "2026-07-14 00:30:00", None),
        (f"7/14/26, 12:22{NNBSP}AM - ", "2026-07-14 00:22:00", None),
        (f"7/14/26, 12:22{NNBSP}PM - ", "2026-07-14 12:22:00", None),
        ("14/07/2026, 6:12 am - ", "2026-07-14 06:12:00", None),
        (f"14/07/26, 6:12{NNBSP}p.\u00a0m. - ", "2026-07-14 18:12:00", None),
        ("2026-07-14, 10:22 - ", "2026-07-14 10:22:00", None),
        ("[14/07/2026, 10:22:05] ", "2026-07-14 10:22:05", None),
        ("[14/07/2026 10:22:05] ", "2026-07-14 10:22:05", None),
        ("[14/07/26, 10:22:05] ", "2026-07-14 10:22:05", None),
        (f"[7/14/26, 10:22:05{NNBSP}PM] ", "2026-07-14 22:22:05", None),
        (f"{LRM}[7/14/26, 1:02:03 AM] ", "2026-07-14 01:02:03", None),
        ("[2026-07-14, 10:22:05 p.m.] ", "2026-07-14 22:22:05", None),
        ("14.07.26, 10:22 - ", "2026-07-14 10:22:00", None),
        ("01/02/2026 10:22 - ", "2026-02-01 10:22:00", "dmy"),
        ("01/02/2026 10:22 - ", "2026-01-02 10:22:00", "mdy"),
    ],
)
def test_each_way_to_write_the_time(head: str, moment: str, order: Order | None) -> None:
    (message,) = parse_export(f"{head}Ana: oi", order=order).messages
    assert (f"{message.at}", message.sender, message.text) == (moment, "Ana", "oi")


@pytest.mark.parametrize(
    ("body", "kind", "text", "file_name"),
    [
        ("<Mídia oculta>", Kind.UNKNOWN, None, None),
        ("<Mídia oculta>\nolha esse", Kind.UNKNOWN, "olha esse", None),
        ("<Arquivo de mídia oculto>", Kind.UNKNOWN, None, None),
        ("<Media omitted>", Kind.UNKNOWN, None, None),
        ("<Video note omitted>", Kind.VIDEO, None, None),
        ("<View once voice message omitted>", Kind.VIEW_ONCE, None, None),
        ("", Kind.UNKNOWN, None, None),
        ("IMG-20260714-WA0001.jpg (arquivo anexado)", Kind.IMAGE, None, "IMG-20260714-WA0001.jpg"),
        (f"{LRM}VID-20260714-WA0002.mp4 (file attached)\nveja", Kind.VIDEO, "veja", "VID-20260714-WA0002.mp4"),
        ("PTT-20260714-WA0003.opus (arquivo anexado)", Kind.VOICE, None, "PTT-20260714-WA0003.opus"),
        ("AUD-20260714-WA0004.m4a (file attached)", Kind.AUDIO, None, "AUD-20260714-WA0004.m4a"),
        ("STK-20260714-WA0005.webp (arquivo anexado)", Kind.STICKER, None, "STK-20260714-WA0005.webp"),
        ("Tabela de preços 2026.pdf (arquivo anexado)", Kind.DOCUMENT, None, "Tabela de preços 2026.pdf"),
        ("Zé da Entrega.vcf (arquivo anexado)", Kind.CONTACT, None, "Zé da Entrega.vcf"),
        ("Mensagem apagada", Kind.DELETED, None, None),
        ("Você apagou esta mensagem", Kind.DELETED, None, None),
        ("You deleted this message", Kind.DELETED, None, None),
        ("This message was deleted", Kind.DELETED, None, None),
        ("Aguardando mensagem. Essa ação pode levar alguns instantes.", Kind.WAITING, None, None),
        ("Waiting for this message", Kind.WAITING, None, None),
        ("localização: https://maps.google.com/?q=-23.5,-46.6", Kind.LOCATION, None, None),
        ("location: https://maps.google.com/?q=-23.5,-46.6", Kind.LOCATION, None, None),
        ("localização em tempo real compartilhada", Kind.LOCATION, None, None),
        ("live location shared", Kind.LOCATION, None, None),
        ("Ligação de voz perdida", Kind.CALL, "Ligação de voz perdida", None),
        ("Chamada de vídeo perdida", Kind.CALL, "Chamada de vídeo perdida", None),
        ("Missed group video call", Kind.CALL, "Missed group video call", None),
        ("ENQUETE:\nQue dia?\nOPÇÃO: Sábado (2 votos)", Kind.POLL, "ENQUETE:\nQue dia?\nOPÇÃO: Sábado (2 votos)", None),
        ("POLL:\nWho left?\nOPTION: Me (1 vote)", Kind.POLL, "POLL:\nWho left?\nOPTION: Me (1 vote)", None),
        ("null", Kind.TEXT, "null", None),
    ],
)
def test_what_an_android_phone_writes_for_what_is_no_text(
    body: str, kind: Kind, text: str | None, file_name: str | None
) -> None:
    message = only(f"{ANDROID_HEAD}Ana: {body}")
    assert (message.sender, message.kind, message.text, message.file_name) == ("Ana", kind, text, file_name)


@pytest.mark.parametrize(
    ("body", "kind", "text", "file_name"),
    [
        (f"{LRM}imagem ocultada", Kind.IMAGE, None, None),
        (f"{LRM}image omitted", Kind.IMAGE, None, None),
        (f"o da esquerda {LRM}imagem ocultada", Kind.IMAGE, "o da esquerda", None),
        (f"{LRM}vídeo omitido", Kind.VIDEO, None, None),
        (f"{LRM}vídeo ocultado", Kind.VIDEO, None, None),
        (f"{LRM}video omitted", Kind.VIDEO, None, None),
        (f"{LRM}video note omitted", Kind.VIDEO, None, None),
        (f"{LRM}áudio ocultado", Kind.VOICE, None, None),
        (f"{LRM}audio omitted", Kind.VOICE, None, None),
        (f"{LRM}figurinha omitida", Kind.STICKER, None, None),
        (f"{LRM}sticker omitted", Kind.STICKER, None, None),
        (f"{LRM}GIF omitido", Kind.GIF, None, None),
        (f"{LRM}GIF omitted", Kind.GIF, None, None),
        (f"nota 12.pdf • {LRM}2 páginas {LRM}documento omitido", Kind.DOCUMENT, None, "nota 12.pdf"),
        (f"invoice.pdf • {LRM}1 page {LRM}document omitted", Kind.DOCUMENT, None, "invoice.pdf"),
        (f"{LRM}Cartão do contato omitido", Kind.CONTACT, None, None),
        (f"{LRM}Contact card omitted", Kind.CONTACT, None, None),
        (f"{LRM}<anexado: 0012-PHOTO-2026-07-14.jpg>", Kind.IMAGE, None, "0012-PHOTO-2026-07-14.jpg"),
        (f"{LRM}<attached: 0013-AUDIO-2026-07-14.opus>", Kind.VOICE, None, "0013-AUDIO-2026-07-14.opus"),
        (f"nota.pdf • {LRM}2 páginas {LRM}<anexado: 00000014-nota.pdf>", Kind.DOCUMENT, None, "nota.pdf"),
        (f"veja {LRM}<attached: 0015-GIF-2026-07-14.mp4>", Kind.GIF, "veja", "0015-GIF-2026-07-14.mp4"),
        (f"{LRM}Mensagem apagada.", Kind.DELETED, None, None),
        (f"{LRM}Esta mensagem foi apagada.", Kind.DELETED, None, None),
        (f"{LRM}Você apagou esta mensagem.", Kind.DELETED, None, None),
        (f"{LRM}This message was deleted.", Kind.DELETED, None, None),
        (f"{LRM}You deleted this message.", Kind.DELETED, None, None),
        (f"{LRM}Localização: https://maps.google.com/?q=-23.5,-46.6", Kind.LOCATION, None, None),
        (
            f"{LRM}Location: Forno da Vila (Rua A, 1) https://foursquare.com/v/4a5b",
            Kind.LOCATION,
            "Forno da Vila (Rua A, 1)",
            None,
        ),
        (
            f"{LRM}Ligação de voz perdida. {LRM}Toque para retornar a ligação.",
            Kind.CALL,
            "Ligação de voz perdida. Toque para retornar a ligação.",
            None,
        ),
        (f"{LRM}Missed voice call. {LRM}Tap to call back", Kind.CALL, "Missed voice call. Tap to call back", None),
        (f"{LRM}Voice call. {LRM}2 min", Kind.CALL, "Voice call. 2 min", None),
        (f"{LRM}Chamada de vídeo, {LRM}Sem resposta", Kind.CALL, "Chamada de vídeo, Sem resposta", None),
        (f"{LRM}Silenced voice call. {LRM}Focus mode", Kind.CALL, "Silenced voice call. Focus mode", None),
        (
            f"{LRM}ENQUETE:\n{LRM}Quem saiu do grupo?\n{LRM}OPÇÃO: Bia ({LRM}0 voto)",
            Kind.POLL,
            "ENQUETE:\nQuem saiu do grupo?\nOPÇÃO: Bia (0 voto)",
            None,
        ),
        (
            f"{LRM}POLL:\n{LRM}Day?\n{LRM}OPTION: Monday ({LRM}1 vote)",
            Kind.POLL,
            "POLL:\nDay?\nOPTION: Monday (1 vote)",
            None,
        ),
    ],
)
def test_what_an_iphone_writes_for_what_is_no_text(
    body: str, kind: Kind, text: str | None, file_name: str | None
) -> None:
    message = only(f"{LRM}{IOS_HEAD}~{NNBSP}Ana: {body}\r\n")
    assert (message.sender, message.kind, message.text, message.file_name) == ("Ana", kind, text, file_name)


@pytest.mark.parametrize(
    "line",
    [
        "As mensagens e ligações são protegidas com a criptografia de ponta a ponta. Toque para saber mais.",
        "Messages and calls are end-to-end encrypted. Tap to learn more.",
        "O seu código de segurança com Ana mudou. Toque para saber mais.",
        "Your security code with Ana changed. Tap to learn more.",
        'Ana criou o grupo "Festa: julho"',
        'Ana created group "Party: July"',
        "Ana adicionou Bia",
        "Você foi adicionado",
        "Ana adicionou +55 11 90000-0001",
        "Ana saiu",
        "Ana left",
        "Bia entrou usando o link de convite deste grupo",
        "Bia entrou neste grupo através da comunidade",
        'Ana mudou o nome do grupo de "A: um" para "B: dois"',
        'Ana changed the group name from "A: one" to "B: two"',
        "Ana mudou a descrição do grupo",
        "Agora você é um admin",
        "Ana não é mais admin",
        "Bia joined from the community",
        "Ana foi removida",
        "Ana fixou uma mensagem",
        "As mensagens temporárias foram ativadas.",
        "Você bloqueou este contato",
        "Esta empresa usa um serviço seguro da Meta para gerenciar esta conversa.",
        "Ana está nos seus contatos",
    ],
)
def test_lines_of_whatsapp_itself_are_nobodys(line: str) -> None:
    for text in (f"{ANDROID_HEAD}{line}", f"{IOS_HEAD}Festa: {LRM}{line}"):
        message = only(text)
        assert (message.sender, message.kind, message.text) == (None, Kind.SYSTEM, line)


@pytest.mark.parametrize(
    "typed",
    [
        "chamada de vídeo não funciona aqui",
        "Ligação de voz? agora não",
        "can we do a video call later?",
        "Aguardando mensagem do fornecedor",
        "mensagem apagada por engano, desculpa",
        "minha localização: rua A, 1",
        "localização: https://maps.google.com/?q=1,2 é a casa azul",
        "view once message is what I sent",
        "Enquete: qual dia?",
        "image omitted",
        "ela adicionou o vestido ao carrinho",
        "o que é criptografia de ponta a ponta?",
        "a: b: c",
        "10/07/2026 foi o dia",
        "<oi>",
    ],
)
def test_what_somebody_types_is_a_text(typed: str) -> None:
    for head in (ANDROID_HEAD, IOS_HEAD):
        message = only(f"{head}Ana: {typed}")
        assert (message.sender, message.kind, message.text) == ("Ana", Kind.TEXT, typed)


@pytest.mark.parametrize(
    "called",
    [
        *("Maria (esta empresa)", "This business", "Ana mudou de número", "Código de segurança", "Loja saiu"),
        *('Bia "conta comercial"', "Ana adicionou Bia", "+55 11 90000-0001 business account"),
    ],
)
def test_whoever_is_called_like_a_line_of_whatsapp_has_sent_a_text(called: str) -> None:
    for head in (ANDROID_HEAD, IOS_HEAD):
        for typed in ("oi", 'ela disse "vem: hoje"', "a: b", "ela saiu"):
            message = only(f"{head}{called}: {typed}")
            assert (message.sender, message.kind, message.text) == (called, Kind.TEXT, typed)
    kept = only(f"{ANDROID_HEAD}{called}: <Mídia oculta>")
    assert (kept.sender, kept.kind, kept.text) == (called, Kind.UNKNOWN, None)


@pytest.mark.parametrize(
    "mark",
    ["<Mensagem editada>", "<Esta mensagem foi editada>", "<This message was edited>", f"{LRM}<Mensagem editada>"],
)
def test_an_edited_message_is_marked_and_loses_the_words(mark: str) -> None:
    message = only(f"{ANDROID_HEAD}Ana: vou sim\nàs 8 {mark}")
    assert (message.edited, message.text) == (True, "vou sim\nàs 8")


def test_on_an_iphone_what_looks_like_a_message_inside_of_one_stays_inside() -> None:
    chat = parse_export(
        f"{IOS_HEAD}Ana: olha o que ela disse:\n{IOS_HEAD}Bia: não vou\r\n{IOS_HEAD}Bia: oi\r\n{IOS_HEAD}Ana: oi\r\n"
    )
    assert [(one.sender, one.line) for one in chat.messages] == [("Ana", 1), ("Bia", 3), ("Ana", 4)]
    assert chat.messages[0].text == f"olha o que ela disse:\n{IOS_HEAD}Bia: não vou"
    saved_again = f"{IOS_HEAD}Ana: um\r\n{IOS_HEAD}Bia: dois\n{IOS_HEAD}Bia: três\n{IOS_HEAD}Ana: quatro"
    assert len(parse_export(saved_again).messages) == 4


Way = tuple[str, str]
WAYS: list[tuple[str, str]] = [
    ("{0:%d/%m/%Y %H:%M} - ", "\n"),
    ("{0:%d/%m/%Y, %H:%M} - ", "\n"),
    ("{0:%m/%d/%y, %I:%M}\u202f{0:%p} - ", "\n"),
    ("[{0:%d/%m/%Y, %H:%M:%S}] ", "\r\n"),
    ("[{0:%m/%d/%y, %I:%M:%S}\u202f{0:%p}] ", "\r\n"),
]
WORDS = st.text(
    st.one_of(
        st.sampled_from("abcçãéABC 0123456789:,.!?-_*~/()[]<>\"'\u00a0😀👩\u200d🍳🇧🇷"),
        st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")),
    ),
    min_size=1,
    max_size=40,
)
BODIES = st.lists(st.one_of(WORDS, st.just("")), min_size=1, max_size=4).map("\n".join)
NAMES = st.sampled_from(["Ana", "Loja da Bia 🌸", "+55 11 90000-0001", "Zé: o bom"[:2], "Dr. João (RH)"])


@given(
    way=st.sampled_from(WAYS),
    said=st.lists(st.tuples(NAMES, BODIES, st.integers(0, 90_000)), min_size=2, max_size=12),
)
def test_whatever_is_written_comes_back(way: Way, said: list[tuple[str, str, int]]) -> None:
    head, end = way
    at, lines, expected = datetime(2026, 7, 13, 9, 30), [], []  # noqa: DTZ001
    for name, body, later in said:
        at += timedelta(seconds=later)
        text = f"x{body}x"  # Blank lines at a message's end are not in a file's last one.
        lines.append(f"{head.format(at)}{name}: {text}{end}")
        exact = at if "%S" in head else at.replace(second=0)
        expected.append((exact, name, text))
    chat = parse_export("".join(lines))
    assert [(one.at, one.sender, one.text) for one in chat.messages] == expected
    assert {one.kind for one in chat.messages} == {Kind.TEXT}
