#pragma once

#include <QByteArray>
#include <QList>

#include <array>
#include <atomic>
#include <chrono>

namespace intake {

enum class MetricType {
    Counter,
    Gauge,
    Histogram,
};

struct Label {
    QByteArray name;
    QByteArray value;
};

struct Sample {
    double value = 0;
    QList<Label> labels = {};
    QByteArray suffix = {}; // "_bucket", "_sum" or "_count" of a histogram
};

struct Metric {
    QByteArray name;
    QByteArray help;
    MetricType type = MetricType::Gauge;
    QList<Sample> samples = {};
};

[[nodiscard]] Metric counter(const QByteArray &name, const QByteArray &help, double value);
[[nodiscard]] Metric gauge(const QByteArray &name, const QByteArray &help, double value);

/// Prometheus text format 0.0.4.
[[nodiscard]] QByteArray prometheusText(const QList<Metric> &metrics);
constexpr char kPrometheusContentType[] = "text/plain; version=0.0.4; charset=utf-8";

/// process_resident_memory_bytes of this process.
[[nodiscard]] Metric residentMemory();

/// How long something took, in milliseconds. Any thread may add.
class DurationHistogram {
public:
    void add(std::chrono::nanoseconds duration);
    [[nodiscard]] Metric metric(const QByteArray &name, const QByteArray &help) const;

private:
    static constexpr std::array kBucketsMs{1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000};
    std::array<std::atomic<qint64>, kBucketsMs.size() + 1> m_counts = {}; // the last: longer
    std::atomic<qint64> m_sumMicros = 0;
};

} // namespace intake
