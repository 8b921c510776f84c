#include "ui/support/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>

namespace ui {

namespace {

constexpr int kBodyPixels = 13;

bool isChosenByDesktop(const QFont &font)
{
    static const QStringList generic = {QStringLiteral("Sans Serif"), QStringLiteral("Sans"),
                                        QStringLiteral("sans-serif"), QString()};
    return !generic.contains(font.family(), Qt::CaseInsensitive) &&
           !QFontInfo(font).family().startsWith(QLatin1String("DejaVu"));
}

} // namespace

QFont consoleFont(const QFont &system)
{
    if (isChosenByDesktop(system))
        return system;
    QFont font = system;
    const QStringList families = QFontDatabase::families();
    for (const auto &wanted : {QStringLiteral("Inter"), QStringLiteral("Noto Sans")}) {
        if (families.contains(wanted)) {
            font.setFamily(wanted);
            break;
        }
    }
    font.setPixelSize(kBodyPixels);
    font.setHintingPreference(QFont::PreferVerticalHinting);
    return font;
}

QFont textFont(TextSize size, QFont::Weight weight)
{
    QFont font = QApplication::font();
    font.setPixelSize(QFontInfo(font).pixelSize() + px(static_cast<int>(size)));
    font.setWeight(weight);
    return font;
}

QFont codeFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(textFont(TextSize::Small).pixelSize());
    return font;
}

int px(int at100)
{
    return qRound(at100 * QFontInfo(QApplication::font()).pixelSize() / double(kBodyPixels));
}

} // namespace ui
