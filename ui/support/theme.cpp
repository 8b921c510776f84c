#include "ui/support/theme.h"

#include "core/assert.h"
#include "ui/support/console_style.h"
#include "ui/support/fonts.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPalette>
#include <QToolTip>

namespace ui {

namespace {

constexpr std::array<const char *, kTokenCount> kTokenNames = {
    "surface", "surface-2", "hover",       "text",      "muted",      "border",
    "control", "accent",    "accent-fill", "on-accent", "select",     "focus",
    "info",    "info-tint", "good",        "good-tint", "warn",       "warn-tint",
    "bad",     "bad-tint",  "past",        "past-tint", "past-frame", "line",
};

QByteArray resource(const QString &path)
{
    QFile file(path);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    CORE_ASSERT(isOpen); // compiled in
    return file.readAll();
}

Theme &mutableCurrent()
{
    static Theme theme = Theme::load(ThemeName::Light);
    return theme;
}

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) {
        palette.setColor(role, theme[token]);
    };
    set(QPalette::Window, Token::Surface2);
    set(QPalette::Base, Token::Surface);
    set(QPalette::AlternateBase, Token::Surface);
    set(QPalette::Button, theme.name == ThemeName::Light ? Token::Surface : Token::Hover);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::BrightText, QPalette::HighlightedText})
        set(role, Token::Text);
    set(QPalette::PlaceholderText, Token::Muted);
    set(QPalette::Highlight, Token::Select);
    set(QPalette::Link, Token::Accent);
    set(QPalette::LinkVisited, Token::Accent);
    set(QPalette::Mid, Token::Border);
    set(QPalette::Light, Token::Surface);
    set(QPalette::Midlight, Token::Surface);
    set(QPalette::Dark, Token::Control);
    set(QPalette::Shadow, Token::Control);
    set(QPalette::ToolTipBase, Token::Surface2);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme[Token::Muted]);
    return palette;
}

/// The style sheet with its @names replaced. Longer names first: @surface-2 before @surface.
QString styleSheetOf(const Theme &theme)
{
    QString sheet = QString::fromUtf8(resource(QStringLiteral(":/theme/console.qss")));
    std::vector<Token> tokens;
    for (int i = 0; i < kTokenCount; ++i)
        tokens.push_back(static_cast<Token>(i));
    std::sort(tokens.begin(), tokens.end(),
              [](Token a, Token b) { return name(a).size() > name(b).size(); });
    const Token button = theme.name == ThemeName::Light ? Token::Surface : Token::Hover;
    sheet.replace(QLatin1String("@button"), theme[button].name());
    for (const Token token : tokens)
        sheet.replace(u'@' + name(token), theme[token].name());
    return sheet;
}

} // namespace

QLatin1String name(Token token)
{
    return QLatin1String(kTokenNames[static_cast<std::size_t>(token)]);
}

Token tintOf(Token tone)
{
    switch (tone) {
    case Token::Info: return Token::InfoTint;
    case Token::Good: return Token::GoodTint;
    case Token::Warn: return Token::WarnTint;
    case Token::Bad: return Token::BadTint;
    case Token::Past: return Token::PastTint;
    default: return Token::Hover;
    }
}

Theme Theme::load(ThemeName name)
{
    static constexpr std::array<const char *, 3> kNames = {"light", "dark", "contrast"};
    const auto document = QJsonDocument::fromJson(resource(QStringLiteral(":/theme/tokens.json")));
    const QJsonObject values =
        document.object().value(QLatin1String(kNames[static_cast<std::size_t>(name)])).toObject();
    Theme theme{.name = name, .colors = {}};
    for (std::size_t i = 0; i < kTokenCount; ++i) {
        theme.colors[i] = QColor(values.value(QLatin1String(kTokenNames[i])).toString());
        CORE_ASSERT(theme.colors[i].isValid());
    }
    return theme;
}

const Theme &Theme::current()
{
    return mutableCurrent();
}

Themes::Themes(QApplication &application)
    : m_application(application)
    , m_isSystemDark(application.palette().color(QPalette::Window).lightness() < 128)
{
    application.setFont(consoleFont(application.font()));
    application.setStyle(new ConsoleStyle);
    choose(ThemeChoice::FollowSystem);
}

void Themes::choose(ThemeChoice choice)
{
    m_choice = choice;
    switch (choice) {
    case ThemeChoice::FollowSystem:
        return apply(m_isSystemDark ? ThemeName::Dark : ThemeName::Light);
    case ThemeChoice::Light: return apply(ThemeName::Light);
    case ThemeChoice::Dark: return apply(ThemeName::Dark);
    case ThemeChoice::Contrast: return apply(ThemeName::Contrast);
    }
}

void Themes::apply(ThemeName name)
{
    mutableCurrent() = Theme::load(name);
    m_application.setPalette(paletteOf(Theme::current()));
    QToolTip::setPalette(paletteOf(Theme::current()));
    m_application.setStyleSheet(styleSheetOf(Theme::current()));
    Q_EMIT changed();
}

} // namespace ui
