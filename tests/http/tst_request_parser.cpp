#include "http/request_parser.h"

#include "tests/fuzz/parser_properties.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <random>

namespace tst_request_parser {

namespace {

constexpr http::ParserLimits kLimits{.bodyBytesMax = 1000, .headerBytesMax = 500};
const QByteArray kHost = "Host: a\r\n";

/// The status the parser refuses `bytes` with; 0 when it waits for more, 200 when it takes a
/// request.
int outcomeOf(const QByteArray &bytes)
{
    http::RequestParser parser(kLimits);
    parser.append(bytes);
    const auto outcome = parser.next();
    if (const auto *const refusal = std::get_if<http::Refusal>(&outcome))
        return refusal->status;
    return std::holds_alternative<http::ParsedRequest>(outcome) ? 200 : 0;
}

QByteArray chunked(const QByteArray &chunks)
{
    return "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
}

} // namespace

class TestRequestParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void outcome_data();
    void outcome();
    void chunksAreJoined();
    void keepAliveFollowsVersionAndHeader_data();
    void keepAliveFollowsVersionAndHeader();
    void continueIsWantedOnlyBeforeTheBody();
    void pipelinedRequestsComeOneByOne();
    void refusalStays();
    void randomMutationsKeepTheProperties();
};

void TestRequestParser::outcome_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("expected");
    const auto head = [](const QByteArray &headers) {
        return "POST / HTTP/1.1\r\n" + kHost + headers + "\r\n";
    };
    const auto line = [](const QByteArray &text) { return text + "\r\n" + kHost + "\r\n"; };

    QTest::newRow("simple") << line("GET /a?b HTTP/1.1") << 200;
    QTest::newRow("one empty line before") << "\r\n" + line("GET / HTTP/1.1") << 200;
    QTest::newRow("two empty lines before") << "\r\n\r\n" + line("GET / HTTP/1.1") << 400;
    QTest::newRow("lower-case method") << line("get / HTTP/1.1") << 400;
    QTest::newRow("two blanks") << line("GET  / HTTP/1.1") << 400;
    QTest::newRow("blank in the target") << line("GET /a b HTTP/1.1") << 400;
    QTest::newRow("blank at the end") << line("GET / HTTP/1.1 ") << 400;
    QTest::newRow("tab in the target") << line("GET /\t HTTP/1.1") << 400;
    QTest::newRow("fragment") << line("GET /#a HTTP/1.1") << 400;
    QTest::newRow("absolute form") << line("GET http://a/ HTTP/1.1") << 400;
    QTest::newRow("no version") << line("GET /") << 400;
    QTest::newRow("HTTP/0.9") << QByteArray("GET /\r\n\r\n") << 400;
    QTest::newRow("HTTP/1.2") << line("GET / HTTP/1.2") << 505;
    QTest::newRow("HTTP/2.0") << line("GET / HTTP/2.0") << 505;
    QTest::newRow("http/1.1") << line("GET / http/1.1") << 400;

    QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("no host in 1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << 200;
    QTest::newRow("two hosts") << head(kHost) << 400;
    QTest::newRow("no colon") << head("nonsense\r\n") << 400;
    QTest::newRow("empty name") << head(": a\r\n") << 400;
    QTest::newRow("blank before the colon") << head("A : a\r\n") << 400;
    QTest::newRow("folded line") << head("A: a\r\n b\r\n") << 400;
    QTest::newRow("bare LF") << head("A: a\nB: b\r\n") << 400;
    QTest::newRow("bare LF, unfinished") << QByteArray("GET / HTTP/1.1\n") << 400;
    QTest::newRow("bare CR") << head("A: a\rB: b\r\n") << 400;
    QTest::newRow("NUL in a value") << head(QByteArray("A: \0\r\n", 6)) << 400;
    QTest::newRow("NUL in a name") << head(QByteArray("A\0: b\r\n", 7)) << 400;
    QTest::newRow("escape in a value") << head("A: \x1b[0m\r\n") << 400;
    QTest::newRow("UTF-8 in a value") << head("A: \xc3\xa9\r\n") << 200;
    QTest::newRow("UTF-8 in a name") << head("\xc3\xa9: a\r\n") << 400;
    QTest::newRow("100 headers") << "GET / HTTP/1.1\r\n" + kHost +
                                        QByteArray("A:\r\n").repeated(99) + "\r\n"
                                 << 200;
    QTest::newRow("101 headers") << head(QByteArray("A:\r\n").repeated(100)) << 431;
    QTest::newRow("head at the limit") << head("A: " + QByteArray(500 - 33, 'a') + "\r\n") << 200;
    QTest::newRow("head above the limit")
        << head("A: " + QByteArray(500 - 32, 'a') + "\r\n") << 431;
    QTest::newRow("endless head") << "GET /" + QByteArray(600, 'a') << 431;

    QTest::newRow("length") << head("Content-Length: 2\r\n") + "ab" << 200;
    QTest::newRow("length 0") << head("Content-Length: 0\r\n") << 200;
    QTest::newRow("body not all there") << head("Content-Length: 2\r\n") + "a" << 0;
    QTest::newRow("empty length") << head("Content-Length:\r\n") << 400;
    QTest::newRow("negative length") << head("Content-Length: -1\r\n") << 400;
    QTest::newRow("hexadecimal length") << head("Content-Length: 0x2\r\n") + "ab" << 400;
    QTest::newRow("list of lengths") << head("Content-Length: 2, 2\r\n") + "ab" << 400;
    QTest::newRow("repeated length")
        << head("Content-Length: 2\r\ncontent-length: 2\r\n") + "ab" << 400;
    QTest::newRow("body at the limit") << head("Content-Length: 1000\r\n") << 0;
    QTest::newRow("body above the limit") << head("Content-Length: 1001\r\n") << 413;
    QTest::newRow("2 GiB") << head("Content-Length: 2147483648\r\n") << 413;
    QTest::newRow("beyond 64 bits")
        << head("Content-Length: 18446744073709551618\r\n") + "ab" << 413;
    QTest::newRow("both framings")
        << head("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") << 400;
    QTest::newRow("two codings")
        << head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") << 400;
    QTest::newRow("gzip") << head("Transfer-Encoding: gzip, chunked\r\n") << 501;
    QTest::newRow("chunked in 1.0")
        << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") << 400;
    QTest::newRow("other expectation") << head("Expect: magic\r\n") << 417;

    QTest::newRow("no chunks") << chunked("0\r\n\r\n") << 200;
    QTest::newRow("chunks not ended") << chunked("1\r\na\r\n") << 0;
    QTest::newRow("chunk extension") << chunked("1;a=b\r\na\r\n0\r\n\r\n") << 400;
    QTest::newRow("trailer") << chunked("0\r\nA: b\r\n\r\n") << 400;
    QTest::newRow("chunk longer than said") << chunked("1\r\nab\r\n0\r\n\r\n") << 400;
    QTest::newRow("empty chunk size") << chunked("\r\n\r\n") << 400;
    QTest::newRow("signed chunk size") << chunked("+1\r\na\r\n0\r\n\r\n") << 400;
    QTest::newRow("bare LF after the size") << chunked("1\na\r\n0\r\n\r\n") << 400;
    QTest::newRow("endless chunk size") << chunked("0000000000000") << 400;
    QTest::newRow("huge chunk") << chunked("ffffffff\r\n") << 413;
    QTest::newRow("chunks above the limit together")
        << chunked("3e8\r\n" + QByteArray(1000, 'a') + "\r\n1\r\n") << 413;
}

