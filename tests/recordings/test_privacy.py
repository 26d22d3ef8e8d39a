"""Nothing that was planted is found again: in the files, in the reports, in what a failed test prints."""

import io
import json
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from agent.analysis.guarding.names import given_names
from agent.contract.rows import Kind
from agent.recordings.audit import audit, audit_text
from agent.recordings.chat_export import ExportedChat, ExportedMessage
from agent.recordings.chat_frames import frames_of
from agent.recordings.comparing import differences
from agent.recordings.facts import Fact
from agent.recordings.file import FRAMES, PAGE, Manifest, open_recording
from agent.recordings.frames import pseudonymised
from agent.recordings.lines import FrameLine, to_json
from agent.recordings.making import imported
from agent.recordings.page_pseudonyms import PagePseudonyms
from agent.recordings.pseudonyms import KeptText, Pseudonyms
from agent.recordings.replaying import Replayed
from agent.recordings.reports import html, junit, show
from agent.recordings.writing import RecordingWriter
from tests.recordings.conftest import TODAY, Understood, empty_store
from tests.recordings.persons_page import PersonsPage

SURNAMES = [
    "Pindorama",
    "Fulgêncio",
    "Souto",
    "d'Ávila",
    "Quaresma",
    "Vasques",
    "Xavante",
    "Lobão",
    "Nóbrega",
    "Zagallo",
    *("Penteado", "Prata", "Forte", "Parente"),  # Words that everybody uses, too.
]
SAID = [
    "Oi, aqui é {name}. Quanto custa?",
    "meu cpf é {cpf} e o telefone {phone}",
    "manda pra {address}, por favor 🙏",
    "meu e-mail: {email}",
    "{NAME}!!! cadê meu pedido?",
    "pix: {email} ou {bare}",
    "falei com {first} ontem às 10:22\n{address}\nCEP {cep}",
    "nasci em {born}, CPF: {cpf}",
]


class Person:
    def __init__(self, chance: random.Random) -> None:
        self.first = chance.choice(sorted(name for name in given_names() if len(name) > 4)).capitalize()
        self.surname = chance.choice(SURNAMES)
        self.name = f"{self.first} {self.surname}"
        digits = [chance.randrange(10) for _ in range(40)]
        self.cpf = "{}{}{}.{}{}{}.{}{}{}-{}{}".format(*digits)
        self.phone = "+55 {}1 9{}{}{}{}-{}{}{}{}".format(chance.randrange(1, 9), *digits[11:])
        self.cep = "{}{}{}{}{}-{}{}{}".format(*digits[20:])
        self.born = "{}{}/0{}/19{}{}".format(digits[30] % 3, 1 + digits[31] % 9, 1 + digits[32] % 9, *digits[33:])
        self.address = f"Rua {chance.choice(SURNAMES)} {self.surname}, {chance.randrange(1000, 9999)}"
        self.email = f"{self.first.lower()}.{chance.randrange(10_000, 99_999)}@correio.example"

    @property
    def known(self) -> list[str]:
        bare = self.phone.removeprefix("+55 ")
        of_paper = [self.cpf, self.phone, bare, self.cep, self.born]
        return [self.name, self.first, self.surname, *of_paper, self.address, self.email]

    def says(self, chance: random.Random) -> list[str]:
        values = {**vars(self), "NAME": self.name.upper(), "bare": self.cpf.replace(".", "").replace("-", "")}
        return [one.format(**values) for one in chance.sample(SAID, 4)]

    def chat(self, number: int, chance: random.Random) -> ExportedChat:
        began = datetime(2026, 7, 12, 9) + timedelta(minutes=number)  # noqa: DTZ001
        messages = [
            ExportedMessage(
                at=began, sender=self.name, kind=Kind.TEXT, text=text, line=1, file_name=f"{self.first}.pdf"
            )
            for text in self.says(chance)
        ]
        return ExportedChat(title=self.name, phone="android", order="dmy", messages=tuple(messages))


@pytest.fixture(scope="module")
def people() -> list[Person]:
    chance = random.Random(7)  # noqa: S311
    return [Person(chance) for _ in range(1000)]


