#include "arguments.h"

#include <array>
#include <cstdio>

namespace server {

namespace {

const char *const kUsage =
    "usage: speechcad-server [VERB] [--json]\n"
    "\n"
    "  run                  serve webhooks, handle, deliver (the default)\n"
    "  status               what waits and whether the books balance\n"
    "  doctor               check settings, database, key file and translations\n"
    "  migrate              bring the database to this version\n"
    "  ledger verify        recompute every balance and chain, compare them with the seals\n"
    "  ledger balance CUSTOMER [--at TIME]\n"
    "  ledger trial-balance [--at TIME]   every account, and that all sum to zero\n"
    "  ledger statement CUSTOMER --from TIME --to TIME --csv FILE\n"
    "  ledger explain T-TRANSFER|CUSTOMER   what made it, back to what came from outside\n"
    "  ledger export FILE   transfers and audit rows for speechcad-seal-check\n"
    "  audit verify         compare the audit with the seals\n"
    "  audit list [--operator NAME] [--object OBJECT] [--last N]   who did what, newest last\n"
    "  translations check   find missing and broken texts\n"
    "  webhook set [--force] tell Telegram where updates go\n"
    "\n"
    "  operator add NAME --roles ROLE,... [--solo]\n"
    "                       viewer, support, senior, finance, admin; the first one needs no\n"
    "                       session, and --solo says that there will be nobody else to ask\n"
    "  operator reset NAME  a new passphrase and no second factor, for one who has lost theirs;\n"
    "                       ends their sessions\n"
    "  operator roles NAME --roles ROLE,... [--reason WORDS]\n"
    "  operator deactivate|activate NAME [--reason WORDS]\n"
    "  operator list        names, roles and second factors\n"
    "  operator sessions    who is signed in, and where\n"
    "  operator end-session SESSION [--reason WORDS]\n"
    "  sign-in NAME         for 15 minutes; asks for a code where there is a second factor\n"
    "  sign-out             ends that session\n"
    "  second-factor begin  shows a secret for an authenticator app, once\n"
    "  second-factor confirm   with a code of it; shows ten recovery codes, once\n"
    "  second-factor clear NAME [--reason WORDS]   of somebody who has lost theirs\n"
    "  second-factor needed yes|no --reason WORDS   of everybody who agrees to money\n"
    "  reveal number|transcript CALL --reason WORDS\n"
    "  reveal destination PAYOUT --reason WORDS\n"
    "  reveal customer CUSTOMER --reason WORDS   what is masked elsewhere; the audit keeps who\n"
    "                       looked and why\n"
    "  calls list           the calls that are not over\n"
    "  calls stop CALL [--reason WORDS]\n"
    "  calls stop-all [--reason WORDS]   end every call and dial no more\n"
    "  calls resume [--reason WORDS]\n"
    "  plan list            the plans of today and how many have them\n"
    "  plan show CUSTOMER   what a customer has and had, and what is left of it\n"
    "  plan set-price PLAN DAYS USD --minutes N --reason WORDS [--from TIME]\n"
    "  rates list           what a minute costs by the number's prefix, and from when on\n"
    "  rates set PREFIX=USD[,PREFIX=USD...] --reason WORDS [--recording USD] [--from TIME]\n"
    "                       both take two people, and change nothing that somebody has\n"
    "  refund CALL|T-PAYMENT AMOUNT|half|full --reason REASON [--note WORDS]\n"
    "         [--confirm HASH | --request]   of a call, or of what paid a plan (see plan show)\n"
    "                       shows what it would do; with the first digits of the hash it\n"
    "                       shows, does it; with --request leaves it for another person\n"
    "  refund list          what waits for another person\n"
    "  refund approve REFUND [--confirm HASH]     shows the figures of now; with their hash, "
    "agrees\n"
    "  refund reject REFUND [--reason WORDS]      or takes one's own back\n"
    "  refund reverse REFUND [--amount USD] --reason WORDS [--confirm HASH]\n"
    "                       asks that it is taken back, as far as the wallet goes; then as adjust\n"
    "  refund bulk preview --from TIME --to TIME [--disconnection WORD,...] [--state WORD,...]\n"
    "         [--region XX,...] [--script ID] [--customer ID] [--amount full|half|USD]\n"
    "         --reason REASON [--note WORDS]   what all calls that ended then would get back\n"
    "  refund bulk request ... --key NAME [--confirm HASH]   the same, left for another person\n"
    "  refund bulk approve BATCH [--confirm HASH]   shows the figures of now; with their hash,\n"
    "                       agrees, and it begins\n"
    "  refund bulk cancel BATCH [--reason WORDS]    what is given back by then stays so\n"
    "  refund bulk list | refund bulk show BATCH    how far each is, and each call's result\n"
    "  adjust CUSTOMER AMOUNT [--kind goodwill|correction] --reason WORDS [--confirm HASH]\n"
    "                       asks to give, or with a negative amount to take; another one of\n"
    "                       Finance agrees by adjust approve ADJUSTMENT [--confirm HASH]\n"
    "  adjust list | adjust reject ADJUSTMENT [--reason WORDS]\n"
    "  payout CUSTOMER AMOUNT --to COIN-AND-ADDRESS --reason WORDS [--confirm HASH]\n"
    "                       asks; two others agree by payout approve PAYOUT [--confirm HASH]\n"
    "  payout paid PAYOUT TRANSACTION   it was sent, a day later at the earliest\n"
    "  payout failed PAYOUT --reason WORDS   it could not be sent; the wallet gets it back\n"
    "  payout list | payout reject PAYOUT [--reason WORDS]\n"
    "  refund rules         who has to agree, and every version before\n"
    "  refund set-rules [--small USD] [--middle USD] [--large USD] [--day-support USD] ...\n"
    "                --reason WORDS   the next version; names as refund rules shows them\n"
    "  import FILE [--confirm HASH] [--skip-bad]\n"
    "                       reads another bot's customers and balances from a CSV file and says\n"
    "                       what it would do; with the first digits of its hash, does it\n"
    "  deposit list [--state open|pending_approval|done|refused|void]\n"
    "                       what about deposits a person has to decide\n"
    "  deposit show DEPOSIT its figures, its history and its reviews\n"
    "  deposit accept REVIEW --reason WORDS [--confirm HASH]        credits what was asked for\n"
    "  deposit accept-part REVIEW AMOUNT --reason WORDS [--confirm HASH]\n"
    "  deposit credit-excess REVIEW --reason WORDS [--confirm HASH] what waits in suspense\n"
    "  deposit refuse REVIEW --reason WORDS [--confirm HASH]\n"
    "  deposit match [--review REVIEW] [--customer ID --amount USD --payment HASH]\n"
    "                --reason WORDS [--confirm HASH]\n"
    "                       a payment of nobody, to a customer; another person confirms the "
    "review\n"
    "  deposit reverse DEPOSIT --reason WORDS [--confirm HASH]   asks that its whole credit is\n"
    "                       taken back, as a debt where the wallet has no more; then as adjust\n"
    "  deposit rules        what is tolerated, credited by itself and at least, and every\n"
    "                       version before\n"
    "  deposit set-rules [--tolerate-from PERCENT] [--tolerate-to PERCENT] [--excess-up-to USD]\n"
    "                [--confirmed-up-to USD] [--minimum COIN=USD,...] [--strict on|off]\n"
    "                --reason WORDS   the next version\n"
    "  deposit pause COIN|all --reason WORDS      the bot offers it no more\n"
    "  deposit resume COIN|all --reason WORDS\n"
    "  deposit margin [--from DAY] [--to DAY]     asked, received, credited, fees; by day and "
    "coin\n"
    "  deposit comparisons  each day's look at the provider's list of what it sent\n"
    "\n"
    "TIME is ISO 8601 with a zone: 2026-11-22T08:00:00Z. Seals are compared with the file in\n"
    "the data folder, or with --seals FILE.\n"
    "\n"
    "A passphrase is read from standard input, or from --passphrase-file FILE, and so is a code,\n"
    "or from --code-file FILE. The session is kept in a file of the data folder, or in --session\n"
    "FILE.\n"
    "\n"
    "Settings come from the environment or speechcad.ini; see the README.\n"
    "Exit status: 0 good, 1 found a problem, 2 bad usage, 3 cannot run.\n";

struct Shape {
    const char *verb;
    int operands = 0;
    const char *options = ""; // with a value, by blanks
    const char *flags = "";
};

constexpr std::array kShapes = {
    Shape{"run"},
    Shape{"status"},
    Shape{"doctor"},
    Shape{"migrate"},
    Shape{"ledger verify", 0, "seals"},
    Shape{"ledger balance", 1, "at"},
    Shape{"ledger trial-balance", 0, "at"},
    Shape{"ledger statement", 1, "from to csv"},
    Shape{"ledger explain", 1},
    Shape{"ledger export", 1},
    Shape{"audit verify", 0, "seals"},
    Shape{"translations check"},
    Shape{"webhook set", 0, "", "force"},
    Shape{"help"},
    Shape{"operator add", 1, "roles passphrase-file session", "solo"},
    Shape{"operator reset", 1, "passphrase-file"},
    Shape{"operator list"},
    Shape{"audit list", 0, "operator object last"},
    Shape{"operator sessions"},
    Shape{"operator end-session", 1, "reason session"},
    Shape{"operator roles", 1, "roles reason session"},
    Shape{"operator deactivate", 1, "reason session"},
    Shape{"operator activate", 1, "reason session"},
    Shape{"second-factor begin", 0, "session"},
    Shape{"second-factor confirm", 0, "code-file session"},
    Shape{"second-factor clear", 1, "reason session"},
    Shape{"second-factor needed", 1, "reason session"},
    Shape{"reveal number", 1, "reason session"},
    Shape{"reveal customer", 1, "reason session"},
    Shape{"reveal transcript", 1, "reason session"},
    Shape{"reveal destination", 1, "reason session"},
    Shape{"sign-in", 1, "passphrase-file code-file session"},
    Shape{"sign-out", 0, "session"},
    Shape{"calls list"},
    Shape{"calls stop", 1, "reason session"},
    Shape{"calls stop-all", 0, "reason session"},
    Shape{"calls resume", 0, "reason session"},
    Shape{"plan list"},
    Shape{"plan set-price", 3, "minutes from reason session"},
    Shape{"rates list"},
    Shape{"rates set", 1, "recording from reason session"},
    Shape{"plan show", 1},
    Shape{"refund", 2, "reason note confirm code-file session", "request"},
    Shape{"refund list"},
    Shape{"refund approve", 1, "confirm code-file session"},
    Shape{"refund reject", 1, "reason session"},
    Shape{"refund reverse", 1, "amount reason confirm session"},
    Shape{"refund bulk preview", 0,
          "from to disconnection state region script customer amount reason note session"},
    Shape{"refund bulk request", 0,
          "from to disconnection state region script customer amount reason note key confirm "
          "session"},
    Shape{"refund bulk approve", 1, "confirm code-file session"},
    Shape{"refund bulk cancel", 1, "reason session"},
    Shape{"refund bulk list"},
    Shape{"refund bulk show", 1},
    Shape{"adjust", 2, "kind reason confirm session"},
    Shape{"adjust approve", 1, "confirm code-file session"},
    Shape{"adjust reject", 1, "reason session"},
    Shape{"adjust list"},
    Shape{"payout", 2, "to reason confirm session"},
    Shape{"payout approve", 1, "confirm code-file session"},
    Shape{"payout reject", 1, "reason session"},
    Shape{"payout paid", 2, "code-file session"},
    Shape{"payout failed", 1, "reason code-file session"},
    Shape{"payout list"},
    Shape{"refund rules"},
    Shape{"refund set-rules", 0,
          "small middle large day-support day-senior day-finance old-cause-days customer-refunds "
          "customer-days waits-hours automatic-each automatic-customer-day automatic-day reason "
          "session"},
    Shape{"import", 1, "confirm session", "skip-bad"},
    Shape{"deposit list", 0, "state"},
    Shape{"deposit show", 1},
    Shape{"deposit accept", 1, "reason confirm code-file session"},
    Shape{"deposit accept-part", 2, "reason confirm code-file session"},
    Shape{"deposit credit-excess", 1, "reason confirm code-file session"},
    Shape{"deposit refuse", 1, "reason confirm code-file session"},
    Shape{"deposit match", 0, "review customer amount payment reason confirm code-file session"},
    Shape{"deposit reverse", 1, "reason confirm session"},
    Shape{"deposit rules"},
    Shape{"deposit set-rules", 0,
          "tolerate-from tolerate-to excess-up-to confirmed-up-to minimum strict reason session"},
    Shape{"deposit pause", 1, "reason session"},
    Shape{"deposit resume", 1, "reason session"},
    Shape{"deposit margin", 0, "from to"},
    Shape{"deposit comparisons"}};

bool isListed(const char *list, const QString &word)
{
    return QString::fromLatin1(list).split(u' ', Qt::SkipEmptyParts).contains(word);
}

/// Of the verb that `words` begin with.
const Shape *shapeOf(const QStringList &words)
{
    const QString line = words.join(u' ') + u' ';
    const Shape *found = nullptr;
    for (const Shape &shape : kShapes) {
        if (line.startsWith(QLatin1String(shape.verb) + u' ') &&
            (!found || qstrlen(shape.verb) > qstrlen(found->verb)))
            found = &shape;
    }
    return found;
}

std::nullopt_t notUnderstood(const QString &why)
{
    std::fprintf(stderr, "speechcad-server: %s\n\n%s", qUtf8Printable(why), kUsage);
    return std::nullopt;
}

/// The words, sorted into those that stand for themselves and the options.
struct Split {
    QStringList plain;
    QHash<QString, QString> options;
    QString missing; // an option without its value
};

bool takesValue(const QString &option)
{
    return std::any_of(kShapes.begin(), kShapes.end(),
                       [&](const Shape &shape) { return isListed(shape.options, option); });
}

Split splitWords(const QStringList &words)
{
    Split split;
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (!words[i].startsWith(QLatin1String("--"))) {
            split.plain << words[i];
            continue;
        }
        const QString option = words[i].mid(2);
        const bool hasValue = takesValue(option);
        const bool isMissing =
            hasValue && words.value(i + 1, QStringLiteral("--")).startsWith(QLatin1String("--"));
        if (isMissing)
            split.missing = option;
        split.options.insert(option, hasValue && !isMissing ? words[++i] : QString());
    }
    return split;
}

} // namespace

