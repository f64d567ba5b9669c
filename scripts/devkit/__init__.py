"""Machine set-up behind ``./scripts/run`` and ``./scripts/test``.

Standard library only: it runs before anything is installed. Everything it
fetches lies in one cache folder per user (:mod:`devkit.places`), outside the
checkout, and every artefact is made under a temporary name and renamed when it
is complete, so that an interrupted run is simply started again.
"""
