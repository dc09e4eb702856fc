"""Pages of signing in, and of what a person does about their own account."""
