"""The command line, thin over the newsroom. Nothing heavy is imported at the top of a module."""

from nutgraf.cli.main import main, nutgraf

__all__ = ["main", "nutgraf"]
