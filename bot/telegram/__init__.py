"""Telegram as a channel: receiving, understanding, rendering, sending. Nothing outside this folder knows of it.

`channel.py` is the door; `receive.py` brings in raw updates, `parse.py` understands them, `render.py` turns a letter
into a call of the Bot API, `outcome.py` reads its refusals, `http.py` is the wire, `rates.py` the speed limit.
"""
