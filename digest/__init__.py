"""digest: feeds and saved articles into a daily briefing that can be trusted."""

__version__ = "0.1.0"
