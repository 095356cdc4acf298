"""What we keep: the only room with SQL. It maps rows to domain values and decides nothing."""
