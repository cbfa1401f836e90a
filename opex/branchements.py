"""Where the OPEX programme joins the house: tabs, words of the history, announcements, menu entries, jobs."""
