"""What a document's first pages say of it: its company, form and period."""
