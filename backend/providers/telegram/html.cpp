#include "providers/telegram/html.h"

#include <QHash>

#include <algorithm>

namespace providers::telegram {

namespace {

/// HTML tag -> entity type. `a`, `span` and `code` inside `pre` are told apart where they are read.
const QHash<QString, QString> &entityTypes()
{
    static const QHash<QString, QString> all = {
        {QStringLiteral("b"), QStringLiteral("bold")},
        {QStringLiteral("strong"), QStringLiteral("bold")},
        {QStringLiteral("i"), QStringLiteral("italic")},
        {QStringLiteral("em"), QStringLiteral("italic")},
        {QStringLiteral("u"), QStringLiteral("underline")},
        {QStringLiteral("ins"), QStringLiteral("underline")},
        {QStringLiteral("s"), QStringLiteral("strikethrough")},
        {QStringLiteral("strike"), QStringLiteral("strikethrough")},
        {QStringLiteral("del"), QStringLiteral("strikethrough")},
        {QStringLiteral("span"), QStringLiteral("spoiler")},
        {QStringLiteral("tg-spoiler"), QStringLiteral("spoiler")},
        {QStringLiteral("a"), QStringLiteral("text_link")},
        {QStringLiteral("code"), QStringLiteral("code")},
        {QStringLiteral("pre"), QStringLiteral("pre")},
        {QStringLiteral("blockquote"), QStringLiteral("blockquote")},
        {QStringLiteral("tg-emoji"), QStringLiteral("custom_emoji")},
    };
    return all;
}

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
}

/// One pass from left to right; what is open is a stack.
class Parser {
public:
    explicit Parser(QStringView html)
        : m_html(html)
    {
    }

    Result<FormattedText> run()
    {
        while (m_at < m_html.size() && m_problem.isEmpty()) {
            if (m_html[m_at] == u'&')
                readReference();
            else if (m_html[m_at] != u'<')
                m_result.text += m_html[m_at++];
            else if (m_html.mid(m_at + 1).startsWith(u'/'))
                readEndTag();
            else
                readStartTag();
        }
        if (m_problem.isEmpty() && !m_open.isEmpty())
            m_problem = QStringLiteral("Can't find end tag corresponding to start tag \"%1\"")
                            .arg(m_open.last().tag);
        if (!m_problem.isEmpty())
            return failure({.code = ErrorCode::BadInput, .detail = m_problem});
        // The order of the Bot API: by place, and what encloses before what is inside.
        std::stable_sort(m_result.entities.begin(), m_result.entities.end(),
                         [](const Entity &left, const Entity &right) {
                             return left.offset != right.offset ? left.offset < right.offset
                                                                : left.length > right.length;
                         });
        return std::move(m_result);
    }

private:
    struct Open {
        QString tag;
        qsizetype offset = 0;
        QString url;
    };

    void fail(const QString &what) { m_problem = what; }

    QString byteOffset(qsizetype at) const
    {
        return QString::number(m_html.left(at).toUtf8().size());
    }

    /// "&lt;" or a number; anything else is an ordinary "&".
    void readReference()
    {
        const qsizetype end = m_html.indexOf(u';', m_at);
        const QStringView body = end < 0 ? QStringView() : m_html.mid(m_at + 1, end - m_at - 1);
        const QString meaning = body.size() > 8 ? QString() : meaningOf(body);
        m_result.text += meaning.isEmpty() ? QStringLiteral("&") : meaning;
        m_at = meaning.isEmpty() ? m_at + 1 : end + 1;
    }

    static QString meaningOf(QStringView reference)
    {
        if (reference == u"lt")
            return QStringLiteral("<");
        if (reference == u"gt")
            return QStringLiteral(">");
        if (reference == u"amp")
            return QStringLiteral("&");
        if (reference == u"quot")
            return QStringLiteral("\"");
        if (!reference.startsWith(u'#'))
            return {};
        const bool isHex = reference.mid(1).startsWith(u'x');
        bool ok = false;
        const uint number = reference.mid(isHex ? 2 : 1).toUInt(&ok, isHex ? 16 : 10);
        if (!ok || number == 0 || number > QChar::LastValidCodePoint || QChar::isSurrogate(number))
            return {};
        const char32_t point = number;
        return QString::fromUcs4(&point, 1);
    }