def test_a_thousand_conversations_leak_nothing(tmp_path: Path, people: list[Person]) -> None:
    # A key that is always the same: among so many numbers a made one may be another person's by chance.
    chance, names = random.Random(8), Pseudonyms(bytes(range(32)))  # noqa: S311
    writer = RecordingWriter(tmp_path / "all.balcao")
    shown = list[str]()
    for number, person in enumerate(people):
        for _, frame in frames_of(person.chat(number, chance), None, "America/Sao_Paulo"):
            kept = pseudonymised(frame, names)
            assert kept is not None
            line = to_json(FrameLine(t=number, v=kept))
            writer.add(FRAMES, line)
            if kept.kind == "rows":
                shown.append(str(line["v"]))
    path = writer.finish(Manifest(created=TODAY, program="0", duration_s=1000), [{"said": shown[-1]}])
    known = sorted({one for person in people for one in person.known})
    assert len(known) > 5000
    assert audit(path, known) == []
    told = [Fact(k="row", t=n, key="x", what={"text": text}) for n, text in enumerate(shown[::10])]
    failed = Replayed(
        name="all.balcao", differences=tuple(differences(told, [])), duration_s=1, took_s=1, facts=len(told)
    )
    assert len(failed.differences) > 300
    console = Console(record=True, width=200, file=io.StringIO())
    show(failed, console)
    for report in (html([failed]), junit([failed]).decode(), console.export_text(), repr(failed)):
        assert audit_text(report, known) == []


def test_a_thousand_pages_leak_nothing(tmp_path: Path, people: list[Person]) -> None:
    chance, layer = random.Random(9), PagePseudonyms(Pseudonyms(bytes(range(32))))  # noqa: S311
    writer = RecordingWriter(tmp_path / "pages.balcao")
    events = 0
    for person in people:
        page = PersonsPage(name=person.name, first=person.first, phone=person.phone, cpf=person.cpf, born=person.born)
        for line in layer.lines(json.dumps({"batch": 1, "about": {}, "events": page.events(person.says(chance))})):
            writer.add(PAGE, line)
            events += 1
    path = writer.finish(Manifest(created=TODAY, program="0", duration_s=1000))
    assert (events, layer.skipped) == (2000, 0)
    known = sorted({one for person in people for one in person.known})
    assert audit(path, known) == []
    with open_recording(path) as recording:
        written = b"".join(recording.pieces("page.jsonl")).decode()
    assert written.count("12:34, 11/07/2026") == 6 * len(people), "it is these pages that were looked through"


def test_an_audit_of_the_same_pages_with_their_texts_finds_everybody(tmp_path: Path, people: list[Person]) -> None:
    layer = PagePseudonyms(KeptText())
    for number, person in enumerate(people[:8]):
        writer = RecordingWriter(tmp_path / f"{number}.balcao")
        page = PersonsPage(name=person.name, first=person.first, phone=person.phone, cpf=person.cpf, born=person.born)
        for line in layer.lines(json.dumps({"batch": 1, "about": {}, "events": page.events([person.address])})):
            writer.add(PAGE, line)
        path = writer.finish(Manifest(created=TODAY, program="0", duration_s=1))
        shown = [person.name, person.first, person.cpf, person.phone, person.born, person.address]
        assert {one.known for one in audit(path, shown)} == set(range(len(shown)))


def test_the_audit_finds_what_is_there(tmp_path: Path, people: list[Person]) -> None:
    """An audit that finds nothing proves something only if it would have found it."""
    for number, person in enumerate(people[:8]):
        writer = RecordingWriter(tmp_path / f"{number}.balcao")
        chat = person.chat(number, random.Random(number))  # noqa: S311
        for _, frame in frames_of(chat, None, "America/Sao_Paulo"):
            kept = pseudonymised(frame, KeptText())
            assert kept is not None
            writer.add(FRAMES, to_json(FrameLine(t=0, v=kept)))
        path = writer.finish(Manifest(created=TODAY, program="0", duration_s=1))
        text = "".join(one.text or "" for one in chat.messages)
        leaks = {one.known for one in audit(path, person.known)}
        for index, known in enumerate(person.known):
            assert index in leaks or known not in text, known


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("liga 98765 4321", "+55 (11) 98765-4321"),
        ('{"t":"Concei\\u00e7\\u00e3o"}', "conceicao"),
        ("CPF 12345678909", "123.456.789-09"),
        ("JOÃO  DA SILVA", "João da Silva"),
    ],
)
def test_the_audit_knows_other_spellings(text: str, known: str) -> None:
    assert len(audit_text(text, [known])) == 1


async def test_a_whole_recording_with_its_golden_result_leaks_nothing(tmp_path: Path, people: list[Person]) -> None:
    person = people[3]
    chat = person.chat(0, random.Random(1))  # noqa: S311
    path = await imported(
        chat,
        tmp_path / "x.balcao",
        Pseudonyms.fresh(),
        Understood(),
        empty_store,
        me=None,
        zone="America/Sao_Paulo",
        today=TODAY,
    )
    assert audit(path, person.known) == []
