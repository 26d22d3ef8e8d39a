"""The language models that can draft replies: which there are, which are here, and how a download goes on."""

from typing import Literal

from pydantic import Field

from agent.contract.base import Value

DownloadState = Literal["running", "checking", "done", "failed"]


class Download(Value):
    """A model file on its way."""

    state: DownloadState = Field(description="checking: all bytes are here, and their checksum is being computed.")
    done: int = Field(description="Bytes that are here.")
    total: int
    reason: str | None = Field(default=None, description="Why it failed, in English.")


class ModelEntry(Value):
    """One model of the catalogue."""

    name: str = Field(description="For the setting model.name.")
    title: str
    licence: str
    size: int = Field(description="Bytes of its file.")
    memory: int = Field(description="Bytes of memory that it takes at work, about.")
    present: bool = Field(description="Its file is on this machine, and its checksum was found to be right.")
    chosen: bool = Field(description="The settings name it, or leave the choice to the agent and it is the one.")
    download: Download | None = None


class ModelList(Value):
    """All of them."""

    items: tuple[ModelEntry, ...]
    chosen: str = Field(description="The setting model.name, as it counts from the next start on.")
    state: Literal["off", "loading", "ready", "failed"] = Field(description="Of the model that is running now.")
    running: str | None = Field(description="Its name as people read it.")
    free_memory: int = Field(description="Bytes that are free on this machine.")
    free_disk: int = Field(description="Bytes that are free where the files lie.")
