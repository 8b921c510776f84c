#pragma once

#include <QFont>

namespace ui {

/// The desktop's font; Inter, else Noto Sans, where the desktop chose none or DejaVu Sans.
[[nodiscard]] QFont consoleFont(const QFont &system);

enum class TextSize {
    Value = 9,   // a balance
    Title = 4,   // the page
    Section = 2, // a drawer, a block
    Body = 0,
    Small = -1, // table header, labels, pills
    Tiny = -2,  // badges
};

/// A step from the application's font size, so that everything grows with it.
[[nodiscard]] QFont textFont(TextSize size, QFont::Weight weight = QFont::Normal);
/// Provider ids, hashes and keys.
[[nodiscard]] QFont codeFont();
/// `at100` pixels at the usual 13-pixel font, scaled with the font in use.
[[nodiscard]] int px(int at100);

} // namespace ui
