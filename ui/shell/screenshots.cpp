#include "ui/shell/screenshots.h"

#include "ui/pages/refunds/refund_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/sign_in_view.h"
#include "ui/support/page.h"
#include "ui/support/when_ready.h"

#include <QDir>
#include <QPainter>
#include <QPixmap>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr QSize kSize(1440, 900);
constexpr auto kDataDeadline = 15s;
constexpr auto kLayoutTime = 100ms; // layouts inside layouts take some rounds of the event loop
constexpr int kSignIn = -1;
const QString kRefundScene = QStringLiteral("refund");

/// A dialog is a window of its own: it is put where it would stand.
QPixmap withDialog(const MainWindow &window)
{
    QPixmap picture = const_cast<MainWindow &>(window).grab();
    Dialog *dialog = Dialog::openOn(window);
    if (dialog == nullptr)
        return picture;
    QPainter painter(&picture);
    const QPixmap front = dialog->grab();
    const QRect place(
        QPoint((window.width() - dialog->width()) / 2, (window.height() - dialog->height()) / 2),
        dialog->size());
    painter.drawPixmap(place.topLeft(), front);
    painter.setPen(Theme::current()[Token::Control]);
    painter.drawRect(place.adjusted(-1, -1, 0, 0));
    return picture;
}

} // namespace

Screenshots::Screenshots(const api::Backend &backend, Themes &themes, QString directory)
    : m_backend(backend)
    , m_themes(themes)
    , m_directory(std::move(directory))
    , m_themeBefore(themes.choice())
    , m_window(std::make_unique<MainWindow>(backend, themes, MainWindow::Options{}))
{
    addSteps();
    for (const Page *page : m_window->pages())
        connect(page, &Page::settledChanged, this, &Screenshots::look);
    connect(m_window.get(), &MainWindow::statusChanged, this, &Screenshots::look);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_isGood = false;
        take();
    });
    m_settle.setSingleShot(true);
    m_settle.setInterval(kLayoutTime);
    connect(&m_settle, &QTimer::timeout, this, &Screenshots::take);
}

Screenshots::~Screenshots() = default;

/// One theme after the other: each change of it styles every widget of every page anew.
void Screenshots::addSteps()
{
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        m_steps.append({.page = kSignIn, .theme = theme, .scene = {}});
        for (int page = 0; page < int(m_window->pages().size()); ++page) {
            QStringList scenes = m_window->pages()[page]->scenes();
            if (m_window->pages()[page]->name() == QLatin1String("customers"))
                scenes << kRefundScene;
            for (const QString &scene : std::as_const(scenes))
                m_steps.append({.page = page, .theme = theme, .scene = scene});
        }
    }
}

void Screenshots::start()
{
    m_isGood = QDir().mkpath(m_directory);
    m_window->resize(kSize);
    m_window->show();
    startStep();
}

void Screenshots::startStep()
{
    m_signIn.reset();
    m_isRefundAwaited = false;
    if (m_steps.isEmpty()) {
        m_themes.choose(m_themeBefore);
        return Q_EMIT finished(m_isGood);
    }
    const Step &step = m_steps.first();
    if (m_themes.choice() != step.theme)
        m_themes.choose(step.theme);
    m_deadline.start(kDataDeadline);
    if (step.page == kSignIn) {
        m_signIn = std::make_unique<SignInView>(m_backend);
        m_signIn->resize(kSize);
        m_signIn->show();
    } else {
        m_window->showPage(step.page);
        const bool isRefund = step.scene == kRefundScene;
        m_window->currentPage().showScene(isRefund ? m_window->currentPage().scenes().value(1)
                                                   : step.scene);
        if (isRefund)
            openRefund();
    }
    look();
}

/// Of the newest call that cost something; without one there is no picture to take.
void Screenshots::openRefund()
{
    m_isRefundAwaited = true;
    const QList<api::FilterTerm> charged = {
        {.field = QStringLiteral("cost"),
         .comparison = api::FilterTerm::Comparison::Above,
         .value = QStringLiteral("0")},
        {.field = QStringLiteral("state"), .value = QStringLiteral("ended")}};
    whenReady(m_backend.calls.listCalls({.filter = charged, .after = {}, .limit = 20}), this,
              [this](const Result<api::Page<api::CallRow>> &page) {
                  m_isRefundAwaited = false;
                  if (page) {
                      for (const api::CallRow &row : page->rows) {
                          if (m_refund == nullptr && row.refunded < row.charged) {
                              m_window->openCustomer(row.customer);
                              m_refund = m_window->openRefund(row.id);
                          }
                      }
                  }
                  if (m_refund != nullptr) {
                      connect(m_refund, &RefundDialog::settledChanged, this, &Screenshots::look);
                      m_refund->previewFully();
                  }
                  look();
              });
}

bool Screenshots::isReady() const
{
    if (m_steps.first().page == kSignIn)
        return true;
    const bool isRefundReady =
        m_refund == nullptr || (m_refund->isSettled() && m_refund->step() >= RefundDialog::Preview);
    return !m_isRefundAwaited && isRefundReady && m_window->currentPage().isSettled() &&
           m_window->hasStatus();
}

void Screenshots::look()
{
    if (m_deadline.isActive() && isReady())
        m_settle.start();
    else
        m_settle.stop();
}

void Screenshots::take()
{
    m_deadline.stop();
    m_settle.stop();
    const QPixmap picture = m_signIn ? m_signIn->grab() : withDialog(*m_window);
    m_isGood = picture.save(QDir(m_directory).filePath(fileName())) && m_isGood;
    delete m_refund;
    m_refund = nullptr;
    for (Dialog *dialog = Dialog::openOn(*m_window); dialog != nullptr;
         dialog = Dialog::openOn(*m_window))
        delete dialog;
    m_steps.removeFirst();
    startStep();
}

QString Screenshots::fileName() const
{
    const Step &step = m_steps.first();
    const QString page =
        step.page == kSignIn ? QStringLiteral("sign_in") : m_window->currentPage().name();
    const QString scene = step.scene.isEmpty() ? QString() : u'-' + step.scene;
    const QString theme =
        step.theme == ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark");
    return page + scene + u'-' + theme + QStringLiteral(".png");
}

} // namespace ui
