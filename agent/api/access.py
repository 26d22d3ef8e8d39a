"""Who may use which route: one table for all of them. A route without an entry does not start."""

from dataclasses import dataclass

from agent.contract.access import Actor, Role, Scope


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes to use a route."""

    role: Role | None = None
    """The lowest role of a person; None: anybody, signed in or not."""
    scope: Scope | None = None
    """What a key needs; None: no key may, unless anybody may."""
    audit: str | None = None
    """The action under which each use goes into the audit log; None for what touches no customer's data."""
    secret: bool = False
    """The answer shows something that is shown once: it is kept nowhere."""

    owed: bool = False
    """Also for who has to choose a password or set up a second factor first: it serves to do that."""

    def allows(self, actor: Actor) -> bool:
        """Whether somebody may."""
        if self.role is None:
            return True
        if actor.owes and not self.owed:
            return False
        if actor.kind == "key":
            return self.scope is not None and self.scope in actor.scopes
        return actor.role is not None and actor.role.covers(self.role)


PUBLIC = Need()
ATTENDANT, SUPERVISOR, ADMIN = Role.ATTENDANT, Role.SUPERVISOR, Role.ADMIN

EVENTS = Need(ATTENDANT, Scope.EVENTS_READ)
"""What it takes to listen to the live events (``socket.py``), which are no route."""

