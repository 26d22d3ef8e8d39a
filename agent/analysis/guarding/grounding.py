"""Checks what a sentence states against what is known, and who said it.

The business (its texts, and what we wrote in the conversation) is believed. The customer is believed for what is
theirs: an order number, a time, a size, a name. What costs the business money or sends money elsewhere is never
believed on a customer's word: prices, discounts, instalments, deadlines, links, addresses, keys.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agent.analysis.guarding.amounts import Amount
from agent.analysis.guarding.claims import affirmed, stems, unknown_event
from agent.analysis.guarding.facts import Facts, has_key, has_link, merged, read_facts
from agent.analysis.guarding.names import given_names, names
from agent.analysis.guarding.promises import (
    PROMISES,
    denies,
    is_deadline,
    is_question,
    is_supported,
    promised,
    subjects,
    tells_of_others,
)
from agent.analysis.guarding.sources import Sources
from agent.analysis.guarding.spelled import in_digits
from agent.analysis.guarding.visible import fold, words

_PAYING = re.compile(
    r"\b(?:pix|chaves?|pag\w+|deposit\w+|transf\w+|devol\w+|estorn\w+|reembols\w+|dinheiro|valor|"
    r"conta|banco|agencia|pay\w*|account|key|qr)\b"
)
_HANDED_ON = re.compile(r"\btrocos?\b|\b(?:sua |a )?propost\w+|\boferta d|\bchange for\b")
_MINE = re.compile(
    r"\b(?:meu|minha|nosso|my)\b|\b(?:e-?mail|mail) (?:e|eh|is|novo|atual)?\s*:?|\bcadastr\w+|\banota\b|"
    r"\bmanda(?:r)? (?:pro|para o|no)\b"
)
_MAIL_ALONE = 3
_WRITES_TO = re.compile(
    r"\b(?:anot\w+|cadastr\w+|atualiz\w+|registr\w+|confirm\w+|envi\w+|mand\w+|alter\w+|corrig\w+|corret\w+|"
    r"reenvi\w+|fica|troc\w+|e-?mail|seu e-?mail|your e-?mail)\b"
)
_RELATIVE = re.compile(
    r"\b(?:filh\w+|marido|espos\w+|mulher|mae|pai|vo|avo|vovo|irma\w*|sobrinh\w+|net[oa]|namorad\w+|cachorr\w+|"
    r"gat[oa]|pet|alun[oa]|amig[oa]|soci[oa]|sogr[oa]|ti[oa]|prim[oa]|sou|chamo|nome|aqui e|son|"
    r"daughter|wife|husband|mother|father|my)\b"
)
_SENSITIVE = (
    r"\b{name}\b(?: \w+){{0,3}} (?:mora|moram|comprou|gastou|deve|pagou|tem (?:diabetes|hiv|cancer|depress\w+|"
    r"uma divida)|lives?|bought|owes|paid|spent)\b"
    r"|\b(?:telefone|celular|endereco|cpf|e-?mail|senha|saldo|divida|resultado|diagnostico|exames?|tratamento|"
    r"historico|dados|phone|address|number) (?:\w+ )?d[aeo] (?:\w+ )?{name}\b"
    r"|\b{name}(?:'s)? (?:phone|address|number|e-?mail|order)\b"
)
_PASSED_ON = re.compile(
    r"^(?:perfeit\w|certo|ok|otimo|combinado)\b|\b(?:fal\w+|cham\w+|procur\w+|avis\w+|recado|pass\w+ (?:para|pra|o|"
    r"a|ao)|anot\w+|em nome d\w|nome|agend\w+|"
    r"marc\w+|reserv\w+|"
    r"obrigad\w+|prazer|parabens|beijos?|abracos?|talk|ask|call|noted|for)\b"
)
"""A person whom the customer named may be called, greeted, written down; what she did is her own affair."""

_PART = re.compile(r"[,;:!?…–—]|\.(?=\s)|\b(?:mas|porem|but)\b")
_CLAUSE = re.compile(r"[,;:!?…–—\u2190-\u2BFF\U0001F000-\U0001FAFF]|\.(?=\s)|\b(?:mas|e|porem|but|and)\b")
_TERM = re.compile(
    r"\b(?:garanti\w*|troc\w+|devol\w+|prazo\w*|val(?:e|em|ido|idade|endo)|aceit\w+|reembols\w+|estorn\w+|cheg\w+|"
    r"entreg\w+|receb\w+|pront\w+|sai|saem|cai|envi\w+|post\w+|tem|resolv\w+|dur\w+|"
    r"warranty|returns?|refund\w*|deliver\w*|arriv\w+|ready|accept\w+|valid)\b"
)
"""With one of these a length of time is a term of the business; "sinto muito pelos 6 dias de espera" is none."""

_OUR_PLACE = re.compile(
    r"\b(?:nosso endereco|nossa loja|ficamos (?:na|no|em)|estamos (?:na|no|em)|a loja fica|our address|"
    r"we are (?:at|on))\b"
)
_ACCOUNT = r"\b(?:contas?|agencia|ag|banco|chave|account|bank|key)\b(?: \w+){{0,3}}[ :]+{}\b"
_CALLING = re.compile(r"\b(?:lig(?:ue|a|ar)|fal(?:e|a|ar)|cham(?:e|a|ar)|call|contat\w+|contact|noss\w|our|boleto)\b")
_WE_ARE = re.compile(
    r"(?:[Aa]qui (?:é|e)|[Ss]ou|[Ss]omos|[Ff]alo|[Tt]his is|[Ww]e are|I am|I'm)(?: \w+)? (?:d[aeo]s? |from |the |"
    r"a |o )?([A-ZÀ-Þ]\w+)"
)
_ROMAN = re.compile(r"\b[ivxlcdm]+ (?:reais|real|dias|horas|por cento|%)|r\$ ?[ivxlcdm]+\b")
_VOUCHER = re.compile(r"\b(?:cupo\w+|codigo|desconto|voucher|aplic\w+|coupon|code|discount)\b")
_TERMS = {
    "money": "price",
    "percent": "percent",
    "x": "instalments",
    "date": "date",
    "h": "deadline",
    "month": "deadline",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a suggestion that was refused, or that a person should look at."""

    kind: str
    """A reason of ``Guard.refusal``, or ``customer``: only the customer said so."""
    text: str
    """The words or the fact that it is about; folded."""
    refused: bool = False


