"""The numbered event stream: the store's event log, passed on as it grows. ``memory`` serves one process."""
