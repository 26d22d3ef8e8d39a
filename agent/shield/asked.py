"""Requests for a code, a password, a card's number, or to steer somebody's computer: Portuguese, English, Spanish."""

import re

from agent.shield.folding import fold, sentences

_ASK = (
    r"(?:(?:me|nos) (?:mand\w+|envi\w+|pass\w+|fal\w+|diz|diga|dig\w+|inform\w+|confirm\w+|repass\w+|encaminh\w+|"
    r"dit\w+|"
    r"compartilh\w+|forne\w+|da|de|manda)|(?:mand|envi|pass|inform|confirm|repass|encaminh|compartilh|digit|dit|forne)"
    r"(?:a|e|ar|em|ce|cer|ca)(?:-me)?|diga(?:-me)?|fala|qual (?:e|eh|foi|era|o|a)|preciso (?:d[oae]|que)|"
    r"precisamos (?:d[oae]|que)|necessito d[oae]|solicitamos|cole|cola aqui|tir[ae] (?:um )?print d[oae]|"
    r"(?:send|give|tell|text|forward|share|read) (?:me|us|it)?|i need|we need|what(?:'?s| is)|share|provide|enter|"
    r"confirm|"
    r"(?:enviame|mandame|pasame|dime|dame|digame|comparteme|reenviame|envieme|paseme|deme)|cual es|necesito|"
    r"necesitamos|"
    r"comparte|comparta|indique|indiqueme|confirme)"
)
_NEAR = r"[^.!?]{0,60}?"
_ASKED_FOR = (
    r"(?:codigos? (?:de )?(?:verificacao|confirmacao|seguranca|autenticacao|validacao|ativacao|recuperacao|sms|"
    r"whatsapp|"
    r"zap)|codigo (?:de )?(?:seis|6|quatro|4|cinco|5) (?:digitos|numeros)|"
    r"(?:6|seis|4|quatro) (?:digitos|numeros) que|"
    r"codigos? (?:de acesso )?(?:que|q) (?:\w+ ){0,5}?(?:cheg|receb|apare|mand|envi|cai|foi envi)\w*|"
    r"codigos? (?:\w+ ){0,2}?(?:por|via|no|do|pelo|de) (?:seu |teu )?(?:sms|celular|whatsapp|zap|e-?mail)|"
    r"(?:sua|tua|suas|a) senhas?|senha (?:do|da|de) (?:banco|app|aplicativo|cartao|internet banking|conta|e-?mail|gov|"
    r"whatsapp|instagram|seu|sua|acesso)|senhas? (?:de acesso|bancaria|numerica|atual)|"
    r"(?:o|seu|teu|do|um) (?:i)?token|cvv|cvc|(?:3|tres) (?:numeros|digitos) (?:de|do|que|atras|no) |"
    r"(?:codigo|numeros?) (?:de seguranca )?(?:do|no|atras do|de tras do|no verso do) (?:verso do )?(?:seu )?cartao|"
    r"(?:verification|security|confirmation|access|one[- ]time|6[- ]digit|six[- ]digit|login|2fa|sms) code|otp|"
    r"code (?:you|that|we|i) (?:\w+ ){0,3}?(?:got|get|received?|sent|texted|arrived)|code (?:from|in) (?:the |your )?"
    r"(?:sms|text|message|whatsapp)|(?:your|the) (?:password|pin|passcode|cvv|token)|"
    r"codigo (?:de )?(?:verificacion|seguridad|confirmacion)|codigo que (?:te |le )?(?:lleg|recib|envi|mand)\w*|"
    r"(?:tu|su|la) (?:contrasena|clave de (?:acceso|seguridad|cajero))|(?:6|seis) digitos que)"
)
_ASKED = re.compile(rf"\b{_ASK}\b{_NEAR}\b{_ASKED_FOR}")
_THEN_ASKED = re.compile(
    rf"\b{_ASKED_FOR}[^.!?]{{0,30}}[,;:] (?:\w+ ){{0,2}}?(?:(?:me|nos) (?:mand|envi|pass|fal|diz|inform|encaminh)\w*|"
    r"(?:mand|envi|pass|encaminh)[ae] (?:ele|ai|aqui|pra mim|para mim)|send it|forward it|(?:manda|pasa|envia)melo)\b"
)
"""«Você recebeu um código de 6 dígitos, me manda»."""
_COMING = re.compile(
    r"\b(?:vai|vou|acab\w+|iremos|chegou|chegara|chega|foi|recebera|receber|enviei|enviamos|mandei|mandamos)\b"
    r"[^.!?]{0,40}?\bcodigo\b[^.!?]{0,40}?\b(?:sms|(?:no|pro|para o) (?:seu|teu) (?:celular|telefone|whatsapp|zap|"
    r"numero|"
    r"e-?mail))\b[^.!?]{0,60}?\b(?:me|informe|manda|mande|passa|passe|fala|diga|encaminh\w+|envie)\b"
)
"""«Vou mandar um código por SMS, me fala qual é»: it is asked for behind it."""
_TOOL = (
    r"(?:any ?desk|team ?viewer|rust ?desk|ultra ?viewer|air ?droid|remote desktop|chrome remote|quick support|"
    r"supremo|hoptodesk|alpemix|acesso remoto|acceso remoto|remote access)"
)
_REMOTE = re.compile(
    r"\b(?:instal\w+|baix\w+|abr[aei]\w*|download|open|inici\w+|execut\w+|descarg\w+|aceit\w+|autoriz\w+|permit\w+|"
    r"liber\w+|"
    r"conced\w+|allow|grant|give us|pass[ae]|mand[ae]|inform[ae]|envi[ae]|qual|precis\w+|need|seu|sua|teu|your|tu) "
    rf"{_NEAR}\b{_TOOL}\b|\b{_TOOL}\b{_NEAR}\b(?:instal\w+|baix\w+|(?:me )?(?:pass[ae]|mand[ae]|inform[ae]) (?:o|a|"
    rf"seu) (?:id|"
    r"codigo|numero|acesso))\b"
)
_MY_COMPUTER = re.compile(
    r"\b(?:meu|my|mi) (?:id do )?(?:any ?desk|team ?viewer|computador|pc|notebook)\b|"
    r"\bvoces? (?:\w+ ){0,3}?(?:acess|entr|conect|"
    r"atend|us)\w+|\bcan you (?:connect|use|access)\b"
)
"""Who offers their own computer asks for help and for no access."""

