#include "ui/shell/sign_in_view.h"

#include "ui/support/dialog.h"
#include "ui/support/format.h"
#include "ui/support/icon.h"
#include "ui/support/when_ready.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr int kCardPx = 420;
constexpr int kMarginPx = 32;
constexpr int kFieldPx = 38;
constexpr auto kStatusInterval = 3s;

Qt::Edges allEdges()
{
    return Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge;
}

} // namespace

SignInView::SignInView(const api::Backend &backend, QWidget *parent)
    : Panel(Token::Surface2, {}, parent)
    , m_session(backend.session)
    , m_system(backend.system)
{
    setObjectName(QStringLiteral("signIn"));
    auto *column = new QVBoxLayout(this);
    column->setSpacing(px(14));
    column->addStretch(2);
    column->addWidget(buildCard(backend.signInHint), 0, Qt::AlignHCenter);

    auto *state = new Panel(Token::Surface, allEdges());
    state->setFixedWidth(px(kCardPx));
    auto *grid = new QGridLayout(state);
    grid->setContentsMargins(px(kMarginPx), px(12), px(kMarginPx), px(12));
    grid->setHorizontalSpacing(px(8));
    auto *label = new TokenLabel(TextSize::Small, Token::Muted);
    label->setText(tr("Server"));
    auto *mode = new TokenLabel(TextSize::Small, Token::Text);
    mode->setText(backend.runMode);
    m_serverIcon = new IconLabel(QStringLiteral("plug"), Token::Muted, 14);
    m_server = new TokenLabel(TextSize::Small, Token::Muted);
    m_server->setText(tr("Asking"));
    grid->addWidget(label, 0, 0);
    grid->addWidget(mode, 0, 1);
    grid->addWidget(m_serverIcon, 0, 2);
    grid->addWidget(m_server, 0, 3);
    grid->setColumnMinimumWidth(0, px(84));
    grid->setColumnStretch(1, 1);
    column->addWidget(state, 0, Qt::AlignHCenter);
    auto *audit = new TokenLabel(TextSize::Small, Token::Muted);
    audit->setText(tr("Sign-ins, refused ones too, are written to the audit log."));
    column->addWidget(audit, 0, Qt::AlignHCenter);
    column->addStretch(3);

    const auto askStatus = [this] {
        if (isVisible())
            whenReady(m_system.loadStatus(), this,
                      [this](const Result<api::SystemStatus> &status) { showStatus(status); });
    };
    connect(&m_statusTimer, &QTimer::timeout, this, askStatus);
    m_statusTimer.start(kStatusInterval);
    QTimer::singleShot(0, this, askStatus);
}

QWidget *SignInView::buildCard(const QString &hint)
{
    auto *card = new Panel(Token::Surface, allEdges());
    card->setFixedWidth(px(kCardPx));
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(px(kMarginPx), px(28), px(kMarginPx), px(kMarginPx));
    column->setSpacing(px(18));
    auto *brand = new QHBoxLayout;
    brand->setSpacing(px(12));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    auto *title = new TokenLabel(TextSize::Title, Token::Text, QFont::DemiBold);
    title->setText(QStringLiteral("Speechcad"));
    m_purpose = new TokenLabel(TextSize::Body, Token::Muted);
    words->addWidget(title);
    words->addWidget(m_purpose);
    brand->addWidget(new IconLabel(QStringLiteral("logo"), Token::AccentFill, 36));
    brand->addLayout(words, 1);
    column->addLayout(brand);

    addFields(*column);
    m_problem = new QWidget;
    auto *problem = new QHBoxLayout(m_problem);
    problem->setContentsMargins(0, 0, 0, 0);
    problem->setSpacing(px(6));
    m_problemText = new TokenLabel(TextSize::Small, Token::Bad);
    m_problemText->setWordWrap(true);
    m_problemText->setObjectName(QStringLiteral("signIn.problem"));
    problem->addWidget(new IconLabel(QStringLiteral("triangle-alert"), Token::Bad, 14), 0,
                       Qt::AlignTop);
    problem->addWidget(m_problemText, 1);
    m_problem->hide();
    column->addWidget(m_problem);
    m_button = new QPushButton(tr("Sign in"));
    m_button->setObjectName(QStringLiteral("signIn.button"));
    m_button->setAccessibleName(m_button->text());
    m_button->setProperty("kind", QStringLiteral("primary"));
    m_button->setProperty("stature", QStringLiteral("tall"));
    column->addWidget(m_button);
    if (!hint.isEmpty())
        column->addWidget(buildHint(hint));
    connect(m_button, &QPushButton::clicked, this, &SignInView::ask);
    connect(m_name, &QLineEdit::returnPressed, m_passphrase, qOverload<>(&QWidget::setFocus));
    connect(m_passphrase, &QLineEdit::returnPressed, this, &SignInView::ask);
    connect(m_code, &QLineEdit::returnPressed, this, &SignInView::ask);
    // The code belongs to that name.
    connect(m_name, &QLineEdit::textEdited, this, [this] { showCode(false); });
    showFor({}, {});
    return card;
}

