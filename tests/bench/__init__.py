"""Measured, not tested: programs that print how fast the bot is on the machine they run on."""
