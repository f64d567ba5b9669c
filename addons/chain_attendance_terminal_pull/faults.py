"""Why a call or an order to a terminal failed. Plain Python."""


class UnitFault(Exception):
    """A call or an order came to nothing.

    :param reason: a word that ``attendance.terminal._fault_words`` says in full.
    :param details: what goes into that sentence.
    """

    def __init__(self, reason, **details):
        super().__init__(reason)
        self.reason = reason
        self.details = details
