"""Answers as text, JSON and Markdown. Only this package renders."""
