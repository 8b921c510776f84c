#include "guards/members.h"

namespace guards {

Members::Members(const Json &object)
    : m_object(object)
{
    if (!object.is_object())
        refuse("(object)");
}

int Members::count(const char *name, int max)
{
    const auto value = core::integerMember(m_object, name);
    if (value && *value >= 0 && *value <= max)
        return int(*value);
    refuse(name);
    return 0;
}

std::optional<int> Members::countIfAny(const char *name)
{
    return core::member(m_object, name) ? std::optional(count(name)) : std::nullopt;
}

qint64 Members::whole(const char *name)
{
    const auto value = core::integerMember(m_object, name);
    if (!value)
        refuse(name);
    return value.value_or(0);
}

QString Members::text(const char *name)
{
    const auto value = core::textMember(m_object, name);
    if (!value)
        refuse(name);
    return value.value_or(QString());
}

bool Members::flag(const char *name)
{
    const auto value = core::boolMember(m_object, name);
    if (!value)
        refuse(name);
    return value.value_or(false);
}

Timestamp Members::time(const char *name)
{
    const auto moment = core::fromIso(text(name));
    if (!moment)
        refuse(name);
    return moment.value_or(Timestamp());
}

std::optional<Timestamp> Members::timeIfAny(const char *name)
{
    return core::member(m_object, name) ? std::optional(time(name)) : std::nullopt;
}

Money Members::amount(const char *name)
{
    const qint64 micros = whole(name);
    if (micros < 0)
        refuse(name);
    return Money::fromMicros(micros);
}

std::chrono::seconds Members::seconds(const char *name)
{
    return std::chrono::seconds(count(name));
}

const Json &Members::object(const char *name)
{
    static const Json none = Json::object();
    const Json *found = core::member(m_object, name);
    if (found && found->is_object())
        return *found;
    refuse(name);
    return none;
}

const Json &Members::list(const char *name)
{
    static const Json none = Json::array();
    const Json *found = core::member(m_object, name);
    if (found && found->is_array())
        return *found;
    refuse(name);
    return none;
}

void Members::refuse(const char *name)
{
    if (m_problem.isEmpty())
        m_problem = QString::fromUtf8(name);
}

tl::unexpected<Error> Members::problem() const
{
    return failure({.code = ErrorCode::BadInput,
                    .detail = QStringLiteral("guards: %1 is missing or wrong").arg(m_problem)});
}

} // namespace guards
