#include "ui/pages/calls/calls_model.h"

#include "ui/pages/calls/call_words.h"
#include "ui/support/cells.h"
#include "ui/support/format.h"

#include <QFont>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kStaleAfter = 10s;
constexpr auto kShownAfterEnd = 60s;
constexpr int kHoldLow = 200; // thousandths
constexpr int kHoldVeryLow = 100;

QVariant tone(Token token)
{
    return static_cast<int>(token);
}

/// "there is none".
QVariant dash(int role)
{
    if (role == Qt::DisplayRole)
        return QString(kDash);
    return role == ToneRole ? tone(Token::Muted) : QVariant();
}

/// What an ended call says is history: all of it is muted.
QVariant text(const QString &words, const api::CallRow &row, int role)
{
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return words;
    return role == ToneRole && api::isFinal(row.state) ? tone(Token::Muted) : QVariant();
}

} // namespace

CallsModel::CallsModel(api::Calls &calls, const Display &display, QObject *parent)
    : RowModel(parent)
    , m_calls(calls)
    , m_display(display)
{
}

QList<ColumnSpec> CallsModel::columns()
{
    return {
        {.name = QStringLiteral("state"), .kind = CellKind::State, .width = 112},
        {.name = QStringLiteral("started"),
         .kind = CellKind::Text,
         .width = 92,
         .foldOrder = 9,
         .isSorted = true},
        {.name = QStringLiteral("duration"), .kind = CellKind::Money, .width = 70, .isRight = true},
        {.name = QStringLiteral("customer"),
         .kind = CellKind::Text,
         .width = 124,
         .stretches = true},
        {.name = QStringLiteral("callee"), .kind = CellKind::Text, .width = 168},
        {.name = QStringLiteral("language"), .kind = CellKind::Text, .width = 84, .foldOrder = 8},
        {.name = QStringLiteral("script"),
         .kind = CellKind::Text,
         .width = 120,
         .stretches = true,
         .foldOrder = 7},
        {.name = QStringLiteral("cost"), .kind = CellKind::Money, .width = 84, .isRight = true},
        {.name = QStringLiteral("hold"), .kind = CellKind::Meter, .width = 116, .foldOrder = 1},
        {.name = QStringLiteral("guards"), .kind = CellKind::State, .width = 112, .foldOrder = 2},
    };
}

QList<FilterField> CallsModel::filterFields(api::Calls &calls)
{
    using Kind = FilterField::Kind;
    const auto suggest = [&calls](const char *field) {
        return [&calls, name = QString::fromLatin1(field)](const QString &typed) {
            return calls.suggest(name, typed);
        };
    };
    return {
        {.name = QStringLiteral("state"), .kind = Kind::Word, .words = callStateFilterWords()},
        {.name = QStringLiteral("customer"), .suggest = suggest("customer")},
        {.name = QStringLiteral("region"), .suggest = suggest("region")},
        {.name = QStringLiteral("language"), .suggest = suggest("language")},
        {.name = QStringLiteral("script"), .suggest = suggest("script")},
        {.name = QStringLiteral("cost"), .kind = Kind::Number},
        {.name = QStringLiteral("refund"),
         .kind = Kind::Word,
         .words = {{tr("waiting"), QStringLiteral("waiting")},
                   {tr("done"), QStringLiteral("done")}}},
        {.name = QStringLiteral("since"), .kind = Kind::Age},
        {.name = QStringLiteral("id"), .kind = Kind::Id, .prefix = QStringLiteral("C-")},
    };
}

int CallsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

void CallsModel::setSilentSince(const std::optional<Timestamp> &moment)
{
    m_silentSince = moment;
}

Timestamp CallsModel::shownNow() const
{
    const Timestamp now = m_display.now();
    return m_silentSince ? std::min(now, *m_silentSince + kStaleAfter) : now;
}

bool CallsModel::isListOfLive() const
{
    return std::any_of(filter().cbegin(), filter().cend(), [](const api::FilterTerm &term) {
        return term.field == QLatin1String("live");
    });
}

