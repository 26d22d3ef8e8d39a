"""What no suggestion may say, whatever its facts: out of its role, rude, markup, secrets.

All patterns are matched against folded text (``guarding.visible.fold``), Portuguese, English and Spanish.
"""

import re

from agent.analysis.guarding.visible import fold

_MARKUP = re.compile(
    r"[«»]|</?\s?[a-z!|]|&(?:#x?\w+|lt|gt|amp|quot|nbsp|zwnj|zwsp);|!?\[[^\]]*\]\s?\(|\[|\{|\}|```|`|\*\*|__|~~|"
    r"^\s*(?:#{1,6}\s|\|.*\||>\s)"
    r"|^\s*-{3,}\s*$|<\s?\||\|\s?>|<<|>>|\bjavascript:|\bdata:\w+/|\bon(?:error|load|click)\s?=|\b(?:href|src|"
    r"style)\s?=|%[0-9a-f]{2}%"
    r"|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\n|\bselect \*|\bdrop table|\bunion select|\bimport (?:os|sys|requests)\b|"
    r"\bdef \w+\(|\bprint\(|\bconsole\.log"
    r"|\bfunction\s*\w*\(|=>|&&|^\s*[.-]*(?:\.-|-\.|\.\.\.\.|--)[.-]*\s*$|(?:(?:^|\s)[.-]{1,5}(?=\s|$)){3}|;\s*--|"
    r"#!/|\bsudo \w|\brm -rf|\bcurl \w",
    re.MULTILINE,
)
_BLOB = re.compile(
    r"(?<![\w/.@-])(?=[A-Za-z0-9+/]*\d)(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{20,}={0,2}|"
    r"[A-Za-z0-9+/]{12,}={1,2}(?!\w)|(?:\b[01]{8}\b\s*){2,}|(?:\b[0-9a-f]{2}\s){6,}"
)

