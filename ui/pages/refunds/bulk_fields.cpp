#include "ui/pages/refunds/bulk_fields.h"

#include "ui/pages/calls/call_words.h"
#include "ui/pages/refunds/refund_parts.h"
#include "ui/support/dialog.h"
#include "ui/support/format.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QRegularExpression>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kPeriodMax = 31 * 24h;
constexpr qsizetype kOtherNoteMin = 10;
constexpr int kBulkNoteMax = 500;

/// Words with commas or blanks between them.
QStringList wordsIn(const QLineEdit &field)
{
    static const QRegularExpression between(QStringLiteral("[,\\s]+"));
    return field.text().split(between, Qt::SkipEmptyParts);
}

bool isNumberOrNothing(const QLineEdit &field)
{
    bool isNumber = true;
    if (const QString text = field.text().trimmed(); !text.isEmpty())
        isNumber = text.toLongLong(&isNumber) > 0 && isNumber;
    return isNumber;
}

std::optional<qint64> numberOf(const QLineEdit &field)
{
    const QString text = field.text().trimmed();
    return text.isEmpty() ? std::nullopt : std::optional(text.toLongLong());
}

QHBoxLayout *addRow(QVBoxLayout &column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(px(12));
    column.addLayout(row);
    return row;
}

/// A label above several controls.
QHBoxLayout *addGroup(QHBoxLayout &row, const QString &label, int stretch)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(px(4));
    auto *words = new TokenLabel(TextSize::Body, Token::Text, QFont::Medium);
    words->setText(label);
    column->addWidget(words);
    auto *controls = new QHBoxLayout;
    controls->setSpacing(px(16));
    column->addLayout(controls, 1);
    row.addLayout(column, stretch);
    return controls;
}

} // namespace

BulkFields::BulkFields(const QString &name, const Display &display, QWidget *parent)
    : QWidget(parent)
    , m_display(display)
    , m_name(name)
    , m_zone(display.zone())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(12));
    auto *first = addRow(*column);
    addPeriod(*first);
    addStates(*first);
    auto *second = addRow(*column);
    m_disconnections = makeLine("disconnections", tr("How they ended, the provider's words"),
                                QStringLiteral("error_asr, error_no_audio_received"));
    m_regions = makeLine("regions", tr("Regions"), QStringLiteral("US, DE"));
    second->addWidget(makeField(tr("How they ended, the provider's words"), m_disconnections), 2);
    second->addWidget(makeField(tr("Regions"), m_regions), 1);
    m_script = makeLine("script", tr("Number of the script"), tr("Any"));
    m_customer = makeLine("customer", tr("Telegram id of the customer"), tr("Any"));
    second->addWidget(makeField(tr("Number of the script"), m_script), 1);
    second->addWidget(makeField(tr("Telegram id of the customer"), m_customer), 1);
    addShares(*addRow(*column));
    auto *last = addRow(*column);
    m_reason = new QComboBox;
    m_reason->setObjectName(name + QStringLiteral(".reason"));
    m_reason->addItem(tr("Choose a reason"), QString());
    for (const QString &reason : api::refundReasons())
        m_reason->addItem(refundReasonWord(reason), reason);
    m_note = makeLine("note", tr("Note"), tr("For colleagues; the customer does not see it"));
    m_note->setMaxLength(kBulkNoteMax);
    last->addWidget(makeField(tr("Reason"), m_reason), 2);
    last->addWidget(makeField(tr("Note"), m_note), 3);
    connect(m_reason, &QComboBox::currentIndexChanged, this, &BulkFields::changed);
}

void BulkFields::addPeriod(QHBoxLayout &row)
{
    const Timestamp now = std::chrono::floor<std::chrono::minutes>(m_display.now());
    const auto make = [&](const char *name, const QString &words, Timestamp at) {
        auto *edit = new QDateTimeEdit;
        edit->setObjectName(m_name + u'.' + QLatin1String(name));
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
        edit->setButtonSymbols(QAbstractSpinBox::NoButtons);
        edit->setTimeSpec(Qt::UTC); // only the figures count, and UTC has no hour that is missing
        setMoment(*edit, at);
        connect(edit, &QDateTimeEdit::dateTimeChanged, this, &BulkFields::changed);
        auto *field = makeField(words, edit);
        row.addWidget(field, 1);
        return edit;
    };
    const QString zone = m_display.zoneWord();
    m_from = make("from", tr("Calls that ended from, %1").arg(zone), now - 1h);
    m_to = make("to", tr("to, %1").arg(zone), now);
}

void BulkFields::addStates(QHBoxLayout &row)
{
    auto *boxes = addGroup(row, tr("State, none is any"), 2);
    using enum api::CallState;
    for (const api::CallState state : {Ended, NotConnected, Failed}) {
        const CallStateWords &words = wordsOf(state);
        auto *box = new QCheckBox(words.word);
        box->setObjectName(m_name + QStringLiteral(".state.") + words.code);
        box->setAccessibleName(words.word);
        m_states.append({words.code, box});
        boxes->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &BulkFields::changed);
    }
    boxes->addStretch(1);
}

