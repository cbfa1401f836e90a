"""The bare floor: the least that Django does for a signed-in list (F) and a detail page (D)."""
