"""Learning from use: what was learned, what is proposed, which ranking is active."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.contract.learning import Choice, Evaluation, RankingVersion
    from agent.settings import Settings
    from agent.storage.store import SqlStore

T = TypeVar("T")

app = typer.Typer(help="What Balcão learns from use, and what a supervisor makes of it.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="Number of the proposal, as `learning proposals` shows it.")]

_NAMES = {"none": "nothing learned", "active": "active ranking", "shadow": "ranking in shadow"}


@app.command()
def status(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """What was learned so far, and how much better it foretells what is sent."""
    settings = settings_for(config, log=False, profile=profile)

    async def look(store: "SqlStore") -> dict[str, object]:
        from agent.contract.learning import ProposalState, RankingState

        learning = store.learning
        choices = await learning.choices()
        shadow = await learning.ranking(RankingState.SHADOW)
        return {
            "answered_cards": len(choices),
            "picked": sum(choice.chosen is not None for choice in choices),
            "judged": _judged(choices),
            "attendants": sorted({choice.attendant for choice in choices if choice.attendant}),
            "corrections": len(await learning.corrections()),
            "proposals_waiting": len(await learning.proposals(ProposalState.PROPOSED)),
            "replies_learned": len(await learning.proposals(ProposalState.APPROVED)),
            "ranking": _name(await learning.ranking()),
            "shadow": None if shadow is None else shadow.name,
            "shadow_totals": None if shadow is None else (await learning.shadow_totals(shadow.id)).model_dump(),
            "evaluations": [one.model_dump(mode="json") for one in await learning.evaluations()],
        }

    found = _with_store(settings, look)
    if as_json:
        print_json(found)
        return
    if not found["answered_cards"]:
        typer.echo("Nothing to learn from yet: no card has been answered.")
    else:
        typer.echo(f"{found['answered_cards']} answered cards, {found['picked']} of them with a suggestion.")
    if isinstance(judged := found["judged"], dict) and judged:
        reasons = ", ".join(f"{reason} {times}" for reason, times in judged.items())
        typer.echo(f"{sum(judged.values())} of the suggestions were called no good: {reasons}.")
    typer.echo(f"Active ranking: {found['ranking']}. In shadow: {found['shadow'] or 'none'}.")
    if isinstance(totals := found["shadow_totals"], dict) and totals["cards"]:
        typer.echo(
            f"  It ran beside {totals['cards']} cards and agreed with {totals['agreed']}; of {totals['answered']} that "
            f"were answered with a suggestion it had {totals['hits']} first, the shown order {totals['shown_hits']}."
        )
    typer.echo(
        f"{found['proposals_waiting']} proposed replies wait for a decision, {found['replies_learned']} are in use; "
        f"{found['corrections']} corrections."
    )
    typer.echo(_evaluations_in_words(settings))


def _judged(choices: "Sequence[Choice]") -> dict[str, int]:
    """How often a suggestion of an answered card was called no good, by the reason."""
    return dict(Counter(one.judged for choice in choices for one in choice.shown if one.judged).most_common())


@app.command("evaluate")
def evaluate_now(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """Compare the rankings with what was really sent in the last week, and keep the result."""
    settings = settings_for(config, log=False, profile=profile)

    async def work(store: "SqlStore") -> "Evaluation | None":
        from agent.jobs.lessons import evaluate_week

        return await evaluate_week(store.learning, _texts(settings), datetime.now(UTC))

    found = _with_store(settings, work)
    if as_json:
        print_json(None if found is None else found.model_dump(mode="json"))
    elif found is None:
        typer.echo("No suggestion was sent in the last week: there is nothing to compare with.")
    else:
        typer.echo(_in_words(found))


@app.command()
def proposals(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """Texts that were sent again and again and could become replies. Looks for new ones first."""
    settings = settings_for(config, log=False, profile=profile)

    async def look(store: "SqlStore") -> list[dict[str, object]]:
        from agent.contract.learning import ProposalState
        from agent.jobs.lessons import propose

        await propose(store.learning, _texts(settings))
        return [one.model_dump(mode="json") for one in await store.learning.proposals(ProposalState.PROPOSED)]

    found = _with_store(settings, look)
    if as_json:
        print_json(found)
    elif not found:
        typer.echo("No proposals: no text was sent to several customers that is not a reply already.")
    else:
        for one in found:
            often = f"({one['times']} times, {one['customers']} customers)"
            typer.echo(f"{one['id']:>4}  {one['title']}  {one['shortcut']}  {often}")
            typer.echo(f"      {one['text']}")


@app.command()
def approve(
    number: Number,
    text: Annotated[str | None, typer.Option(help="Other words for it; may hold {nome} and {pedido}.")] = None,
    title: Annotated[str | None, typer.Option(help="Another title.")] = None,
    shortcut: Annotated[str | None, typer.Option(help="Another shortcut.")] = None,
    intent: Annotated[str | None, typer.Option(help="Another intent.")] = None,
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Offer a proposed reply from now on, as it is or in other words."""
    from agent.contract.analysis import INTENTS

    changed = {"text": text, "title": title, "shortcut": shortcut, "intent": intent}
    if any(value is not None and not value.strip() for value in changed.values()):
        raise BadInput(
            "A text, title, shortcut or intent cannot be empty.", "Leave the option out to keep what is proposed."
        )
    if intent is not None and intent not in INTENTS:
        raise BadInput(f"{intent} is no intent.", f"Known are {', '.join(INTENTS)}.")
    _decide(config, profile, number, approved=True, changed={k: v.strip() for k, v in changed.items() if v is not None})
    typer.echo(f"Reply {number} is offered from now on.")


