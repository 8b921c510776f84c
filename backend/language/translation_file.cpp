#include "language/translation_file.h"

#include "language/languages.h"
#include "language/resources.h"

#include <QFile>
#include <QXmlStreamReader>

#include <algorithm>

namespace language {

namespace {

tl::unexpected<Error> bad(const QString &detail)
{
    return failure({.code = ErrorCode::BadInput, .detail = detail});
}

/// Returns whether the text is still in use.
bool readTranslation(QXmlStreamReader &xml, Message &message)
{
    const auto type = xml.attributes().value(QLatin1String("type"));
    message.isFinished = type.isEmpty();
    if (!message.isPlural) {
        message.forms = {xml.readElementText()};
    } else {
        while (xml.readNextStartElement())
            message.forms << xml.readElementText();
    }
    return type != u"vanished" && type != u"obsolete";
}

void readMessage(QXmlStreamReader &xml, std::vector<Message> &messages)
{
    Message message;
    message.key = xml.attributes().value(QLatin1String("id")).toString();
    message.isPlural = xml.attributes().value(QLatin1String("numerus")) == u"yes";
    bool isInUse = true;
    while (xml.readNextStartElement()) {
        if (xml.name() == u"source")
            message.source = xml.readElementText();
        else if (xml.name() == u"translation")
            isInUse = readTranslation(xml, message);
        else
            xml.skipCurrentElement();
    }
    if (isInUse)
        messages.push_back(std::move(message));
}

void readContext(QXmlStreamReader &xml, std::vector<Message> &messages)
{
    while (xml.readNextStartElement()) {
        if (xml.name() == u"message")
            readMessage(xml, messages);
        else
            xml.skipCurrentElement();
    }
}

} // namespace

const Message *TranslationFile::find(const QString &key) const
{
    const auto found = std::find_if(messages.begin(), messages.end(),
                                    [&key](const Message &each) { return each.key == key; });
    return found == messages.end() ? nullptr : &*found;
}

Result<TranslationFile> readTranslationFile(const QByteArray &bytes)
{
    QXmlStreamReader xml(bytes);
    if (!xml.readNextStartElement() || xml.name() != u"TS")
        return bad(QStringLiteral("not a .ts file"));
    TranslationFile file;
    file.language = normalizedTag(xml.attributes().value(QLatin1String("language")));
    while (xml.readNextStartElement()) {
        if (xml.name() == u"context")
            readContext(xml, file.messages);
        else
            xml.skipCurrentElement();
    }
    if (xml.hasError())
        return bad(QStringLiteral(".ts line %1: %2").arg(xml.lineNumber()).arg(xml.errorString()));
    return file;
}

Result<std::vector<TranslationFile>> embeddedTranslationFiles()
{
    std::vector<TranslationFile> files;
    for (const Language &known : knownLanguages()) {
        QFile file(QStringLiteral("%1/%2.ts").arg(embeddedFolder(), known.tag));
        if (!file.open(QIODevice::ReadOnly))
            return bad(QStringLiteral("%1 is not embedded").arg(file.fileName()));
        Result<TranslationFile> read = readTranslationFile(file.readAll());
        if (!read)
            return failure(read.error());
        files.push_back(std::move(*read));
    }
    return files;
}

} // namespace language
