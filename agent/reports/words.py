"""The words of reports, by language: what they call things, and how they tell what was counted."""

from collections.abc import Mapping

from agent.contract.report import ReportLanguage
from agent.reports.conversation_words import ROWS as CONVERSATION

_ROWS: Mapping[str, tuple[str, str, str]] = {
    # What it is
    "title": ("Relatório de atendimento", "Customer service report", "Informe de atención"),
    "file": ("relatorio", "report", "informe"),
    "report": ("Relatório", "Report", "Informe"),
    "company": ("Empresa", "Company", "Empresa"),
    "whole_company": ("Toda a empresa", "Whole company", "Toda la empresa"),
    "attendant": ("Atendente", "Attendant", "Agente"),
    "nobody": ("Sem atendente", "Nobody's", "Sin agente"),
    "period": ("Período", "Period", "Período"),
    "first": ("Primeiro dia", "First day", "Primer día"),
    "last": ("Último dia", "Last day", "Último día"),
    "zone": ("Fuso horário", "Time zone", "Zona horaria"),
    "at": ("Gerado em", "Made on", "Generado el"),
    "not_over": ("período em andamento", "not over yet", "período en curso"),
    "not_known": ("sem dados", "not known", "sin datos"),
    "nothing": ("Nada neste período.", "Nothing in this period.", "Nada en este período."),
    "page": ("Página {n} de {m}", "Page {n} of {m}", "Página {n} de {m}"),
    "days_of": ("{first} a {last}", "{first} to {last}", "{first} al {last}"),
    # Sections
    "volume": ("Volume", "Volume", "Volumen"),
    "times": ("Tempos de resposta", "Answer times", "Tiempos de respuesta"),
    "results": ("Resultados", "Outcomes", "Resultados"),
    "copilot": ("Uso das sugestões", "Use of the suggestions", "Uso de las sugerencias"),
    "moods": ("Humor dos clientes", "Customers' mood", "Ánimo de los clientes"),
    "intents": ("O que os clientes querem", "What customers want", "Qué quieren los clientes"),
    "hours": ("Por hora", "By hour", "Por hora"),
    "days": ("Por dia", "By day", "Por día"),
    "attendants": ("Por atendente", "By attendant", "Por agente"),
    "overview": ("Resumo", "Overview", "Resumen"),
    "subjects": ("Assuntos e humor", "Subjects and mood", "Temas y ánimo"),
    "notes": ("Como ler", "How to read it", "Cómo leerlo"),
    # Columns
    "section": ("Seção", "Section", "Sección"),
    "item": ("Item", "Item", "Elemento"),
    "measure": ("Medida", "Measure", "Medida"),
    "value": ("Valor", "Value", "Valor"),
    "unit": ("Unidade", "Unit", "Unidad"),
    "day": ("Dia", "Day", "Día"),
    "hour": ("Hora", "Hour", "Hora"),
    "intent": ("Assunto", "Subject", "Tema"),
    "mood": ("Humor", "Mood", "Ánimo"),
    "messages": ("Mensagens", "Messages", "Mensajes"),
    # Measures
    "messages_in": ("Mensagens recebidas", "Messages received", "Mensajes recibidos"),
    "messages_out": ("Mensagens enviadas", "Messages sent", "Mensajes enviados"),
    "messages_unknown": (
        "Mensagens sem hora ou autor conhecido",
        "Messages of unknown time or author",
        "Mensajes sin hora o autor conocido",
    ),
    "conversations": ("Conversas", "Conversations", "Conversaciones"),
    "customers": ("Clientes que escreveram", "Customers who wrote", "Clientes que escribieron"),
    "new_customers": ("Clientes novos", "New customers", "Clientes nuevos"),
    "unanswered": (
        "Conversas em que o cliente falou por último",
        "Conversations in which the customer wrote last",
        "Conversaciones en que el cliente escribió último",
    ),
    "first_count": ("Primeiras respostas", "First answers", "Primeras respuestas"),
    "first_median": ("Primeira resposta (mediana)", "First answer (median)", "Primera respuesta (mediana)"),
    "first_p90": ("Primeira resposta (p90)", "First answer (p90)", "Primera respuesta (p90)"),
    "first_average": ("Primeira resposta (média)", "First answer (average)", "Primera respuesta (media)"),
    "all_count": ("Todas as respostas", "All answers", "Todas las respuestas"),
    "all_median": ("Resposta (mediana)", "Answer (median)", "Respuesta (mediana)"),
    "all_p90": ("Resposta (p90)", "Answer (p90)", "Respuesta (p90)"),
    "all_average": ("Resposta (média)", "Answer (average)", "Respuesta (media)"),
    "unknown_answers": (
        "Respostas de tempo desconhecido",
        "Answers of unknown time",
        "Respuestas de tiempo desconocido",
    ),
    "target": ("Meta da primeira resposta", "Target of the first answer", "Meta de la primera respuesta"),
    "target_short": ("Meta", "Target", "Meta"),
    "within": ("Primeiras respostas na meta", "First answers within the target", "Primeras respuestas en la meta"),
    "on_time": ("Dentro da meta", "Within the target", "Dentro de la meta"),
    "won": ("Ganhas", "Won", "Ganadas"),
    "lost": ("Perdidas", "Lost", "Perdidas"),
    "resolved": ("Resolvidas", "Resolved", "Resueltas"),
    "undecided": ("Em aberto", "Open", "Abiertas"),
    "rate": ("Taxa de conversão", "Conversion rate", "Tasa de conversión"),
    "cards": ("Cartões mostrados", "Cards shown", "Tarjetas mostradas"),
    "picked": ("Com sugestão escolhida", "With a suggestion picked", "Con sugerencia elegida"),
    "sent": ("Enviadas como estavam", "Sent as they were", "Enviadas tal cual"),
    "edited": ("Editadas e enviadas", "Edited, then sent", "Editadas y enviadas"),
    "ignored": ("Ignoradas", "Ignored", "Ignoradas"),
    "used": ("Sugestões usadas", "Suggestions used", "Sugerencias usadas"),
    "used_rate": ("Aproveitamento das sugestões", "Share of suggestions used", "Uso de las sugerencias"),
    "in_short": ("Recebidas", "Received", "Recibidos"),
    "out_short": ("Enviadas", "Sent", "Enviados"),
    "median_short": ("Mediana", "Median", "Mediana"),
    "p90_short": ("p90", "p90", "p90"),
    # Charts
    "chart_days": ("Mensagens por dia", "Messages by day", "Mensajes por día"),
    "chart_hours": ("Mensagens por hora do dia", "Messages by hour of the day", "Mensajes por hora del día"),
    "first_time": ("Tempo da primeira resposta", "Time of the first answer", "Tiempo de la primera respuesta"),
    "chart_first": (
        "Tempo da primeira resposta, em minutos",
        "Time of the first answer, in minutes",
        "Tiempo de la primera respuesta, en minutos",
    ),
    # How to read it
    "note_days": (
        "Os dias e as horas são os do fuso {zone}.",
        "Days and hours are those of the zone {zone}.",
        "Los días y las horas son los de la zona {zone}.",
    ),
    "note_first": (
        (
            "Primeira resposta: a primeira de cada dia em cada conversa. Grupos contam no volume, não nos tempos. "
            "p90: nove em cada dez respostas levaram até esse tempo."
        ),
        (
            "First answer: the first of each day in each conversation. Groups count in the volume, not in the times. "
            "p90: nine in ten answers took no longer."
        ),
        (
            "Primera respuesta: la primera de cada día en cada conversación. Los grupos cuentan en el volumen, no en "
            "los tiempos. p90: nueve de cada diez respuestas tardaron hasta ese tiempo."
        ),
    ),
    "note_target": (
        "Na meta: respondidas em até {target} de horário de atendimento.",
        "Within the target: answered in at most {target} of opening time.",
        "En la meta: respondidas en hasta {target} de horario de atención.",
    ),
    "note_results": (
        (
            "Ganhas, perdidas e resolvidas: decididas no período. Em aberto: conversas do período ainda sem decisão. "
            "Taxa de conversão: ganhas entre as decididas."
        ),
        (
            "Won, lost and resolved: decided in the period. Open: conversations of the period without a decision yet. "
            "Conversion rate: won ones among those decided."
        ),
        (
            "Ganadas, perdidas y resueltas: decididas en el período. Abiertas: conversaciones del período sin decidir. "
            "Tasa de conversión: ganadas entre las decididas."
        ),
    ),
    "note_whose": (
        "Por atendente: as conversas que hoje estão com essa pessoa, e os cartões mostrados onde ela atende.",
        "By attendant: the conversations that are with this person today, and the cards shown where they sit.",
        "Por agente: las conversaciones que hoy tiene esa persona, y las tarjetas mostradas donde atiende.",
    ),
    "note_dash": (
        "Traço (–): sem dados. Zero: foi contado e não houve.",
        "A dash (–): not known. Zero: it was counted, and there was none.",
        "Guion (–): sin datos. Cero: se contó y no hubo.",
    ),
    "note_blank": (
        "Célula vazia: sem dados. Zero: foi contado e não houve.",
        "An empty cell: not known. Zero: it was counted, and there was none.",
        "Celda vacía: sin datos. Cero: se contó y no hubo.",
    ),
    # Moods and intents, as the window calls them
    "negative": ("Negativo", "Negative", "Negativo"),
    "neutral": ("Neutro", "Neutral", "Neutro"),
    "positive": ("Positivo", "Positive", "Positivo"),
    "intent.greeting": ("Saudação", "Greeting", "Saludo"),
    "intent.price": ("Preço", "Price", "Precio"),
    "intent.product_question": ("Dúvida sobre produto", "Product question", "Duda sobre producto"),
    "intent.purchase": ("Compra", "Purchase", "Compra"),
    "intent.stock": ("Estoque", "Stock", "Existencias"),
    "intent.order_status": ("Andamento do pedido", "Order status", "Estado del pedido"),
    "intent.delivery": ("Entrega", "Delivery", "Entrega"),
    "intent.complaint": ("Reclamação", "Complaint", "Queja"),
    "intent.technical_support": ("Suporte técnico", "Technical support", "Soporte técnico"),
    "intent.payment": ("Pagamento", "Payment", "Pago"),
    "intent.boleto_pix": ("Boleto ou Pix", "Boleto or Pix", "Boleto o Pix"),
    "intent.cancellation": ("Cancelamento", "Cancellation", "Cancelación"),
    "intent.exchange_refund": ("Troca ou reembolso", "Exchange or refund", "Cambio o reembolso"),
    "intent.scheduling": ("Agendamento", "Scheduling", "Cita"),
    "intent.store_info": ("Endereço e horário", "Address and hours", "Dirección y horario"),
    "intent.account_data": ("Dados cadastrais", "Account details", "Datos de la cuenta"),
    "intent.thanks": ("Agradecimento", "Thanks", "Agradecimiento"),
    "intent.goodbye": ("Despedida", "Goodbye", "Despedida"),
    "intent.human_request": ("Quer falar com uma pessoa", "Wants a person", "Quiere hablar con una persona"),
    "intent.small_talk": ("Conversa leve", "Small talk", "Charla"),
    "intent.spam_scam": ("Spam ou golpe", "Spam or scam", "Spam o estafa"),
    "intent.other": ("Outro assunto", "Something else", "Otro asunto"),
}
_LANGUAGES: tuple[ReportLanguage, ...] = ("pt-BR", "en", "es")

TEXTS: Mapping[ReportLanguage, Mapping[str, str]] = {
    language: {key: row[at] for key, row in {**_ROWS, **CONVERSATION}.items()} for at, language in enumerate(_LANGUAGES)
}
"""By language and key."""