@app.command()
def reject(number: Number, config: Config = None, profile: Profile = None) -> None:
    """Do not propose this text again."""
    _decide(config, profile, number, approved=False, changed={})
    typer.echo(f"Reply {number} will not be proposed again.")


@app.command()
def shadow(
    name: Annotated[str, typer.Argument(help="bold, cautious, shared or unlearned.")],
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Let another ranking run on live traffic without showing it."""
    from agent.analysis.learning.offline import CANDIDATES

    if name not in CANDIDATES:
        raise BadInput(f"There is no ranking '{name}'.", f"Choose one of {', '.join(CANDIDATES)}.")
    settings = settings_for(config, log=False, profile=profile)

    async def work(store: "SqlStore") -> None:
        from agent.contract.learning import RankingState

        await store.learning.add_ranking(name, CANDIDATES[name].as_json(), RankingState.SHADOW)

    _with_store(settings, work)
    typer.echo(f"'{name}' runs beside the active ranking now; `learning status` says how it does.")


@app.command()
def promote(config: Config = None, profile: Profile = None) -> None:
    """Make the ranking in shadow the active one."""
    settings = settings_for(config, log=False, profile=profile)

    async def work(store: "SqlStore") -> "RankingVersion | None":
        try:
            await store.learning.promote()
        except LookupError:
            raise BadInput("No ranking is in shadow.", "Start one with `learning shadow NAME`.") from None
        return await store.learning.ranking()

    typer.echo(f"The active ranking is now {_name(_with_store(settings, work))}.")


@app.command()
def rollback(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="Forget what was learned since this day instead."),
    ] = None,
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Go back to the ranking before the active one, or forget what was learned since a day."""
    settings = settings_for(config, log=False, profile=profile)

    async def work(store: "SqlStore") -> "RankingVersion | None":
        from agent.contract.learning import RankingState
        from agent.jobs.lessons import parameters_of, without

        if since is not None:
            begin, now = since.astimezone(UTC), datetime.now(UTC)
            if begin >= now:
                raise BadInput("That day is still to come.", "Name an earlier one.")
            active = await parameters_of(store.learning)
            assert active is not None  # noqa: S101 - there is always an active one
            name = f"without {begin:%Y-%m-%d} to {now:%Y-%m-%d}"
            await store.learning.add_ranking(name, without(active, begin, now).as_json(), RankingState.ACTIVE)
        else:
            try:
                await store.learning.roll_back()
            except LookupError:
                raise BadInput(
                    "The built-in ranking is active: there is none before it.",
                    "Use `learning rollback --since 2026-01-31` to forget what was learned since a day.",
                ) from None
        return await store.learning.ranking()

    typer.echo(f"The active ranking is now {_name(_with_store(settings, work))}.")


def _decide(config: Config, profile: Profile, number: int, *, approved: bool, changed: dict[str, str]) -> None:
    settings = settings_for(config, log=False, profile=profile)

    async def work(store: "SqlStore") -> None:
        from agent.contract.learning import ProposalState

        state = ProposalState.APPROVED if approved else ProposalState.REJECTED
        try:
            await store.learning.decide(number, state, **changed)
        except LookupError:
            raise BadInput(f"There is no proposal {number}.", "`learning proposals` lists them.") from None

    _with_store(settings, work)


def _with_store(settings: "Settings", work: "Callable[[SqlStore], Awaitable[T]]") -> T:
    from agent.cli.profile_store import opened

    async def run() -> T:
        async with opened(settings) as store:
            return await work(store)

    return asyncio.run(run())


def _texts(settings: "Settings") -> dict[str, str]:
    from agent.analysis.retrieval.replies import load_replies

    return {reply.id: reply.text for reply in load_replies(settings.replies_file).replies}


def _name(version: "RankingVersion | None") -> str:
    return "the built-in one" if version is None else f"'{version.name}'"


def _evaluations_in_words(settings: "Settings") -> str:
    async def look(store: "SqlStore") -> "list[Evaluation]":
        return await store.learning.evaluations(1)

    found = _with_store(settings, look)
    return _in_words(found[0]) if found else "No weekly evaluation yet; `learning evaluate` makes one now."


def _in_words(found: "Evaluation") -> str:
    lines = [f"Evaluation of {found.first:%d/%m} to {found.last:%d/%m}: the reply that was sent stood first in"]
    for name, score in found.scores.items():
        lines.append(f"  {_NAMES.get(name, name):<18} {score.top1:.0%} of {score.cards} cards (MRR {score.mrr:.2f})")
    return "\n".join(lines)
