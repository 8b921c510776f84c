#pragma once

#include "ui/support/parts.h"

class QScrollArea;
class QVBoxLayout;

namespace ui {

/// One line of an object's history: "10:31:07  credited  25.00 USD".
struct TimelineEvent {
    QString time;
    QString title;
    QString detail;
    QString iconName;
    Token tone = Token::Muted;
};

/// Events under each other, joined by a line. Painted, so that a hundred cost nothing.
class Timeline final : public QWidget {
    Q_OBJECT

public:
    explicit Timeline(QList<TimelineEvent> events, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int eventHeight(const TimelineEvent &event, int width) const;

    QList<TimelineEvent> m_events;
};

/// A label and its value in the drawer.
struct Fact {
    QString label;
    QString value;
    bool isCode = false;
    Token tone = Token::Text;
};

/// An address, a hash or a text for machines: broken wherever the line ends, and copied whole.
[[nodiscard]] QWidget *makeCode(const QString &code, const QString &what);
/// Labels at the leading edge, values beside them.
[[nodiscard]] QWidget *makeFacts(const QList<Fact> &facts);

/// The pane at the trailing edge that shows one object: head, blocks divided by lines, foot.
class Drawer final : public Panel {
    Q_OBJECT

public:
    static constexpr int kWidthPx = 372;

    explicit Drawer(QWidget *parent = nullptr);
    void setHead(const QString &title, const QString &subtitle);
    void setState(const QString &iconName, const QString &word, Token tone);
    void setFoot(const QString &text);
    /// Takes the blocks away; add*() then builds them anew.
    void clear();
    void addFacts(const QString &title, const QList<Fact> &facts);
    void addBlock(const QString &title, QWidget *content);
    void addText(const QString &iconName, Token tone, const QString &text);
    void setMessage(const QString &text);
    /// One widget of its own making instead of blocks; taken over, and kept until the next clear().
    void setContent(QWidget *content);

Q_SIGNALS:
    void closed();

private:
    QVBoxLayout *startBlock(const QString &title);

    TokenLabel *m_title = nullptr;
    TokenLabel *m_subtitle = nullptr;
    StateLabel *m_state = nullptr;
    QToolButton *m_close = nullptr;
    QScrollArea *m_area = nullptr;
    QWidget *m_body = nullptr;
    QVBoxLayout *m_blocks = nullptr;
    Panel *m_foot = nullptr;
    TokenLabel *m_footText = nullptr;
};

} // namespace ui
