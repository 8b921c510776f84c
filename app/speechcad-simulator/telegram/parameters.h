#pragma once

#include "core/json.h"
#include "http/server.h"

#include <QHash>

namespace simulator {

struct UploadedFile {
    QString fileName;
    QByteArray contentType;
    QByteArray bytes;
};

/// The parameters of one Bot API call, in whichever of the four encodings they came.
class Parameters final {
public:
    /// BadInput: the body cannot be read; the detail is Telegram's text.
    [[nodiscard]] static Result<Parameters> read(const http::Request &request);
    [[nodiscard]] static Parameters of(Json values);

    [[nodiscard]] bool has(const char *name) const;
    /// A number is given as its text, absent as an empty one.
    [[nodiscard]] QString text(const char *name) const;
    [[nodiscard]] std::optional<qint64> integer(const char *name) const;
    [[nodiscard]] bool boolean(const char *name) const;
    /// An object or array, also one written as JSON text. Absent: JSON null; unreadable: discarded.
    [[nodiscard]] Json structure(const char *name) const;
    [[nodiscard]] const UploadedFile *file(const QString &name) const;
    /// For the call log: without the webhook's secret.
    [[nodiscard]] Json forLog() const;

private:
    Result<void> readBody(const http::Request &request);
    void readForm(const QByteArray &form);
    void readMultipart(const QByteArray &body, const QByteArray &boundary);
    void readPart(const QByteArray &part);

    Json m_values = Json::object();
    QHash<QString, UploadedFile> m_files;
};

} // namespace simulator
