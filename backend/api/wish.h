#pragma once

#include "core/clock.h"

namespace api {

/// What somebody asked for that takes two people: the same command of another person does it.
struct Wish {
    QString what; // English, in the words of the command
    QString by;   // operator's name
    Timestamp until;
};

} // namespace api
