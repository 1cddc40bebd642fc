"""What the till asks in place of the tiles: never a dialog, always typed into the one field, Esc goes back."""
