#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

namespace core {

/// A value or an Error; never a bool with an out-parameter. "Absent" is a value, not an error.
template <typename T> using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace core

using core::failure;
using core::Result;
