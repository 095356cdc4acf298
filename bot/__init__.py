"""The outside: network, environment, words, wiring. Decides nothing about cases."""