void TestRequestParser::outcome()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, expected);
    QCOMPARE(outcomeOf(bytes), expected);
}

void TestRequestParser::chunksAreJoined()
{
    http::RequestParser parser(kLimits);
    parser.append(chunked("3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\nGET"));
    const auto outcome = parser.next();
    const auto *const parsed = std::get_if<http::ParsedRequest>(&outcome);
    QVERIFY(parsed != nullptr);
    QCOMPARE(parsed->request.body, "abc0123456789");
    QVERIFY(parser.isMidRequest());
}

void TestRequestParser::keepAliveFollowsVersionAndHeader_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("expected");
    QTest::newRow("1.1") << QByteArray("1.1") << QByteArray() << true;
    QTest::newRow("1.1 close") << QByteArray("1.1") << QByteArray("Connection: close\r\n") << false;
    QTest::newRow("1.1 in a list")
        << QByteArray("1.1") << QByteArray("Connection: te , CLOSE\r\n") << false;
    QTest::newRow("1.0") << QByteArray("1.0") << QByteArray() << false;
    QTest::newRow("1.0 keep-alive")
        << QByteArray("1.0") << QByteArray("Connection: Keep-Alive\r\n") << true;
    QTest::newRow("both") << QByteArray("1.1") << QByteArray("Connection: keep-alive, close\r\n")
                          << false;
}

void TestRequestParser::keepAliveFollowsVersionAndHeader()
{
    QFETCH(const QByteArray, version);
    QFETCH(const QByteArray, header);
    http::RequestParser parser(kLimits);
    parser.append("GET / HTTP/" + version + "\r\n" + kHost + header + "\r\n");
    const auto outcome = parser.next();
    const auto *const parsed = std::get_if<http::ParsedRequest>(&outcome);
    QVERIFY(parsed != nullptr);
    QTEST(parsed->keepsAlive, "expected");
}

