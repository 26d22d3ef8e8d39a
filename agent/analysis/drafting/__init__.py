"""Drafts by a language model: the prompt, llama.cpp or a server, the queue, and how good they are."""
