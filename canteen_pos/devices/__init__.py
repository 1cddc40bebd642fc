"""What hangs on the till's cables and speaks to it: scanners and card readers, decoded into plain values."""
