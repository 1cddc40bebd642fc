"""Food samples."""
