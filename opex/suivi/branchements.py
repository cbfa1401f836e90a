"""What this room registers with the house: menu entries, words of the history, announcements, jobs."""
