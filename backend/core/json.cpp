#include "core/json.h"

namespace core {

namespace {

/// Builds the document, with numbers that are not whole kept as text.
class Reader final : public nlohmann::detail::json_sax_dom_parser<Json> {
    using Base = nlohmann::detail::json_sax_dom_parser<Json>;

public:
    Reader(Json &root, int depthMax)
        : Base(root, false)
        , m_depthMax(depthMax)
    {
    }
    bool number_float(double, const std::string &raw)
    {
        std::string text = raw;
        return Base::string(text);
    }
    bool start_object(std::size_t elements)
    {
        return ++m_depth <= m_depthMax && Base::start_object(elements);
    }
    bool start_array(std::size_t elements)
    {
        return ++m_depth <= m_depthMax && Base::start_array(elements);
    }
    bool end_object()
    {
        --m_depth;
        return Base::end_object();
    }
    bool end_array()
    {
        --m_depth;
        return Base::end_array();
    }

private:
    int m_depth = 0;
    int m_depthMax;
};

} // namespace

Result<Json> parseJson(QByteArrayView text, int depthMax)
{
    Json root;
    Reader reader(root, depthMax);
    const bool read = Json::sax_parse(text.begin(), text.end(), &reader);
    if (!read)
        return failure(
            {.code = ErrorCode::BadInput,
             .detail = QStringLiteral("malformed or too deep JSON of %1 bytes").arg(text.size())});
    return root;
}

QByteArray toBytes(const Json &json)
{
    return QByteArray::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

const Json *member(const Json &object, const char *key)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::optional<QString> textMember(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    if (!value || !value->is_string())
        return std::nullopt;
    return QString::fromStdString(value->get_ref<const std::string &>());
}

std::optional<QString> numberText(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    if (value && value->is_number_unsigned())
        return QString::number(value->get<quint64>());
    if (value && value->is_number_integer())
        return QString::number(value->get<qint64>());
    return textMember(object, key);
}

std::optional<qint64> integerMember(const Json &object, const char *key)
{
    const auto text = numberText(object, key);
    bool ok = false;
    const qint64 number = text ? text->toLongLong(&ok) : 0;
    return ok ? std::optional(number) : std::nullopt;
}

std::optional<bool> boolMember(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    return value && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
}

} // namespace core
