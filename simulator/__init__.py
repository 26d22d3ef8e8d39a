"""A faithful stand-in for WhatsApp Web: the real page cannot be opened here, so tests and the demo run on this.

``serve.install`` puts it at ``https://web.whatsapp.com/`` of a browser context; ``scenario`` describes who writes what
and when; ``player`` plays it; ``attendant`` is the scripted person who answers.
"""