void BulkFields::addShares(QHBoxLayout &row)
{
    m_shares = new QButtonGroup(this);
    auto *shares = addGroup(row, tr("Of each call"), 1);
    int id = 0;
    for (const QString &words : {tr("All that is left"), tr("Half of what was paid"), tr("USD")}) {
        auto *button = new QRadioButton(words);
        button->setObjectName(m_name + QStringLiteral(".share%1").arg(id));
        button->setAccessibleName(words);
        button->setChecked(id == 0);
        m_shares->addButton(button, id++);
        shares->addWidget(button);
    }
    m_each = new QLineEdit;
    m_each->setObjectName(m_name + QStringLiteral(".each"));
    m_each->setAccessibleName(tr("USD of each call"));
    m_each->setPlaceholderText(QStringLiteral("0.00"));
    m_each->setFixedWidth(px(120));
    m_each->setEnabled(false);
    shares->addWidget(m_each);
    shares->addStretch(1);
    connect(m_shares, &QButtonGroup::idToggled, this, [this] {
        m_each->setEnabled(m_shares->checkedId() == int(api::RefundShare::Amount));
        Q_EMIT changed();
    });
    connect(m_each, &QLineEdit::textChanged, this, &BulkFields::changed);
}

QLineEdit *BulkFields::makeLine(const char *name, const QString &label, const QString &hint)
{
    auto *line = new QLineEdit;
    line->setObjectName(m_name + u'.' + QLatin1String(name));
    line->setAccessibleName(label);
    line->setPlaceholderText(hint);
    connect(line, &QLineEdit::textChanged, this, &BulkFields::changed);
    return line;
}

// ---- what is typed

/// What is typed are the figures of a clock in the zone that the labels name.
Timestamp BulkFields::momentIn(const QDateTimeEdit &edit) const
{
    const QDateTime typed = edit.dateTime();
    const QDateTime moment(typed.date(), typed.time(), m_zone);
    return core::fromMicros(moment.toMSecsSinceEpoch() * 1000);
}

void BulkFields::setMoment(QDateTimeEdit &edit, Timestamp at) const
{
    const QDateTime shown = QDateTime::fromMSecsSinceEpoch(core::toMicros(at) / 1000, m_zone);
    edit.setDateTime(QDateTime(shown.date(), shown.time(), Qt::UTC));
}

QString BulkFields::periodProblem() const
{
    const Timestamp from = momentIn(*m_from);
    const Timestamp to = momentIn(*m_to);
    if (from >= to)
        return tr("The period has to begin before it ends");
    if (to - from > kPeriodMax)
        return tr("A period is 31 days at most");
    if (to > m_display.now())
        return tr("The period has to be over: a call that ends later would change what others "
                  "agree to");
    return {};
}

QString BulkFields::listProblem() const
{
    static const QRegularExpression word(QStringLiteral("^[a-z0-9_]{2,60}$"));
    static const QRegularExpression region(QStringLiteral("^[A-Za-z]{2}$"));
    const QStringList disconnections = wordsIn(*m_disconnections);
    for (const QString &typed : disconnections) {
        if (!word.match(typed).hasMatch())
            return tr("\u201c%1\u201d is no word of the provider such as error_asr").arg(typed);
    }
    const QStringList regions = wordsIn(*m_regions);
    for (const QString &typed : regions) {
        if (!region.match(typed).hasMatch())
            return tr("\u201c%1\u201d is no region: two letters such as US").arg(typed);
    }
    if (!isNumberOrNothing(*m_script))
        return tr("A script is named by its number");
    if (!isNumberOrNothing(*m_customer))
        return tr("A customer is named by the number of their Telegram id");
    return {};
}

QString BulkFields::problem() const
{
    if (const QString words = periodProblem(); !words.isEmpty())
        return words;
    if (const QString words = listProblem(); !words.isEmpty())
        return words;
    const auto each = readUsd(m_each->text(), locale());
    if (m_each->isEnabled() && (!each || !each->isPositive()))
        return tr("Type an amount in USD above zero");
    const QString reason = m_reason->currentData().toString();
    if (reason.isEmpty())
        return tr("Choose a reason");
    if (reason == QLatin1String("other") && m_note->text().trimmed().size() < kOtherNoteMin)
        return tr("Say in the note what happened, in 10 characters or more");
    return {};
}

api::BulkRefundWish BulkFields::wish() const
{
    api::BulkRefundWish wish = {.query = {.from = momentIn(*m_from), .to = momentIn(*m_to)},
                                .share = static_cast<api::RefundShare>(m_shares->checkedId()),
                                .each = {},
                                .reason = m_reason->currentData().toString(),
                                .note = m_note->text().trimmed()};
    wish.query.disconnections = wordsIn(*m_disconnections);
    wish.query.regions = wordsIn(*m_regions);
    for (QString &region : wish.query.regions)
        region = region.toUpper();
    for (const auto &[code, box] : m_states) {
        if (box->isChecked())
            wish.query.states << code;
    }
    wish.query.script = numberOf(*m_script);
    if (const auto customer = numberOf(*m_customer))
        wish.query.customer = CustomerId{*customer};
    if (wish.share == api::RefundShare::Amount)
        wish.each = readUsd(m_each->text(), locale()).value_or(Money());
    return wish;
}

void BulkFields::fillSample()
{
    setMoment(*m_from, std::chrono::floor<std::chrono::minutes>(m_display.now() - 7 * 24h));
    m_reason->setCurrentIndex(m_reason->findData(QStringLiteral("call_failed")));
    m_note->setText(QStringLiteral("the provider's status page says so"));
}

} // namespace ui
