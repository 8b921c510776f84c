#include "guards/disclosure.h"

namespace guards {

using namespace language::literals;

language::Text disclosureSentence(const QString &onBehalfOf)
{
    return {.key = "guard.disclosure.sentence"_key, .arguments = {{"name", onBehalfOf}}};
}

} // namespace guards
