"""The text of files: read in a process of its own that may use only so much time and memory.

`contained` starts that process and takes its answer; `reader` is what runs in it, with `pdf`,
`word` and `web` for the formats, and knows neither Django nor the database; `services` says what
becomes of a file.
"""
