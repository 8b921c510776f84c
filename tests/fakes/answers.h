#pragma once

#include <QFuture>
#include <QPromise>

#include <memory>

namespace tests {

template <typename T> QFuture<T> ready(T value)
{
    return QtFuture::makeReadyFuture(std::move(value));
}

/// An answer that never comes: whoever asked must do without. A promise that dies finishes its
/// future, so each is kept.
template <typename T> QFuture<T> never()
{
    static QList<std::shared_ptr<QPromise<T>>> kept;
    kept.append(std::make_shared<QPromise<T>>());
    kept.last()->start();
    return kept.last()->future();
}

} // namespace tests
