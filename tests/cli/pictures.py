"""Pictures for tests: those of dataset/small (tests/plugins/small.cpp) by its formula, and PNG files."""
import struct
import zlib


def small_image(item):
    """The rows of image `item` of any split of dataset/small: 8 x 8 bytes."""
    def pixel(row, column):
        noise = (item * 64 + row * 8 + column) * 7919 % 101
        return noise + (100 if (column >= 4) == (item % 2 == 1) else 0)
    return [bytes(pixel(row, column) for column in range(8)) for row in range(8)]


def png(rows, channels=1):
    """The bytes of a PNG file: 8 bits, grey or RGB."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", len(rows[0]) // channels, len(rows), 8, {1: 0, 3: 2}[channels], 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + \
        chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))) + chunk(b"IEND", b"")


def read_npy(file):
    """(type, shape, bytes) of a .npy file."""
    import ast
    data = file.read_bytes()
    assert data.startswith(b"\x93NUMPY\x01\x00"), data[:8]
    length = struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10:10 + length].decode())
    assert not header["fortran_order"]
    return header["descr"], header["shape"], data[10 + length:]
