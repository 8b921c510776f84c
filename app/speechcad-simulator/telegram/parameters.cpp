#include "parameters.h"

#include <QUrlQuery>

namespace simulator {

namespace {

/// `name="..."` of a Content-Disposition; there need not be a blank before it.
QByteArray quotedAfter(const QByteArray &text, const QByteArray &key)
{
    for (const QByteArray &before : {QByteArray("; "), QByteArray(";")}) {
        const QByteArray start = before + key + "=\"";
        const qsizetype at = text.indexOf(start);
        if (at < 0)
            continue;
        const qsizetype from = at + start.size();
        return text.mid(from, text.indexOf('"', from) - from);
    }
    return {};
}

QByteArray fieldOf(const QByteArray &head, const QByteArray &name)
{
    for (const QByteArray &line : head.split('\n')) {
        if (line.toLower().startsWith(name + ':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

} // namespace

Result<Parameters> Parameters::read(const http::Request &request)
{
    Parameters parameters;
    parameters.readForm(request.query);
    if (const auto read = parameters.readBody(request); !read)
        return failure(read.error());
    return parameters;
}

Parameters Parameters::of(Json values)
{
    Parameters parameters;
    parameters.m_values = std::move(values);
    return parameters;
}

Result<void> Parameters::readBody(const http::Request &request)
{
    if (request.body.isEmpty())
        return {};
    const QByteArray type = request.header("Content-Type");
    if (type.startsWith("application/json")) {
        Json body = Json::parse(request.body.cbegin(), request.body.cend(), nullptr, false);
        if (!body.is_object())
            return failure(
                {.code = ErrorCode::BadInput, .detail = QStringLiteral("can't parse JSON object")});
        if (m_values.empty())
            m_values = std::move(body);
        else
            m_values.update(body);
    } else if (type.startsWith("application/x-www-form-urlencoded")) {
        readForm(request.body);
    } else if (type.startsWith("multipart/form-data")) {
        const qsizetype at = type.indexOf("boundary=");
        if (at < 0)
            return failure(
                {.code = ErrorCode::BadInput, .detail = QStringLiteral("boundary not found")});
        readMultipart(request.body, type.mid(at + 9).split(';').front().replace('"', ""));
    } else {
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("unsupported Content-Type of the body")});
    }
    return {};
}

void Parameters::readForm(const QByteArray &form)
{
    if (form.isEmpty())
        return;
    for (const QByteArray &pair : form.split('&')) {
        QByteArray decoded = pair;
        decoded.replace('+', ' ');
        const qsizetype equals = decoded.indexOf('=');
        const QByteArray name = QByteArray::fromPercentEncoding(decoded.left(equals));
        const QByteArray value =
            equals < 0 ? QByteArray() : QByteArray::fromPercentEncoding(decoded.mid(equals + 1));
        m_values[name.toStdString()] = value.toStdString();
    }
}

void Parameters::readMultipart(const QByteArray &body, const QByteArray &boundary)
{
    const QByteArray delimiter = "--" + boundary;
    qsizetype at = body.indexOf(delimiter);
    while (at >= 0) {
        const qsizetype from = at + delimiter.size();
        const qsizetype next = body.indexOf("\r\n" + delimiter, from);
        if (next < 0)
            return;
        readPart(body.mid(from + 2, next - from - 2));
        at = next + 2;
    }
}

void Parameters::readPart(const QByteArray &part)
{
    const qsizetype end = part.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = part.left(end);
    const QByteArray content = part.mid(end + 4);
    const QByteArray disposition = fieldOf(head, "content-disposition");
    const QByteArray name = quotedAfter(disposition, "name");
    if (disposition.contains("filename"))
        m_files.insert(QString::fromUtf8(name),
                       {QString::fromUtf8(quotedAfter(disposition, "filename")),
                        fieldOf(head, "content-type"), content});
    else
        m_values[name.toStdString()] = content.toStdString();
}

bool Parameters::has(const char *name) const
{
    return core::member(m_values, name) != nullptr;
}

QString Parameters::text(const char *name) const
{
    return core::numberText(m_values, name).value_or(QString());
}

std::optional<qint64> Parameters::integer(const char *name) const
{
    return core::integerMember(m_values, name);
}

bool Parameters::boolean(const char *name) const
{
    const Json *value = core::member(m_values, name);
    if (!value)
        return false;
    if (value->is_boolean())
        return value->get<bool>();
    const QString written = text(name).toLower();
    return written == u"true" || written == u"1" || written == u"yes";
}

Json Parameters::structure(const char *name) const
{
    const Json *value = core::member(m_values, name);
    if (!value)
        return nullptr;
    if (!value->is_string())
        return *value;
    const std::string &written = value->get_ref<const std::string &>();
    return written.empty() ? Json(nullptr) : Json::parse(written, nullptr, false);
}

const UploadedFile *Parameters::file(const QString &name) const
{
    const auto found = m_files.constFind(name);
    return found == m_files.cend() ? nullptr : &*found;
}

Json Parameters::forLog() const
{
    Json copy = m_values;
    if (copy.contains("secret_token"))
        copy["secret_token"] = "(hidden)";
    for (auto file = m_files.cbegin(); file != m_files.cend(); ++file)
        copy[file.key().toStdString()] = {{"file_name", file->fileName},
                                          {"bytes", file->bytes.size()}};
    return copy;
}

} // namespace simulator
