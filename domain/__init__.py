"""What is true about cases. Pure: no await, no clock (`now` is an argument), no SQL, no chat, no words, no language."""
