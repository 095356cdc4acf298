"""The crash test: a town in full swing, a bot that is killed again and again, and an account of what must hold."""
