"""Who may sign in. An administrator adds, changes and locks out; a supervisor may look."""

import tkinter as tk
from collections.abc import Mapping

from agent.contract.access import Role, UserAccount
from agent.contract.signing_in import UserWithPassword
from gui.kit.dialogs import confirm
from gui.kit.forms import Choice, Line
from gui.kit.typed import written
from gui.link.api import Api
from gui.link.errors import Refused
from gui.office import Office
from gui.parts import Part
from gui.tabs.system.asking import Form
from gui.tabs.system.secret import SecretDialog
from gui.tabs.system.section import Register, Row

_NAME = "^[0-9A-Za-zÀ-ÖØ-öø-ÿ][0-9A-Za-zÀ-ÖØ-öø-ÿ ._@+-]*$"
_MOST = 20
"""Pages of 200: more people than any counter has."""


class UsersSection(Register[UserAccount]):
    """The list, and what can be done about one of them."""

    title = "users"
    parts = frozenset({Part.USERS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words = self.words
        if self.admin:
            self.tool(words("system.add_user"), self.add, main=True)
            self.reset_button = self.about_one(words("system.reset_user"), self.reset)
            self.role_button = self.about_one(words("system.change_role"), self.change_role)
            self.lock_button = self.about_one(words("system.disable"), self.lock_out)
        self.lay_out(
            {"col_name": 280, "col_role": 120, "col_factor": 160, "col_state": 170, "col_last_login": 150},
            words("system.no_users"), words("system.no_users_hint"),
        )  # fmt: skip

    def refresh(self) -> None:
        """Ask who there is."""
        self.office.ask(_all, self.fill, owner=self, key="users")

    def fill(self, users: tuple[UserAccount, ...]) -> None:
        """Show them."""
        self.things = {str(user.id): user for user in users}
        self.table.show([self._row(user) for user in users])

    def add(self) -> None:
        """Ask for a name and a role."""
        theme, words = self.office.theme, self.words
        form = Form(self.office, words("system.add_user"), words("system.add_user_hint"))
        form.add("name", Line(form.body, theme, words, words("system.col_name"), written(100, _NAME, needed=True)))
        role = Choice(form.body, theme, words, words("system.col_role"), self._roles())
        role.put(Role.ATTENDANT.value)
        form.add("role", role)

        def job(api: Api, values: Mapping[str, object]) -> UserWithPassword:
            return api.write("POST", "/api/users", UserWithPassword, values)

        form.send(words("system.add"), job, self._made)

    def change_role(self, user: UserAccount) -> None:
        """Another role for the one that was chosen."""
        theme, words = self.office.theme, self.words
        form = Form(self.office, words("system.role_of", name=user.name))
        role = Choice(form.body, theme, words, words("system.col_role"), self._roles())
        role.put(user.role.value)
        form.add("role", role)

        def job(api: Api, values: Mapping[str, object]) -> UserAccount:
            return _change(api, user, values)

        form.send(words("system.save"), job, lambda _: self.refresh())

    def lock_out(self, user: UserAccount) -> None:
        """No entry any more, or again."""
        words = self.words
        if user.disabled_at is not None:
            self._do(user, disabled=False)
            return
        confirm(
            self.office, words("system.disable_ask", name=user.name), words("system.disable_text"),
            yes=words("system.disable"), then=lambda: self._do(user, disabled=True),
        )  # fmt: skip

    def reset(self, user: UserAccount) -> None:
        """Another first password, after a question: the present one and the second factor go."""
        words = self.words

        def go() -> None:
            self.office.ask(
                lambda api: api.write("POST", f"/api/users/{user.id}/reset", UserWithPassword), self._made, owner=self
            )

        confirm(
            self.office, words("system.reset_ask", name=user.name), words("system.reset_text"),
            yes=words("system.reset_user"), then=go,
        )  # fmt: skip

    def _do(self, user: UserAccount, *, disabled: bool) -> None:
        self.office.ask(
            lambda api: _change(api, user, {"disabled": disabled}), lambda _: self.refresh(), owner=self,
            failed=self._refused,
        )  # fmt: skip

    def _refused(self, error: Exception) -> None:
        last = isinstance(error, Refused) and error.code == "conflict"
        self.office.say(self.words("system.last_admin") if last else self.office.explain(error), "bad")

    def _made(self, made: UserWithPassword) -> None:
        words = self.words
        text = words("system.once_text", name=made.user.name, at=self.office.clock(made.once_until))
        SecretDialog(self.office, words("system.once"), text, made.once)
        self.refresh()

    def _roles(self) -> dict[str, str]:
        return {role.value: self.words(f"system.role_{role.value}") for role in Role}

    def chosen(self) -> None:
        """The button says what it would do."""
        super().chosen()
        if self.admin:
            locked = self.one is not None and self.one.disabled_at is not None
            self.lock_button.configure(text=self.words("system.enable" if locked else "system.disable"))

    def _row(self, user: UserAccount) -> Row:
        words = self.words
        state, tone = words("system.user_active"), None
        if user.disabled_at is not None:
            state, tone = words("system.user_disabled"), "calm"
        elif user.locked_until is not None:
            state, tone = words("system.user_locked", at=self.office.clock(user.locked_until)), "warn"
        elif user.password_once:
            state, tone = words("system.user_once"), "warn"
        factor = words("forms.is_on" if user.second_factor else "system.factor_off")
        return Row(
            str(user.id),
            (user.name, words(f"system.role_{user.role.value}"), factor, state, self.office.clock(user.last_login_at)),
            tone,  # type: ignore[arg-type]
        )


def _all(api: Api) -> tuple[UserAccount, ...]:
    found, cursor = list[UserAccount](), None
    for _ in range(_MOST):
        page = api.listed("/api/users", UserAccount, limit=200, cursor=cursor)
        found += page.items
        cursor = page.cursor
        if cursor is None:
            break
    return tuple(found)


def _change(api: Api, user: UserAccount, values: Mapping[str, object]) -> UserAccount:
    return api.write("PATCH", f"/api/users/{user.id}", UserAccount, values)
