#include "tests/support/test_main.h"
#include "ui/support/icon.h"
#include "ui/support/theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QTest>

#include <cmath>

namespace tst_theme {

using ui::Token;

namespace {

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

/// The ratio of WCAG 2.
double contrast(const QColor &a, const QColor &b)
{
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

struct Pair {
    Token ink;
    Token ground;
    double least;
};

constexpr double kText = 4.5;
constexpr double kEdge = 3.0;

std::vector<Pair> allPairs()
{
    std::vector<Pair> pairs;
    const auto tones = {Token::Info, Token::Good, Token::Warn, Token::Bad, Token::Past};
    std::vector<Token> inks = {Token::Text, Token::Muted, Token::Accent};
    inks.insert(inks.end(), tones);
    for (const Token ink : inks) {
        for (const Token ground : {Token::Surface, Token::Surface2, Token::Hover, Token::Select})
            pairs.push_back({ink, ground, kText});
    }
    for (const Token tone : tones) {
        for (const Token ink : {tone, Token::Text, Token::Muted})
            pairs.push_back({ink, ui::tintOf(tone), kText});
    }
    pairs.push_back({Token::OnAccent, Token::AccentFill, kText});
    for (const Token ground : {Token::Surface, Token::Surface2, Token::Select})
        pairs.push_back({Token::Focus, ground, kEdge});
    pairs.push_back({Token::Control, Token::Surface, kEdge});
    pairs.push_back({Token::Control, Token::Surface2, kEdge});
    pairs.push_back({Token::PastFrame, Token::Surface, kEdge});
    return pairs;
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPairOfColoursCanBeRead_data();
    void everyPairOfColoursCanBeRead();
    void aSwitchReachesPaletteAndIcons();
    void everyDrawingTakesTheColourItIsGiven();
};

void TestTheme::everyPairOfColoursCanBeRead_data()
{
    QTest::addColumn<int>("name");
    QTest::newRow("light") << int(ui::ThemeName::Light);
    QTest::newRow("dark") << int(ui::ThemeName::Dark);
    QTest::newRow("high contrast") << int(ui::ThemeName::Contrast);
}

void TestTheme::everyPairOfColoursCanBeRead()
{
    QFETCH(int, name);
    const ui::Theme theme = ui::Theme::load(static_cast<ui::ThemeName>(name));
    QStringList failures;
    for (const Pair &pair : allPairs()) {
        const double ratio = contrast(theme[pair.ink], theme[pair.ground]);
        if (ratio < pair.least)
            failures << QStringLiteral("%1 on %2: %3")
                            .arg(ui::name(pair.ink), ui::name(pair.ground))
                            .arg(ratio);
    }
    QVERIFY2(failures.isEmpty(), qPrintable(failures.join(u'\n')));
}

void TestTheme::aSwitchReachesPaletteAndIcons()
{
    ui::Themes themes(*qApp);
    const QIcon icon = ui::icon(QStringLiteral("plus"));
    const auto middle = [&] { return icon.pixmap(QSize(24, 24)).toImage().pixelColor(12, 12); };
    themes.choose(ui::ThemeChoice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Base), QColor(QStringLiteral("#FFFFFF")));
    const QColor light = middle();
    themes.choose(ui::ThemeChoice::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Base), QColor(QStringLiteral("#16191E")));
    QVERIFY(light.lightness() < 100);
    QVERIFY(middle().lightness() > 150);
    themes.choose(ui::ThemeChoice::Light);
}

void TestTheme::everyDrawingTakesTheColourItIsGiven()
{
    int drawings = 0;
    QDirIterator files(QStringLiteral(":/icons"), {QStringLiteral("*.svg")});
    while (files.hasNext()) {
        const QString name = QFileInfo(files.next()).baseName();
        ++drawings;
        if (name == QLatin1String("logo"))
            continue;
        const QImage image = ui::iconPixmap(name, QColor(Qt::red), 24, 2.0).toImage();
        bool isSeen = false;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                isSeen = isSeen || (image.pixelColor(x, y).alpha() > 200 &&
                                    image.pixelColor(x, y).red() > 200);
        }
        QVERIFY2(isSeen, qPrintable(name));
    }
    QVERIFY(drawings > 20);
}

REGISTER_TEST(TestTheme);

} // namespace tst_theme

#include "tst_theme.moc"
