"""What commands share: how a question is asked, and how its answer is shown as text, Markdown, JSON or a table."""
