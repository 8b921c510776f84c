#pragma once

#include <QColor>
#include <QObject>

#include <array>

class QApplication;

namespace ui {

/// The roles a colour can have. The values of the three themes are in resources/theme/tokens.json.
enum class Token {
    Surface,
    Surface2,
    Hover,
    Text,
    Muted,
    Border,
    Control,
    Accent,
    AccentFill,
    OnAccent,
    Select,
    Focus,
    Info,
    InfoTint,
    Good,
    GoodTint,
    Warn,
    WarnTint,
    Bad,
    BadTint,
    Past,
    PastTint,
    PastFrame,
    Line,
};
inline constexpr int kTokenCount = 24;

/// The name in tokens.json and in the style sheet: "accent-fill".
[[nodiscard]] QLatin1String name(Token token);
/// The fill under an icon and a word of this tone.
[[nodiscard]] Token tintOf(Token tone);

enum class ThemeName {
    Light,
    Dark,
    Contrast,
};

/// The colours of one theme. Painting code reads Theme::current() when it paints, so that a switch
/// of theme needs no restart and no bookkeeping.
struct Theme {
    ThemeName name = ThemeName::Light;
    std::array<QColor, kTokenCount> colors;

    [[nodiscard]] QColor operator[](Token token) const
    {
        return colors[static_cast<std::size_t>(token)];
    }
    [[nodiscard]] static Theme load(ThemeName name);
    [[nodiscard]] static const Theme &current();
};

/// What the person chose; FollowSystem takes light or dark after the palette the desktop gave us.
enum class ThemeChoice {
    FollowSystem,
    Light,
    Dark,
    Contrast,
};

/// Owns the look of the application: style, font, palette, style sheet. Made once, before the first
/// window.
class Themes final : public QObject {
    Q_OBJECT

public:
    explicit Themes(QApplication &application);
    void choose(ThemeChoice choice);
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }

Q_SIGNALS:
    void changed();

private:
    void apply(ThemeName name);

    QApplication &m_application;
    ThemeChoice m_choice = ThemeChoice::FollowSystem;
    bool m_isSystemDark = false;
};

} // namespace ui
