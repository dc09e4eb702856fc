"""What a request costs, measured beside a floor and beside stock Wagtail in the same run.

Owns: starting servers, asking them over HTTP, reading their processor time, one table.
Does not know: how any view works. It sees addresses only, as a visitor does.
"""
