"""Who takes the till; the lock screen."""
