"""The frame and the stylesheet of the public sites."""
