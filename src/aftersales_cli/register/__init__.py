"""Who the customers are and what they bought."""
