#include "guards/number.h"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <algorithm>
#include <array>
#include <list>
#include <set>

namespace guards {

namespace {

namespace lib = i18n::phonenumbers;
using Util = lib::PhoneNumberUtil;

constexpr qsizetype kTypedLengthMax = 40;
constexpr qsizetype kShortDigitsMax = 6;
constexpr qsizetype kEmergencyDigitsMax = 4; // as far as it is looked for in every region
constexpr int kCallingCodeDigitsMax = 3;
constexpr qsizetype kE164DigitsMax = 15;

const Util &util()
{
    static const Util &shared = []() -> const Util & {
        Util *made = Util::GetInstance();
        made->SetLogger(new lib::NullLogger); // it would print; the library keeps and deletes it
        return *made;
    }();
    return shared;
}

const lib::ShortNumberInfo &shortNumbers()
{
    util();
    static const lib::ShortNumberInfo info;
    return info;
}

bool isEmergencyIn(const std::list<std::string> &regions, const std::string &digits)
{
    if (digits.size() < 2 || qsizetype(digits.size()) > kShortDigitsMax)
        return false; // there are none, and a question to each region takes its time
    return std::any_of(regions.begin(), regions.end(), [&](const std::string &region) {
        return shortNumbers().IsEmergencyNumber(digits, region);
    });
}

const std::list<std::string> &allRegions()
{
    static const std::list<std::string> regions = [] {
        std::set<std::string> known;
        util().GetSupportedRegions(&known);
        return std::list<std::string>(known.begin(), known.end());
    }();
    return regions;
}

/// +33112: dialled by a machine that knows no better it may reach 112 in France.
bool isEmergencyBehindCode(const QString &digits)
{
    for (int length = 1; length <= kCallingCodeDigitsMax; ++length) {
        const QString rest = digits.mid(length);
        if (rest.isEmpty() || rest.size() > kShortDigitsMax)
            continue;
        std::list<std::string> regions;
        util().GetRegionCodesForCountryCallingCode(digits.left(length).toInt(), &regions);
        if (isEmergencyIn(regions, rest.toStdString()))
            return true;
    }
    return false;
}

QString asciiDigits(const QString &typed)
{
    QString digits;
    for (const QChar each : typed) {
        const int value = each.digitValue(); // also of other scripts
        if (value >= 0)
            digits.append(QChar(u'0' + value));
    }
    return digits;
}

/// Of what is no complete number: is it one of those that are short everywhere?
LineKind kindOfFragment(const QString &typed, const QString &digits)
{
    const bool hasPlus = typed.trimmed().startsWith(u'+');
    if (digits.size() <= kEmergencyDigitsMax && isEmergencyIn(allRegions(), digits.toStdString()))
        return LineKind::Emergency;
    if (hasPlus && isEmergencyBehindCode(digits))
        return LineKind::Emergency;
    return digits.size() >= 2 && digits.size() <= kShortDigitsMax ? LineKind::Short
                                                                  : LineKind::Unknown;
}

LineKind kindOf(Util::PhoneNumberType type)
{
    switch (type) {
    case Util::FIXED_LINE: return LineKind::Fixed;
    case Util::MOBILE: return LineKind::Mobile;
    case Util::FIXED_LINE_OR_MOBILE: return LineKind::FixedOrMobile;
    case Util::VOIP: return LineKind::Voip;
    case Util::TOLL_FREE: return LineKind::TollFree;
    case Util::PREMIUM_RATE: return LineKind::Premium;
    case Util::SHARED_COST: return LineKind::SharedCost;
    case Util::PERSONAL_NUMBER: return LineKind::Personal;
    case Util::PAGER: return LineKind::Pager;
    case Util::UAN: return LineKind::Company;
    case Util::VOICEMAIL: return LineKind::Voicemail;
    case Util::UNKNOWN: break;
    }
    return LineKind::Unknown;
}

/// Where the metadata is silent or wrong: it takes +881 for mobile phones and +883 for VoIP.
std::optional<LineKind> kindOfPrefix(const QString &e164)
{
    struct Prefix {
        const char *digits;
        LineKind kind;
    };
    static constexpr std::array kPrefixes = {
        Prefix{"+870", LineKind::Satellite}, Prefix{"+881", LineKind::Satellite},
        Prefix{"+882", LineKind::Satellite}, Prefix{"+883", LineKind::Satellite},
        Prefix{"+979", LineKind::Premium},   Prefix{"+878", LineKind::Personal},
        Prefix{"+4470", LineKind::Personal},
    };
    for (const Prefix &each : kPrefixes) {
        if (e164.startsWith(QLatin1String(each.digits)))
            return each.kind;
    }
    return std::nullopt;
}

LineKind kindOf(const lib::PhoneNumber &parsed, const Number &number)
{
    const QString digits = number.e164.mid(1);
    std::string national;
    util().GetNationalSignificantNumber(parsed, &national);
    std::list<std::string> regions;
    util().GetRegionCodesForCountryCallingCode(parsed.country_code(), &regions);
    if (isEmergencyIn(regions, national) || isEmergencyBehindCode(digits))
        return LineKind::Emergency;
    if (const auto known = kindOfPrefix(number.e164))
        return *known;
    if (!number.isValid && qsizetype(national.size()) <= kShortDigitsMax)
        return LineKind::Short;
    return kindOf(util().GetNumberType(parsed));
}

std::optional<lib::PhoneNumber> parse(const QString &typed, const QString &region)
{
    lib::PhoneNumber parsed;
    const std::string from = region.isEmpty() ? "ZZ" : region.toStdString();
    if (util().Parse(typed.toStdString(), from, &parsed) != Util::NO_PARSING_ERROR)
        return std::nullopt;
    return parsed;
}

} // namespace

QString nameOf(LineKind kind)
{
    switch (kind) {
    case LineKind::Unknown: return QStringLiteral("unknown");
    case LineKind::Fixed: return QStringLiteral("fixed");
    case LineKind::Mobile: return QStringLiteral("mobile");
    case LineKind::FixedOrMobile: return QStringLiteral("fixed_or_mobile");
    case LineKind::Voip: return QStringLiteral("voip");
    case LineKind::TollFree: return QStringLiteral("toll_free");
    case LineKind::Emergency: return QStringLiteral("emergency");
    case LineKind::Short: return QStringLiteral("short");
    case LineKind::Premium: return QStringLiteral("premium");
    case LineKind::SharedCost: return QStringLiteral("shared_cost");
    case LineKind::Personal: return QStringLiteral("personal");
    case LineKind::Pager: return QStringLiteral("pager");
    case LineKind::Company: return QStringLiteral("company");
    case LineKind::Voicemail: return QStringLiteral("voicemail");
    case LineKind::Satellite: return QStringLiteral("satellite");
    }
    Q_UNREACHABLE();
}

Number readNumber(const QString &typed, const QString &region)
{
    Number number;
    if (typed.size() > kTypedLengthMax)
        return number;
    const QString digits = asciiDigits(typed);
    const auto parsed = parse(typed, region);
    const LineKind fragment = kindOfFragment(typed, digits);
    if (!parsed || fragment == LineKind::Emergency) {
        number.kind = fragment;
        return number;
    }
    std::string e164;
    util().Format(*parsed, Util::E164, &e164);
    std::string home;
    util().GetRegionCodeForNumber(*parsed, &home);
    number.e164 = QString::fromStdString(e164);
    number.region = home == "ZZ" ? QString() : QString::fromStdString(home);
    number.callingCode = parsed->country_code();
    // The library takes German numbers of up to 17 digits; the world's networks carry 15.
    number.isValid = util().IsValidNumber(*parsed) && number.e164.size() <= 1 + kE164DigitsMax;
    number.isGeographic = util().IsNumberGeographical(*parsed);
    number.kind = kindOf(*parsed, number);
    return number;
}

} // namespace guards
