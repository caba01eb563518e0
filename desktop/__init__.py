"""开放日工作台 (Open Day Desk): open days and household visits of an organization department."""

__version__ = "0.2.0.dev0"