void CallsModel::tick()
{
    if (rowCount() == 0)
        return;
    Q_EMIT dataChanged(index(0, int(Column::Duration)),
                       index(rowCount() - 1, int(Column::HoldLeft)));
    if (!isListOfLive())
        return;
    QList<qint64> leaving;
    forEachRow([&](const api::CallRow &row) {
        if (!belongs(row))
            leaving.append(row.id.value);
    });
    if (!leaving.isEmpty())
        noteChanged(leaving);
}

QVariant CallsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::State: return tr("State");
    case Column::Started: return tr("Started");
    case Column::Duration: return tr("Duration");
    case Column::Customer: return tr("Customer");
    case Column::Callee: return tr("Callee");
    case Column::Language: return tr("Language");
    case Column::Script: return tr("Script");
    case Column::Cost: return tr("Cost, USD");
    case Column::HoldLeft: return tr("Hold left");
    case Column::Guards: return tr("Guards");
    }
    Q_UNREACHABLE();
}

QVariant CallsModel::data(const QModelIndex &index, int role) const
{
    const api::CallRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (role == IsLoadedRole)
        return row != nullptr;
    if (row == nullptr)
        return {};
    if (role == ObjectRole)
        return row->id.value;
    return cell(*row, static_cast<Column>(index.column()), role);
}

QVariant CallsModel::cell(const api::CallRow &row, Column column, int role) const
{
    switch (column) {
    case Column::State: return stateCell(row, role);
    case Column::Started: return startedCell(row, role);
    case Column::Duration: return durationCell(row, role);
    case Column::Customer:
        return text(row.customerName.isEmpty() ? QString::number(row.customer.value)
                                               : row.customerName,
                    row, role);
    case Column::Callee: return calleeCell(row, role);
    case Column::Language:
        return row.language.isEmpty() ? dash(role) : text(languageWord(row.language), row, role);
    case Column::Script: return row.script.isEmpty() ? dash(role) : text(row.script, row, role);
    case Column::Cost: return costCell(row, role);
    case Column::HoldLeft: return holdCell(row, role);
    case Column::Guards: return guardsCell(row, role);
    }
    Q_UNREACHABLE();
}

QVariant CallsModel::stateCell(const api::CallRow &row, int role) const
{
    const CallStateWords &words = wordsOf(row.state);
    switch (role) {
    case Qt::DisplayRole: return words.word;
    case Qt::ToolTipRole: return row.reason;
    case IconRole: return words.iconName;
    case IconToneRole: return tone(words.tone);
    case IsFilledRole: return words.needsPerson;
    case ToneRole: return api::isFinal(row.state) ? tone(Token::Muted) : QVariant();
    default: return {};
    }
}

QVariant CallsModel::startedCell(const api::CallRow &row, int role) const
{
    const Timestamp moment = row.startedAt.value_or(row.askedAt);
    if (role == ToneRole)
        return tone(Token::Muted);
    if (role == Qt::ToolTipRole)
        return formatFullMoment(moment, QTimeZone::utc()) + QStringLiteral(" UTC");
    if (role != Qt::DisplayRole)
        return {};
    const MomentWords words = formatMoment(moment, m_display.now(), m_display.zone());
    return words.date.isEmpty() ? words.time : words.date + u' ' + words.time.left(5);
}

QVariant CallsModel::durationCell(const api::CallRow &row, int role) const
{
    const auto duration = durationOf(row, shownNow());
    if (!duration)
        return dash(role);
    return text(formatDuration(*duration), row, role);
}

QVariant CallsModel::calleeCell(const api::CallRow &row, int role) const
{
    if (role == PrefixRole)
        return row.region.isEmpty() ? QVariant() : row.region;
    if (row.callee.isEmpty())
        return dash(role);
    return text(row.callee, row, role);
}

QVariant CallsModel::costCell(const api::CallRow &row, int role) const
{
    const bool isExact = api::isFinal(row.state);
    const Money cost = costOf(row, shownNow());
    switch (role) {
    case Qt::DisplayRole:
        if (isExact)
            return formatMoney(cost);
        //: About that much: the cost of a call that goes on. %1 is an amount.
        return cost.isZero() ? formatAbout(cost) : tr("\u2248 %1").arg(formatAbout(cost));
    case Qt::ToolTipRole:
        return isExact ? tr("Charged") : tr("About: worked out from the rate of this call");
    case ToneRole: return isExact || cost.isZero() ? tone(Token::Muted) : QVariant();
    case WeightRole: return isExact ? QVariant() : QVariant(QFont::Medium);
    default: return {};
    }
}

