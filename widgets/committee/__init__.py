"""What a committee reads on paper or in a spreadsheet, and what it answers."""
