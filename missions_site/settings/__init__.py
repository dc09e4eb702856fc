"""Settings: the only place that reads the environment.

`base` holds what every installation shares, `dev` the one-command demo, `test` the test suite and
`production` refuses to start on anything that is only good enough for a demo.
"""