QVariant CallsModel::holdCell(const api::CallRow &row, int role) const
{
    const auto left = holdLeftOf(row, shownNow());
    if (!left)
        return dash(role);
    switch (role) {
    case Qt::DisplayRole: return QString::number(*left / 10) + kNoBreakSpace + u'%';
    case MeterRole: return *left;
    case IconToneRole:
        return tone(*left < kHoldVeryLow ? Token::Bad
                    : *left < kHoldLow   ? Token::Warn
                                         : Token::Control);
    case ToneRole: return tone(*left < kHoldLow ? Token::Text : Token::Muted);
    default: return {};
    }
}

QVariant CallsModel::guardsCell(const api::CallRow &row, int role) const
{
    const RulingWords words = wordsOf(row.ruling);
    const bool isQuiet = row.ruling == api::Ruling::Allow || row.ruling == api::Ruling::NotJudged;
    switch (role) {
    case Qt::DisplayRole:
        return isQuiet || row.firstRule.isEmpty() ? words.word : words.word + u' ' + row.firstRule;
    case Qt::ToolTipRole: return tr("%n rules pass", nullptr, row.rulesPassed);
    case IconRole: return words.iconName;
    case IconToneRole: return tone(words.tone);
    case ToneRole: return isQuiet || api::isFinal(row.state) ? tone(Token::Muted) : QVariant();
    default: return {};
    }
}

QList<ExportColumn> CallsModel::exportColumns() const
{
    return {
        {.title = tr("Call"), .isNumber = true},
        {.title = tr("Asked, UTC")},
        {.title = tr("Started, UTC")},
        {.title = tr("Ended, UTC")},
        {.title = tr("State")},
        {.title = tr("Customer id"), .isNumber = true},
        {.title = tr("Customer")},
        {.title = tr("Callee, masked")},
        {.title = tr("Region")},
        {.title = tr("Language")},
        {.title = tr("Script")},
        {.title = tr("Rate per minute, USD"), .isNumber = true},
        {.title = tr("Seconds"), .isNumber = true},
        {.title = tr("Charged, USD"), .isNumber = true},
        {.title = tr("Refunded, USD"), .isNumber = true},
        {.title = tr("Reason")},
    };
}

QList<QStringList> CallsModel::exportLines(const api::CallRow &row) const
{
    const auto moment = [](const std::optional<Timestamp> &at) {
        return at ? core::toIso(*at) : QString();
    };
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(row.duration);
    return {{
        QString::number(row.id.value),
        core::toIso(row.askedAt),
        moment(row.startedAt),
        moment(row.endedAt),
        wordsOf(row.state).code,
        QString::number(row.customer.value),
        row.customerName,
        row.callee,
        row.region,
        row.language,
        row.script,
        row.ratePerMinute.toString(),
        QString::number(seconds.count()),
        row.charged.toString(),
        row.refunded.toString(),
        row.reason,
    }};
}

QFuture<Result<api::Page<api::CallRow>>> CallsModel::list(const api::PageQuery &query)
{
    return m_calls.listCalls(query);
}

std::optional<QFuture<CallsModel::Rows>> CallsModel::read(const QList<qint64> &ids)
{
    QList<api::CallId> wanted;
    for (const qint64 id : ids)
        wanted.append(api::CallId{id});
    return m_calls.loadCalls(wanted);
}

/// Of all conditions only those on the state can end while a call goes on.
bool CallsModel::belongs(const api::CallRow &row) const
{
    using Comparison = api::FilterTerm::Comparison;
    for (const api::FilterTerm &term : filter()) {
        if (term.field == QLatin1String("live")) {
            const bool isRecent = row.endedAt && *row.endedAt + kShownAfterEnd > m_display.now();
            if (api::isFinal(row.state) && !isRecent)
                return false;
        }
        if (term.field != QLatin1String("state"))
            continue;
        const bool isIt = term.value == wordsOf(row.state).code;
        if (isIt != (term.comparison == Comparison::Is))
            return false;
    }
    return true;
}

} // namespace ui
