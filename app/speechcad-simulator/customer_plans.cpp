#include "customers.h"

#include <algorithm>

namespace simulator {

namespace {

Result<CustomerStep> refused(const QString &what)
{
    return failure({.code = ErrorCode::BadInput, .detail = what});
}

double secondsOf(const Json &json)
{
    return json.is_number() ? json.get<double>() : 0;
}

/// "after_s": [low, high], or one number.
void readSpan(const Json &json, CustomerStep &step)
{
    const Json *span = core::member(json, "after_s");
    if (!span)
        return;
    const bool isRange = span->is_array() && span->size() == 2;
    step.secondsMin = secondsOf(isRange ? (*span)[0] : *span);
    step.secondsMax = secondsOf(isRange ? (*span)[1] : *span);
}

QStringList textsOf(const Json &json)
{
    QStringList texts;
    for (const Json &text : json) {
        if (text.is_string())
            texts.append(QString::fromStdString(text.get_ref<const std::string &>()));
    }
    return texts;
}

/// A text, {"text": ..., "hours": [from, to]}, or a list of these.
QList<CustomerStep::Saying> sayingsOf(const Json &json)
{
    QList<CustomerStep::Saying> sayings;
    for (const Json &one : json.is_array() ? json : Json::array({json})) {
        if (one.is_string())
            sayings.append({.text = one.get<QString>()});
        const auto text = core::textMember(one, "text");
        const Json *hours = core::member(one, "hours");
        const bool isRange = hours && hours->is_array() && hours->size() == 2 &&
                             (*hours)[0].is_number_integer() && (*hours)[1].is_number_integer();
        if (text && isRange)
            sayings.append({.text = *text,
                            .fromHour = (*hours)[0].get<int>(),
                            .toHour = (*hours)[1].get<int>()});
    }
    return sayings;
}

/// One choice, or several of which the first that can be seen is taken.
void readButtons(const Json &tap, CustomerStep &step)
{
    const Json several = tap.is_array() ? tap : Json::array({tap});
    for (const Json &one : several)
        step.buttons.append(one.is_string() ? buttonChoiceFrom(Json{{"data", one}})
                                            : buttonChoiceFrom(one));
}

/// A list, or the name of one that several customers share.
const Json *listOf(const Json *list, const Json *shared)
{
    if (list && list->is_string() && shared)
        list = core::member(*shared, list->get_ref<const std::string &>().c_str());
    return list && list->is_array() ? list : nullptr;
}

Result<CustomerStep> readPayment(const Json &payment, const Json &scenario, CustomerStep step)
{
    step.kind = CustomerStep::Kind::Pay;
    const Json *outcomes =
        listOf(core::member(payment, "outcomes"), core::member(scenario, "outcomes"));
    if (!outcomes || outcomes->empty())
        return refused(QStringLiteral("pay has no outcomes"));
    for (const Json &outcome : *outcomes) {
        const Json *steps = core::member(outcome, "steps");
        const QStringList texts = steps ? textsOf(*steps) : QStringList();
        if (const auto checked = PaymentScenario::check(texts); !checked)
            return refused(checked.error().detail);
        const auto weight = core::integerMember(outcome, "weight").value_or(1);
        if (weight < 1)
            return refused(QStringLiteral("a weight is below 1"));
        step.outcomes.append({.weight = static_cast<int>(weight), .steps = texts});
    }
    return step;
}

Result<CustomerStep> readStep(const Json &json, const Json &scenario)
{
    CustomerStep step;
    readSpan(json, step);
    step.isOptional = core::boolMember(json, "optional").value_or(false);
    if (const Json *patience = core::member(json, "patience_s"))
        step.patienceSeconds = secondsOf(*patience);
    if (const Json *say = core::member(json, "say")) {
        step.kind = CustomerStep::Kind::Say;
        step.sayings = sayingsOf(*say);
        return step.sayings.isEmpty() ? refused(QStringLiteral("say has no text"))
                                      : Result<CustomerStep>(step);
    }
    if (core::boolMember(json, "share_phone").value_or(false)) {
        step.kind = CustomerStep::Kind::SharePhone;
        return step;
    }
    if (const auto text = core::textMember(json, "wait_for")) {
        step.kind = CustomerStep::Kind::WaitFor;
        step.text = *text;
        return step;
    }
    if (const Json *tap = core::member(json, "tap")) {
        step.kind = CustomerStep::Kind::Tap;
        readButtons(*tap, step);
        return step;
    }
    if (const Json *payment = core::member(json, "pay"))
        return readPayment(*payment, scenario, step);
    if (core::boolMember(json, "pause").value_or(false))
        return step;
    return refused(QStringLiteral("a step is none of say, share_phone, tap, wait_for, pay, pause"));
}

/// `list` may hold the names of shared lists between its own steps.
Result<void> readSteps(const Json *list, const Json &scenario, QList<CustomerStep> &steps)
{
    if (!list)
        return {};
    const Json *shared = core::member(scenario, "steps");
    for (const Json &json : *list) {
        if (json.is_string()) {
            const Json *named = listOf(&json, shared);
            if (!named)
                return failure({.code = ErrorCode::BadInput,
                                .detail = QStringLiteral("no shared steps of that name")});
            if (const auto read = readSteps(named, scenario, steps); !read)
                return read;
            continue;
        }
        auto step = readStep(json, scenario);
        if (!step)
            return failure(step.error());
        steps.append(*std::move(step));
    }
    return {};
}

Result<CustomerPlan> readPlan(const Json &json, const Json &scenario)
{
    CustomerPlan plan;
    plan.id = core::integerMember(json, "id").value_or(0);
    plan.name = core::textMember(json, "name").value_or(QString());
    plan.language = core::textMember(json, "language").value_or(QString());
    plan.phone = core::textMember(json, "phone").value_or(QString());
    if (plan.id <= 0 || plan.name.isEmpty())
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("a customer without id or name")});
    for (const auto &[name, steps] :
         {std::pair("first", &plan.first), std::pair("repeat", &plan.repeat)}) {
        if (const auto read = readSteps(core::member(json, name), scenario, *steps); !read)
            return failure(
                {.code = ErrorCode::BadInput,
                 .detail = QStringLiteral("customer %1: %2").arg(plan.name, read.error().detail)});
    }
    const auto isShare = [](const CustomerStep &step) {
        return step.kind == CustomerStep::Kind::SharePhone;
    };
    const bool shares = std::any_of(plan.first.cbegin(), plan.first.cend(), isShare) ||
                        std::any_of(plan.repeat.cbegin(), plan.repeat.cend(), isShare);
    if (shares && !plan.phone.startsWith(u'+'))
        return failure(
            {.code = ErrorCode::BadInput,
             .detail =
                 QStringLiteral("customer %1 has no phone with a plus to share").arg(plan.name)});
    return plan;
}

} // namespace

Result<QList<CustomerPlan>> customerPlansFrom(const QByteArray &file)
{
    const Json scenario = Json::parse(file.cbegin(), file.cend(), nullptr, false);
    const Json *customers = core::member(scenario, "customers");
    if (!customers || !customers->is_array())
        return failure({.code = ErrorCode::BadInput,
                        .detail = QStringLiteral("a scenario is an object with customers")});
    QList<CustomerPlan> plans;
    for (const Json &customer : *customers) {
        auto plan = readPlan(customer, scenario);
        if (!plan)
            return failure(plan.error());
        plans.append(*std::move(plan));
    }
    return plans;
}

} // namespace simulator
