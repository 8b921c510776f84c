#include "delivery/http_types.h"

#include <algorithm>

namespace delivery {

namespace {

bool isLine(const QByteArray &text)
{
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<uchar>(c) < 0x20 || c == 0x7f; });
}

QByteArray hostOf(const QUrl &url)
{
    const QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    const QByteArray bracketed = host.contains(':') ? '[' + host + ']' : host;
    return url.port() < 0 ? bracketed : bracketed + ':' + QByteArray::number(url.port());
}

} // namespace

QByteArray originOf(const QUrl &url)
{
    const bool isTls = url.scheme() == QLatin1String("https");
    return url.scheme().toLatin1() + "://" + url.host(QUrl::FullyEncoded).toLatin1() + ':' +
           QByteArray::number(url.port(isTls ? 443 : 80));
}

std::optional<QByteArray> toWire(const HttpRequest &request)
{
    if (!request.url.isValid() || request.url.host().isEmpty() || !isLine(request.verb))
        return std::nullopt;
    const QByteArray target =
        request.url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    QByteArray bytes = request.verb + ' ' + (target.isEmpty() ? "/" : target) +
                       " HTTP/1.1\r\nHost: " + hostOf(request.url) +
                       "\r\nUser-Agent: speechcad\r\nAccept: application/json\r\n";
    for (const auto &[name, value] : request.headers) {
        if (!isLine(name) || !isLine(value))
            return std::nullopt;
        bytes += name + ": " + value + "\r\n";
    }
    if (!request.body.isEmpty() || request.verb == "POST")
        bytes += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n";
    return bytes + "\r\n" + request.body;
}

QUrl below(const QUrl &base, const QByteArray &path)
{
    QByteArray text =
        base.toEncoded(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment);
    while (text.endsWith('/'))
        text.chop(1);
    return QUrl::fromEncoded(text + path, QUrl::StrictMode);
}

} // namespace delivery
