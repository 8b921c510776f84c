#pragma once

#include "core/id.h"
#include "core/json.h"
#include "core/money.h"
#include "guards/tier.h"

#include <QStringList>

namespace guards {

/// What a call is part of when it is not a single one.
struct Campaign {
    int recipients = 0;
    bool hasOnlyOwnContacts = false;
    bool hasConsentProof = false; // a file that says those called have agreed
    bool isFirst = false;         // of this customer
    bool isApproved = false;      // looked at by a person
    friend bool operator==(const Campaign &, const Campaign &) = default;
};

/// The call as it would be placed, to the letter.
struct CallRequest {
    CustomerId customer;
    QString to;              // E.164, as it would be dialled
    QString from;            // E.164, as the callee would see it
    QString opening;         // what the voice says first
    QString calleeZone = {}; // "Europe/Paris" as the customer says; empty: not said
    std::optional<std::chrono::seconds> longest = {}; // absent: as long as is allowed
    std::optional<Campaign> campaign = {};
    friend bool operator==(const CallRequest &, const CallRequest &) = default;
};

/// Who must not be called. Read in the transaction that starts the dial.
struct DoNotCall {
    bool isListed = false;            // on the list for everybody
    bool hasOptedOut = false;         // the callee said so, in whosever call
    bool isListedForCustomer = false; // only this customer must not
    friend bool operator==(const DoNotCall &, const DoNotCall &) = default;
};

/// What is true when the call is judged. Counts are without the call itself; "day" is the 24 hours
/// before `now`. Everything that was or may be dialled counts, also what failed.
struct Facts {
    Timestamp now;
    bool isStopped = true; // the stop switch
    Tier tier = Tier::New;
    DoNotCall doNotCall;

    int callsInHour = 0; // of the customer, outside campaigns
    int callsInDay = 0;
    int newDestinationsInDay = 0;    // of those, numbers never called before
    bool isNewDestination = true;    // the customer has not called this number yet
    int callsToDestinationInDay = 0; // of all customers

    int liveCallsOfCustomer = 0;
    int liveCallsInRegion = 0; // of all customers whose tier is capped
    int liveCalls = 0;
    int providerCallsMax = 0; // at once, as the provider says

    Money available;
    Money ratePerMinute;
    Money fee;                         // a call, whatever its length: recording
    std::chrono::seconds allowance{0}; // seconds of a plan that are left for this destination

    QStringList ownNumbers; // E.164, of the account at the provider
    // What must be said first, in the callee's language, with the recording sentence when the call
    // is recorded; empty: that language lacks it.
    QString disclosure;
    friend bool operator==(const Facts &, const Facts &) = default;
};

/// Stored with the verdict, so that it can be judged again. They hold numbers and what is said:
/// never to be shown or logged.
[[nodiscard]] Json toJson(const CallRequest &request);
[[nodiscard]] Json toJson(const Facts &facts);
/// Errors: BadInput, naming what is missing or wrong.
[[nodiscard]] Result<CallRequest> requestFromJson(const Json &json);
[[nodiscard]] Result<Facts> factsFromJson(const Json &json);

} // namespace guards
