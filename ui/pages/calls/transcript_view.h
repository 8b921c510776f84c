#pragma once

#include "api/calls.h"
#include "ui/support/parts.h"

#include <QScrollArea>

class QPushButton;

namespace ui {

/// What is said, as bubbles; follows the newest words unless somebody scrolled up.
class TranscriptView final : public QScrollArea {
    Q_OBJECT

public:
    explicit TranscriptView(QWidget *parent = nullptr);
    void showLines(const QList<api::TranscriptLine> &lines);
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void jumpToEnd();

Q_SIGNALS:
    void followingChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class Bubbles;
    void placeButton();

    Bubbles *m_bubbles = nullptr;
    QPushButton *m_jump = nullptr;
    bool m_isFollowing = true;
    bool m_isMoving = false; // by the program, not by a person
};

} // namespace ui
