#include "ui/pages/calls/transcript_view.h"

#include "ui/support/fonts.h"

#include <QPainter>
#include <QPaintEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kPaddingPx = 10;
constexpr int kGapPx = 8;
constexpr int kWidestPercent = 82;

} // namespace

/// Painted, so that a call of an hour costs no widgets.
class TranscriptView::Bubbles final : public QWidget {
public:
    Bubbles()
    {
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
        setAccessibleName(TranscriptView::tr("Transcript"));
    }
    void setLines(const QList<api::TranscriptLine> &lines)
    {
        m_lines = lines;
        QStringList words;
        for (const api::TranscriptLine &line : lines)
            words << speaker(line) + QStringLiteral(": ") + line.words;
        setAccessibleDescription(words.join(u'\n'));
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {px(200), heightForWidth(width())}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override
    {
        int height = px(kGapPx);
        for (const api::TranscriptLine &line : m_lines)
            height += bubble(line, width).height() + px(kGapPx);
        return height;
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        int top = px(kGapPx);
        for (const api::TranscriptLine &line : m_lines) {
            const QRect rect = bubble(line, width()).translated(0, top);
            if (rect.intersects(event->rect()))
                paintLine(painter, line, rect);
            top += rect.height() + px(kGapPx);
        }
    }

private:
    static QString speaker(const api::TranscriptLine &line)
    {
        return line.isAgent ? TranscriptView::tr("Agent") : TranscriptView::tr("Callee");
    }
    [[nodiscard]] static QRect wordsRect(const QString &words, int width)
    {
        return QFontMetrics(textFont(TextSize::Body))
            .boundingRect(QRect(0, 0, width, 100'000), Qt::AlignLeft | Qt::TextWordWrap, words);
    }
    [[nodiscard]] QRect bubble(const api::TranscriptLine &line, int width) const
    {
        const int widest = std::max(px(120), width * kWidestPercent / 100) - 2 * px(kPaddingPx);
        const QFontMetrics head(textFont(TextSize::Small, QFont::DemiBold));
        const QRect words = wordsRect(line.words, widest);
        const int inner = std::max(words.width() + 2, head.horizontalAdvance(speaker(line)));
        const QSize size(inner + 2 * px(kPaddingPx),
                         head.height() + px(2) + words.height() + 2 * px(7));
        const bool isTrailing = line.isAgent != isRightToLeft();
        return {QPoint(isTrailing ? width - size.width() - 1 : 0, 0), size};
    }
    void paintLine(QPainter &painter, const api::TranscriptLine &line, const QRect &rect) const
    {
        const Theme &theme = Theme::current();
        const bool hasEdge = !line.isAgent || theme.name == ThemeName::Contrast;
        painter.setPen(hasEdge ? QPen(theme[Token::Border], 1) : QPen(Qt::NoPen));
        painter.setBrush(theme[line.isAgent ? Token::Select : Token::Surface2]);
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        const QRect inner = rect.adjusted(px(kPaddingPx), px(7), -px(kPaddingPx), -px(7));
        const QFont head = textFont(TextSize::Small, QFont::DemiBold);
        painter.setPen(theme[Token::Text]);
        painter.setFont(head);
        painter.drawText(inner, Qt::AlignLeading | Qt::AlignTop, speaker(line));
        painter.setFont(textFont(TextSize::Body));
        painter.drawText(inner.adjusted(0, QFontMetrics(head).height() + px(2), 2, px(4)),
                         Qt::AlignLeading | Qt::AlignTop | Qt::TextWordWrap, line.words);
    }

    QList<api::TranscriptLine> m_lines;
};

TranscriptView::TranscriptView(QWidget *parent)
    : QScrollArea(parent)
    , m_bubbles(new Bubbles)
    , m_jump(new QPushButton(tr("Jump to live"), this))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Transcript"));
    auto *padded = new QWidget;
    padded->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(padded);
    column->setContentsMargins(px(16), 0, px(16), px(4));
    column->addWidget(m_bubbles);
    column->addStretch(1);
    setWidget(padded);
    viewport()->setBackgroundRole(QPalette::Base);
    m_jump->setAccessibleName(m_jump->text());
    m_jump->hide();
    connect(m_jump, &QPushButton::clicked, this, &TranscriptView::jumpToEnd);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (m_isMoving)
            return;
        m_isFollowing = value >= verticalScrollBar()->maximum() - px(4);
        m_jump->setVisible(!m_isFollowing);
        placeButton();
        Q_EMIT followingChanged();
    });
    // The range changes when the words do, and again when the layout has come to rest.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_isFollowing)
            jumpToEnd();
    });
}

void TranscriptView::showLines(const QList<api::TranscriptLine> &lines)
{
    m_bubbles->setLines(lines);
}

void TranscriptView::jumpToEnd()
{
    m_isMoving = true;
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    m_isMoving = false;
    m_isFollowing = true;
    m_jump->hide();
    Q_EMIT followingChanged();
}

void TranscriptView::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    placeButton();
}

void TranscriptView::placeButton()
{
    m_jump->adjustSize();
    m_jump->move((width() - m_jump->width()) / 2, height() - m_jump->height() - px(8));
    m_jump->raise();
}

} // namespace ui