std::optional<Arguments> readArguments(const QStringList &words)
{
    Split split = splitWords(words);
    Arguments arguments;
    if (split.options.remove(QStringLiteral("help")) > 0 || words.contains(QLatin1String("-h")))
        split.plain = QStringList{QStringLiteral("help")};
    arguments.isJson = split.options.remove(QStringLiteral("json")) > 0;
    if (split.plain.isEmpty())
        split.plain << QStringLiteral("run");
    const Shape *shape = shapeOf(split.plain);
    if (!shape)
        return notUnderstood(QStringLiteral("there is no verb \"%1\"").arg(split.plain.join(u' ')));
    arguments.verb = QString::fromLatin1(shape->verb);
    arguments.operands = split.plain.mid(arguments.verb.count(u' ') + 1);
    if (arguments.verb == QLatin1String("help")) {
        std::fputs(kUsage, stdout);
        return arguments;
    }
    if (arguments.operands.size() != shape->operands)
        return notUnderstood(QStringLiteral("%1 takes %2 words, not %3")
                                 .arg(arguments.verb)
                                 .arg(shape->operands)
                                 .arg(arguments.operands.size()));
    for (auto option = split.options.cbegin(); option != split.options.cend(); ++option) {
        if (!isListed(shape->options, option.key()) && !isListed(shape->flags, option.key()))
            return notUnderstood(
                QStringLiteral("%1 has no option --%2").arg(arguments.verb, option.key()));
    }
    if (!split.missing.isEmpty())
        return notUnderstood(QStringLiteral("--%1 needs a value").arg(split.missing));
    arguments.options = split.options;
    arguments.isForced = arguments.has("force");
    return arguments;
}

} // namespace server
