"""Reports as files: what a list shows, as Excel or CSV, with flat memory.

Plain Python but for ``rows``, which reads the rows of a model. A file is made part by
part, so that a job can stop after any of them: see ``making``.
"""
