"""Widgets that the tabs are built of, and that Tk does not have."""
