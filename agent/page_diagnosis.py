"""``doctor --page``: a look at the live page. Which of its parts are found, by which sign, and a file for support."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from agent import __version__
from agent.contract.base import Value
from agent.contract.checkup import PageCheck
from agent.contract.frames import PageState
from agent.page.checkup import SETTLE_S, Watch
from agent.page.profile import check_room, locked_profile
from agent.page.session import Prepare, open_page
from agent.page.structure import write_dump
from agent.settings import Settings

_FIRST_CHATS_S = 10.0
"""A list whose screen is there shows its chats soon, or has none."""

TEXTS = {
    "pt-BR": {
        "opening": "Abrindo o WhatsApp Web e esperando as conversas (até {seconds:.0f} s).",
        "open_a_chat": "Abra uma conversa na janela, para que eu olhe também as mensagens e a caixa. Não abro nenhuma.",
        "no_chat": "Sem conversa aberta: as mensagens e a caixa não puderam ser olhadas. Abra uma conversa na janela "
        "e rode de novo.",
        "not_ready": "As conversas não apareceram em {seconds:.0f} s. A página ficou em: {screen}.",
        "gone": "A página não abriu, foi fechada ou não responde: rode de novo e deixe a janela aberta até o fim.",
        "summary": "{best} de {all} partes pelo melhor sinal, {worn} por um mais antigo, {missing} não encontradas.",
        "file": "{file}: como a página é montada, sem textos, nomes nem números de ninguém; pode ir ao suporte.",
        "part": "Parte",
        "by": "Sinal",
        "found": "Quantas",
        "sign": "{sign}º de {of}",
        "missing": "não encontrada",
        "qr": "código para ler com o celular",
        "qr_expired": "código vencido; clique nele na janela",
        "pairing": "código para digitar no celular",
        "conflict": "em uso em outra janela",
        "syncing": "carregando as conversas",
        "screen_lock": "bloqueado com senha",
        "unknown": "uma tela desconhecida",
    },
    "en": {
        "opening": "Opening WhatsApp Web and waiting for the chats (up to {seconds:.0f} s).",
        "open_a_chat": "Open a chat in the window, so that messages and the box can be looked at too. I open none.",
        "no_chat": "No chat is open: messages and the box could not be looked at. Open a chat in the window, and run "
        "this again.",
        "not_ready": "The chats did not appear within {seconds:.0f} s. The page stood at: {screen}.",
        "gone": "The page did not load, was closed or does not answer: run this again, and leave the window open.",
        "summary": "{best} of {all} parts by their best sign, {worn} by an older one, {missing} not found.",
        "file": "{file}: how the page is built, without anybody's texts, names or numbers; it can be sent to support.",
        "part": "Part",
        "by": "Sign",
        "found": "Found",
        "sign": "{sign} of {of}",
        "missing": "not found",
        "qr": "a code to scan with the phone",
        "qr_expired": "an expired code; click it in the window",
        "pairing": "a code to type on the phone",
        "conflict": "used in another window",
        "syncing": "loading the chats",
        "screen_lock": "locked with a password",
        "unknown": "a screen that is not known",
    },
}


class Part(Value):
    """One part of the page that this screen must have."""

    part: str
    """The anchor's name in ``userscript/selectors.json``."""
    sign: int | None
    """Which of its selectors matched: 1 is the best; None when none did."""
    of: int
    found: int


@dataclass(frozen=True, slots=True)
class PageDiagnosis:
    """What the look at the page came to."""

    check: PageCheck
    ready: bool
    parts: tuple[Part, ...]
    file: Path

    @property
    def missing(self) -> int:
        """Parts that must be there and were not found."""
        return sum(part.sign is None for part in self.parts)

    @property
    def best(self) -> int:
        """Parts that were found by their best sign."""
        return sum(part.sign == 1 for part in self.parts)

    def as_json(self) -> dict[str, object]:
        """For ``--json``; without the structure, which is in the file."""
        counted = {"best": self.best, "worn": len(self.parts) - self.best - self.missing, "missing": self.missing}
        seen = {"screen": self.check.screen.value, "ready": self.ready, "chat_open": self.check.chat_open}
        return {**seen, **counted, "parts": [part.model_dump() for part in self.parts], "file": str(self.file)}


async def diagnose_page(
    settings: Settings,
    say: Callable[[str], None],
    *,
    wait_s: float,
    chat_s: float = 0,
    settle_s: float = SETTLE_S,
    prepare: Prepare | None = None,
) -> PageDiagnosis:
    """Open the profile's page as ``run`` does, wait for the chats, look, and write the structure beside the database.

    Args:
        settings: Of the profile whose page is opened.
        say: Takes sentences for the person while it lasts.
        wait_s: How long the chats may take.
        chat_s: How long a person gets to open a chat; 0 asks for none.
        settle_s: How long the page gets to settle before it is looked at.
        prepare: See ``open_page``.

    Raises:
        ProfileLocked: an agent is at work on this profile; DiskFull, BrowserMissing, DisplayMissing: as for ``run``.
        ConnectionError: the page could not be loaded, or went away.
    """
    texts, folder, browser = TEXTS[settings.language], settings.profile_dir, settings.browser
    check_room(folder)
    with locked_profile(folder):
        say(texts["opening"].format(seconds=wait_s))
        async with (
            open_page(
                folder,
                settings.page.url,
                executable=browser.executable,
                headless=browser.headless,
                language=settings.language,
                arguments=browser.arguments,
                prepare=prepare,
            ) as page,
            Watch(page.bridge) as watch,
        ):
            ready = await watch.until(lambda page: page.screen is PageState.READY, wait_s)
            if ready:
                await watch.until(lambda page: page.chats, _FIRST_CHATS_S)
            if ready and chat_s and not watch.chat_open:
                say(texts["open_a_chat"])
                await watch.until(lambda page: page.chat_open, chat_s)
            if watch.gone:
                raise ConnectionError("the page is gone")
            check = await watch.look(settle_s)
            program = await page.bridge.browser_version()
        about = {"balcao": __version__, "browser": program}
        file = write_dump(folder, check, about, datetime.now().astimezone())
    parts = tuple(_part(check, name) for name in check.needed)
    return PageDiagnosis(check, ready, parts, file)


def _part(check: PageCheck, name: str) -> Part:
    found = check.anchors[name]
    sign = None if found.rank is None else found.rank + 1
    return Part(part=name, sign=sign, of=check.signs[name], found=found.matches)


def show_page(found: PageDiagnosis, language: str, wait_s: float, console: Console | None = None) -> None:
    """Print it for a person."""
    console, texts = console or Console(), TEXTS[language]
    if not found.ready:
        screen = texts.get(found.check.screen.value, found.check.screen.value)
        console.print(texts["not_ready"].format(seconds=wait_s, screen=screen), soft_wrap=True)
    else:
        table = Table(texts["part"], texts["by"], texts["found"], box=None, pad_edge=False)
        for part in found.parts:
            sign = texts["sign"].format(sign=part.sign, of=part.of)
            colour = "green" if part.sign == 1 else "yellow"
            shown = f"[red]{texts['missing']}[/]" if part.sign is None else f"[{colour}]{sign}[/]"
            table.add_row(part.part, shown, str(part.found))
        console.print(table)
        counts = {"best": found.best, "all": len(found.parts), "missing": found.missing}
        worn = len(found.parts) - found.best - found.missing
        console.print(texts["summary"].format(worn=worn, **counts), soft_wrap=True)
        if not found.check.chat_open:
            console.print(texts["no_chat"], soft_wrap=True)
    console.print(texts["file"].format(file=found.file), soft_wrap=True, highlight=False)
