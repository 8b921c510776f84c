#include "delivery/qr_picture.h"

#include <QBuffer>
#include <QImage>

#include <algorithm>
#include <memory>

#include <qrencode.h>

namespace delivery {

namespace {

constexpr int kQuietModules = 4;
constexpr int kWidthPixels = 400;

} // namespace

Result<QByteArray> qrPicture(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const bool mayBeCoded = !bytes.isEmpty() && !bytes.contains('\0');
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        mayBeCoded ? QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_M) : nullptr,
        &QRcode_free);
    if (!code)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("no QR code of %1 bytes").arg(bytes.size())});
    const int modules = code->width + 2 * kQuietModules;
    const int scale = std::max(1, kWidthPixels / modules);
    QImage image(modules * scale, modules * scale, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    for (int y = 0; y < code->width * scale; ++y) {
        uchar *line = image.scanLine(y + kQuietModules * scale) + kQuietModules * scale;
        const uchar *row = code->data + y / scale * code->width;
        for (int x = 0; x < code->width * scale; ++x)
            line[x] = row[x / scale] & 1 ? 0x00 : 0xff;
    }
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return failure(
            {.code = ErrorCode::Internal, .detail = QStringLiteral("no PNG writer in this Qt")});
    return png;
}

} // namespace delivery
