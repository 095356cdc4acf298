"""What makes the process give up, instead of looking alive while nothing arrives."""


class WrongToken(Exception):
    """Telegram does not know our token, or it belongs to another account. Only a person can help."""


class ReceiverStalled(Exception):
    """No poll has worked for too long; whoever started the process shall start it anew."""
