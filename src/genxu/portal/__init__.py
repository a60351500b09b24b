"""The front of the house: welcome, home by role, public pages."""
