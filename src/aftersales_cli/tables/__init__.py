"""Files ↔ records: kind by content, headings, binding, input forms, schemas; knows no domain."""