_ROLE = re.compile(
    r"\b(?:yes|sim|ok),? (?:my |meu |minha )?(?:master|mestre|amo|patrao)\b|\bi (?:will )?obey|\bmaster\b|"
    r"\banything you (?:say|want|ask)\b|\bobedec(?:o|erei|"
    r"emos)\b|\bas you command|"
    r"\b(?:voce|vc|o senhor|a senhora) (?:e|eh) (?:o |a |nosso |nossa )?(?:dono|dona|gerente|admin\w*|chefe|"
    r"proprietari[oa]|supervisor\w*|diretor\w*)|"
    r"\b(?:bem[- ]vind[oa]|welcome),? (?:dono|dona da|chefe|mestre|master|boss)\b|"
    r"\b(?:welcome|hello),? (?:owner|boss|admin)|"
    r"modelos? de (?:linguagem|ia|lingua)|inteligencia artificial|\b(?:sou|serei|seria) (?:apenas |so )?(?:um|uma|a|o) "
    r"(?:ia|ai|robo|bot|chatbot|programa|modelo|assistente|llm)\b|\bcomo (?:um|uma|a) (?:ia|ai|robo|bot|assistente|"
    r"llm)\b"
    r"|assistente (?:virtual|digital)|language model|\bas an? (?:ai|assistant|bot|llm)\b|\bi(?: a|')?m an? (?:ai|"
    r"assistant|bot|llm|language)"
    r"|\ban ai\b|openai|chat ?gpt|\bqwen|alibaba|anthropic|\bllama\b|\bgemini\b|modelo de lenguaje|\bsoy (?:un|"
    r"una) (?:ia|bot|asistente)"
    r"|nao posso (?:te )?ajudar com isso|nao posso fornecer|i can ?not (?:assist|help) with|i can'?t (?:assist|"
    r"help) with"
    r"|^\s*(?:cliente|atendente|usuario|user|system|sistema|assistant|assistente|human|humano|bot|ia|ai|resposta|"
    r"mensagem|traducao|"
    r"translation)\s*(?:\(\w+\))?\s*:|\bmensagem do cliente\b|\bresposta do atendente\b"
    r"|\bo cliente (?:quer|esta|disse|pediu|perguntou|deseja|pergunta|enviou|escreveu|solicit\w+)\b|"
    r"\bthe customer (?:wants|is|asked|said)\b"
    r"|\b(?:im_start|im_end|endoftext|inst|sys)\b ?[|\]>]|\b(?:modo|mode) (?:desenvolvedor|developer|debug|dan|"
    r"admin\w*|deus|god|root|livre|irrestrito)\b"
    r"|\bdeveloper mode|\bjailbr\w+|\b(?:sem|without) (?:restricoes|filtros?|limites|restrictions|filters?)\b"
    r"|\bdan\b(?= (?:ativ|mode|on|esta|aqui|is|here))|\bsou o dan\b|\bi(?: a|')?m dan\b|\bdo anything now",
    re.MULTILINE,
)
_PROMPT = re.compile(
    r"\brecebi (?:\w+ )?(?:ordens?|instruc\w+|orientac\w+)|\b(?:dizem|mandam|mandaram|pedem|pediram|disseram|"
    r"falaram) (?:pra|para) (?:eu|mim|nao)\b|"
    r"\b(?:meu|minha) (?:texto|mensagem|comando|contexto) (?:de |do )?(?:base|sistema|inicial)|\bnao (?:seguir|"
    r"obedecer) ordens\b|"
    r"\bprompts?\b|\b(?:minhas|nossas|suas|as|essas|estas|tais|novas) (?:instruc|diretriz|"
    r"orientac)\w+ (?:\w+ ){0,3}(?:sao|sou|dizem|recebi|internas?|"
    r"originais|do sistema|iniciais|secretas?|completas?|anteriores|foram)|\bminhas (?:instruc|regras|diretriz|"
    r"orientac|ordens|configurac)\w*"
    r"|\b(?:fui|sou|estou) (?:instruid|programad|configurad|treinad|orientad)[oa]\b|\b(?:ignor\w+|esquec\w+|"
    r"desconsider\w+) (?:\w+ ){0,3}(?:instruc|regra|orientac|ordens|diretriz)\w*"
    r"|\b(?:my|the|these|your|previous|system) (?:\w+ )?(?:instructions|rules|guidelines|directives)\b|"
    r"\b(?:i (?:was|am|have been)) (?:instructed|programmed|trained|told to)"
    r"|\b(?:regras|fatos|respostas) da empresa\s*:|\bmensagem de sistema\b|\bsystem message|"
    r"\binstruc\w+ do sistema\b|\bregras? internas?\b"
    r"|\b(?:escreve|escreva) a proxima mensagem do atendente|\bmis instrucciones\b"
)
_RUDE = re.compile(
    r"\b(?:burr(?:o|a|os|as|ice)|idiotas?|imbec(?:il|is)|otari[oa]s?|babacas?|merdas?|porra|caralho|krl|fod(?:a|er|"
    r"ase|ido|ida)\w*|fdp|pqp|vsf|vtnc|"
    r"put(?:a|o) que|filh[oa]s? d[ae] puta|vagabund[oa]s?|desgracad[oa]s?|palhac[oa]s?|cretin[oa]s?|estupid[oa]s?|"
    r"retardad[oa]s?|arrombad[oa]s?|"
    r"cuz(?:ao|ona)|escrot[oa]s?|nojent[oa]s?|energumen[oa]s?|trouxas?|corn[oa]s?\b|piranha|vadia|puta|viado|"
    r"lix[oa] humano|jument[oa]s?|"
    r"anta|mane\b|ze ruela|mal[- ]educad[oa]|mentiros[oa]s?|caloteir[oa]s?|preguicos[oa]s?|ignorantes?|"
    r"insuportave(?:l|is)|bandid[oa]s?|golpistas?|"
    r"ladr(?:ao|oes|a)|inutil|inuteis|patetic[oa]s?|ridicul[oa]s?|fracassad[oa]s?|fei[oa] e|gord[oa] (?:demais|"
    r"feia)|velh[oa] (?:chat|burr|gag)\w*|"
    r"idiots?|stupid|morons?|dumb(?:ass)?|shut up|fuck\w*|shit\w*|bitch\w*|ass ?holes?|bastards?|losers?|jerks?|"
    r"damn you|screw you|go to hell|"
    r"ugly|pathetic|annoying|worthless|liars?|scammers?|pendej[oa]s?|tont[oa]s?|callate)\b"
    r"|\btua mae\s*[!.]*$|\bsua mae e (?:uma? )?(?:gord|fei|chat|vac)|"
    r"\bnao tenho (?:o dia todo|o dia inteiro|tempo (?:pra|para) (?:voce|vc|isso|perder))|"
    r"\banda logo\b|\bazar (?:o )?(?:e )?seu\b|\bfod[ae]\b|\bporc[oa]s?\b(?= ?[!.]?$)|\bseus? (?:porc|burr|besta|"
    r"bob|chat|anim)\w+|\bvoce (?:e|eh) (?:um )?(?:bob|best|tont|fei|porc|anim)\w+"
    r"|\bcal[ae]\w* a boca|\bva[is]? (?:pro inferno|para o inferno|a merda|catar|pastar|encher|se (?:f\w+|lascar|"
    r"danar|catar)|tomar (?:no|banho)|te catar)\b|\bse (?:vira|ferr\w+|dan(?:e|ou))\b|\bvire-se\b|"
    r"\b(?:o )?problemas? (?:e|eh) (?:seu|teu)"
    r"|\bproblema seu\b|\bnao (?:e|eh) (?:meu |nosso )problema|\bnao (?:to|estou|estamos|tamo) nem ai\b|\b(?:me|"
    r"nos) (?:deix\w+) em paz|\bpar[ae] de (?:encher|reclamar|perguntar|ser|chorar|incomodar)"
    r"|\bnao ench[ea]\b|\b(?:voce|vc|tu|senhor|senhora|cliente) (?:e|eh) (?:um|uma|muito|bem|tao|mesmo|"
    r"meio) ?(?:\w+ )?(?:chat|ignorant|lix|inutil|feia|feio|folgad|trouxa|nada|zero|horriv|peste)\w*"
    r"|\bchat[oa] (?:demais|pra|de galocha|que so)|\bseus? (?:lixo|nojo|verme|praga|miseravel|inutil)\b|\bverme\b|"
    r"\bdeix[ae] de ser\b|\bnao (?:aguento|aguentamos) mais (?:voce|vc|cliente)"
    r"|\bnot (?:my|our) problem|\b(?:don'?t|do not) care\b|\bwhatever\b.{0,20}\byou\b|\bstop (?:bothering|"
    r"complaining|whining)|\bget lost|\bleave (?:me|us) alone"
    r"|\byou(?:'re| are| r) (?:an? |so |very |such )?(?:\w+ )?(?:annoying|fool|trash|garbage|nothing|rude|crazy|"
    r"ridiculous|ugly|clown|fat)"
)
_SELF_HARM = re.compile(
    r"\b(?:somos|sou|isso aqui e|aqui e|na verdade e) (?:\w+ )?(?:um|uma|uns|umas|so|tudo|todos?)? ?(?:golpe|"
    r"fraude|golpistas?|ladr\w+|piramide|enganac\w+|farsa|picaretas?|pessim[oa]s?|porcaria|lixo|horrivel|"
    r"horriveis)\b"
    r"|\bnao (?:compr(?:e|em|a)|contrat\w+|confi(?:e|em)|recomend\w+) (?:aqui|conosco|da gente|nessa|nesta|"
    r"com a gente|essa|esta|na gente|nada)"
    r"|\bcompr(?:e|em|a) (?:n[oa]s?|em|com|d[oa]s?) (?:outr[oa]|concorr\w+)|\bvai falir\b|\b(?:aplic|d|faz|"
    r"pratic)(?:amos|emos|o) golpes?\b|\b(?:enganamos|roubamos|mentimos|fraudamos|enrolamos)\b|\b(?:nossa|essa|"
    r"esta|"
    r"a) (?:empresa|loja|marca|clinica|pizzaria) (?:\w+ ){0,3}?(?:e|eh|esta|vai) (?:\w+ )?(?:golpe|pessim\w+|"
    r"fraude|"
    r"lixo|horrivel|falid\w+|falir|porcaria|fechad\w+ pela|ruim|uma merda|golpista|desonest\w+|a pior)"
    r"|\b(?:we|our (?:company|store|shop)) (?:are|is) (?:a |an )?(?:scam\w*|fraud\w*|thie\w+|terrible|awful|"
    r"horrible|the worst)|\b(?:don'?t|do not|never) (?:buy|trust|order) (?:from|here|us|anything)"
    r"|\bbuy from (?:our |a |the )?compet\w+"
)
_SECRET = re.compile(
    r"\b(?:envi\w+|mand\w+|pass\w+|inform\w+|dig[ao]\w*|diz|confirm\w+|digit\w+|compartilh\w+|fornec\w+|"
    r"preciso d\w+|precisamos d\w+|qual (?:e )?|fotos? d\w+|send|give|tell|share|provide|confirm)"
    r" (?:\w+ ){0,5}(?:senhas?|cvv|cvc|codigos? de (?:seguranca|verificacao|confirmacao|acesso|6|seis)|"
    r"codigo (?:por|que chegou|sms|(?:do|de|no) (?:sms|whats\w*|banco|cartao|celular|app))|"
    r"numero (?:completo )?do (?:seu )?cartao|"
    r"dados (?:completos )?do (?:seu )?cartao|dados bancarios|token|passwords?|security code|verification code|"
    r"card number|credit card|pin)\b"
)
_PASSWORD_IS = re.compile(
    r"\b(?:senha|password) (?:\w+ ){0,4}(?:é|eh|será|is) "
    r"(?!(?:por|com|feita|enviada|pelo|pela|na|no|a|o|em|de|um|uma|pessoal|só|que|sua)\b)\w|\bsenha \w*\d"
)
_DOCTORING = re.compile(
    r"\b(?:tome|toma|tomar|pare de tomar|suspenda|pode (?:parar|tomar|suspender|dobrar)|dobre|stop taking|"
    r"take) (?:\w+ ){0,5}(?:remedio|medicamento|antibiotico|"
    r"comprimidos?|doses?|medicacao|\d+ ?mg|gotas|medicine|pills?)\b"
)
_ADVISED = re.compile(r"\b(?:nao|nunca|nem|never|not|medic[oa]|doutora?|dra?|receita|bula|farmaceutic[oa])\b")
_NOT = re.compile(
    r"\b(?:nao|nunca|jamais|nem|evite|sem|never|not|don'?t|do not|cannot|can'?t|no)\b|\b(?:esqueci|redefin\w+|"
    r"recuper\w+|troc\w+|alter\w+|reset\w*) (?:\w+ )?(?:senha|password)"
)
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "i"}
)
_LEET_WORD = re.compile(r"(?<![\w$@/.])(?=\S*[a-z])(?=\S*[0134570@$])[a-z0134570@$]{4,}(?![\w@/])")
_SPACED = re.compile(r"(?<!\w)\w(?:[ ._*\-|]{1,2}\w){3,}(?!\w)")


