#include "ui/shell/top_bar.h"

#include "ui/support/format.h"
#include "ui/support/icon.h"

#include <QActionGroup>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr int kHeightPx = 48;

} // namespace

TopBar::TopBar(Display &display, Themes &themes, QWidget *parent)
    : Panel(Token::Surface, Qt::BottomEdge, parent)
    , m_display(display)
    , m_themes(themes)
{
    setFixedHeight(px(kHeightPx));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(px(20), 0, px(16), 1);
    row->setSpacing(px(14));
    m_title = new TokenLabel(TextSize::Title, Token::Text, QFont::DemiBold);
    row->addWidget(m_title);
    row->addStretch(1);
    addZones(*row);
    m_clock = new FigureLabel(textFont(TextSize::Body), Token::Muted);
    row->addWidget(m_clock);
    addThemes(*row);
    addUser(*row);

    connect(&display, &Display::changed, this, &TopBar::tick);
    connect(&m_timer, &QTimer::timeout, this, &TopBar::tick);
    m_timer.start(1s);
    tick();
}

void TopBar::setTitle(const QString &title)
{
    m_title->setText(title);
}

/// Absent where the person's zone is UTC: a switch that changes nothing is no switch.
void TopBar::addZones(QHBoxLayout &row)
{
    if (!m_display.hasChoice())
        return;
    auto *group = new QButtonGroup(this);
    auto *segments = new QHBoxLayout;
    segments->setSpacing(0);
    const auto add = [&](const QString &word, const QString &name, bool isUtc) {
        auto *button = new QToolButton;
        button->setText(word);
        button->setCheckable(true);
        button->setChecked(m_display.isUtc() == isUtc);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setProperty("kind", QStringLiteral("segment"));
        button->setProperty("edge", isUtc ? QStringLiteral("first") : QStringLiteral("last"));
        button->setObjectName(name);
        button->setAccessibleName(tr("Show times in %1").arg(word));
        button->setToolTip(button->accessibleName());
        group->addButton(button);
        segments->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, isUtc] { m_display.setUtc(isUtc); });
        connect(&m_display, &Display::changed, button,
                [this, button, isUtc] { button->setChecked(m_display.isUtc() == isUtc); });
    };
    add(QStringLiteral("UTC"), QStringLiteral("top.utc"), true);
    add(m_display.localWord(), QStringLiteral("top.local"), false);
    row.addLayout(segments);
}

void TopBar::addThemes(QHBoxLayout &row)
{
    m_themeButton = makeIconButton(QStringLiteral("sun"), tr("Theme"), this);
    m_themeButton->setObjectName(QStringLiteral("top.theme"));
    m_themeButton->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_themeButton);
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &word, const QString &iconName, ThemeChoice choice) {
        QAction *action = menu->addAction(icon(iconName, Token::Muted), word);
        action->setCheckable(true);
        action->setIconVisibleInMenu(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] { m_themes.choose(choice); });
        connect(menu, &QMenu::aboutToShow, action,
                [this, action, choice] { action->setChecked(m_themes.choice() == choice); });
    };
    add(tr("Light"), QStringLiteral("sun"), ThemeChoice::Light);
    add(tr("Dark"), QStringLiteral("moon"), ThemeChoice::Dark);
    add(tr("High contrast"), QStringLiteral("contrast"), ThemeChoice::Contrast);
    add(tr("As the system"), QStringLiteral("monitor"), ThemeChoice::FollowSystem);
    m_themeButton->setMenu(menu);
    row.addWidget(m_themeButton);
    connect(&m_themes, &Themes::changed, this, &TopBar::showThemeIcon);
    showThemeIcon();
}

void TopBar::addUser(QHBoxLayout &row)
{
    m_user = makeIconButton(QStringLiteral("user"), tr("You"), this);
    m_user->setObjectName(QStringLiteral("top.user"));
    m_user->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_user->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_user);
    QAction *lock = menu->addAction(icon(QStringLiteral("lock"), Token::Muted), tr("Lock"));
    lock->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L)); // shown here, acted on by the window
    lock->setShortcutContext(Qt::WidgetShortcut);
    connect(lock, &QAction::triggered, this, &TopBar::lockAsked);
    QAction *factor =
        menu->addAction(icon(QStringLiteral("shield-check"), Token::Muted), tr("My second factor"));
    connect(factor, &QAction::triggered, this, &TopBar::secondFactorAsked);
    QAction *out = menu->addAction(icon(QStringLiteral("sign-out"), Token::Muted), tr("Sign out"));
    connect(out, &QAction::triggered, this, &TopBar::signOutAsked);
    m_user->setMenu(menu);
    row.addWidget(m_user);
}

void TopBar::setUser(const api::SignedIn &who)
{
    m_user->setText(kNoBreakSpace + who.name);
    m_user->setAccessibleName(tr("Signed in as %1").arg(who.name));
    m_user->setToolTip(m_user->accessibleName());
}

void TopBar::showThemeIcon()
{
    switch (Theme::current().name) {
    case ThemeName::Light: return m_themeButton->setIcon(icon(QStringLiteral("sun"), Token::Muted));
    case ThemeName::Dark: return m_themeButton->setIcon(icon(QStringLiteral("moon"), Token::Muted));
    case ThemeName::Contrast:
        return m_themeButton->setIcon(icon(QStringLiteral("contrast"), Token::Muted));
    }
}

void TopBar::tick()
{
    m_clock->setText(formatFullMoment(m_display.now(), m_display.zone()));
}

} // namespace ui
