#pragma once

#include <QApplication>

namespace benchmarks {

/// Knows how long the longest event of the window's thread took, with all that it led to.
class TimedApplication final : public QApplication {
public:
    using QApplication::QApplication;

    struct Longest {
        double ms = 0;
        double processorMs = 0; // of it, what this thread itself computed: the rest was waiting
        QString what;           // receiver and type
    };
    /// Since the last time it was asked.
    [[nodiscard]] Longest takeLongest() { return std::exchange(m_longest, {}); }

    bool notify(QObject *receiver, QEvent *event) override;

private:
    Longest m_longest;
    int m_depth = 0;
};

} // namespace benchmarks
