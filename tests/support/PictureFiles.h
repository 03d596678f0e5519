// Contents of small picture files that ask for much: what a reader must refuse before it pays for it.
#pragma once

#include "support/Files.h"

#include <QByteArray>
#include <QtEndian>
#include <initializer_list>
#include <string_view>
#include <zlib.h>

namespace test
{

template<typename Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

template<typename Number>
QByteArray littleEndian(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

inline QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

inline QByteArray deflated(const QByteArray& bytes)
{
    return qCompress(bytes, 9).mid(4); // which Qt begins with the length
}

inline QByteArray pngChunk(const QByteArray& type, const QByteArray& data)
{
    const QByteArray checked = type + data;
    const auto sum = static_cast<quint32>(
        crc32(0, reinterpret_cast<const Bytef*>(checked.constData()), static_cast<uInt>(checked.size())));
    return bigEndian(static_cast<quint32>(data.size())) + checked + bigEndian(sum);
}

/// Black; `bits` per gray pixel. Its pixels are there if `hasPixels`.
inline QByteArray grayPng(quint32 side, char bits, bool isInterlaced, bool hasPixels,
                          const QByteArray& before = {})
{
    const QByteArray header = bigEndian(side) + bigEndian(side) + QByteArray(1, bits) + QByteArray(3, '\0') +
                              QByteArray(1, isInterlaced ? '\1' : '\0');
    const qsizetype row = 1 + (qsizetype(side) * bits + 7) / 8;
    return bytesOf("\x89PNG\r\n\x1a\n") + pngChunk("IHDR", header) + before +
           pngChunk("IDAT", deflated(hasPixels ? QByteArray(row * side, '\0') : QByteArray())) +
           pngChunk("IEND", {});
}

/// 35 bytes: one frame of two pixels on a screen of any size.
inline QByteArray gif(quint16 screen, quint16 frame)
{
    using namespace std::string_view_literals;
    return "GIF89a" + littleEndian(screen) + littleEndian(screen) + bytesOf("\x80\0\0\0\0\0\xff\xff\xff,"sv) +
           bytesOf("\0\0\0\0"sv) + littleEndian(frame) + littleEndian(frame) +
           bytesOf("\0\x02\x02\x4c\x01\0;"sv);
}

inline QByteArray jpegSegment(char marker, const QByteArray& data)
{
    return QByteArray("\xff") + QByteArray(1, marker) + bigEndian(static_cast<quint16>(data.size() + 2)) +
           data;
}

/// Gray in all of its `components`. Progressive if it has several scans, of which the first holds pixels.
inline QByteArray jpeg(quint16 side, int components, bool isProgressive, int scans,
                       const QByteArray& metadata = {})
{
    const auto byte = [](int value) { return QByteArray(1, static_cast<char>(value)); };
    QByteArray frame = byte(8) + bigEndian(side) + bigEndian(side) + byte(components);
    QByteArray parts = byte(components);
    for (int c = 1; c <= components; ++c) {
        frame += byte(c) + byte(0x11) + byte(0);
        parts += byte(c) + byte(0);
    }
    QByteArray content = "\xff\xd8" + metadata + jpegSegment('\xdb', byte(0) + QByteArray(64, '\1')) +
                         jpegSegment(static_cast<char>(isProgressive ? 0xc2 : 0xc0), frame);
    for (const int table : {0x00, 0x10})
        content += jpegSegment('\xc4', byte(table) + byte(1) + QByteArray(16, '\0'));
    for (int scan = 0; scan < scans; ++scan) // of the differences of DC alone, if progressive
        content += jpegSegment('\xda', parts + byte(0) + byte(isProgressive ? 0 : 63) + byte(0)) +
                   QByteArray(64, '\0');
    return content + "\xff\xd9";
}

} // namespace test
