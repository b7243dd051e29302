"""What does it say? From pages as read to issues, sections, categories and what they name."""