void TestRequestParser::continueIsWantedOnlyBeforeTheBody()
{
    const QByteArray head =
        "POST / HTTP/1.1\r\n" + kHost + "Expect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
    http::RequestParser waiting(kLimits);
    waiting.append(head);
    QVERIFY(std::holds_alternative<http::NeedMore>(waiting.next()));
    QVERIFY(waiting.takeContinue());
    QVERIFY(!waiting.takeContinue());

    http::RequestParser begun(kLimits);
    begun.append(head + 'a');
    QVERIFY(std::holds_alternative<http::NeedMore>(begun.next()));
    QVERIFY(!begun.takeContinue());
}

void TestRequestParser::pipelinedRequestsComeOneByOne()
{
    http::RequestParser parser(kLimits);
    QVERIFY(!parser.isMidRequest());
    for (int i = 0; i < 50; ++i)
        parser.append("POST /" + QByteArray::number(i) + " HTTP/1.1\r\n" + kHost +
                      "Content-Length: 1\r\n\r\nx");
    for (int i = 0; i < 50; ++i) {
        QVERIFY(parser.isMidRequest());
        const auto outcome = parser.next();
        const auto *const parsed = std::get_if<http::ParsedRequest>(&outcome);
        QVERIFY(parsed != nullptr);
        QCOMPARE(parsed->request.path, '/' + QByteArray::number(i));
        QCOMPARE(parsed->request.body, "x");
    }
    QVERIFY(!parser.isMidRequest());
    QVERIFY(std::holds_alternative<http::NeedMore>(parser.next()));
}

void TestRequestParser::refusalStays()
{
    http::RequestParser parser(kLimits);
    parser.append("\n");
    QVERIFY(std::holds_alternative<http::Refusal>(parser.next()));
    parser.append("GET / HTTP/1.1\r\n" + kHost + "\r\n");
    const auto outcome = parser.next();
    QCOMPARE(std::get<http::Refusal>(outcome).status, 400);
    QVERIFY(!parser.isMidRequest());
}

/// The fuzzer's properties on 20,000 inputs that are the same in every run.
void TestRequestParser::randomMutationsKeepTheProperties()
{
    const QByteArrayList seeds = {
        "GET /a?b=c HTTP/1.1\r\n" + kHost + "Connection: close\r\n\r\n",
        "POST /hook HTTP/1.1\r\n" + kHost + "Content-Length: 5\r\nX: y\r\n\r\nhello",
        chunked("5\r\nhello\r\n0A\r\n0123456789\r\n0\r\n\r\n"),
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "PUT / HTTP/1.1\r\n" + kHost + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\nok",
    };
    const QByteArrayList pieces = {"\r\n",
                                   "\n",
                                   "\r",
                                   QByteArray(1, '\0'),
                                   ":",
                                   " ",
                                   "0",
                                   "9999999999",
                                   "ffffffff\r\n",
                                   "Content-Length: 3\r\n",
                                   "Transfer-Encoding: chunked\r\n",
                                   "HTTP/1.1",
                                   "\r\n\r\n"};
    std::mt19937 random(20'261'122);
    const auto below = [&random](qsizetype bound) {
        return static_cast<qsizetype>(random() % static_cast<quint32>(bound));
    };
    int taken = 0;
    int refused = 0;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray input = seeds[below(seeds.size())] + seeds[below(seeds.size())];
        for (qsizetype left = below(4); left >= 0; --left) {
            const qsizetype at = below(input.size());
            switch (below(5)) {
            case 0: input[at] = static_cast<char>(below(256)); break;
            case 1: input.remove(at, 1 + below(8)); break;
            case 2: input.insert(at, pieces[below(pieces.size())]); break;
            case 3: input.insert(at, input.mid(below(input.size()), 1 + below(40))); break;
            case 4: input.truncate(std::max<qsizetype>(at, 1)); break;
            }
            if (input.isEmpty())
                input = "G";
        }
        const char *const fault = tests::parserFault(input);
        QVERIFY2(fault == nullptr,
                 QByteArray(QByteArray(fault) + ": " + input.toPercentEncoding()).constData());
        const tests::ParserTrace trace = tests::traceOf(input, input.size());
        taken += trace.requests.empty() ? 0 : 1;
        refused += trace.refusal != 0 ? 1 : 0;
    }
    // The mutations reach both sides of the parser, else the properties say little.
    QVERIFY2(taken > 2'000 && refused > 2'000,
             qPrintable(QStringLiteral("%1 %2").arg(taken).arg(refused)));
}

REGISTER_TEST(TestRequestParser);

} // namespace tst_request_parser

#include "tst_request_parser.moc"
