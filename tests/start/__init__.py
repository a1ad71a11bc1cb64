"""The first hour."""
