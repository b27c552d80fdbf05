"""Plug-ins in their hosts; each test skips where the host is not installed."""
