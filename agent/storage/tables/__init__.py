"""The tables. ``migrations/`` creates them; a test compares the two."""

from agent.storage.tables.access import (
    ApiKey,
    AuditedCustomer,
    AuditLine,
    IdempotentAnswer,
    RefreshToken,
    SignInAttempt,
    TokenFamily,
    User,
)
from agent.storage.tables.base import Base
from agent.storage.tables.by_hand import CorrectedIntent, JoinedConversation, MergedCustomer, MovedMessage
from agent.storage.tables.desk import (
    ConsentLine,
    ConversationDesk,
    CustomerField,
    CustomerNote,
    CustomerTag,
    PipelineStage,
)
from agent.storage.tables.habits import Habit, ReplyUse
from agent.storage.tables.jobs import JobRun
from agent.storage.tables.learning import (
    EvaluationLine,
    Evidence,
    Offer,
    ProposalLine,
    RankingLine,
    ShadowChoice,
    Suggestion,
)
from agent.storage.tables.messages import (
    AiAnalysis,
    Conversation,
    Customer,
    EventLine,
    ListedChat,
    Message,
    SystemLog,
)
from agent.storage.tables.outside import Webhook, WebhookDelivery
from agent.storage.tables.privacy import LedgerMark

__all__ = [
    "AiAnalysis",
    "ApiKey",
    "AuditLine",
    "AuditedCustomer",
    "Base",
    "ConsentLine",
    "Conversation",
    "ConversationDesk",
    "CorrectedIntent",
    "Customer",
    "CustomerField",
    "CustomerNote",
    "CustomerTag",
    "EvaluationLine",
    "EventLine",
    "Evidence",
    "Habit",
    "IdempotentAnswer",
    "JobRun",
    "JoinedConversation",
    "LedgerMark",
    "ListedChat",
    "MergedCustomer",
    "Message",
    "MovedMessage",
    "Offer",
    "PipelineStage",
    "ProposalLine",
    "RankingLine",
    "RefreshToken",
    "ReplyUse",
    "ShadowChoice",
    "SignInAttempt",
    "Suggestion",
    "SystemLog",
    "TokenFamily",
    "User",
    "Webhook",
    "WebhookDelivery",
]
