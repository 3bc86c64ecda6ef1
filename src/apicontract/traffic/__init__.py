"""Exchanges from anywhere, and findings about them."""
