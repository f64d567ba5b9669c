"""How a terminal describes itself: handshake, INFO and its parameters."""

from __future__ import annotations

from .quirks import Quirks

FIRMWARE = "Ver 8.0.4.3-20201208"
OLD_FIRMWARE = "Ver 6.60 Jun 16 2014"


def handshake_parameters(quirks: Quirks) -> list[tuple[str, str]]:
    """The handshake's parameters after the serial number, in order."""
    parameters = [("options", "all")]
    if quirks.is_old:
        return parameters
    parameters += [("language", str(quirks.language)), ("pushver", quirks.push_version)]
    if quirks.device_type:
        parameters.append(("DeviceType", quirks.device_type))
    parameters.append(("PushOptionsFlag", "1"))
    if quirks.communication_key and not quirks.communication_key_on_all:
        parameters.append(("pushcommkey", quirks.communication_key))
    return parameters


def _counts(device) -> dict[str, int]:
    log = device.log
    return {
        "users": len(log.users),
        "fingers": len(log.templates_of("FINGERTMP")),
        "punches": len(log.punches),
        "faces": len({key[1] for key in log.templates_of("FACE")}),
        "pictures": len(log.templates_of("USERPIC")),
        "cards": sum(1 for user in log.users.values() if user.get("Card")),
    }


def information(device) -> dict[str, str]:
    """What ``INFO`` and ``GET OPTION`` tell; read-only keys start with ``~``.

    Capacities are in the family's units: users by hundred, punches by ten
    thousand.
    """
    count, quirks = _counts(device), device.quirks
    return {
        "~DeviceName": "Simulated terminal",
        "~SerialNumber": device.serial,
        "FirmVer": OLD_FIRMWARE if quirks.is_old else FIRMWARE,
        "MAC": "00:17:61:00:00:01",
        "TransactionCount": str(count["punches"]),
        "~MaxAttLogCount": "20",
        "UserCount": str(count["users"]),
        "~MaxUserCount": str(quirks.max_users // 100),
        "FPCount": str(count["fingers"]),
        "FPVersion": dict(quirks.biodata_versions).get("1", "10"),
        "FaceCount": str(count["faces"]),
        "IPAddress": "127.0.0.1",
        "MultiBioDataSupport": "0:1:0:0:0:0:0:0:0:1",
        "MultiBioPhotoSupport": "0:0:0:0:0:0:0:0:0:1",
        "MultiBioVersion": "0:10.0:0:0:0:0:0:0:0:39.1",
    }


def parameter_body(device) -> bytes:
    """The one long line of ``table=options``."""
    pairs = {**information(device), **device.log.values}
    return ",".join(f"{key}={value}" for key, value in pairs.items()).encode()


def info_text(device) -> str:
    """The positional INFO of a poll, cut to what the firmware knows."""
    count, quirks = _counts(device), device.quirks
    fields = (
        OLD_FIRMWARE if quirks.is_old else FIRMWARE,
        count["users"],
        count["fingers"],
        count["punches"],
        "127.0.0.1",
        10,
        7,
        12,
        count["faces"],
        "11100",
        count["cards"],
        count["pictures"],
        0,
    )
    return ",".join(str(field) for field in fields[: quirks.info_fields])
