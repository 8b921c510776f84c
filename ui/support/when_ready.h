#pragma once

#include "core/result.h"

#include <QFuture>
#include <QFutureWatcher>

namespace ui {

/// Calls `fn` on the thread of `context` when the answer is there, or never when `context` dies
/// first. The only way a page waits: QFuture::then asserts in Qt 6.4 when its context is gone.
template <typename T, typename Fn>
void whenReady(QFuture<Result<T>> future, QObject *context, Fn fn)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context, [watcher, fn = std::move(fn)] {
            watcher->deleteLater();
            const bool hasAnswer = watcher->future().resultCount() > 0;
            fn(hasAnswer ? watcher->result()
                         : Result<T>(failure({.code = ErrorCode::ShuttingDown, .detail = {}})));
        });
    watcher->setFuture(std::move(future));
}

} // namespace ui
