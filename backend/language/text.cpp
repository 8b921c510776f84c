#include "language/text.h"

namespace language {

Arguments::Arguments(std::initializer_list<NamedArgument> arguments)
{
    for (const NamedArgument &argument : arguments)
        set(argument.name, argument.value);
}

void Arguments::set(const QString &name, Argument value)
{
    m_values.insert_or_assign(name, std::move(value));
}

const Argument *Arguments::find(const QString &name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? nullptr : &found->second;
}

} // namespace language
