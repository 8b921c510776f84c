#include "ui/shell/navigation.h"

#include "ui/support/console_style.h"
#include "ui/support/icon.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>

namespace ui {

namespace {

constexpr int kWidthPx = 184;
constexpr int kFoldedWidthPx = 48;
constexpr int kRowPx = 34;

/// Icon and word; the current page is tinted and in the accent.
class NavigationButton final : public QAbstractButton {
public:
    NavigationButton(const QString &iconName, const QString &words)
        : m_icon(iconName)
    {
        setText(words);
        setAccessibleName(words);
        setFixedHeight(px(kRowPx) - 2);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }
    void setIconName(const QString &name) { m_icon = name; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &theme = Theme::current();
        painter.setPen(Qt::NoPen);
        if (isChecked() || underMouse()) {
            painter.setBrush(theme[isChecked() ? Token::Select : Token::Hover]);
            painter.drawRoundedRect(rect(), 4, 4);
        }
        const Token ink = isChecked() ? Token::Accent : isCheckable() ? Token::Text : Token::Muted;
        const int side = px(18);
        const bool isFolded = width() < px(kWidthPx / 2);
        int left = isFolded ? (width() - side) / 2 : px(8);
        if (isRightToLeft())
            left = width() - left - side;
        paintIcon(&painter, QRect(left, (height() - side) / 2, side, side), m_icon,
                  ink == Token::Text ? Token::Muted : ink);
        if (!isFolded) {
            painter.setFont(
                textFont(TextSize::Body, isChecked() ? QFont::DemiBold : QFont::Normal));
            painter.setPen(theme[ink]);
            painter.drawText(rect().adjusted(px(36), 0, -px(36), 0),
                             Qt::AlignLeading | Qt::AlignVCenter, text());
        }
        if (hasFocus())
            paintFocusRing(&painter, rect());
    }

private:
    QString m_icon;
};

} // namespace

Navigation::Navigation(QWidget *parent)
    : Panel(Token::Surface2, Qt::RightEdge, parent)
    , m_buttons(new QButtonGroup(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(px(8), px(12), px(9), px(8));
    column->setSpacing(2);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(px(6), 0, 0, px(10));
    head->setSpacing(px(10));
    head->addWidget(new IconLabel(QStringLiteral("logo"), Token::Text, 22));
    m_brand = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    m_brand->setText(QStringLiteral("Speechcad"));
    head->addWidget(m_brand, 1);
    column->addLayout(head);
    m_pages = new QVBoxLayout;
    m_pages->setSpacing(2);
    column->addLayout(m_pages);
    column->addStretch(1);
    m_fold = new NavigationButton(QStringLiteral("chevron-left"), tr("Collapse"));
    m_fold->setObjectName(QStringLiteral("navigation.fold"));
    column->addWidget(m_fold);
    connect(m_fold, &QAbstractButton::clicked, this, [this] { setFolded(!m_isFolded); });
    connect(m_buttons, &QButtonGroup::idClicked, this, &Navigation::chosen);
    setFixedWidth(px(kWidthPx));
}

void Navigation::addPage(const QString &name, const QString &title, const QString &iconName,
                         const QString &shortcut)
{
    auto *button = new NavigationButton(iconName, title);
    button->setCheckable(true);
    button->setObjectName(QStringLiteral("navigation.") + name);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(title, shortcut));
    m_buttons->addButton(button, int(m_buttons->buttons().size()));
    m_pages->addWidget(button);
}

void Navigation::setCurrent(int page)
{
    if (QAbstractButton *button = m_buttons->button(page))
        button->setChecked(true);
}

void Navigation::setFolded(bool isFolded)
{
    m_isFolded = isFolded;
    m_brand->setVisible(!isFolded);
    auto *fold = static_cast<NavigationButton *>(m_fold);
    fold->setIconName(isFolded ? QStringLiteral("chevron-right") : QStringLiteral("chevron-left"));
    fold->setText(isFolded ? tr("Expand") : tr("Collapse"));
    fold->setAccessibleName(fold->text());
    fold->setToolTip(isFolded ? fold->text() : QString());
    setFixedWidth(px(isFolded ? kFoldedWidthPx : kWidthPx));
    Q_EMIT foldedChanged();
}

} // namespace ui