    QString readName()
    {
        const qsizetype begin = m_at;
        while (m_at < m_html.size() && !isSpace(m_html[m_at]) && m_html[m_at] != u'>')
            ++m_at;
        return m_html.mid(begin, m_at - begin).toString().toLower();
    }

    void readStartTag()
    {
        const qsizetype begin = m_at++;
        const QString tag = readName();
        if (!entityTypes().contains(tag))
            return fail(QStringLiteral("Unsupported start tag \"%1\" at byte offset %2")
                            .arg(tag, byteOffset(begin)));
        Open open{.tag = tag, .offset = m_result.text.size(), .url = {}};
        while (m_at < m_html.size() && m_html[m_at] != u'>') {
            if (isSpace(m_html[m_at]))
                ++m_at;
            else if (!readAttribute(open))
                return fail(
                    QStringLiteral("Unclosed start tag at byte offset %1").arg(byteOffset(begin)));
        }
        if (m_at == m_html.size())
            return fail(
                QStringLiteral("Unclosed start tag at byte offset %1").arg(byteOffset(begin)));
        ++m_at;
        m_open.append(open);
    }

    /// name="value", name='value' or a bare name; only the address of a link is kept.
    bool readAttribute(Open &open)
    {
        const qsizetype begin = m_at;
        while (m_at < m_html.size() && !isSpace(m_html[m_at]) && m_html[m_at] != u'=' &&
               m_html[m_at] != u'>')
            ++m_at;
        const QString name = m_html.mid(begin, m_at - begin).toString().toLower();
        if (m_at == m_html.size() || m_html[m_at] != u'=')
            return m_at > begin;
        ++m_at;
        if (m_at == m_html.size() || (m_html[m_at] != u'"' && m_html[m_at] != u'\''))
            return false;
        const qsizetype end = m_html.indexOf(m_html[m_at], m_at + 1);
        if (end < 0)
            return false;
        if (open.tag == QLatin1String("a") && name == QLatin1String("href"))
            open.url = unescaped(m_html.mid(m_at + 1, end - m_at - 1));
        m_at = end + 1;
        return true;
    }

    static QString unescaped(QStringView value)
    {
        Parser parser(value);
        while (parser.m_at < value.size()) {
            if (value[parser.m_at] == u'&')
                parser.readReference();
            else
                parser.m_result.text += value[parser.m_at++];
        }
        return parser.m_result.text;
    }

    void readEndTag()
    {
        const qsizetype begin = m_at;
        m_at += 2;
        const QString tag = readName();
        while (m_at < m_html.size() && isSpace(m_html[m_at]))
            ++m_at;
        if (m_at == m_html.size() || m_html[m_at] != u'>')
            return fail(
                QStringLiteral("Unclosed end tag at byte offset %1").arg(byteOffset(begin)));
        ++m_at;
        if (m_open.isEmpty())
            return fail(
                QStringLiteral("Unexpected end tag at byte offset %1").arg(byteOffset(begin)));
        const Open open = m_open.takeLast();
        if (!tag.isEmpty() && tag != open.tag)
            return fail(
                QStringLiteral(
                    "Unmatched end tag at byte offset %1, expected \"</%2>\", found \"</%3>\"")
                    .arg(byteOffset(begin), open.tag, tag));
        close(open);
    }

    void close(const Open &open)
    {
        const qsizetype length = m_result.text.size() - open.offset;
        const bool isDeadLink = open.tag == QLatin1String("a") && open.url.isEmpty();
        if (length == 0 || isDeadLink)
            return;
        m_result.entities.append({.type = entityTypes().value(open.tag),
                                  .offset = open.offset,
                                  .length = length,
                                  .url = open.url});
    }

    QStringView m_html;
    qsizetype m_at = 0;
    QString m_problem;
    QList<Open> m_open;
    FormattedText m_result;
};

} // namespace

QString escapeHtml(QStringView text)
{
    QString escaped;
    escaped.reserve(text.size());
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'<': escaped += QLatin1String("&lt;"); break;
        case u'>': escaped += QLatin1String("&gt;"); break;
        case u'&': escaped += QLatin1String("&amp;"); break;
        case u'"': escaped += QLatin1String("&quot;"); break;
        default: escaped += c;
        }
    }
    return escaped;
}

Result<FormattedText> parseHtml(QStringView html)
{
    return Parser(html).run();
}

} // namespace providers::telegram
