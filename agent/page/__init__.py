"""The Playwright edge: browser, channel into the page, reading and inserting. Nothing here can send a message."""
