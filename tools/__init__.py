"""What make runs on the repository itself: the catalogue of words, the generated references."""
