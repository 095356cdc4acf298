"""Pictures and files made for people to look at and pass on."""