_HARMLESS = re.compile(
    r"\bwi-? ?fi\b|\b(?:codigo|senha|token|code|password) (?:de |do |da |of |for |del )?(?:the )?(?:rastre\w+|"
    r"barras?|produto|"
    r"pedido|compra|pagamento|pix|boleto|cupom|desconto|promo\w*|referencia|ref|atendimento|fila|cor|modelo|peca|item|"
    r"reserva|cliente|voucher|vale|arquivo|pdf|zip|documento|nota|ean|ncm|servico|area|pais|postal|tracking|discount|"
    r"promo|coupon|zip|product|order|item|booking|descuento|producto|seguimiento|portao|portaria|alarme|cofre|"
    r"retirada|coleta|entrega|envio|postagem|troca|devolucao|objeto|convite|indicacao|rede|internet|roteador)\b"
    r"|\b(?:codigo de rastre|tracking code|copia e cola|qr ?code)"
)
_OWN_TROUBLE = re.compile(
    r"\b(?:esqueci|perdi|nao (?:lembro|recebi|chegou|sei|consigo|estou recebendo|veio|funciona)|redefin\w+|recuper\w+|"
    r"troc(?:ar|o) (?:a |de |minha )*senha|mud(?:ar|o) (?:a |de |minha )*senha|alter(?:ar|o) (?:a |de |minha )*senha|"
    r"minha senha|meu codigo|minha conta|meu token|forgot|reset|olvide|mi contrasena|my (?:password|code|account|pin)|"
    r"pedi(?:ram|u|ndo)|estao pedindo|e golpe|eh golpe|golpe|scam|fraude|nunca (?:pe[cd]|inform|compartilh|pass)\w*|"
    r"nao (?:compartilh|inform|pass[ea]|envi[ea]|mand[ea]|pedimos|solicitamos|forne[cç])\w*|never|do not|don'?t|"
    r"no compartas|"
    r"nao e para)\b"
)
"""Whoever tells of their own trouble, or warns, does not ask."""


_ABOUT = re.compile(
    r"codigo|digitos|numeros|senha|token|cvv|cvc|code|otp|password|pin|contrasena|clave|desk|viewer|remot|support|"
    r"supremo|droid|alpemix"
)
_SHORTEST = 8


def code_asked_in(text: str) -> str | None:
    """The sentence that asks for a code of confirmation, a password, a card's number, or access to a computer."""
    if not _ABOUT.search(fold(text)):
        return None
    return next((one for one in sentences(text) if len(one) >= _SHORTEST and _asks(fold(one))), None)


def _asks(sentence: str) -> bool:
    remote = _REMOTE.search(sentence) is not None and not _MY_COMPUTER.search(sentence)
    asked = any(pattern.search(sentence) for pattern in (_ASKED, _THEN_ASKED, _COMING))
    if not (remote or asked) or _OWN_TROUBLE.search(sentence):
        return False
    return remote or not _HARMLESS.search(sentence)
