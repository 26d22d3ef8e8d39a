"""Words that say that a PIX key or an account for payments is another one now: Portuguese, English, Spanish.

All patterns read a folded sentence. What they repeat is bounded, so that each takes time in proportion to the text.
"""

import re

from agent.shield.folding import fold, sentences

_PAID = r"(?:pix|banc\w+|pagamentos?|pagar|depositos?|depositar|transferencias?|transferir|agencia|cnpj|titular)"
_NEW = (
    r"(?:mudou|mudaram|mudamos|mudei|mudando|alterou|alterada|alterado|alterados|alteramos|alterei|trocou|trocamos|"
    r"troquei|trocando|atualizou|atualizada|atualizados|atualizamos|atualizei|substituid[ao])"
)
_OUR = r"(?:(?:de|a|o|as|os|da|do|minha|meu|meus|minhas|nossa|nosso|nossas|nossos|sua) ){0,3}"
_KEY = (
    rf"(?:chaves?|pix|contas? (?:bancaria|de {_PAID}|(?:para|pra|pro) {_PAID}|(?:do|no) banco)|dados bancarios|"
    r"dados (?:de|para|do) pagamento)"
)
_OLD = r"(?:antig[ao]|anterior|velh[ao]|de antes|passad[ao])"
_IS_NEW = r"(?:e|eh|sao|ficou) (?:outr[ao]s?|nov[ao]s?|diferente)"

_CHANGED = tuple(
    re.compile(pattern)
    for pattern in (
        # "mudou a chave", "trocamos nosso pix", "alterei a conta para depósito"
        rf"\b{_NEW} {_OUR}{_KEY}\b",
        # "a chave pix mudou", "nosso pix foi alterado", "a conta bancária agora é outra"
        (
            rf"\b(?:chaves?(?: (?:do )?pix)?|pix|contas? bancarias?|conta (?:da empresa|para {_PAID})|dados bancarios) "
            rf"(?:\w+ ){{0,3}}?(?:{_NEW}|{_IS_NEW})\b"
        ),
        r"\bnov[ao] (?:numero d[eo] |chave d[eo] )?pix\b|\bnova chave\b|\bchave (?:pix )?nova\b|\bpix novo\b",
        r"\bnovos dados (?:bancarios|(?:de|para) (?:pagamento|deposito))\b|\b(?:outra chave|outro pix)\b",
        rf"\b(?:nova conta|conta nova|outra conta)\b(?=[^.!?]{{0,60}}\b{_PAID}\b)",
        rf"\b{_PAID}\b[^.!?]{{0,40}}\b(?:nova conta|conta nova|outra conta)\b",
        r"\b(?:troquei|trocamos|trocou|trocando|mudei|mudamos|mudou|mudando) de (?:banco|conta)\b",
        # "não usa mais o pix antigo", "desconsidere a chave anterior"
        (
            r"\b(?:desconsider\w+|nao (?:us\w+|faz\w*|pag\w+|mand\w+|deposit\w+|transf\w+)|esquec\w+|ignor\w+) "
            rf"(?:\w+ ){{0,4}}?(?:chave|pix|conta) (?:pix )?{_OLD}\b"
        ),
        (
            rf"\b(?:pix|chave|conta(?: bancaria)?) {_OLD} (?:\w+ ){{0,4}}?(?:bloquead|encerrad|desativad|cancelad|"
            r"nao (?:funciona|vale|existe|usamos|uso))"
        ),
        (
            rf"\b(?:agora|a partir de (?:hoje|agora)|de hoje em diante)\b[^.!?]{{0,30}}\b{_PAID} (?:e|eh|sera|vai ser) "
            r"(?:ness[ae]|nest[ae]|est[ae]|outr[ao]|em outr[ao]|n[ao] outr[ao])\b"
        ),
        # English
        r"\b(?:new|different|another|updated) (?:pix|bank|banking|payment|wire) (?:key|account|details|info\w*|data)\b",
        (
            r"\b(?:pix key|bank (?:account|details)|account details|payment details) (?:\w+ ){0,2}?"
            r"(?:changed|(?:is|are) (?:different|new)|(?:were|was|been) (?:updated|changed))\b"
        ),
        r"\b(?:changed|switched|updated|changing) (?:\w+ ){0,2}?(?:banks?|bank (?:account|details)|pix(?: key)?)\b",
        r"\b(?:do not|don'?t|stop) (?:use|using|pay|paying|send) (?:\w+ ){0,4}?(?:old|previous) (?:pix|account|key)\b",
        # Spanish
        r"\b(?:nueva|otra) (?:clave|llave|cuenta) (?:de )?(?:pix|bancaria|de banco|para (?:pag|deposit|transf)\w+)\b",
        r"\bnuevo pix\b|\bnuevos datos bancarios\b",
        (
            r"\b(?:cambio|cambiamos|cambie|cambiaron) (?:de banco|(?:la|mi|nuestra|nuestro|el|de|los) "
            r"(?:clave|cuenta|pix|llave|datos bancarios))\b"
        ),
        r"\b(?:clave(?: pix)?|cuenta bancaria|pix) (?:\w+ ){0,2}?(?:cambio|ha cambiado|es (?:otra|nueva|otro|nuevo))\b",
        r"\bno (?:us\w+|deposit\w+|pag\w+) (?:\w+ ){0,4}?(?:cuenta|clave|pix) (?:anterior|vieja|antigua)\b",
    )
)

