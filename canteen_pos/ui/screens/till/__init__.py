"""The till: the order, the dishes of this meal period, who is eating, and the money."""
