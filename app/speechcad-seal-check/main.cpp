#include "core/json.h"
#include "seals/export_text.h"
#include "seals/seal_chain.h"
#include "seals/seal_file.h"
#include "seals/signer.h"
#include "seals/span_check.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>

#include <cstdio>

namespace {

/// As every program of Speechcad.
enum ExitCode {
    Good = 0,
    FoundProblem = 1,
    BadUsage = 2,
    CannotRun = 3,
};

constexpr qsizetype kProblemsShown = 100;

struct Findings {
    qint64 seals = 0;
    QString newestAt;
    bool isTorn = false;
    QStringList problems;
};

Result<QByteArray> readPublicKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("cannot read the public key %1: %2")
                                      .arg(path, file.errorString())});
    const QByteArray key = QByteArray::fromHex(file.readAll().trimmed());
    if (key.size() != seals::kPublicKeyBytes)
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("%1 is no public key: it should hold 64 "
                                                 "hexadecimal digits")
                                      .arg(path)});
    return key;
}

Result<void> readSeals(const QString &path, const QByteArray &publicKey,
                       seals::SpanCheck &transfers, seals::SpanCheck &audit, Findings &findings)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            {.code = ErrorCode::BadInput,
             .detail =
                 QStringLiteral("cannot read the seals %1: %2").arg(path, file.errorString())});
    seals::SealChain chain(publicKey);
    findings.isTorn = seals::forEachSeal(file, [&](const std::optional<seals::SignedSeal> &given) {
        const auto seal = chain.add(given.value_or(seals::SignedSeal()));
        ++findings.seals;
        if (!seal)
            return;
        transfers.expect(seal->number, seal->transfers);
        audit.expect(seal->number, seal->audit);
        findings.newestAt = core::toIso(seal->at);
    });
    findings.problems += chain.problems();
    return {};
}

Result<void> readExport(const QString &path, seals::SpanCheck &transfers, seals::SpanCheck &audit,
                        Findings &findings)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            {.code = ErrorCode::BadInput,
             .detail =
                 QStringLiteral("cannot read the export %1: %2").arg(path, file.errorString())});
    if (!seals::isExportHead(file.readLine()))
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("%1 was not made by speechcad-server ledger "
                                                 "export")
                                      .arg(path)});
    for (qint64 number = 2; !file.atEnd(); ++number) {
        const QByteArray text = file.readLine();
        const auto row = seals::fromExport(text);
        if (!row)
            findings.problems << QStringLiteral("line %1 of the export is no row").arg(number);
        else if (row->stream == seals::Stream::Transfers)
            transfers.add(row->id, row->line);
        else
            audit.add(row->id, row->line);
    }
    transfers.finish();
    audit.finish();
    findings.problems += transfers.problems() + audit.problems();
    return {};
}

Json jsonOf(const seals::SpanCheck &rows)
{
    return {{"sealed", rows.sealed()},
            {"not_sealed_yet", rows.unsealed()},
            {"first_not_sealed", rows.firstUnsealed()},
            {"last_not_sealed", rows.lastUnsealed()}};
}

QString inWords(const QString &what, const seals::SpanCheck &rows)
{
    QString words = QStringLiteral("%1 sealed %2").arg(rows.sealed()).arg(what);
    if (rows.unsealed() > 0)
        words += QStringLiteral(", %1 not sealed yet (%2 to %3)")
                     .arg(rows.unsealed())
                     .arg(rows.firstUnsealed())
                     .arg(rows.lastUnsealed());
    return words;
}

int report(const Findings &findings, const seals::SpanCheck &transfers,
           const seals::SpanCheck &audit, bool isJson)
{
    const bool isSound = findings.problems.isEmpty();
    if (isJson) {
        Json problems = Json::array();
        for (const QString &problem : findings.problems)
            problems.push_back(problem);
        const Json json = {{"sound", isSound},
                           {"seals", findings.seals},
                           {"newest_seal_at", findings.newestAt},
                           {"last_line_torn", findings.isTorn},
                           {"transfers", jsonOf(transfers)},
                           {"audit", jsonOf(audit)},
                           {"problems", problems}};
        std::printf("%s\n", core::toBytes(json).constData());
        return isSound ? Good : FoundProblem;
    }
    for (const QString &problem :
         findings.problems.first(std::min(kProblemsShown, findings.problems.size())))
        std::printf("%s\n", qUtf8Printable(problem));
    if (findings.problems.size() > kProblemsShown)
        std::printf("and %lld more\n",
                    static_cast<long long>(findings.problems.size() - kProblemsShown));
    std::printf("%lld seals, the newest of %s: %s; %s: %s\n",
                static_cast<long long>(findings.seals), qUtf8Printable(findings.newestAt),
                qUtf8Printable(inWords(QStringLiteral("transfers"), transfers)),
                qUtf8Printable(inWords(QStringLiteral("audit rows"), audit)),
                isSound ? "as sealed" : "NOT AS SEALED");
    return isSound ? Good : FoundProblem;
}

int cannotRun(const Error &error)
{
    std::fprintf(stderr, "speechcad-seal-check: %s\n", qUtf8Printable(error.detail));
    return CannotRun;
}

int check(const QString &sealFile, const QString &keyFile, const QString &exportFile, bool isJson)
{
    const auto key = readPublicKey(keyFile);
    if (!key)
        return cannotRun(key.error());
    seals::SpanCheck transfers(QStringLiteral("transfer"));
    seals::SpanCheck audit(QStringLiteral("audit row"));
    Findings findings;
    if (auto read = readSeals(sealFile, *key, transfers, audit, findings); !read)
        return cannotRun(read.error());
    if (auto read = readExport(exportFile, transfers, audit, findings); !read)
        return cannotRun(read.error());
    return report(findings, transfers, audit, isJson);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("speechcad-seal-check"));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Compares an export of the books with the seals that were made of them. Needs no database "
        "and no secret.\nExit status: 0 as sealed, 1 found a problem, 2 bad usage, 3 cannot run."));
    parser.addPositionalArgument(QStringLiteral("SEALS"),
                                 QStringLiteral("the file of seals, or a copy of it"));
    parser.addPositionalArgument(QStringLiteral("KEY"),
                                 QStringLiteral("the public key, seals.pub of the data folder"));
    parser.addPositionalArgument(QStringLiteral("EXPORT"),
                                 QStringLiteral("made by speechcad-server ledger export"));
    const QCommandLineOption json(QStringLiteral("json"), QStringLiteral("one JSON object"));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("this text"));
    parser.addOptions({json, help});
    const bool isUnderstood = parser.parse(QCoreApplication::arguments());
    if (isUnderstood && parser.isSet(help)) {
        std::fputs(qUtf8Printable(parser.helpText()), stdout);
        return Good;
    }
    const QStringList files = parser.positionalArguments();
    if (!isUnderstood || files.size() != 3) {
        std::fprintf(stderr, "speechcad-seal-check: %s\n\n%s",
                     isUnderstood ? "three files are needed" : qUtf8Printable(parser.errorText()),
                     qUtf8Printable(parser.helpText()));
        return BadUsage;
    }
    return check(files[0], files[1], files[2], parser.isSet(json));
}
