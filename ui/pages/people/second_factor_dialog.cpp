#include "ui/pages/people/second_factor_dialog.h"

#include "ui/support/rights.h"
#include "ui/support/when_ready.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUuid>

namespace ui {

namespace {

constexpr int kWidthPx = 560;
constexpr int kPicturePx = 200;
constexpr qsizetype kCodeDigits = 6;

QString factorKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QVBoxLayout *columnOfStep(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(12));
    return column;
}

} // namespace

SecondFactorDialog::SecondFactorDialog(const api::Backend &backend, QWidget *parent)
    : Dialog(QStringLiteral("dialog.secondFactor"), tr("Your second factor"), parent)
    , m_commands(backend.commands)
    , m_people(backend.people)
{
    setWordsWidth(kWidthPx);
    auto *heading = new TokenLabel(TextSize::Section, Token::Text, QFont::DemiBold);
    heading->setText(windowTitle());
    head().addWidget(heading);
    m_pages = {buildBegin(), buildScan(), buildCodes()};
    for (QWidget *page : std::as_const(m_pages)) {
        page->hide();
        body().addWidget(page);
    }
    body().addStretch(1);
    m_copy = addButton(QStringLiteral("copy"), tr("Copy codes"), {});
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_codes->text()); });
    m_verb = addButton(QStringLiteral("verb"), {}, QStringLiteral("primary"));
    connect(m_verb, &QPushButton::clicked, this, [this] {
        if (m_step == Begin)
            begin();
        else
            confirm();
    });
    goTo(Begin);
}

QWidget *SecondFactorDialog::buildBegin()
{
    auto *page = new QWidget;
    auto *column = columnOfStep(page);
    column->addWidget(makeWords(
        tr("An app on your phone shows a new code every 30 seconds, and signing in asks for it "
           "after the passphrase. You need a phone with such an app now.")));
    column->addWidget(makeWords(
        tr("If you have a second factor already, an Admin takes it away first."), Token::Muted));
    return page;
}

QWidget *SecondFactorDialog::buildScan()
{
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(16));
    m_picture = new QLabel;
    m_picture->setFixedSize(px(kPicturePx), px(kPicturePx));
    m_picture->setScaledContents(true);
    m_picture->setAccessibleName(tr("The secret as a QR code"));
    row->addWidget(m_picture, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(px(12));
    column->addWidget(makeWords(tr("Point the app at the picture, or type this secret into it:")));
    m_secret = makeWords({});
    m_secret->setObjectName(objectName() + QStringLiteral(".secret"));
    m_secret->setFont(codeFont());
    m_secret->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_secret);
    m_code = new QLineEdit;
    m_code->setObjectName(objectName() + QStringLiteral(".code"));
    m_code->setMaxLength(kCodeDigits + 1); // some apps show a blank in the middle
    column->addWidget(makeField(tr("The code that it shows now"), m_code));
    column->addStretch(1);
    row->addLayout(column, 1);
    connect(m_code, &QLineEdit::textChanged, this, [this] { setWaiting(m_isWaiting); });
    return page;
}

QWidget *SecondFactorDialog::buildCodes()
{
    auto *page = new QWidget;
    auto *column = columnOfStep(page);
    auto *done = new StateLabel;
    done->setState(QStringLiteral("shield-check"), tr("A code is asked for from now on"),
                   Token::Good);
    column->addWidget(done, 0, Qt::AlignLeading);
    column->addWidget(makeWords(tr("Without the phone, each of these works once instead of a code. "
                                   "Print them or write them down: they are never shown again.")));
    m_codes = makeWords({});
    m_codes->setObjectName(objectName() + QStringLiteral(".codes"));
    m_codes->setFont(codeFont());
    m_codes->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_codes);
    return page;
}

// ---- what happens

void SecondFactorDialog::begin()
{
    setProblem({});
    setWaiting(true);
    whenReady(m_commands.reveal(QStringLiteral("second_factor.begin"), {{"v", 1}}, m_key), this,
              [this](const Result<api::CommandResult> &result) { takeSecret(result); });
}

/// Says what went wrong, where something did.
bool SecondFactorDialog::isRefused(const Result<api::CommandResult> &result)
{
    setWaiting(false);
    if (result || !result.error().transient)
        m_key = factorKey(); // that one was answered for good
    if (!result)
        setProblem(failureWords(result.error()));
    else if (result->state == api::CommandState::Done)
        return false;
    else if (result->code == QLatin1String("ConstraintViolated"))
        setProblem(tr("You have a second factor. An Admin takes it away before you begin with "
                      "another."));
    else if (result->code == QLatin1String("Unauthorized"))
        setProblem(tr("This is not the code of now. See whether the phone's clock is right."));
    else if (result->code == QLatin1String("TooOld"))
        setProblem(tr("The secret was shown too long ago. Close this and begin again."));
    else
        setProblem(refusalWords(*result));
    return true;
}

void SecondFactorDialog::takeSecret(const Result<api::CommandResult> &result)
{
    if (isRefused(result))
        return;
    const Json shown = result->answer.value("revealed", Json::object());
    m_secret->setText(core::textMember(shown, "secret").value_or(QString()));
    goTo(Scan);
    setWaiting(true);
    whenReady(m_people.drawQr(core::textMember(shown, "uri").value_or(QString())), this,
              [this](const Result<QByteArray> &picture) { takePicture(picture); });
}

/// Without a picture the secret can still be typed.
void SecondFactorDialog::takePicture(const Result<QByteArray> &picture)
{
    QPixmap pixmap;
    if (picture && pixmap.loadFromData(*picture))
        m_picture->setPixmap(pixmap);
    m_picture->setVisible(!pixmap.isNull());
    setWaiting(false);
    m_code->setFocus();
}

void SecondFactorDialog::confirm()
{
    setProblem({});
    setWaiting(true);
    whenReady(m_commands.confirmSecondFactor(m_code->text().toLatin1(), m_key), this,
              [this](const Result<api::CommandResult> &result) { takeCodes(result); });
}

void SecondFactorDialog::takeCodes(const Result<api::CommandResult> &result)
{
    if (isRefused(result)) {
        m_code->selectAll();
        return m_code->setFocus();
    }
    QStringList codes;
    const Json shown = result->answer.value("revealed", Json::object());
    for (const Json &code : shown.value("codes", Json::array()))
        codes << (code.is_string() ? code.get<QString>() : QString());
    m_codes->setText(codes.join(u'\n'));
    m_secret->clear();
    m_picture->clear();
    m_code->clear();
    goTo(Codes);
    Q_EMIT enrolled();
}

void SecondFactorDialog::setWaiting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    const bool isTyped = m_step != Scan || m_code->text().trimmed().size() >= kCodeDigits;
    m_verb->setEnabled(!isWaiting && isTyped);
    Q_EMIT settledChanged();
}

void SecondFactorDialog::goTo(Step step)
{
    m_step = step;
    m_key = factorKey();
    for (int i = 0; i < int(m_pages.size()); ++i)
        m_pages[i]->setVisible(i == step);
    m_copy->setVisible(step == Codes);
    m_verb->setVisible(step != Codes);
    m_verb->setText(step == Begin ? tr("Begin") : tr("Confirm"));
    m_verb->setAccessibleName(m_verb->text());
    cancelButton().setText(step == Codes ? tr("Close") : tr("Cancel"));
    setWaiting(false);
}

} // namespace ui
