#include "guards/rules.h"

namespace guards {

using namespace language::literals;

namespace {

Finding finding(Rule rule, bool isGood, language::Key key)
{
    return {.rule = rule,
            .ruling = isGood ? Ruling::Allow : Ruling::Refuse,
            .text = {.key = std::move(key)}};
}

} // namespace

Finding judgeDoNotCall(const Case &call)
{
    const DoNotCall &list = call.facts.doNotCall;
    const bool isForAll = list.isListed || list.hasOptedOut;
    Finding made = finding(Rule::DoNotCall, !isForAll && !list.isListedForCustomer,
                           isForAll                   ? "guard.do_not_call.listed"_key
                           : list.isListedForCustomer ? "guard.do_not_call.customer"_key
                                                      : "guard.do_not_call.good"_key);
    made.seen = {{"listed", list.isListed},
                 {"opted_out", list.hasOptedOut},
                 {"listed_for_customer", list.isListedForCustomer}};
    return made;
}

Finding judgeDisclosure(const Case &call)
{
    const QString &sentence = call.facts.disclosure;
    const bool hasSentence = !sentence.trimmed().isEmpty();
    const bool isSaid = hasSentence && call.request.opening.startsWith(sentence);
    Finding made = finding(Rule::Disclosure, isSaid,
                           isSaid        ? "guard.disclosure.good"_key
                           : hasSentence ? "guard.disclosure.missing"_key
                                         : "guard.disclosure.language"_key);
    made.seen = {{"sentence", hasSentence}, {"said", isSaid}};
    return made;
}

Finding judgeCallerId(const Case &call)
{
    const bool isOurs =
        !call.request.from.isEmpty() && call.facts.ownNumbers.contains(call.request.from);
    Finding made = finding(Rule::CallerId, isOurs,
                           isOurs ? "guard.caller_id.good"_key : "guard.caller_id.foreign"_key);
    made.seen = {{"ours", isOurs}};
    made.limit = {{"numbers", call.facts.ownNumbers.size()}};
    return made;
}

Finding judgeStop(const Case &call)
{
    Finding made = finding(Rule::Stop, !call.facts.isStopped,
                           call.facts.isStopped ? "guard.stop.stopped"_key : "guard.stop.good"_key);
    made.seen = {{"stopped", call.facts.isStopped}};
    return made;
}

} // namespace guards
