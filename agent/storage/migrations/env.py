"""Run by alembic: the connection comes from ``running.py``, in a transaction that holds all steps or none."""

from alembic import context

from agent.storage.tables import Base


def run() -> None:
    """Run the steps that alembic has been asked for."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # alembic's name for this file; imported under its own, it does nothing
    run()
