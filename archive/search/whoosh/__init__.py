"""Whoosh as a backend; this file stays empty, so that a stamp is read without loading Whoosh."""
