"""Why a person should look twice."""

from enum import StrEnum


class CareCode(StrEnum):
    """Why the attendant should look twice."""

    PIX_CHANGED = "pix_changed"
    """Another PIX key than before in this conversation, or somebody says that it changed."""
    LOOKALIKE = "lookalike"
    """A domain that is nearly one of the company's, or hides which one it is."""
    DANGEROUS_FILE = "dangerous_file"
    """A file that runs, or hides one: ZIP, LNK, APK and the like."""
    CODE_ASKED = "code_asked"
    """Somebody asks for a code of confirmation, a password or access."""
    UNKNOWN_NUMBER = "unknown_number"
    """A number in a reply that is neither in the conversation nor in the company's base."""
    UNKNOWN_LINK = "unknown_link"
    """A link in a reply that is neither in the conversation nor in the company's base."""
    PERSONAL_NUMBER = "personal_number"
    """A CPF or a card in a reply."""
