"""Commands for the card with given words in every place where a person's words can stand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from agent.contract.analysis import IntentChoice, Sentiment, SuggestionKind
from agent.contract.cares import CareCode
from agent.contract.commands import (
    AnyCommand,
    CareCommand,
    CustomerCommand,
    DraftCommand,
    OfferCommand,
    QueueCommand,
    RecordCommand,
    RemindersCommand,
    RepliesCommand,
    Suggestion,
    TaskCommand,
)
from agent.contract.connector import RecordField
from agent.contract.customers import LastIntent, Note
from agent.contract.rows import Kind
from agent.contract.workplace import (
    Care,
    CustomerView,
    MoodPoint,
    QueueLine,
    Reminder,
    ShelfReply,
    Unanswered,
)

AT = datetime(2026, 7, 11, 13, 30, tzinfo=UTC)
NOW_MS = AT.timestamp() * 1000


@dataclass(frozen=True)
class Words:
    """What people wrote: ``name`` where a line has room for little, ``text`` where it has room for more."""

    name: str
    text: str
    other: str
    usual: bool = False
    """Made-up ones that read like life; with others every place bears these very words."""


USUAL = Words(
    "Ana Beatriz",
    "Oi, Ana! Sinto muito pelo atraso. O seu pedido saiu hoje cedo e chega até sexta-feira. 🚚",
    "A troca é grátis em até 7 dias: é só trazer a peça com a etiqueta.",
    usual=True,
)
DRAFTED = "Ana, já pedi o rastreio à transportadora e te aviso por aqui assim que responderem. Qual é o tamanho certo?"
THIRD = "Posso ver com a loja se chegou o seu tamanho. Qual é o número do pedido?"
SOURCES = ("Prazo de entrega", "Já saiu o meu pedido?", "Política de troca")
SHELF = (
    (
        "Rastreio",
        "/rastreio",
        "Oi, {nome}! O código do seu pedido é {codigo}. Dá para seguir no site da transportadora.",
    ),
    ("Horário da loja", "/horario", "Abrimos de segunda a sábado, das 9h às 19h. Domingo a gente descansa! 😊"),
    ("Formas de pagamento", "/pix", "Aceitamos PIX, cartão em até 3x sem juros e dinheiro na loja."),
    ("Troca", "/troca", "A troca é grátis em até 7 dias: é só trazer a peça com a etiqueta."),
    ("Medidas", "/medidas", "O P veste do 36 ao 38, o M do 40 ao 42 e o G do 44 ao 46."),
    ("Endereço", None, "Estamos na Rua das Flores, 120, pertinho da praça."),
    ("Boas-vindas", "/oi", "{saudacao}, {nome}! Aqui é da Flor de Lis. Como posso ajudar?"),
    ("Obrigada", None, "Obrigada pela compra, {nome}! Qualquer coisa, é só chamar. 💚"),
)
NOTED = "Gosta de vestido midi. Ligar antes de mandar entregar."
REWRITTEN = "Oi! Você pode vir amanhã?"
SUMMARY = (
    "A cliente pediu um vestido de festa e quer saber do prazo.\n\nEm aberto:\n• confirmar a data da entrega\n"
    "• dizer se há o tamanho P"
)
LONG = Words(
    "Maria Aparecida da Conceição Figueiredo de Albuquerque e Souza (Loja Matriz) 🌸",
    "Olá! Tudo bem? Espero que sim! 😊 Sobre o seu pedido, já conferi aqui com a transportadora e ele está a caminho. "
    * 9,
    "https://loja-de-roupas.example/" + "colecao-de-inverno-" * 12,
)


def offer(token: int, words: Words = USUAL, **parts: object) -> OfferCommand:
    """Three answers of different origin, or what ``parts`` says instead."""
    third = THIRD if words.usual else words.text[: len(words.text) // 2] or words.text
    texts, sources = (words.text, words.other, third), SOURCES if words.usual else (words.name,) * 3
    who = "Ana" if words.usual else words.name
    kinds = (SuggestionKind.CANNED, SuggestionKind.LEARNED, SuggestionKind.PASSAGE)
    slots = tuple(
        Suggestion(
            slot=n,
            text=text,
            source=sources[n],
            score=0.9 - n / 10,
            kind=kind,
            sent_by=who if kind is SuggestionKind.LEARNED else "",
            sent_on=date(2026, 3, 12) if kind is SuggestionKind.LEARNED else None,
        )
        for n, (text, kind) in enumerate(zip(texts, kinds, strict=True))
    )
    base: dict[str, object] = {
        "offer_id": "o1",
        "chat_token": token,
        "message_id": "3EB0",
        "seen_ms": NOW_MS,
        "sentiment": Sentiment.NEGATIVE,
        "intent": "delivery",
        "intents": (IntentChoice(name="order_status"), IntentChoice(name="own", title=words.name)),
        "mood_score": -0.6,
        "suggestions": slots,
    }
    return OfferCommand.model_validate(base | parts)


def awaiting(token: int, words: Words = USUAL, **parts: object) -> OfferCommand:
    """Two answers, and the third slot kept for the model's draft."""
    return offer(token, words, **({"suggestions": offer(token, words).suggestions[:2], "draft_slot": 2} | parts))


