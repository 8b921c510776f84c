#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace benchmarks {

struct Bound {
    enum class Side {
        AtLeast,
        AtMost,
    } side = Side::AtLeast;
    double value = 0;
};

[[nodiscard]] inline Bound atLeast(double value)
{
    return {Bound::Side::AtLeast, value};
}
[[nodiscard]] inline Bound atMost(double value)
{
    return {Bound::Side::AtMost, value};
}

struct Figure {
    QString what;
    QString measured;                 // as it was, "21,400/s"
    double value = 0;                 // what the bounds are about
    QString unit;                     // of `value`: "x", "/s", "ms"
    std::optional<Bound> target = {}; // absent: only shown
    std::optional<Bound> goal = {};   // what the architecture wants in the end
};

/// The table of one part.
class Report {
public:
    void add(Figure figure) { m_figures.push_back(std::move(figure)); }
    /// Printed; returns how many targets were missed.
    [[nodiscard]] int print(const QString &title) const;

private:
    std::vector<Figure> m_figures;
};

[[nodiscard]] QString perSecond(double rate);
[[nodiscard]] double median(std::vector<double> values);
/// `share` 0.99: only one of a hundred is above it.
[[nodiscard]] double percentile(std::vector<double> values, double share);

} // namespace benchmarks
