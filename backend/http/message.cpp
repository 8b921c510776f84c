#include "http/message.h"

namespace http {

QByteArray Request::header(QByteArrayView name) const
{
    for (const Header &header : headers) {
        if (QByteArrayView(header.name).compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

} // namespace http
