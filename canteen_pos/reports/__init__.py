"""PDF and spreadsheets: what leaves the house on paper or as a file, and what comes in as one."""
