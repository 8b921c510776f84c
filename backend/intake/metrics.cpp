#include "intake/metrics.h"

#include <QFile>

#include <unistd.h>

namespace intake {

namespace {

QByteArray typeName(MetricType type)
{
    switch (type) {
    case MetricType::Counter: return "counter";
    case MetricType::Gauge: return "gauge";
    case MetricType::Histogram: return "histogram";
    }
    Q_UNREACHABLE();
}

QByteArray labelText(const QList<Label> &labels)
{
    QByteArrayList parts;
    for (const Label &label : labels) {
        QByteArray value = label.value;
        value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        parts.append(label.name + "=\"" + value + '"');
    }
    return parts.isEmpty() ? QByteArray() : '{' + parts.join(',') + '}';
}

} // namespace

Metric counter(const QByteArray &name, const QByteArray &help, double value)
{
    return {.name = name, .help = help, .type = MetricType::Counter, .samples = {{.value = value}}};
}

Metric gauge(const QByteArray &name, const QByteArray &help, double value)
{
    return {.name = name, .help = help, .type = MetricType::Gauge, .samples = {{.value = value}}};
}

QByteArray prometheusText(const QList<Metric> &metrics)
{
    QByteArray text;
    for (const Metric &metric : metrics) {
        text += "# HELP " + metric.name + ' ' + metric.help + '\n';
        text += "# TYPE " + metric.name + ' ' + typeName(metric.type) + '\n';
        for (const Sample &sample : metric.samples)
            text += metric.name + sample.suffix + labelText(sample.labels) + ' ' +
                    QByteArray::number(sample.value, 'g', 15) + '\n';
    }
    return text;
}

Metric residentMemory()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    qint64 pages = 0;
    if (file.open(QIODevice::ReadOnly))
        pages = file.readAll().split(' ').value(1).toLongLong();
    return gauge("process_resident_memory_bytes", "Resident memory size in bytes.",
                 static_cast<double>(pages * ::sysconf(_SC_PAGESIZE)));
}

void DurationHistogram::add(std::chrono::nanoseconds duration)
{
    size_t bucket = 0;
    while (bucket < kBucketsMs.size() && duration > std::chrono::milliseconds(kBucketsMs[bucket]))
        ++bucket;
    ++m_counts[bucket];
    m_sumMicros += std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

Metric DurationHistogram::metric(const QByteArray &name, const QByteArray &help) const
{
    Metric metric{.name = name, .help = help, .type = MetricType::Histogram};
    qint64 total = 0;
    for (size_t i = 0; i < m_counts.size(); ++i) {
        total += m_counts[i];
        const QByteArray bound =
            i < kBucketsMs.size() ? QByteArray::number(kBucketsMs[i]) : QByteArray("+Inf");
        metric.samples.push_back({.value = static_cast<double>(total),
                                  .labels = {{.name = "le", .value = bound}},
                                  .suffix = "_bucket"});
    }
    metric.samples.push_back({.value = static_cast<double>(m_sumMicros) / 1000, .suffix = "_sum"});
    metric.samples.push_back({.value = static_cast<double>(total), .suffix = "_count"});
    return metric;
}

} // namespace intake
