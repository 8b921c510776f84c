#include "ui/support/code_field.h"

#include "ui/support/dialog.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace ui {

namespace {

constexpr int kCodeCharactersMax = 32; // a recovery code is longer than six digits
constexpr int kFieldWidthPx = 200;

} // namespace

CodeField::CodeField(const QString &dialog, QWidget *parent)
    : QWidget(parent)
    , m_code(new QLineEdit)
{
    m_code->setObjectName(dialog + QStringLiteral(".code"));
    m_code->setMaxLength(kCodeCharactersMax);
    m_code->setFixedWidth(px(kFieldWidthPx));
    m_code->setPlaceholderText(tr("Six digits"));
    auto *band = new Panel(Token::InfoTint);
    auto *row = new QHBoxLayout(band);
    row->setContentsMargins(px(12), px(9), px(12), px(11));
    row->setSpacing(px(8));
    auto *column = new QVBoxLayout;
    column->setSpacing(px(4));
    column->addWidget(makeField(tr("Code of your second factor"), m_code));
    auto *words = new TokenLabel(TextSize::Small, Token::Muted);
    words->setText(tr("As your app shows it now, or a recovery code. No money has moved yet."));
    column->addWidget(words);
    row->addWidget(new IconLabel(QStringLiteral("shield"), Token::Info, 16), 0, Qt::AlignTop);
    row->addLayout(column, 1);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(band);
    hide();
    connect(m_code, &QLineEdit::textChanged, this, &CodeField::changed);
}

void CodeField::ask()
{
    show();
    m_code->setFocus();
    Q_EMIT changed();
}

bool CodeField::isReady() const
{
    return isHidden() || !m_code->text().trimmed().isEmpty();
}

QByteArray CodeField::take()
{
    const QByteArray code = m_code->text().trimmed().toLatin1();
    m_code->clear();
    return code;
}

} // namespace ui
