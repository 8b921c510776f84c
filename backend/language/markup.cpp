#include "language/markup.h"

#include <QRegularExpression>

namespace language {

namespace {

const QRegularExpression &tagPattern()
{
    static const QRegularExpression pattern(QStringLiteral("<[^<>]*>"));
    return pattern;
}

/// The tags Telegram knows, with the attributes it allows there.
const QRegularExpression &allowedTag()
{
    static const QRegularExpression pattern(QStringLiteral(
        "^<(/?(?:b|strong|i|em|u|ins|s|strike|del|tg-spoiler|code|pre|blockquote|a|span|tg-emoji)"
        "|span class=\"tg-spoiler\"|a href=\"[^\"]+\"|code class=\"language-[^\"]+\""
        "|blockquote expandable|tg-emoji emoji-id=\"\\d+\")>$"));
    return pattern;
}

QString elementName(const QString &tag)
{
    static const QRegularExpression name(QStringLiteral("[a-z-]+"));
    return name.match(tag).captured();
}

std::optional<QString> nestingProblem(const QStringList &tags)
{
    QStringList open;
    for (const QString &tag : tags) {
        if (!allowedTag().match(tag).hasMatch())
            return QStringLiteral("%1 is not a tag that Telegram knows").arg(tag);
        if (!tag.startsWith(QStringLiteral("</"))) {
            open << elementName(tag);
            continue;
        }
        if (open.isEmpty() || open.last() != elementName(tag))
            return QStringLiteral("%1 closes what is not open").arg(tag);
        open.removeLast();
    }
    if (!open.isEmpty())
        return QStringLiteral("<%1> is not closed").arg(open.last());
    return std::nullopt;
}

} // namespace

std::optional<QString> markupProblem(const QString &html)
{
    if (const auto problem = nestingProblem(tagsOf(html)))
        return problem;
    QString rest = html;
    rest.remove(tagPattern());
    static const QRegularExpression entity(
        QStringLiteral("&(lt|gt|amp|quot|#\\d+|#x[0-9a-fA-F]+);"));
    rest.remove(entity);
    static const QRegularExpression bare(QStringLiteral("[<>&]"));
    const QRegularExpressionMatch found = bare.match(rest);
    if (found.hasMatch())
        return QStringLiteral("%1 must be written as an entity").arg(found.captured());
    return std::nullopt;
}

QStringList tagsOf(const QString &html)
{
    QStringList tags;
    QRegularExpressionMatchIterator found = tagPattern().globalMatch(html);
    while (found.hasNext())
        tags << found.next().captured();
    return tags;
}

QString withoutMarkup(const QString &html)
{
    QString text = html;
    text.remove(tagPattern());
    return text.replace(QStringLiteral("&lt;"), QStringLiteral("<"))
        .replace(QStringLiteral("&gt;"), QStringLiteral(">"))
        .replace(QStringLiteral("&quot;"), QStringLiteral("\""))
        .replace(QStringLiteral("&amp;"), QStringLiteral("&"));
}

} // namespace language