def draft(words: Words = USUAL, state: str = "streaming", offer_id: str = "o1", slot: int = 2) -> DraftCommand:
    """The model's words so far."""
    text = "" if state == "none" else DRAFTED if words.usual else words.text
    said = {"offer_id": offer_id, "slot": slot, "text": text, "source": "Qwen2.5 1.5B", "state": state}
    return DraftCommand.model_validate(said)


def instead(words: Words = USUAL) -> DraftCommand:
    """No draft, and the next reply that was found in its place."""
    found = Suggestion(slot=2, text=THIRD if words.usual else words.text, source=words.name, score=0.5)
    return draft(words, state="none").model_copy(update={"instead": found})


def record(token: int, words: Words = USUAL) -> RecordCommand:
    """What another system says of the customer."""
    usual = (("Pedido", "#1042"), ("Situação", "A caminho"), ("Previsão", "sexta-feira, até as 18h"))
    strange = (("Pedido", "#1042"), ("Situação", words.text[:4000]), (words.name[:200], words.other[:4000]))
    fields, source = (usual, "Loja virtual") if words.usual else (strange, words.name)
    return RecordCommand(
        chat_token=token, source=source, fields=tuple(RecordField(label=a, value=b) for a, b in fields)
    )


def customer(token: int, words: Words = USUAL, **parts: object) -> CustomerCommand:
    """The customer's card, with something in every part of it."""
    days = [0.2, -0.4, -0.8, 0.1, 0.6, 0.7]
    view: dict[str, object] = {
        "customer_id": 7,
        "conversation_id": 3,
        "title": words.name,
        "customer": words.name,
        "written_by": "user:3",
        "phone": "+5511900000012",
        "tags": ("cliente fiel", "atacado" if words.usual else words.name),
        "fields": {"Tamanho": "P", "Cor preferida": "verde"}
        if words.usual
        else {"Tamanho": "P", words.name: words.other},
        "notes": (
            Note(id=1, text=NOTED if words.usual else words.text, written_by="user:3", at=AT, updated_at=AT),
            Note(id=2, text="Prefere retirar na loja.", written_by="user:4", at=AT, updated_at=AT),
        ),
        "status": "pending",
        "outcome": "open",
        "follow_up_at": datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1),
        "first_contact": AT,
        "last_contact": AT,
        "mood": tuple(MoodPoint(at=AT + timedelta(minutes=n), score=score) for n, score in enumerate(days)),
        "intents": (
            LastIntent(message_id=1, intent="delivery", unsure=False, at=AT),
            LastIntent(message_id=2, intent="price", unsure=True, at=AT),
        ),
        "messages": 42,
    }
    return CustomerCommand(chat_token=token, customer=CustomerView.model_validate(view | parts))


def bare_customer(token: int) -> CustomerCommand:
    """Somebody of whom nothing is known but the name."""
    view = CustomerView(customer_id=7, conversation_id=3, customer="Zé", status="open", outcome="open")
    return CustomerCommand(chat_token=token, customer=view)


