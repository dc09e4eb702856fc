"""The Member State portal: a namespace of apps that never import each other.

Owns nothing itself: each app is a room of its own (home, guide; the services come later).
"""
