"""One command that serves the whole platform on one machine.

Owns: preparing a data folder (catalogues, migrations, demo, static files), starting the web server
and the worker, one log for both, and stopping everything together.
Does not know: what the demo contains, what a job does, how the index is kept.
"""