def queue(words: Words = USUAL, *, is_open: bool = True) -> QueueCommand:
    """Who waits: angry, long, unknown since when, a group."""
    first, second = ("Marcela Prado", "oii"), ("Rafael Teles", "Boa tarde. Preciso de um presente")
    if not words.usual:
        first, second = (words.name, words.text), ("Zé 🌮 Luz & Cia", words.other)
    rows = (
        (*first, 5400.0, Sentiment.NEGATIVE, "complaint", 1),
        (*second, 900.0, Sentiment.NEUTRAL, "price", 1),
        ("+55 11 90000-0012", "0:11", 45.0, Sentiment.POSITIVE, None, 1),
        ("Clientes VIP 🌸", None, None, None, None, 0),
    )
    now = datetime.now(UTC)
    lines = tuple(
        QueueLine(title=title, text=text, waited_s=waited, sentiment=mood, intent=intent, unread=unread,
                  waits_since=now - timedelta(seconds=waited) if waited else None)
        for title, text, waited, mood, intent, unread in rows
    )  # fmt: skip
    return QueueCommand(lines=lines, told_ms=now.timestamp() * 1000, is_open=is_open, target_s=600)


def replies(words: Words = USUAL, count: int = 12) -> RepliesCommand:
    """The company's canned replies."""
    strange = tuple((f"{words.name} {n}", f"/ab{n}" if n % 2 else None, words.text) for n in range(count))
    rows = SHELF if words.usual else (*SHELF[:1], *strange)
    shelf = tuple(
        ShelfReply(id=f"r{n}", title=title, shortcut=shortcut, text=text, intents=("delivery", "price")[: n % 3],
                   uses=3 * (len(rows) - n))
        for n, (title, shortcut, text) in enumerate(rows)
    )  # fmt: skip
    return RepliesCommand(replies=shelf)


def one_care(token: int) -> CareCommand:
    """The most serious caution alone."""
    every = care(token)
    return every.model_copy(update={"cares": every.cares[:1]})


def care(token: int, words: Words = USUAL) -> CareCommand:
    """Every caution about a chat at once."""
    seen = (CareCode.PIX_CHANGED, CareCode.LOOKALIKE, CareCode.DANGEROUS_FILE, CareCode.CODE_ASKED)
    usual = ("•••45-67", "flordelis-loja.example", "nota-fiscal.zip", "o código que chegou por SMS")
    shown = usual if words.usual else (words.name,) * 4
    return CareCommand(
        chat_token=token,
        cares=tuple(Care(code=code, wa_id="3EB0", shown=what) for code, what in zip(seen, shown, strict=True)),
    )


def task(token: int, words: Words = USUAL, state: str = "done", **parts: object) -> TaskCommand:
    """What came of the person's wish to have a text written anew, or the conversation explained."""
    said: dict[str, object] = {"ask_id": 1, "chat_token": token, "state": state, "text": words.text}
    if words.usual:
        said["text"] = REWRITTEN
    if state in ("off", "failed", "stopped"):
        said["text"] = ""
    return TaskCommand.model_validate(said | parts)


def unanswered(token: int, words: Words = USUAL) -> TaskCommand:
    """What the customer waits for, as it is known without the model."""
    both = (Unanswered(kind=Kind.TEXT, text=words.text, at=AT), Unanswered(kind=Kind.VOICE, text=None, at=None))
    return task(token, words, unanswered=both)


def reminders(words: Words = USUAL) -> RemindersCommand:
    """Two conversations to come back to."""
    both = ((3, words.name), (4, "Zé 🌮 Luz & Cia"))
    return RemindersCommand(reminders=tuple(Reminder(conversation_id=n, title=title, at=AT) for n, title in both))


def everything(token: int, words: Words) -> tuple[AnyCommand, ...]:
    """One command of each kind that carries words."""
    return (
        replies(words), awaiting(token, words), draft(words, "done"), record(token, words), customer(token, words),
        queue(words), reminders(words), care(token, words), task(token, words),
    )  # fmt: skip
