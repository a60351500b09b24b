"""The doors: settings, urls, the one API object."""