void SignInView::addFields(QVBoxLayout &column)
{
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("signIn.name"));
    m_passphrase = makePassphraseField(QStringLiteral("signIn.passphrase"));
    m_code = new QLineEdit;
    m_code->setObjectName(QStringLiteral("signIn.code"));
    m_code->setPlaceholderText(tr("Six digits, or a recovery code"));
    for (QLineEdit *field : {m_name, m_passphrase, m_code})
        field->setFixedHeight(px(kFieldPx));
    column.addWidget(makeField(tr("User"), m_name));
    column.addWidget(makeField(tr("Passphrase"), m_passphrase));
    m_codeRow = makeField(tr("Code"), m_code);
    column.addWidget(m_codeRow);
}

/// Of a demo: nothing is secret there, and nobody should have to look for it.
QWidget *SignInView::buildHint(const QString &hint)
{
    auto *band = new Panel(Token::InfoTint);
    auto *row = new QHBoxLayout(band);
    row->setContentsMargins(px(12), px(9), px(12), px(9));
    row->setSpacing(px(8));
    auto *words = new TokenLabel(TextSize::Body, Token::Text);
    words->setText(hint);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->setObjectName(QStringLiteral("signIn.hint"));
    row->addWidget(new IconLabel(QStringLiteral("note"), Token::Info, 15), 0, Qt::AlignTop);
    row->addWidget(words, 1);
    return band;
}

void SignInView::showFor(const QString &lockedBy, const QString &words)
{
    m_purpose->setText(lockedBy.isEmpty() ? tr("Sign in to the support console")
                                          : tr("Locked by %1").arg(lockedBy));
    if (!lockedBy.isEmpty())
        m_name->setText(lockedBy);
    m_button->setText(lockedBy.isEmpty() ? tr("Sign in") : tr("Unlock"));
    m_button->setAccessibleName(m_button->text());
    m_passphrase->clear();
    showCode(false);
    setProblem(words);
}

void SignInView::takeFocus()
{
    if (m_name->text().isEmpty())
        m_name->setFocus();
    else
        m_passphrase->setFocus();
}

void SignInView::setProblem(const QString &text)
{
    m_problemText->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void SignInView::showStatus(const Result<api::SystemStatus> &status)
{
    m_serverIcon->setIcon(status ? QStringLiteral("circle-check") : QStringLiteral("octagon-x"),
                          status ? Token::Good : Token::Bad);
    m_server->setToken(status ? Token::Good : Token::Bad);
    m_server->setText(status ? tr("Answers") : tr("Does not answer"));
}

void SignInView::showCode(bool isNeeded)
{
    m_code->clear();
    m_codeRow->setVisible(isNeeded);
}

void SignInView::ask()
{
    if (m_isAsking || m_name->text().trimmed().isEmpty() || m_passphrase->text().isEmpty())
        return setProblem(m_isAsking ? QString() : tr("Type your name and your passphrase."));
    if (!m_codeRow->isHidden() && m_code->text().trimmed().isEmpty())
        return setProblem(tr("Type the code that your app shows, or a recovery code."));
    m_isAsking = true;
    m_button->setEnabled(false);
    setProblem({});
    whenReady(m_session.signIn(m_name->text().trimmed(), m_passphrase->text().toUtf8(),
                               m_code->text().trimmed().toUtf8()),
              this, [this](const Result<api::SignInAnswer> &answer) { take(answer); });
}

void SignInView::take(const Result<api::SignInAnswer> &answer)
{
    m_isAsking = false;
    m_button->setEnabled(true);
    if (answer && !*answer) {
        // The passphrase stays where it is: both are sent together.
        showCode(true);
        setProblem(tr("Type the code that your app shows, or a recovery code."));
        return m_code->setFocus();
    }
    const bool hadCode = !m_codeRow->isHidden();
    m_passphrase->clear();
    showCode(false);
    if (answer)
        return Q_EMIT signedIn(**answer);
    const Error &error = answer.error();
    switch (error.code) {
    case ErrorCode::Unauthorized:
        setProblem(hadCode ? tr("Name, passphrase or code is not right.")
                           : tr("Name or passphrase is not right."));
        break;
    case ErrorCode::TooOld:
        setProblem(tr("Too many tries. Wait a little, then try again. (%1)").arg(error.detail));
        break;
    default: setProblem(tr("%1 Nobody was signed in.").arg(sentenceOf(error.code))); break;
    }
    takeFocus();
}

} // namespace ui
