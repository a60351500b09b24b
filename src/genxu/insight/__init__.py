"""The roof: figures counted from the records below, dashboards. It only reads the floors below."""
