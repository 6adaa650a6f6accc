"""The ground: YAML as text with lines, whole run folders, safe names, the confined reader, locks, the two systems."""
