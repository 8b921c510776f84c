#include "core/log.h"

#include "core/clock.h"
#include "core/json.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>

namespace core {

namespace {

constexpr qsizetype kSecretCharactersMin = 6;

std::atomic<LogFormat> g_format = LogFormat::Text;
std::mutex g_secretsMutex;
QStringList g_secrets;
std::mutex g_criticalMutex;
std::function<void(const QString &, const QString &)> g_onCritical;

struct Mask {
    QRegularExpression pattern;
    QString replacement;
};

const QList<Mask> &masks()
{
    static const QList<Mask> all = {
        {QRegularExpression(QStringLiteral("\\d{4,}:[A-Za-z0-9_-]{20,}")),
         QStringLiteral("[bot token]")},
        {QRegularExpression(QStringLiteral("(/webhooks/dynopay/)[^\\s\"'?]+")),
         QStringLiteral("\\1[token]")},
        {QRegularExpression(QStringLiteral("(?i)(bearer\\s+)[^\\s\"']+")),
         QStringLiteral("\\1[token]")},
        {QRegularExpression(QStringLiteral("(://[^/\\s:@]*:)[^\\s]+@")),
         QStringLiteral("\\1[password]@")},
        {QRegularExpression(QStringLiteral("(?i)(password\\s*=\\s*)('[^']*'|[^\\s&]+)")),
         QStringLiteral("\\1[password]")},
        {QRegularExpression(QStringLiteral("\\+\\d[\\d ().-]{5,17}\\d")),
         QStringLiteral("[phone]")},
    };
    return all;
}

QLatin1String levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return QLatin1String("debug");
    case QtInfoMsg: return QLatin1String("info");
    case QtWarningMsg: return QLatin1String("warning");
    case QtCriticalMsg: return QLatin1String("critical");
    case QtFatalMsg: return QLatin1String("fatal");
    }
    return QLatin1String("info");
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QString time = toIso(SystemClock().now());
    const QString category = QString::fromLatin1(context.category ? context.category : "default");
    const QString masked = maskedForLog(message);
    QByteArray line;
    if (g_format == LogFormat::JsonLines) {
        line = toBytes({{"time", time},
                        {"level", QString(levelName(type))},
                        {"category", category},
                        {"message", masked}});
    } else {
        line = (time + u' ' + levelName(type) + u' ' + category + QStringLiteral(": ") + masked)
                   .toUtf8();
        line.replace('\r', "\\r")
            .replace('\n', "\\n"); // one line each, or a message could forge another
    }
    line += '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
    if (type == QtCriticalMsg) {
        const std::scoped_lock locker(g_criticalMutex);
        if (g_onCritical)
            g_onCritical(category, masked);
    }
}

} // namespace

void installLog(LogFormat format)
{
    g_format = format;
    qInstallMessageHandler(writeLine);
}

void onCriticalLine(std::function<void(const QString &category, const QString &words)> told)
{
    const std::scoped_lock locker(g_criticalMutex);
    g_onCritical = std::move(told);
}

void hideInLog(const QString &secret)
{
    if (secret.size() < kSecretCharactersMin)
        return;
    const std::scoped_lock locker(g_secretsMutex);
    if (g_secrets.contains(secret))
        return;
    // Longest first: a secret that another begins with must not leave the other's rest to be seen.
    g_secrets.append(secret);
    std::stable_sort(
        g_secrets.begin(), g_secrets.end(),
        [](const QString &left, const QString &right) { return left.size() > right.size(); });
}

QString maskedForLog(const QString &text)
{
    QString masked = text;
    {
        const std::scoped_lock locker(g_secretsMutex);
        for (const QString &secret : std::as_const(g_secrets))
            masked.replace(secret, QStringLiteral("[secret]"));
    }
    for (const Mask &mask : masks())
        masked.replace(mask.pattern, mask.replacement);
    return masked;
}

} // namespace core
