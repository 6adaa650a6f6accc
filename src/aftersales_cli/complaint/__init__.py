"""What a complaint may be answered: matched to its cutover, nine facts established, the book's rules applied (D4)."""
