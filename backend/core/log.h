#pragma once

#include <QLoggingCategory>

#include <functional>

namespace core {

enum class LogFormat {
    Text,      // 2026-11-22T17:04:05.123456Z info ledger: transfer made 42
    JsonLines, // {"time":...,"level":"info","category":"ledger","message":"..."}
};

/// Sends every qInfo/qCWarning/... to standard error, one line each, with secrets and phone numbers
/// masked. Call once, first thing in main.
void installLog(LogFormat format);

/// Who is told of each critical line, masked as the log has it; an empty one ends it. Called on
/// the thread that logs, so it must not block and not log anything critical.
void onCriticalLine(std::function<void(const QString &category, const QString &words)> told);

/// A value that must never be seen in a log, whatever text it stands in. Shorter than 6 characters
/// is ignored.
void hideInLog(const QString &secret);

/// What a log line shows of `text`: registered secrets, bot tokens, bearer tokens, DynoPay hook
/// paths and phone numbers replaced.
[[nodiscard]] QString maskedForLog(const QString &text);

} // namespace core