def fault_of_wording(sentence: str) -> str | None:
    """What is wrong with how a sentence is worded, or None.

    One of ``markup``, ``role``, ``prompt``, ``rude``, ``secret``, ``advice`` (on medicine).
    """
    folded = fold(sentence)
    if _MARKUP.search(folded) or _BLOB.search(sentence):
        return "markup"
    if _ROLE.search(folded):
        return "role"
    if _PROMPT.search(folded):
        return "prompt"
    for text in {folded, _plainly(folded)}:
        if _RUDE.search(text) or _SELF_HARM.search(text):
            return "rude"
        if _ROLE.search(text) or _PROMPT.search(text):
            return "role"
    if _DOCTORING.search(folded) and not _ADVISED.search(folded):
        return "advice"
    if _PASSWORD_IS.search(sentence.lower()) and not _NOT.search(folded):
        return "secret"
    if (asked := _SECRET.search(folded)) and not _NOT.search(folded[: asked.end() + 20]):
        return "secret"
    return None


def _plainly(folded: str) -> str:
    """``1d10t4`` and ``b.u.r.r.o`` as they are read."""
    text = _LEET_WORD.sub(lambda match: match[0].translate(_LEET), folded)
    return _SPACED.sub(lambda match: re.sub(r"[ ._*\-|]", "", match[0]), text)
