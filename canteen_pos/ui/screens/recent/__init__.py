"""Recent sales: find, reprint, correct the tender, mark the invoice, open the drawer."""
