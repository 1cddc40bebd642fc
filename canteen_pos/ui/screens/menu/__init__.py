"""The week planner."""
