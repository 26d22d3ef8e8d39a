"""Systems that know the customers, asked by phone number. How to write one: docs/connectors.md."""
