"""The engine: cards with editions and clauses, functions that judge, decisions that cite. It knows no domain."""