NEEDS: dict[tuple[str, str], Need] = {
    ("GET", "/api/health"): PUBLIC,
    # Identity
    ("POST", "/api/auth/login"): PUBLIC,
    ("POST", "/api/auth/refresh"): PUBLIC,
    ("POST", "/api/auth/logout"): PUBLIC,
    ("GET", "/api/auth/me"): Need(ATTENDANT, owed=True),
    ("POST", "/api/auth/password"): Need(ATTENDANT, audit="auth.password", owed=True),
    ("POST", "/api/auth/totp"): Need(ATTENDANT, audit="auth.second_factor_begun", secret=True, owed=True),
    ("POST", "/api/auth/totp/confirm"): Need(ATTENDANT, audit="auth.second_factor", owed=True),
    ("GET", "/api/users"): Need(SUPERVISOR),
    ("POST", "/api/users"): Need(ADMIN, audit="user.added", secret=True),
    ("GET", "/api/users/{user_id}"): Need(SUPERVISOR),
    ("PATCH", "/api/users/{user_id}"): Need(ADMIN, audit="user.changed"),
    ("POST", "/api/users/{user_id}/reset"): Need(ADMIN, audit="user.reset", secret=True),
    ("GET", "/api/keys"): Need(ADMIN),
    ("POST", "/api/keys"): Need(ADMIN, audit="key.made", secret=True),
    ("DELETE", "/api/keys/{key_id}"): Need(ADMIN, audit="key.revoked"),
    # Audit
    ("GET", "/api/audit"): Need(ADMIN, audit="audit.read"),
    ("GET", "/api/audit/verify"): Need(ADMIN),
    # Office
    ("GET", "/api/sessions"): Need(ATTENDANT, Scope.METRICS_READ),
    ("GET", "/api/sessions/{name}"): Need(ATTENDANT, Scope.METRICS_READ),
    ("GET", "/api/sessions/{name}/qr"): Need(SUPERVISOR, audit="session.pairing_seen"),
    ("GET", "/api/sessions/{name}/pairing"): Need(SUPERVISOR, audit="session.pairing_seen"),
    ("POST", "/api/sessions/{name}/pause"): Need(SUPERVISOR, audit="session.paused"),
    ("POST", "/api/sessions/{name}/resume"): Need(SUPERVISOR, audit="session.resumed"),
    ("POST", "/api/sessions/{name}/start"): Need(SUPERVISOR, audit="session.started"),
    ("POST", "/api/sessions/{name}/stop"): Need(SUPERVISOR, audit="session.stopped"),
    ("POST", "/api/sessions/{name}/show"): Need(SUPERVISOR, audit="session.shown"),
    ("GET", "/api/sessions/{name}/recording"): Need(SUPERVISOR),
    ("POST", "/api/sessions/{name}/recording"): Need(SUPERVISOR, audit="session.recorded"),
    ("DELETE", "/api/sessions/{name}/recording"): Need(SUPERVISOR, audit="session.recording_ended"),
    ("GET", "/api/sessions/{name}/recordings"): Need(SUPERVISOR),
    ("GET", "/api/recordings"): Need(SUPERVISOR),
    ("GET", "/api/recordings/{name}"): Need(SUPERVISOR, audit="recording.read"),
    # Hundreds for one look: what a person sees there is told once, by the route above.
    ("GET", "/api/recordings/{name}/picture"): Need(SUPERVISOR),
    ("GET", "/api/recordings/{name}/file"): Need(SUPERVISOR, audit="recording.downloaded"),
    ("DELETE", "/api/recordings/{name}"): Need(SUPERVISOR, audit="recording.removed"),
    ("POST", "/api/analysis/generate"): Need(ATTENDANT, Scope.ANALYSIS, secret=True),
    ("GET", "/api/replies"): Need(ATTENDANT, Scope.REPLIES_READ),
    ("POST", "/api/replies"): Need(SUPERVISOR, Scope.REPLIES_WRITE, audit="replies.changed"),
    ("POST", "/api/replies/preview"): Need(ATTENDANT, Scope.REPLIES_READ, secret=True),
    ("GET", "/api/replies/{reply_id}"): Need(ATTENDANT, Scope.REPLIES_READ),
    ("PUT", "/api/replies/{reply_id}"): Need(SUPERVISOR, Scope.REPLIES_WRITE, audit="replies.changed"),
    ("DELETE", "/api/replies/{reply_id}"): Need(SUPERVISOR, Scope.REPLIES_WRITE, audit="replies.changed"),
    ("GET", "/api/intents"): Need(SUPERVISOR),
    ("GET", "/api/intent-titles"): Need(ATTENDANT, Scope.MESSAGES_READ),
    ("PUT", "/api/intents/{name}"): Need(SUPERVISOR, audit="intents.changed"),
    ("DELETE", "/api/intents/{name}"): Need(SUPERVISOR, audit="intents.changed"),
    ("POST", "/api/training/intents"): Need(SUPERVISOR, audit="intents.learned"),
    ("POST", "/api/intents/versions/{number}/use"): Need(SUPERVISOR, audit="intents.changed"),
    ("GET", "/api/proposals"): Need(SUPERVISOR),
    ("POST", "/api/proposals/{proposal_id}/approve"): Need(SUPERVISOR, audit="proposal.approved"),
    ("POST", "/api/proposals/{proposal_id}/reject"): Need(SUPERVISOR, audit="proposal.rejected"),
    ("POST", "/api/proposals/{proposal_id}/reopen"): Need(SUPERVISOR, audit="proposal.reopened"),
    ("GET", "/api/learning"): Need(SUPERVISOR),
    ("POST", "/api/learning/shadow/{name}"): Need(SUPERVISOR, audit="ranking.changed"),
    ("POST", "/api/learning/promote"): Need(SUPERVISOR, audit="ranking.changed"),
    ("POST", "/api/learning/rollback"): Need(SUPERVISOR, audit="ranking.changed"),
    ("GET", "/api/knowledge"): Need(SUPERVISOR),
    ("GET", "/api/knowledge/{name}"): Need(SUPERVISOR),
    ("PUT", "/api/knowledge/{name}"): Need(SUPERVISOR, audit="knowledge.changed"),
    ("DELETE", "/api/knowledge/{name}"): Need(SUPERVISOR, audit="knowledge.changed"),
    ("GET", "/api/models"): Need(SUPERVISOR),
    ("POST", "/api/models/{name}/download"): Need(ADMIN, audit="model.downloaded"),
    ("GET", "/api/logs"): Need(ADMIN),
    ("GET", "/api/settings"): Need(ADMIN),
    ("PATCH", "/api/settings"): Need(ADMIN, audit="settings.changed"),
    # Other systems
    ("GET", "/api/webhooks"): Need(ADMIN, Scope.WEBHOOKS),
    ("POST", "/api/webhooks"): Need(ADMIN, Scope.WEBHOOKS, audit="webhook.added", secret=True),
    ("GET", "/api/webhooks/{webhook_id}"): Need(ADMIN, Scope.WEBHOOKS),
    ("PATCH", "/api/webhooks/{webhook_id}"): Need(ADMIN, Scope.WEBHOOKS, audit="webhook.changed"),
    ("DELETE", "/api/webhooks/{webhook_id}"): Need(ADMIN, Scope.WEBHOOKS, audit="webhook.removed"),
    ("GET", "/api/webhooks/{webhook_id}/deliveries"): Need(ADMIN, Scope.WEBHOOKS),
    ("POST", "/api/webhooks/{webhook_id}/test"): Need(ADMIN, Scope.WEBHOOKS, audit="webhook.tested"),
    ("POST", "/api/webhooks/deliveries/{delivery_id}/retry"): Need(ADMIN, Scope.WEBHOOKS, audit="webhook.retried"),
    ("GET", "/api/customers/{phone}/connector"): Need(ATTENDANT, Scope.CUSTOMERS_READ, audit="customer.looked_up"),
    # Desk
    ("GET", "/api/conversations"): Need(ATTENDANT, Scope.MESSAGES_READ, "conversation.listed"),
    ("GET", "/api/conversations/{conversation_id}"): Need(ATTENDANT, Scope.MESSAGES_READ, "conversation.read"),
    ("PATCH", "/api/conversations/{conversation_id}"): Need(ATTENDANT, Scope.MESSAGES_WRITE, "conversation.changed"),
    ("GET", "/api/conversations/{conversation_id}/messages"): Need(ATTENDANT, Scope.MESSAGES_READ, "message.listed"),
    ("GET", "/api/conversations/{conversation_id}/export"): Need(SUPERVISOR, Scope.PRIVACY, "conversation.exported"),
    ("GET", "/api/stages"): Need(ATTENDANT, Scope.MESSAGES_READ),
    ("POST", "/api/stages"): Need(SUPERVISOR, audit="stages.changed"),
    ("PATCH", "/api/stages/{stage_id}"): Need(SUPERVISOR, audit="stages.changed"),
    ("DELETE", "/api/stages/{stage_id}"): Need(SUPERVISOR, audit="stages.changed"),
    ("GET", "/api/waiting"): Need(ATTENDANT, Scope.MESSAGES_READ, "waiting.listed"),
    ("GET", "/api/messages"): Need(ATTENDANT, Scope.MESSAGES_READ, "message.searched"),
    ("GET", "/api/messages/{id}"): Need(ATTENDANT, Scope.MESSAGES_READ, "message.read"),
    ("POST", "/api/messages/capture"): Need(SUPERVISOR, Scope.MESSAGES_WRITE, "message.captured"),
    ("GET", "/api/customers"): Need(ATTENDANT, Scope.CUSTOMERS_READ, "customer.listed"),
    ("GET", "/api/customers/{phone}"): Need(ATTENDANT, Scope.CUSTOMERS_READ, "customer.read"),
    ("PATCH", "/api/customers/{phone}"): Need(ATTENDANT, Scope.CUSTOMERS_WRITE, "customer.renamed"),
    ("PUT", "/api/customers/{phone}/tags/{tag}"): Need(ATTENDANT, Scope.CUSTOMERS_WRITE, "customer.tagged"),
    ("DELETE", "/api/customers/{phone}/tags/{tag}"): Need(ATTENDANT, Scope.CUSTOMERS_WRITE, "customer.untagged"),
    ("GET", "/api/customers/{phone}/notes"): Need(ATTENDANT, Scope.CUSTOMERS_READ, "note.listed"),
    ("POST", "/api/customers/{phone}/notes"): Need(ATTENDANT, Scope.CUSTOMERS_WRITE, "note.added"),
    ("PATCH", "/api/customers/{phone}/notes/{note_id}"): Need(ATTENDANT, Scope.CUSTOMERS_WRITE, "note.changed"),
    ("DELETE", "/api/customers/{phone}/notes/{note_id}"): Need(ATTENDANT, Scope.CUSTOMERS_WRITE, "note.removed"),
    ("PUT", "/api/customers/{phone}/fields/{name}"): Need(ATTENDANT, Scope.CUSTOMERS_WRITE, "field.set"),
    ("DELETE", "/api/customers/{phone}/fields/{name}"): Need(ATTENDANT, Scope.CUSTOMERS_WRITE, "field.removed"),
    ("POST", "/api/customers/{phone}/merge"): Need(SUPERVISOR, Scope.CUSTOMERS_WRITE, "customer.merged"),
    ("POST", "/api/customers/{phone}/split"): Need(SUPERVISOR, Scope.CUSTOMERS_WRITE, "customer.split"),
    ("GET", "/api/suggestions"): Need(ATTENDANT, Scope.MESSAGES_READ, "suggestion.listed"),
    ("GET", "/api/metrics/dashboard"): Need(ATTENDANT, Scope.METRICS_READ),
    ("GET", "/api/reports"): Need(SUPERVISOR, audit="report.read"),
    ("GET", "/api/reports/attendants"): Need(SUPERVISOR),
    ("GET", "/api/reports/file"): Need(SUPERVISOR, audit="report.exported"),
    ("GET", "/api/monitor"): Need(ATTENDANT, Scope.METRICS_READ),
    ("GET", "/api/alerts"): Need(ATTENDANT, Scope.METRICS_READ),
    ("GET", "/api/jobs"): Need(SUPERVISOR),
    # Privacy
    ("POST", "/api/customers/{phone}/export"): Need(SUPERVISOR, Scope.PRIVACY, "customer.exported", secret=True),
    ("POST", "/api/customers/{phone}/erase"): Need(ADMIN, Scope.PRIVACY, "customer.erased", secret=True),
    ("POST", "/api/customers/{phone}/anonymise"): Need(ADMIN, Scope.PRIVACY, "customer.anonymised", secret=True),
    ("GET", "/api/customers/{phone}/access-log"): Need(SUPERVISOR, Scope.PRIVACY, "customer.access_read"),
    ("GET", "/api/customers/{phone}/consents"): Need(ATTENDANT, Scope.PRIVACY, "consent.listed"),
    ("POST", "/api/customers/{phone}/consents"): Need(ATTENDANT, Scope.PRIVACY, "consent.added"),
    ("PATCH", "/api/customers/{phone}/consents/{consent_id}"): Need(ATTENDANT, Scope.PRIVACY, "consent.changed"),
    ("DELETE", "/api/customers/{phone}/consents/{consent_id}"): Need(SUPERVISOR, Scope.PRIVACY, "consent.removed"),
    ("GET", "/api/erasures"): Need(SUPERVISOR, Scope.PRIVACY),
    ("GET", "/api/erasures/key"): Need(SUPERVISOR, Scope.PRIVACY),
    # At rest
    ("GET", "/api/backups"): Need(SUPERVISOR),
    ("POST", "/api/backups"): Need(ADMIN, audit="backup.made"),
    ("POST", "/api/backups/{name}/verify"): Need(ADMIN, audit="backup.verified"),
    ("POST", "/api/backups/{name}/restore"): Need(ADMIN, audit="backup.restore_asked"),
    ("DELETE", "/api/backups/{name}"): Need(ADMIN, audit="backup.removed"),
}
"""By method and path, as the OpenAPI document writes it."""
