"""Use cases by subject: one transaction each, each told where it works (`Desk`) and who acts (`Actor`)."""
