#include "core/crypto.h"
#include "seals/export_text.h"
#include "seals/seal_chain.h"
#include "seals/seal_file.h"
#include "seals/signer.h"
#include "tests/support/test_main.h"

#include <QBuffer>
#include <QTest>

namespace tst_seal_chain {

using namespace std::chrono_literals;

namespace {

const QByteArray kKey(32, 'k');

seals::Span span(qint64 after, qint64 upto)
{
    return {after, upto, upto - after, core::sha256(QByteArray::number(upto))};
}

/// Seals 1 to `count`, ten rows each.
std::vector<seals::SignedSeal> chainOf(int count)
{
    const seals::Signer signer(kKey);
    std::vector<seals::SignedSeal> made;
    for (int i = 1; i <= count; ++i) {
        const seals::Seal seal = {.number = i,
                                  .at = core::fromIso(u"2026-11-22T08:00:00Z").value() + i * 60s,
                                  .transfers = span((i - 1) * 10, i * 10),
                                  .audit = span(i - 1, i),
                                  .previous =
                                      made.empty() ? QByteArray() : seals::hashOf(made.back())};
        made.push_back(signer.sign(seal));
    }
    return made;
}

QStringList problemsOf(const std::vector<seals::SignedSeal> &given)
{
    seals::SealChain chain(seals::Signer(kKey).publicKey());
    for (const seals::SignedSeal &seal : given)
        (void)chain.add(seal);
    return chain.problems();
}

} // namespace

class TestSealChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSealIsReadAsItWasWritten();
    void aChainIsSound();
    void everyBitOfASealCounts();
    void aMissingADoubleAndAnExchangedSealAreFound();
    void aFileIsReadBackToItsLastWholeLine();
    void anExportRowKeepsItsBytes();
};

void TestSealChain::aSealIsReadAsItWasWritten()
{
    const auto made = chainOf(2);
    const auto read = seals::sealOf(made[1].body);
    QVERIFY(read);
    QCOMPARE(seals::bodyOf(*read), made[1].body);
    QCOMPARE(read->previous, seals::hashOf(made[0]));
    QCOMPARE(seals::fromLine(seals::lineOf(made[1])), std::optional(made[1]));
    QVERIFY(!seals::sealOf("{}"));
    QVERIFY(!seals::sealOf("no JSON"));
}

void TestSealChain::aChainIsSound()
{
    QCOMPARE(problemsOf(chainOf(5)), QStringList());
    QVERIFY(!problemsOf({chainOf(1)[0], chainOf(3)[2]}).isEmpty());
}

void TestSealChain::everyBitOfASealCounts()
{
    const auto sound = chainOf(3);
    for (qsizetype i = 0; i < sound[1].body.size(); ++i) {
        auto changed = sound;
        changed[1].body[i] = static_cast<char>(changed[1].body[i] ^ 1);
        QVERIFY(!problemsOf(changed).isEmpty());
    }
    for (qsizetype i = 0; i < sound[1].signature.size(); ++i) {
        auto changed = sound;
        changed[1].signature[i] = static_cast<char>(changed[1].signature[i] ^ 1);
        QVERIFY(!problemsOf(changed).isEmpty());
    }
}

void TestSealChain::aMissingADoubleAndAnExchangedSealAreFound()
{
    const auto sound = chainOf(4);
    QVERIFY(!problemsOf({sound[0], sound[2], sound[3]}).isEmpty());
    QVERIFY(!problemsOf({sound[1], sound[2]}).isEmpty());
    QVERIFY(!problemsOf({sound[0], sound[1], sound[1], sound[2]}).isEmpty());
    QVERIFY(!problemsOf({sound[0], sound[2], sound[1], sound[3]}).isEmpty());
    // Signed by the same key, but of another history.
    const seals::Signer signer(kKey);
    auto other = *seals::sealOf(sound[1].body);
    other.transfers.rows = 9;
    QVERIFY(!problemsOf({sound[0], signer.sign(other), sound[2]}).isEmpty());
}

void TestSealChain::aFileIsReadBackToItsLastWholeLine()
{
    const auto made = chainOf(3);
    QByteArray text;
    for (const seals::SignedSeal &seal : made)
        text += seals::lineOf(seal);
    const qsizetype twoLines = text.size() - seals::lineOf(made[2]).size();
    for (qsizetype size = twoLines; size <= text.size(); ++size) {
        QByteArray cut = text.first(size);
        QBuffer file(&cut);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto end = seals::endOf(file);
        QVERIFY(end && end->newest);
        QCOMPARE(*end->newest, size == text.size() ? made[2] : made[1]);
        QCOMPARE(end->isTorn(), size != twoLines && size != text.size());
        QCOMPARE(end->wholeBytes, size == text.size() ? size : twoLines);
    }
    QByteArray nothing;
    QBuffer empty(&nothing);
    QVERIFY(empty.open(QIODevice::ReadOnly));
    QVERIFY(seals::endOf(empty) && !seals::endOf(empty)->newest);
    QByteArray rubbish("rubbish\n");
    QBuffer other(&rubbish);
    QVERIFY(other.open(QIODevice::ReadOnly));
    QVERIFY(!seals::endOf(other));
}

void TestSealChain::anExportRowKeepsItsBytes()
{
    const QByteArray line = "[42, 7, \"a \\\"b\\\"\"]";
    const QByteArray text = seals::exportRow(seals::Stream::Transfers, line);
    QCOMPARE(text, QByteArray("{\"transfer\":" + line + "}\n"));
    const auto row = seals::fromExport(text);
    QVERIFY(row && row->stream == seals::Stream::Transfers);
    QCOMPARE(row->id, 42);
    QCOMPARE(row->line.toByteArray(), line);
    const QByteArray audit = seals::exportRow(seals::Stream::Audit, "{\"id\":3,\"at\":\"x\"}");
    QCOMPARE(seals::fromExport(audit)->id, 3);
    for (const char *bad :
         {"", "{\"transfer\":[1, 2]}", "{\"transfer\":[x, 2]}\n", "{\"audit\":[1]}\n"})
        QVERIFY(!seals::fromExport(bad));
}

REGISTER_TEST(TestSealChain);

} // namespace tst_seal_chain

#include "tst_seal_chain.moc"
