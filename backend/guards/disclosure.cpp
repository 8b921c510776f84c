#include "guards/disclosure.h"

namespace guards {

using namespace language::literals;

language::Text disclosureSentence(const QString &onBehalfOf)
{
    return {.key = "guard.disclosure.sentence"_key, .arguments = {{"name", onBehalfOf}}};
}

language::Text recordingSentence()
{
    return {.key = "guard.disclosure.recorded"_key};
}

} // namespace guards
