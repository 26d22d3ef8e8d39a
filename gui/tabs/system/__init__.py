"""The tab of the system: its settings, who may come in, copies, other systems, and how it is doing."""