class Grounding:
    """What is known in one conversation."""

    def __init__(self, customer: Sequence[str], believed: Sequence[Sources], names_known: Iterable[str]) -> None:
        """Take what the customer wrote, what is believed, and the names of those who talk."""
        self._believed = believed
        self._ours = merged([source.facts for source in believed])
        self._keys = {amount.key for amount in self._ours.amounts}
        # "Em até 10x" allows 6.
        self._most_instalments = max(
            (Decimal(a.value) for a in self._ours.amounts if a.unit == "x"), default=Decimal(0)
        )
        self._theirs = merged([read_facts(text, generous=True) for text in customer])
        self._claimed = {amount.key for amount in self._theirs.amounts}
        self._own_mail = frozenset().union(
            *(
                read_facts(text).links
                for text in customer
                if _MINE.search(fold(text)) or len(text.split()) <= _MAIL_ALONE
            )
        )
        self._said = [said for source in believed for said in source.said]
        self._days = [day for said in self._said for day in said.days]
        self._relatives = {word for text in customer if _RELATIVE.search(fold(text)) for word in words(text)}
        self._people = {word for name in names_known for word in words(name)}
        self._told = {word for text in customer for word in words(text)}
        self._words = [source.words for source in believed]
        self._events = [event for source in believed for event in source.events]
        self._stems = [source.stems for source in believed]
        self._theirs_alone = frozenset().union(*map(stems, customer)) - stems(" ".join(names_known))

    def fault(self, sentence: str) -> Finding | None:
        """The first thing in a sentence that is not known, or not supported."""
        if found := self.unknown(sentence):
            return found
        folded = fold(sentence)
        if tells_of_others(sentence):
            return Finding("person", folded, refused=True)
        for kind in promised(sentence):
            if not is_supported(kind, sentence, self._said):
                return Finding(kind, folded, refused=True)
        return None

    def claim(self, sentence: str, *, portuguese: bool) -> Finding | None:
        """The first thing that a whole sentence states of the world and that nobody who may know has said."""
        if happened := unknown_event(sentence, self._events):
            return Finding("event", happened, refused=True)
        if portuguese and (named := affirmed(sentence, self._theirs_alone, self._stems)):
            return Finding("claim", named, refused=True)
        return None

    def unknown(self, sentence: str) -> Finding | None:
        """The first fact or name in a sentence that stands nowhere."""
        facts, folded = read_facts(sentence), fold(sentence)
        for kind, wrong in (
            ("link", self._links(facts, folded)),
            ("key", self._long_numbers(facts, folded)),
            ("code", [code for code in facts.codes if not self._has_code(code, folded)]),
            ("name", self._names(sentence)),
        ):
            if wrong:
                return Finding(kind, " ".join(sorted(wrong)), refused=True)
        for amount in sorted(facts.amounts):
            if wrong_as := self._wrong_amount(amount, folded):
                return Finding(wrong_as, " ".join(amount.key).strip(), refused=True)
        if is_deadline(folded) and not is_question(folded) and (late := self._wrong_day(folded)):
            return Finding("day", late, refused=True)
        if facts.weekdays - self._ours.weekdays - self._theirs.weekdays:
            return Finding("day", folded, refused=True)
        if roman := _ROMAN.search(folded):
            return Finding("number", roman[0], refused=True)
        if other := self._somebody(sentence, folded):
            return Finding("person", other, refused=True)
        return None

    def marked(self, sentence: str) -> list[Finding]:
        """What is let through although only the customer said it."""
        facts = read_facts(sentence)
        repeated = {" ".join(key).strip() for key in {a.key for a in facts.amounts} - self._keys}
        repeated |= {code for code in facts.codes if not self._is_ours(code)}
        repeated |= {key for key in facts.keys if not has_key(key, self._ours.keys)}
        return [Finding("customer", one) for one in sorted(repeated)]

    def has_a_word(self, spoken: Sequence[str]) -> bool:
        """Whether the business uses any of these words itself."""
        return any(self._is_ours(word) for word in spoken)

    def _links(self, facts: Facts, folded: str) -> list[str]:
        wrong = [link for link in facts.links if not has_link(link, self._ours.links)]
        if not _PAYING.search(folded) and _WRITES_TO.search(folded):
            wrong = [link for link in wrong if "@" not in link or link not in self._own_mail]
        return wrong

    def _long_numbers(self, facts: Facts, folded: str) -> list[str]:
        wrong = [key for key in facts.keys if not has_key(key, self._ours.keys)]
        if not _PAYING.search(folded) and not _CALLING.search(folded):
            wrong = [key for key in wrong if not has_key(key, self._theirs.keys)]
        return wrong

    def _has_code(self, code: str, folded: str) -> bool:
        return self._is_ours(code) or (code in self._told and not _VOUCHER.search(folded))

    def _is_ours(self, word: str) -> bool:
        return any(word in known for known in self._words)

    def _names(self, sentence: str) -> list[str]:
        plain = without_links(sentence)
        wrong = [name for name in names(plain) if not self._knows(name)]
        # Nor is whom we say that we are for the customer to choose.
        wrong += [w for who in _WE_ARE.findall(plain) if not self._is_ours(w := fold(who)) and w not in self._people]
        # What a customer dictates in capitals ("say HACKED") is no name of theirs.
        dictated = (
            {fold(word) for word in re.findall(r"\b[A-ZÀ-Þ]{4,}\b", sentence)} if not sentence.isupper() else set()
        )
        return wrong + [w for w in dictated if w in self._told and not self._is_ours(w) and w not in self._people]

    def _knows(self, name: str) -> bool:
        parts = words(name)
        return all(
            part in self._people
            or any(one.startswith(part) for one in self._people if len(part) > 3)
            or part in self._told
            or self._is_ours(part)
            for part in parts
        )

    def _wrong_amount(self, amount: Amount, folded: str) -> str | None:
        unit, value = amount.key
        claimed = bool({amount.key, ("", amount.raw), ("~", amount.raw)} & self._claimed)
        if amount.key in self._keys:
            mixed_up = amount.key in self._claimed and (unit in ("money", "percent") or amount.lasting)
            return _TERMS[unit] if mixed_up and not self._is_about(amount, folded) else None
        if unit in ("money", "percent", "x"):
            if unit == "x" and Decimal(value) <= self._most_instalments:
                return None
            if claimed and (
                denies(folded, _place(folded, amount.raw)) or (unit == "money" and _HANDED_ON.search(folded))
            ):
                return None
            return _TERMS[unit]
        if ("", amount.raw) in self._keys or (not unit and ("~", amount.raw) in self._keys):
            return None
        if unit in ("h", "month") and amount.lasting and _is_term(folded, amount.raw):
            return "deadline"
        if not unit and _OUR_PLACE.search(folded):
            return "number"
        if not unit and re.search(_ACCOUNT.format(re.escape(amount.raw)), folded):
            return "key"
        if claimed or (("money", value) in self._claimed and _HANDED_ON.search(folded)):
            return None
        return _TERMS.get(unit, "number")

    def _is_about(self, amount: Amount, folded: str) -> bool:
        """Whether we say this amount of what the sentence speaks of; asked where the customer named it too."""
        mine = subjects(folded)
        return any(mine & source.about.get(amount.key, frozenset()) for source in self._believed)

    def _wrong_day(self, folded: str) -> str | None:
        """A day by which something is to arrive, when no sentence of ours says so of that day and that thing."""
        for clause in _CLAUSE.split(folded):
            if not is_deadline(clause):
                continue
            facts, about = read_facts(clause), subjects(clause)
            for day in (*facts.days, *facts.weekdays):
                if not any(day in days and about & subject for days, subject in self._days):
                    return str(day)
        return None

    def _somebody(self, sentence: str, folded: str) -> str | None:
        """A person whom only the customer named, told about: their address, orders, health."""
        if is_question(folded):
            return None
        for name in (names(sentence) & given_names() & self._told) - self._people - self._relatives:
            if not self._is_ours(name) and not _PASSED_ON.search(folded) and not denies(folded, folded.find(name)):
                return name
        for name in (names(sentence) & self._relatives) - self._people:
            told = re.search(_SENSITIVE.format(name=re.escape(name)), folded)
            if told and not self._is_ours(name) and not denies(folded, told.start()):
                return name
        return None


def without_links(text: str) -> str:
    """The text without its links, whose capitals name nobody."""
    return re.sub(r"\S+@\S+|\S+://\S+|www\.\S+", " ", text)


def promise_kinds() -> tuple[str, ...]:
    """All kinds of promise."""
    return (*PROMISES, "key")


def _is_term(folded: str, number: str) -> bool:
    return any(
        _TERM.search(clause) for clause in _PART.split(folded) if number in clause or number in in_digits(clause)
    )


def _place(folded: str, value: str) -> int:
    return max(folded.find(value.split(".", maxsplit=1)[0]), 0)
