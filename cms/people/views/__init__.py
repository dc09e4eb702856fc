"""Pages of people: the admin's section, and the one on which an invitation is taken up."""
