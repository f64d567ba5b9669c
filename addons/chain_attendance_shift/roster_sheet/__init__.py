"""A roster as a sheet of Excel: people down, dates across. Plain Python.

``writing`` makes the file, ``reading`` takes in what somebody made of it, ``judging``
decides what of it changes the roster and what is wrong. None of them knows a database
or a language.
"""
