"""Going to see the customer: plan, obligations, briefs, reports (R18–R42)."""
