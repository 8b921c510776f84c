#include "report.h"

#include <QLocale>

#include <algorithm>
#include <cstdio>

namespace benchmarks {

namespace {

bool isMet(const Bound &bound, double value)
{
    return bound.side == Bound::Side::AtLeast ? value >= bound.value : value <= bound.value;
}

QString number(double value)
{
    return QLocale::c().toString(value, 'f', value < 100 ? 2 : 0);
}

QString words(const std::optional<Bound> &bound)
{
    if (!bound)
        return QStringLiteral("-");
    return (bound->side == Bound::Side::AtLeast ? QStringLiteral(">= ") : QStringLiteral("<= ")) +
           number(bound->value);
}

QString verdict(const Figure &figure)
{
    if (!figure.target)
        return {};
    return isMet(*figure.target, figure.value) ? QStringLiteral("met") : QStringLiteral("MISSED");
}

void printRow(const QString &what, const QString &measured, const QString &value,
              const QString &target, const QString &met, const QString &goal)
{
    std::printf("%-46s %12s %12s %10s %-7s %10s\n", qUtf8Printable(what), qUtf8Printable(measured),
                qUtf8Printable(value), qUtf8Printable(target), qUtf8Printable(met),
                qUtf8Printable(goal));
}

} // namespace

int Report::print(const QString &title) const
{
    std::printf("\n%s\n", qUtf8Printable(title));
    printRow(QStringLiteral("figure"), QStringLiteral("measured"), QStringLiteral("compared"),
             QStringLiteral("target"), {}, QStringLiteral("goal"));
    int missed = 0;
    for (const Figure &figure : m_figures) {
        const QString value =
            figure.unit.isEmpty() ? QString() : number(figure.value) + u' ' + figure.unit;
        printRow(figure.what, figure.measured, value, words(figure.target), verdict(figure),
                 words(figure.goal));
        missed += figure.target && !isMet(*figure.target, figure.value) ? 1 : 0;
    }
    std::fflush(stdout);
    return missed;
}

QString perSecond(double rate)
{
    return QLocale(QLocale::English).toString(qRound64(rate)) + QStringLiteral("/s");
}

double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        qFatal("nothing was measured");
    std::sort(values.begin(), values.end());
    const auto index = static_cast<size_t>(share * static_cast<double>(values.size()));
    return values[std::min(index, values.size() - 1)];
}

} // namespace benchmarks
