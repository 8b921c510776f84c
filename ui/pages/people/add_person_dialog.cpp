#include "ui/pages/people/add_person_dialog.h"

#include "ui/pages/people/role_boxes.h"
#include "ui/support/rights.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace ui {

namespace {

constexpr int kAddWidthPx = 560;
constexpr qsizetype kPassphraseMin = 12; // the server looks further

} // namespace

AddPersonDialog::AddPersonDialog(api::Commands &commands, QWidget *parent)
    : CommandDialog(QStringLiteral("dialog.addPerson"), tr("Add a person"), commands, parent)
{
    setWordsWidth(kAddWidthPx);
    head().addWidget(makeWords(tr("They sign in with this name and passphrase from now on. Tell "
                                  "them the passphrase yourself, and have them set up a second "
                                  "factor at once."),
                               Token::Muted));
    m_name = new QLineEdit;
    m_name->setObjectName(objectName() + QStringLiteral(".name"));
    m_name->setPlaceholderText(QStringLiteral("maria.lindqvist"));
    m_passphrase = makePassphraseField(objectName() + QStringLiteral(".passphrase"));
    m_again = makePassphraseField(objectName() + QStringLiteral(".again"));
    auto *panes = new QHBoxLayout;
    panes->setSpacing(px(28));
    auto *fields = new QVBoxLayout;
    fields->setSpacing(px(12));
    fields->addWidget(makeField(tr("Name"), m_name));
    fields->addWidget(makeField(tr("First passphrase"), m_passphrase));
    fields->addWidget(makeField(tr("The same again"), m_again));
    fields->addStretch(1);
    auto *rights = new QVBoxLayout;
    rights->setSpacing(px(8));
    auto *title = new TokenLabel(TextSize::Body, Token::Text, QFont::Medium);
    title->setText(tr("Roles"));
    m_roles = new RoleBoxes(objectName(), {});
    rights->addWidget(title);
    rights->addWidget(m_roles);
    rights->addStretch(1);
    panes->addLayout(fields, 1);
    panes->addLayout(rights);
    body().addLayout(panes);
    m_hint = new TokenLabel(TextSize::Small, Token::Muted);
    body().addWidget(m_hint);
    setVerb(tr("Add person"), QStringLiteral("primary"));
    for (QLineEdit *field : {m_name, m_passphrase, m_again})
        connect(field, &QLineEdit::textChanged, this, &AddPersonDialog::check);
    connect(m_roles, &RoleBoxes::changed, this, &AddPersonDialog::check);
    m_name->setFocus();
    check();
}

void AddPersonDialog::fillSample()
{
    m_name->setText(QStringLiteral("lea.brandt"));
    m_passphrase->setText(QStringLiteral("a quiet walk to the harbour"));
    m_again->setText(m_passphrase->text());
    findChild<QCheckBox *>(objectName() + QStringLiteral(".support"))->setChecked(true);
}

void AddPersonDialog::check()
{
    static const QRegularExpression allowed(QStringLiteral("\\A[a-z0-9][a-z0-9._-]{1,31}\\z"));
    QString problem;
    if (!allowed.match(m_name->text()).hasMatch())
        problem = tr("A name has 2 to 32 small letters, digits, dots, dashes or underscores");
    else if (m_passphrase->text().size() < kPassphraseMin)
        problem = tr("A passphrase needs 12 characters or more; 15 are better");
    else if (m_passphrase->text() != m_again->text())
        problem = tr("The two passphrases are not the same");
    else if (!m_roles->chosen())
        problem = tr("Choose one role at least");
    m_hint->setText(problem);
    verb().setEnabled(problem.isEmpty());
}

/// The bytes that are given away are wiped by who takes them. Should it be refused, what was typed
/// is still there to be put right; it goes with the dialog.
QFuture<Result<api::CommandResult>> AddPersonDialog::give(const QString &requestKey)
{
    return commands().addOperator(m_name->text(), m_roles->chosen(), m_passphrase->text().toUtf8(),
                                  requestKey);
}

QString AddPersonDialog::wordsOf(const api::CommandResult &refusal) const
{
    if (refusal.code == QLatin1String("Duplicate"))
        return tr("There is somebody of this name already. Nobody was added.");
    return CommandDialog::wordsOf(refusal);
}

} // namespace ui
