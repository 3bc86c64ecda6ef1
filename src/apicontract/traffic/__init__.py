"""Layer 4: exchanges from anywhere, and findings about them."""
