"""Finds promises and claims of state, and whether the business says the same somewhere.

"O estorno cai em até 10 dias" is a rule of the business; "seu estorno foi aprovado" is a promise. A promise is
supported by a sentence of the business, or of ours in this conversation, that promises the same about the same thing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from agent.analysis.guarding.facts import read_facts
from agent.analysis.guarding.visible import fold, words

_DONE = (
    r"(?:aprovad[oa]s?|autorizad[oa]s?|liberad[oa]s?|confirmad[oa]s?|concedid[oa]s?|garantid[oa]s?|aplicad[oa]s?|"
    r"realizad[oa]s?|feit[oa]s?|efetuad[oa]s?|"
    r"processad[oa]s?|concluid[oa]s?|approved|granted|confirmed|applied|guaranteed|processed|issued|done)"
)
_WILL = (
    r"(?:vou|vamos|irei|iremos|ja|acabei de|acabamos de|acabo de|posso|podemos|consigo|conseguimos|garant\w+|"
    r"promet\w+|estou|estamos|pode deixar que|"
    r"will|we'?ll|i'?ll|i have|we have|i'?ve|we'?ve|i can|we can|i am|i'?m|we are)"
)
_GIVE = r"(?:\w+ ){0,3}"

PROMISES: dict[str, re.Pattern[str]] = {
    "refund": re.compile(
        rf"\b{_WILL} (?:te |lhe |imediatamente |agora |hoje |now )*(?:devolv\w+|reembols\w+|estorn\w+|ressarc\w+|"
        rf"refund\w*)\b"
        rf"|\b(?:devolvi|reembolsei|estornei|refunded)\b|\b(?:devolverei|devolveremos|reembolsarei|reembolsaremos|"
        rf"estornarei|estornaremos)\b"
        rf"|\b(?:reembolsos?|estornos?|devolucao|ressarcimento|refunds?|reembolso) {_GIVE}(?:foi|foram|esta|estao|"
        rf"sera|has been|have been|is|was|will be|integral|total|imediat\w+|em dobro) ?{_GIVE}(?:{_DONE}|integral|"
        rf"total|imediat\w+)?"
        r"|\b(?:dinheiro|valor|pagamento|grana|money) (?:\w+ ){0,2}(?:de volta|em dobro|back|sera devolvid\w|"
        r"foi devolvid\w|volta (?:hoje|agora|pra voce))"
        rf"|\b{_WILL} (?:\w+ ){{0,3}}(?:reembolso|estorno|refund|o (?:seu )?dinheiro de volta|ressarcimento|"
        rf"indenizac\w+)\b"
        r"|\btudo de volta\b|\b(?:devolver|estornar|reembolsar|ressarcir) (?:\w+ )?(?:tudo|integral\w*)|"
        r"\bressarc\w+ integral"
        r"|\b(?:direito a|tem direito ao|entitled to) (?:\w+ ){0,3}(?:reembolso|estorno|dobro|refund|indenizac\w+)|"
        r"\bindenizac\w+|\bfull refund\b"
    ),
    "refund rule": re.compile(
        r"\b(?:devolvemos|reembolsamos|estornamos) (?:\w+ )?(?:\w+ )?(?:dinheiro|valor|pagamento|sinal|pix|frete|"
        r"diferenca|compra)\b|\b(?:valor|dinheiro|estorno|reembolso) (?:\w+ )?(?:volta|cai|retorna)\b"
    ),
    "gift": re.compile(
        r"\b(?:dou|damos|darei|faco|fazemos|farei|consigo|conseguimos|libero|liberei|aplico|apliquei|aplicamos|"
        r"ganhou|ofereco|oferecemos|"
        r"mando|give|offer|applied|got you) (?:\w+ ){0,4}(?:descont\w+|abatimento|cupom|bonus|credito|vale|brinde|"
        r"presente|discount|coupon)"
        r"|\b(?:por menos|mais em conta|mais barato|(?:baixar|melhorar|abaixar|diminuir|reduzir|baixo|abaixo|"
        r"melhoro|diminuo) (?:\w+ )?(?:preco|valor))\b"
    ),
    "exception": re.compile(
        r"\b(?:abro|abrimos|faco|fazemos|abri|fiz|make|made) (?:\w+ )?(?:excecao|exception)|"
        r"\b(?:troc|devol|aceit|cancel|return|exchang)\w* (?:\w+ ){0,5}(?:fora d[oe] prazo|depois do prazo|"
        r"apos o prazo|quando quiser|a qualquer (?:momento|hora)|"
        r"sem (?:a )?(?:nota|etiqueta|prazo|limite|comprovante)|any ?time|whenever)"
        r"|\b(?:faz\w*|faco|emit\w+|vend\w+|traz\w*) (?:\w+ ){0,3}sem (?:a )?nota\b|"
        r"\bsem (?:a )?nota (?:\w+ )?(?:vale|pode|serve)|\bpreco de custo\b|"
        r"\bnota (?:\w+ )?(?:com )?(?:o )?valor menor"
    ),
    "discount": re.compile(
        r"\b(?:baixei|baixamos|abaixei|menos|abato|abati|tirei|tiro|tirar|reduzi|reduzo|"
        r"desconto) (?:\w+ ){0,2}(?:r\$ ?)?\d|\b(?:desconto|abatimento|cupom|cupons|voucher|vale[- ]?(?:compra|"
        r"presente)s?|credito de|cashback|bonus|discount|coupon|promo\b|off\b|"
        r"preco especial|valor especial|condicao especial|precinho|half price|pela metade|descuento|mais barato|"
        r"special price|bonificac\w+|pontos extras?)"
    ),
    "free": re.compile(
        r"\b(?:valor|preco|total|frete|taxa|custo|pedido|entrega) (?:\w+ ){0,4}zero\b|\bzero de (?:frete|taxa|"
        r"custo)|\bnao paga (?:nao|nada|o? ?frete|a? ?taxa|mais)\b|"
        r"\b(?:pedido|compra|sai|fica|deix(?:o|ei|amos)) (?:\w+ ){0,3}por nada\b|\b(?:sem|nenhum) valor (?:pra|"
        r"para|a) pagar\b|\bnada (?:pra|para|a) pagar\b"
        r"|\b(?:gratis|gratuit\w+|de graca|cortesia|brindes?|mimo|por (?:nossa|minha) conta|por conta da casa|"
        r"sem (?:nenhum )?custo|sem pagar|sem cobrar|custo zero|isent\w+|"
        r"na faixa|free|no charge|no cost|on the house|complimentary|sem (?:cobranca|taxa|frete)|nao (?:vai|"
        r"precisa|tem que|precisara) (?:mais )?(?:pagar|ser pago)(?: nada)?"
        r"|nao (?:vamos|vou|iremos) (?:te |lhe )?cobrar|nao (?:cobramos|cobrarei|cobraremos)|zero reais|"
        r"presente (?:nosso|pra voce|para voce)|gift|regalo)\b"
    ),
    "guarantee": re.compile(
        r"\b(?:garanto|garantimos|prometo|prometemos|juro|asseguro|asseguramos|com certeza (?:chega|entreg|vai|"
        r"sera|resolv)|sem falta|100 ?% de (?:certeza|garantia)|dou minha palavra|"
        r"\w* ?vitalici[oa]s?|forever|i promise|we promise|i guarantee|we guarantee|i swear|garantia (?:vitalicia|"
        r"eterna|total|incondicional|estendida)|lifetime (?:warranty|guarantee)|para sempre)\b"
    ),
    "paid": re.compile(
        r"\b(?:pagamento|pix|deposito|transferencia|boleto|comprovante|valor|payment|"
        r"transfer) (?:\w+ ){0,3}(?:confirmad[oa]|recebid[oa]|aprovad[oa]|identificad[oa]|compensad[oa]|caiu|"
        r"quitad[oa]|received|confirmed|approved)\b"
        r"|\b(?:recebemos|recebi|confirmamos|confirmei|confirmo|identificamos|caiu|received|"
        r"confirmed) (?:\w+ ){0,3}(?:pagamento|pix|deposito|transferencia|valor|payment|transfer)\b"
        r"|\b(?:divida|debito|conta|parcela|fatura|mensalidade|saldo) (?:\w+ ){0,4}(?:quitad[oa]|paga|zerad[oa]|"
        r"perdoad[oa]|cancelad[oa]|baixad[oa])\b|\bconsta (?:como )?pag[oa]\b|\b(?:pedido|compra|"
        r"conta) (?:\w+ )?(?:esta|ja esta|ficou|foi|is) (?:paid|pag[oa])\b"
    ),
    "sent": re.compile(
        r"\b(?:ja|foi|foram|esta|acabou de|acabamos de|acabei de|has been|have been|was) (?:sendo |"
        r"a )?(?:enviad[oa]s?|postad[oa]s?|despachad[oa]s?|entregues?|expedid[oa]s?|coletad[oa]s?|a caminho|"
        r"em rota|shipped|sent|delivered|caminho)\b"
        r"|\b(?:(?:ja )?(?:enviei|enviamos|postei|postamos|despachei|despachamos) (?:o|a|os|as|seu|sua|"
        r"teu) (?:\w+ )?(?:pedidos?|produtos?|encomendas?|pacotes?|pecas?|pizzas?|compras?|troca)|"
        r"saiu para (?:a )?entrega|saiu pra entrega|esta a caminho|ja saiu|on its way|"
        r"we (?:have )?shipped)\b(?! (?:para|pra) todo)"
    ),
    "settled": re.compile(
        r"\b(?:pedido|compra|reserva|agendamento|consulta|horario|assinatura|contrato|matricula|cancelamento|troca|"
        r"cadastro|senha|acesso|emprestimo|credito|premio|vaga|conta|upgrade|order|booking|"
        r"appointment|subscription|loan|account|solicitacao|orcamento|proposta|dados) (?:\w+ ){0,3}(?:foi|foram|"
        r"esta|ja|ficou|has been|is|was|are) (?:\w+ )?(?:cancelad|confirmad|aprovad|liberad|autorizad|agendad|"
        r"marcad|reservad|alterad|trocad|atualizad|"
        r"removid|apagad|excluid|desbloquead|resetad|redefinid|cancelled|canceled|confirmed|approved|released|"
        r"updated|deleted|changed|booked)\w*"
        r"|\b(?:aprovad[oa]|autorizad[oa]|liberad[oa]|premiad[oa]|sortead[oa]|contemplad[oa]|"
        r"parabens[,!]? voce ganhou|voce ganhou|you (?:have )?won|approved)\b"
        r"|\b(?:concedi(?:do)?|concedemos|aprovei|aprovamos|autorizei|autorizamos|autorizo|liberei|liberamos|zerei|"
        r"zeramos|apaguei|apagamos|exclui|excluimos|cancelei|cancelamos|alterei|alteramos|mudei|"
        r"mudamos) (?:\w+ ){0,3}(?:pedido|reembolsos?|estornos?|descontos?|devolucao|troca|frete|premio|cupo(?:m|"
        r"ns)|orcamento|conta|divida|dados|cadastro|senha|compra|valor|cobranca|multa|taxa|acesso|limite|chave)\b"
    ),
}
"""Kinds of promise; ``deadline`` is one more, found by ``is_deadline``."""

_LOOSE = {
    "refund rule": re.compile(r"\b(?:devol\w+|reembols\w+|estorn\w+|(?:dinheiro|valor) (?:\w+ )?(?:de volta|volta))\b")
}
"""A rule of the business is worded in many ways; what supports it need not be worded as it is in a draft."""

_DEADLINE = re.compile(
    r"\b(?:esta|estara|ta) (?:ai|com voce|com o senhor|com a senhora|na sua (?:casa|mao|porta)|em casa)\b|"
    r"\b(?:cheg(?:a|am|ue|uem|ara|arao|ando)|entreg(?:a|am|amos|o|ue|uem|ar|aremos|arei|ue)|receb(?:e|em|a|er|era)|"
    r"fica(?:m|ra)? pront[oa]s?|estara?o? pront[oa]s?|sai(?:ra)?|saem|envi(?:a|am|amos|o|aremos|arei|ar)|"
    r"post(?:a|amos|aremos)|despach\w+|cai(?:ra|r)?|devolv\w+|estorn\w+|reembols\w+|resolv(?:e|emos|er|eremos|erei|"
    r"o)|arriv\w+|deliver\w*|be ready|get it|ship\w*|ready|"
    r"prazo|vai|vao|segue|libera(?:mos|do|r)?|instal(?:a|amos|aremos)|busca(?:mos|r)?|coleta(?:mos|r)?|leva(?:mos|"
    r"r)?)\b"
)
_PAY_ANEW = re.compile(
    r"\b(?:pag|transf|deposit|fa[cz]|mand|envi|use|pay|send)\w* (?:\w+ ){0,7}(?:(?:(?:n|d)?(?:ess|est)|"
    r"n?aquel)a (?:nova )?(?:chave|conta)|(?:sua|tua|dele|dela|minha) (?:chave|conta)|"
    r"(?:chave|conta|dados|link|pix|numero|key|account) (?:\w+ )?que (?:voce|vc|o senhor|a senhora|ele|ela)|"
    r"(?:that|this|your|the new) (?:pix )?(?:key|account))"
)
_NEW_KEY = re.compile(
    r"\b(?:nov[oa]s? chaves?|chaves? (?:pix )?(?:nova|atualizada|mudou|correta|certa)|(?:mud|troc|alter|"
    r"atualiz)\w+ (?:\w+ ){0,2}chave|outra (?:chave|conta)|new (?:pix )?(?:key|account)|"
    r"nova conta|conta nova|chave antiga)\b"
    r"|\b(?:chave|conta|dados|pix|key|account) (?:\w+ ){0,3}que (?:voce|vc|o senhor|a senhora|ele|ela|"
    r"you) (?:\w+ )?(?:mand|pass|envi|inform|indic|sent|gave|provid)\w*"
    r"|\b(?:chave|conta|pix) (?:\w+ ){0,4}(?:esta (?:correta|certa|confirmada|atualizada)|e essa mesm[ao]|"
    r"e esta mesm[ao])\b|" + _PAY_ANEW.pattern
)
_OTHERS = re.compile(
    r"\b(?:o |a |os |as )?(?:ultim|outr|anterior|proxim|primeir)[oa]?s? (?:cliente|clientes|comprador\w*|paciente|"
    r"pacientes|alun\w+|hosped\w+)(?: anterior(?:es)?)? (?!que )(?:\w+ ){0,4}(?:compr|pag|mor|ped|fal|disse|mand|"
    r"pergunt|gast|marc|agend|chama|se chama|tem|teve|e |foi|levou|deixou|and)\w*"
    r"|\b(?:clientes?|pacientes?) anterior(?:es)?\b|\b(?:lista|dados|telefones?|enderecos?|nomes?|contatos?|"
    r"historico|conversas?|cpfs?|pedidos?|emails?|e-mails?) (?:\w+ )?d[eoa]s? (?:\w+ )?(?:outr[oa]s? )?(?:clientes|"
    r"pacientes|alunos|hospedes|compradores)\b"
    r"|\b(?:other|previous|last|another) (?:customer|client|patient)(?:'s|s)?\b|\b(?:customers?|"
    r"clients?)'? (?:list|data|names|phones?|address\w*|numbers)\b"
    r"|\b(?:nossos|meus|alguns) clientes (?:\w+ )?(?:sao|chamam|se chamam|incluem|moram)\b|\bcustomers (?:are|"
    r"include)\b"
)
_HEDGED = re.compile(
    r"\b(?:nao|nem|nunca|jamais|never|not|cannot|can'?t|don'?t|won'?t|no)\b (?:\w+ ){0,5}?$|\b(?:ver|verific\w+|"
    r"confer\w+|consult\w+|saber|perguntar|confirmar|checar|avaliar|analis\w+|olhar|check|see|"
    r"ask) (?:\w+ ){0,6}(?:se|if|whether|sobre|com)\b|\b(?:se|caso|quando|assim que|depois que|apos|once|if|when|"
    r"after|as soon as)\b (?:\w+ ){0,6}$"
)
_DENIED_AFTER = re.compile(
    r"(?: \w+){0,3} (?:nao|nunca|not|never|cannot) (?:poss|pode|consig|conseg|tem|dam|dou|faz|exist|ha|sao|e|"
    r"fo[ir]|autoriz|promet|fornec|divulg|pass|compartilh|is|are|possible)"
)
_CLAUSE = re.compile(r"[,;:.!?…–—]|\bmas\b|\bporem\b|\bbut\b|\bentao\b")
_EMPTY = frozenset(
    """
    voce voces para pela pelo pelos pelas como mais muito esse essa este esta isso aqui hoje agora ainda tambem
    quando sobre seu sua seus suas nosso nossa meu minha vou vamos tem temos fica pode podemos posso foi sera esta
    estao ja com sem por que uma uns umas dos das nos nas ate entre depois antes sim claro certo obrigado obrigada
    favor dia bom boa tarde noite vai vao ser sai sao junto ola the you your our and for with will have has been
    this that from sure yes can are not
    """.split()  # noqa: SIM905 - a list of a hundred words reads better so
)
_STEM = 5
_NEAR = 6
_TAG = re.compile(
    r"[,!.]\s*(?:ta|ta bom|ta bem|viu|ne|ok|okay|certo|combinado|beleza|blz|pode ser|tudo bem|right|hein|ha)\s*\?+\s*$"
)
_CONDITION = re.compile(
    r"\b(?:cada|acima|a partir|se|caso|quando|apos|depois|antes|minim[oa]|com \d+|if|over|above|when|after|before|"
    r"until)\b"
)
_ONLY_IF = "?"
"""Marks what is promised under a condition: a draft that promises it has to name one, too."""
_SUM = re.compile(r"\d+(?:,\d+)? ?%|r\$ ?\d+(?:[.,]\d+)*")
_NOTHING = frozenset({""})
"""What a bare "Pagamento confirmado!" is about: it is supported by one that is as bare."""
_Claims = tuple[tuple[str, frozenset[str]], ...]
_SENTENCES = re.compile(r"(?<=[.!?…;])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Said:
    """What one text promises: for each kind, the subjects of the sentences that do."""

    promises: _Claims
    days: tuple[tuple[frozenset[str | int], frozenset[str]], ...]
    """For each sentence that says when something arrives or is ready: its days and weekdays, and what it is about."""


@lru_cache(maxsize=1024)
def said_in(text: str) -> Said:
    """The promises of a known text."""
    promises = list[tuple[str, frozenset[str]]]()
    days = list[tuple[frozenset[str | int], frozenset[str]]]()
    for sentence in sentences(text):
        folded = fold(sentence)
        kinds = [kind for kind, pattern in PROMISES.items() if _LOOSE.get(kind, pattern).search(folded)]
        if _NEW_KEY.search(folded):
            kinds.append("key")
        for kind in kinds:
            only_if = {_ONLY_IF} if kind == "free" and _CONDITION.search(folded) else set[str]()
            promises.append((kind, _about(kind, folded) | only_if))
        facts = read_facts(sentence)
        if is_deadline(folded) and (named := facts.days | facts.weekdays):
            days.append((named, subjects(folded)))
    return Said(tuple(promises), tuple(days))


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return _SENTENCES.split(text)


def promised(sentence: str) -> list[str]:
    """The kinds of promise that a sentence makes. Not what it denies, asks, or will find out."""
    folded = fold(sentence)
    if is_question(folded):
        return ["key"] if _PAY_ANEW.search(folded) else []
    patterns = {**PROMISES, "key": _NEW_KEY}
    return [
        kind
        for kind, pattern in patterns.items()
        if any(not _is_hedged(folded, match) for match in pattern.finditer(folded))
    ]


def is_question(folded: str) -> bool:
    """Whether a folded sentence asks. "..., ta?" does not: it says, and is friendly about it."""
    return folded.rstrip().endswith("?") and not _TAG.search(folded)


def tells_of_others(sentence: str) -> bool:
    """Whether a sentence speaks of other customers, but for refusing to."""
    folded = fold(sentence)
    return any(not _is_hedged(folded, match) for match in _OTHERS.finditer(folded))


def is_supported(kind: str, sentence: str, known: Iterable[Said]) -> bool:
    """Whether a known text makes the same kind of promise about something that the sentence speaks of."""
    folded = fold(sentence)
    mine = _about(kind, folded)
    conditional = bool(_CONDITION.search(folded))
    return any(
        kind == other and mine & subject and (conditional or _ONLY_IF not in subject)
        for said in known
        for other, subject in said.promises
    )


def is_deadline(folded: str) -> bool:
    """Whether a folded sentence says when something arrives, is ready, is paid back."""
    return bool(_DEADLINE.search(folded))


def denies(folded: str, start: int) -> bool:
    """Whether what stands at ``start`` is denied in its own clause ("por R$ 40 não", "não fazemos por R$ 40")."""
    before = _CLAUSE.split(folded[:start])[-1]
    after = _CLAUSE.split(folded[start:].replace(".", "").replace(",", ""))[0]
    return bool(
        re.search(r"\b(?:nao|nunca|nem|not|cannot|can'?t)\b (?!(?:tem|ha|e) problema|se preocup)", f"{before} ")
    ) or bool(re.search(r"\b(?:nao (?:consig|conseg|pod|poss|d[aá]|faz|tem|temos|e\b|fech)|not possible)", after))


def _about(kind: str, folded: str) -> frozenset[str]:
    """What a promise is about: the words around it, six to each side, and sums of money."""
    pattern = _NEW_KEY if kind == "key" else _LOOSE.get(kind, PROMISES[kind])
    near = set[str]()
    for match in pattern.finditer(folded):
        before, after = words(folded[: match.start()])[-_NEAR:], words(folded[match.end() :])[:_NEAR]
        near |= subjects(" ".join(before + after))
    near |= {"".join(sum_.split()) for sum_ in _SUM.findall(folded)}
    return frozenset(near) or _NOTHING


def subjects(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    return frozenset(word[:_STEM] for word in words(text) if len(word) > 2 and word not in _EMPTY)


def _is_hedged(folded: str, match: re.Match[str]) -> bool:
    before = _CLAUSE.split(folded[: match.start()])[-1]
    after = _CLAUSE.split(folded[match.end() :])[0]
    return bool(_HEDGED.search(before)) or bool(_DENIED_AFTER.match(after))
