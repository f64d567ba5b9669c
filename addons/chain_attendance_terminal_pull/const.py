"""Limits of calling terminals. Plain Python."""

DEFAULT_PORT = 4370
# Below are the ports of a host's own services: no terminal listens there.
PORTS = (1024, 65535)
TIMEOUTS = (1, 30)
MINUTES = (1, 1440)
# Where terminals may be: private networks, of a shop or a VPN between them.
PRIVATE_NETWORKS = "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"

# One call, from the first packet to the last. With what is stored afterwards it
# stays well below the two minutes after which a worker is ended.
CALL_SECONDS = 60
# Called at the same time; while one hangs the others are heard.
ABREAST = 8
COMMANDS_A_CALL = 100
# A whole memory has a few MB.
MOST_BYTES = 64 * 1024 * 1024
STORE_BATCH = 2000
# As many punches on it as before: nothing new. It is looked at all the same after
# so many hours, for a memory that was cleared or runs round.
TRUST_COUNT_HOURS = 6
# After failures the pause doubles, up to this.
LONGEST_PAUSE_MINUTES = 120

CODE_LENGTH = 24
NAME_LENGTH = 64