_THINGS = (
    r"(?:carro|casa|portao|porta|moto|apartamento|apto|loja|cofre|armario|quarto|predio|escritorio|cadeado|fenda|"
    r"inglesa|"
    r"roda|fechadura|hotel|instagram|insta|facebook|face|google|gmail|e-?mail|netflix|spotify|jogo|game|steam|site|app|"
    r"aplicativo|login|luz|agua|energia|internet|telefone|celular|acesso|licenca|ativacao|usuario|twitter|tiktok|"
    r"veiculo|imovel|cadastro|auto|coche|car|house)"
)
_OF_OTHER_THINGS = re.compile(
    r"\b(?:chaves?|contas?|key|clave|cuenta|llave) (?:nov[ao]s? |nueva )?(?:d[aoe]s?|n[ao]s?|del?|en|para [oa]|"
    r"pr[ao]|of|for|"
    rf"to) (?:\w+ ){{0,2}}?{_THINGS}\b|\b{_THINGS}\b[^.!?]{{0,30}}\b(?:chave|conta) nova\b|\bchaveiro\b"
)
"""A key that opens a door, an account that somebody logs in to."""

_DENIED = re.compile(
    r"\b(?:nao|nunca|nem|never|not|didn'?t|hasn'?t) (?:\w+ ){0,2}?(?:mud|alter|troc|atualiz|chang|cambi)"
    r"|\b(?:se|caso|quando|if|when) (?:\w+ ){0,3}?(?:mud|alter|troc|chang|cambi)"
)
_WISHED = re.compile(
    r"\b(?:posso|podemos|poderia|quero|queria|gostaria|preciso|precisava|como (?:eu )?(?:faco|fasso)|da pra|tem como|"
    r"can i|i want|how do i|puedo|quiero)\b"
)
"""Who would like to change something has not changed it."""


_ABOUT = re.compile(r"chave|pix|cont|dados|banc|bank|key|account|payment|clave|llave|cuenta|datos")
_SHORTEST = 8
"""Letters of a sentence that can say so: thousands of shorter ones are passed over."""


def changed_in(text: str) -> str | None:
    """The sentence that says that a PIX key or an account for payments is another one now; a question says nothing."""
    if not _ABOUT.search(fold(text)):
        return None
    return next((one for one in sentences(text) if len(one) >= _SHORTEST and _is_said(fold(one))), None)


def _is_said(sentence: str) -> bool:
    if sentence.endswith("?") or not any(pattern.search(sentence) for pattern in _CHANGED):
        return False
    return not any(pattern.search(sentence) for pattern in (_OF_OTHER_THINGS, _DENIED, _WISHED))
