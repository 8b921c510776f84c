#include "intake/admin_server.h"

#include "tests/http/http_client.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace tst_intake_admin {

using namespace std::chrono_literals;
using tests::get;
using tests::post;
using tests::RawClient;

class TestIntakeAdmin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void healthIsAlwaysGood();
    void readinessFollowsTheCallback();
    void metricsAreInPrometheusForm();
    void residentMemoryIsThisProcesss();
    void otherPathsAndMethodsAreRefused();
    void histogramCountsAreCumulative();
};

namespace {

struct Fixture {
    intake::HttpThread thread;
    std::atomic<bool> isReady = false;
    intake::AdminServer server{
        thread,
        {.listen = {QHostAddress(QHostAddress::LocalHost), 0},
         .isReady = [this] { return isReady.load(); },
         .metrics = {[] { return QList{intake::counter("a_total", "Things.", 3)}; }}}};
    quint16 port = server.start().value();
};

/// The whole response to one request.
QByteArray responseOf(quint16 port, const QByteArray &method, const QByteArray &path)
{
    RawClient client(port);
    client.send(method + ' ' + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    return QTest::qWaitFor([&] { return client.isClosed(); }) ? client.received : QByteArray();
}

QByteArray bodyOf(const QByteArray &response)
{
    return response.mid(response.indexOf("\r\n\r\n") + 4);
}

} // namespace

void TestIntakeAdmin::healthIsAlwaysGood()
{
    Fixture fixture;
    const QByteArray response = responseOf(fixture.port, "GET", "/healthz");
    QVERIFY(response.startsWith("HTTP/1.1 200 "));
    QCOMPARE(bodyOf(response), QByteArray("ok"));
}

void TestIntakeAdmin::readinessFollowsTheCallback()
{
    Fixture fixture;
    QVERIFY(responseOf(fixture.port, "GET", "/readyz").startsWith("HTTP/1.1 503 "));
    fixture.isReady = true;
    QVERIFY(responseOf(fixture.port, "GET", "/readyz").startsWith("HTTP/1.1 200 "));
}

void TestIntakeAdmin::metricsAreInPrometheusForm()
{
    Fixture fixture;
    const QByteArray response = responseOf(fixture.port, "GET", "/metrics");
    QVERIFY(response.contains("text/plain; version=0.0.4"));
    QVERIFY(response.endsWith("# HELP a_total Things.\n# TYPE a_total counter\na_total 3\n"));

    const intake::Metric labelled{
        .name = "b",
        .help = "B.",
        .samples = {{.value = 1.5, .labels = {{"x", "q\"\\\n"}, {"y", "z"}}}}};
    QCOMPARE(intake::prometheusText({labelled}),
             QByteArray("# HELP b B.\n# TYPE b gauge\nb{x=\"q\\\"\\\\\\n\",y=\"z\"} 1.5\n"));
}

void TestIntakeAdmin::residentMemoryIsThisProcesss()
{
    const intake::Metric metric = intake::residentMemory();
    QCOMPARE(metric.name, QByteArray("process_resident_memory_bytes"));
    const double before = metric.samples.first().value;
    QVERIFY(before > 1e6);
    const QByteArray ballast(64'000'000, 'b');
    QVERIFY(intake::residentMemory().samples.first().value > before + ballast.size() / 2.0);
}

void TestIntakeAdmin::otherPathsAndMethodsAreRefused()
{
    Fixture fixture;
    QVERIFY(responseOf(fixture.port, "GET", "/").startsWith("HTTP/1.1 404 "));
    QVERIFY(responseOf(fixture.port, "POST", "/metrics").startsWith("HTTP/1.1 405 "));
    const QByteArray head = responseOf(fixture.port, "HEAD", "/healthz");
    QVERIFY(head.startsWith("HTTP/1.1 200 "));
    QVERIFY(bodyOf(head).isEmpty());
}

void TestIntakeAdmin::histogramCountsAreCumulative()
{
    intake::DurationHistogram histogram;
    histogram.add(500us);
    histogram.add(1ms);
    histogram.add(7ms);
    histogram.add(60s);
    const QByteArray text = intake::prometheusText({histogram.metric("t", "T.")});
    QVERIFY(text.contains("t_bucket{le=\"1\"} 2\n"));
    QVERIFY(text.contains("t_bucket{le=\"5\"} 2\n"));
    QVERIFY(text.contains("t_bucket{le=\"10\"} 3\n"));
    QVERIFY(text.contains("t_bucket{le=\"5000\"} 3\n"));
    QVERIFY(text.contains("t_bucket{le=\"+Inf\"} 4\n"));
    QVERIFY(text.contains("t_sum 60008.5\n"));
    QVERIFY(text.endsWith("t_count 4\n"));
}

REGISTER_TEST(TestIntakeAdmin);

} // namespace tst_intake_admin

#include "tst_intake_admin.moc"
