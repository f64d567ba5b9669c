"""Parts of a file that are packed one by one and put into a ZIP file later.

A part ends on the border of a byte and refers to nothing before it, so that parts can
be laid one after the other. Packing is most of the work of a large file; this way none
of it is left for the end.
"""

import shutil
import zipfile
import zlib

COPY_BYTES = 1 << 20
# Rows of a sheet repeat themselves so much that more effort gains nothing.
LEVEL = 4
# The last of the parts: a block with nothing in it.
END = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS).flush()


def pack(raw):
    """The bytes of a part."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH)


def unpack(part):
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(part)


class Checked:
    """What is known of a file's content: its length, packed and not, and its sum."""

    def __init__(self):
        self.crc = self.size = self.packed = 0

    def add(self, part):
        raw = unpack(part)
        self.crc = zlib.crc32(raw, self.crc)
        self.size += len(raw)
        self.packed += len(part)


def write_packed(archive, name, parts):
    """Put a file that is packed in parts into a ZIP file.

    :param archive: a ``zipfile.ZipFile`` that is being written.
    :param parts: a function that gives the parts anew each time.
    """
    known = Checked()
    for part in parts():
        known.add(part)
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.CRC, entry.file_size = known.crc, known.size
    entry.compress_size = known.packed + len(END)
    entry.header_offset = archive.fp.tell()
    archive.fp.write(entry.FileHeader())
    for part in parts():
        archive.fp.write(part)
    archive.fp.write(END)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(entry)
    archive.NameToInfo[name] = entry


def copy_entry(source, entry, archive):
    """Take over a file of another ZIP file as it is."""
    with source.open(entry) as text, archive.open(entry.filename, "w") as target:
        shutil.copyfileobj(text, target, COPY_BYTES)
