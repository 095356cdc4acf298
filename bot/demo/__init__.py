"""The demo: a story played against the real bot, over HTTP, with a Telegram at home."""

from bot.demo.play import play

__all__ = ["play"]
