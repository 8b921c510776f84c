#include "ui/support/closed_page.h"

#include <QVBoxLayout>

namespace ui {

ClosedPage::ClosedPage(const QString &name, const QString &title, const QString &iconName,
                       const QString &words, QWidget *parent)
    : Page(name, title, iconName, parent)
{
    auto *content = new Panel(Token::Surface);
    auto *column = new QVBoxLayout(content);
    column->setSpacing(px(12));
    auto *text = new TokenLabel(TextSize::Body, Token::Muted);
    text->setText(words);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    column->addStretch(2);
    column->addWidget(new IconLabel(QStringLiteral("lock"), Token::Muted, 32), 0, Qt::AlignHCenter);
    column->addWidget(text);
    column->addStretch(3);
    buildWith(content);
}

} // namespace ui
