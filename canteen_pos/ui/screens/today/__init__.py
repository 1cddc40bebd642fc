"""The manager's page of today."""
