"""The history of the tables (alembic). Shipped inside the package, so that every start can bring a database up to date.

A new migration is written by hand into ``versions/``, and ``running.NEWEST`` is set to it. It never imports
``agent.storage.tables``: a migration must keep its meaning when the tables move on. Tests run all of them up, down and
up again on every kind of database and compare the outcome with the tables.
"""
