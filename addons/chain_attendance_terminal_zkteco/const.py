"""Figures of the PUSH protocol that this server speaks."""

ADDON = "chain_attendance_terminal_zkteco"
PROTOCOL_VERSION = "2.4.1"
POLL_SECONDS = 15
RETRY_SECONDS = 30
# A 128-line batch has about 6 KB; a unit's whole memory in one body some MB. Lines
# beyond are cut off, and what is longer still, as in the proxy, cannot be a batch.
BODY_LIMIT = 32 * 1024 * 1024
JUNK_LIMIT = 64 * 1024 * 1024
# What is read before it is known that the unit may send anything at all.
STRANGER_LIMIT = 64 * 1024
# Connections that may wait for a worker; the system's own limit is 4096 mostly.
WAITING_CONNECTIONS = 1024
# Parameters that are looked at; units send a dozen.
QUERY_LIMIT = 64
NO_STATE_KEY = 255
CODE_LENGTH = 24
# The form-encoded types whose raw body Odoo's own form parsing has eaten.
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
# Units take up to 200 commands or 40 KB in one answer; fewer come back sooner.
COMMANDS_PER_ANSWER = 20
ANSWER_LIMIT = 40 * 1024
