"""Puts a drafter together: a model file of this machine, or a server."""

import functools
from collections.abc import Sequence
from datetime import datetime

from agent.analysis.drafting.catalogue import BY_NAME
from agent.analysis.drafting.drafts import Drafter
from agent.analysis.drafting.masked import MaskedWriter
from agent.analysis.drafting.models import ensure_named
from agent.analysis.drafting.prompt import brief
from agent.analysis.drafting.server import ServerOptions, ServerWriter
from agent.analysis.drafting.writer import DraftOptions, LlamaWriter, Writer
from agent.analysis.retrieval.knowledge import Passage
from agent.analysis.retrieval.replies import ReplyBook


def make_drafter(
    book: ReplyBook,
    knowledge: Sequence[Passage],
    model: str,
    options: DraftOptions,
    server: ServerOptions | None,
    now: datetime,
    *,
    masked: bool = True,
) -> Drafter:
    """A drafter for one business; nothing is loaded yet.

    Args:
        book: Its replies, facts and rules.
        knowledge: Its knowledge base.
        model: Name in the catalogue, ``auto``, or the path of a GGUF file.
        options: How the model runs.
        server: Asked instead of a model file.
        now: Local time, for the greeting in the canned replies that the model reads.
        masked: Whether customers' CPF, cards, telephone numbers and the like are hidden from the model.

    Raises:
        BadInput: the server is not on this machine, or its key is missing.
    """
    briefing = brief(book, knowledge, now)
    writer: Writer
    if server is not None:
        writer = ServerWriter(server, options, briefing)
    else:
        writer = LlamaWriter(functools.partial(ensure_named, model), options, briefing)
        writer.name = BY_NAME[model].title if model in BY_NAME else model
    return Drafter(MaskedWriter(writer, briefing.public) if masked else writer, briefing)
