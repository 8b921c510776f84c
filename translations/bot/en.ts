<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message id="start.choose_language">
        <source>Please choose your language.</source>
        <extracomment>Shown first, above one button a language.</extracomment>
        <translation>Please choose your language.</translation>
    </message>
    <message id="start.terms">
        <source>&lt;b&gt;Welcome to Speechcad.&lt;/b&gt;

An AI voice makes phone calls for you, following a script that you give it. Before you start, please read the terms of use. You may accept them or leave.</source>
        <extracomment>The buttons below open the terms, accept them, or leave.</extracomment>
        <translation>&lt;b&gt;Welcome to Speechcad.&lt;/b&gt;

An AI voice makes phone calls for you, following a script that you give it. Before you start, please read the terms of use. You may accept them or leave.</translation>
    </message>
    <message id="start.terms.button.open">
        <source>Read the terms</source>
        <translation>Read the terms</translation>
    </message>
    <message id="start.terms.button.accept">
        <source>Accept the terms</source>
        <translation>Accept the terms</translation>
    </message>
    <message id="start.terms.button.leave">
        <source>Leave</source>
        <translation>Leave</translation>
    </message>
    <message id="start.terms.left">
        <source>You have not accepted the terms, so nothing was started. If you change your mind, send /start.</source>
        <extracomment>The customer did not accept the terms.</extracomment>
        <translation>You have not accepted the terms, so nothing was started. If you change your mind, send /start.</translation>
    </message>
    <message id="terms.page.title">
        <source>Terms of use</source>
        <extracomment>Heading of the terms page.</extracomment>
        <translation>Terms of use</translation>
    </message>
    <message id="terms.page.version">
        <source>Version {version}</source>
        <extracomment>{version}: the version of the terms, as a date.</extracomment>
        <translation>Version {version}</translation>
    </message>
    <message id="terms.page.1">
        <source>Speechcad makes phone calls for you. An AI voice speaks with the person you call, following a script that you write or choose. You order and pay for the calls in this Telegram bot.</source>
        <extracomment>What the service does.</extracomment>
        <translation>Speechcad makes phone calls for you. An AI voice speaks with the person you call, following a script that you write or choose. You order and pay for the calls in this Telegram bot.</translation>
    </message>
    <message id="terms.page.2">
        <source>Every call says at its start, in the language of the person called, that an AI is speaking. This cannot be switched off, and a script may not ask the AI to deny it.</source>
        <extracomment>The AI tells that it is one.</extracomment>
        <translation>Every call says at its start, in the language of the person called, that an AI is speaking. This cannot be switched off, and a script may not ask the AI to deny it.</translation>
    </message>
    <message id="terms.page.3">
        <source>Call only people whom you are allowed to call. Where the law asks for their consent to the call or to its recording, you must have it. You also keep to the rules on calling hours and do-not-call lists, in your country and in theirs. We may refuse or end a call that seems to break these rules.</source>
        <extracomment>Law and consent.</extracomment>
        <translation>Call only people whom you are allowed to call. Where the law asks for their consent to the call or to its recording, you must have it. You also keep to the rules on calling hours and do-not-call lists, in your country and in theirs. We may refuse or end a call that seems to break these rules.</translation>
    </message>
    <message id="terms.page.4">
        <source>Speechcad must not be used to deceive, threaten or harass anyone, to pose as another person or organisation, or to obtain passwords, codes or card details. We close an account that does so, and we may report it to the authorities.</source>
        <extracomment>No misuse.</extracomment>
        <translation>Speechcad must not be used to deceive, threaten or harass anyone, to pose as another person or organisation, or to obtain passwords, codes or card details. We close an account that does so, and we may report it to the authorities.</translation>
    </message>
    <message id="terms.page.5">
        <source>Your wallet is kept in US dollars (USD). You top it up with cryptocurrency, and the payment provider sets its value in dollars. Calls and plans are paid from the wallet. You cannot withdraw the balance yourself as cryptocurrency or cash; we pay it out only where the law or a mistake of ours requires it. When something you paid for went wrong, the refund goes back to your wallet.</source>
        <extracomment>The wallet.</extracomment>
        <translation>Your wallet is kept in US dollars (USD). You top it up with cryptocurrency, and the payment provider sets its value in dollars. Calls and plans are paid from the wallet. You cannot withdraw the balance yourself as cryptocurrency or cash; we pay it out only where the law or a mistake of ours requires it. When something you paid for went wrong, the refund goes back to your wallet.</translation>
    </message>
    <message id="terms.page.6">
        <source>We keep your Telegram ID and name, your language, your scripts, your calls with the numbers called, and your payments. We need them to run the service, to keep correct accounts and to meet legal duties. Our telephone, AI and payment providers receive what they need for their part.</source>
        <extracomment>Data that is kept.</extracomment>
        <translation>We keep your Telegram ID and name, your language, your scripts, your calls with the numbers called, and your payments. We need them to run the service, to keep correct accounts and to meet legal duties. Our telephone, AI and payment providers receive what they need for their part.</translation>
    </message>
    <message id="terms.page.7">
        <source>For a question or a complaint, write to the bot. When these terms change, the bot shows you the new version and asks whether you accept it.</source>
        <extracomment>Contact, and changes of the terms.</extracomment>
        <translation>For a question or a complaint, write to the bot. When these terms change, the bot shows you the new version and asks whether you accept it.</translation>
    </message>
    <message id="menu.title">
        <source>&lt;b&gt;Main menu&lt;/b&gt;
Balance: {balance}</source>
        <extracomment>{balance}: money that can be spent.</extracomment>
        <translation>&lt;b&gt;Main menu&lt;/b&gt;
Balance: {balance}</translation>
    </message>
    <message id="menu.button.wallet">
        <source>Wallet</source>
        <translation>Wallet</translation>
    </message>
    <message id="menu.button.language">
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message id="menu.button.help">
        <source>Help</source>
        <translation>Help</translation>
    </message>
    <message id="menu.tour.1">
        <source>&lt;b&gt;1 of 4: the menu&lt;/b&gt;
Everything starts from this menu. Its buttons change as you go; nothing is bought or sent until you confirm it.</source>
        <extracomment>First of four steps of the tour.</extracomment>
        <translation>&lt;b&gt;1 of 4: the menu&lt;/b&gt;
Everything starts from this menu. Its buttons change as you go; nothing is bought or sent until you confirm it.</translation>
    </message>
    <message id="menu.tour.2">
        <source>&lt;b&gt;2 of 4: the wallet&lt;/b&gt;
Your wallet is in US dollars. You top it up with cryptocurrency: choose an amount and a coin, and you get an address to pay to.</source>
        <translation>&lt;b&gt;2 of 4: the wallet&lt;/b&gt;
Your wallet is in US dollars. You top it up with cryptocurrency: choose an amount and a coin, and you get an address to pay to.</translation>
    </message>
    <message id="menu.tour.3">
        <source>&lt;b&gt;3 of 4: the language&lt;/b&gt;
You can change the language at any time, here or with /language.</source>
        <translation>&lt;b&gt;3 of 4: the language&lt;/b&gt;
You can change the language at any time, here or with /language.</translation>
    </message>
    <message id="menu.tour.4">
        <source>&lt;b&gt;4 of 4: help&lt;/b&gt;
/help shows all commands. /cancel leaves whatever you have begun, and /start brings this menu back.</source>
        <translation>&lt;b&gt;4 of 4: help&lt;/b&gt;
/help shows all commands. /cancel leaves whatever you have begun, and /start brings this menu back.</translation>
    </message>
    <message id="menu.tour.button.next">
        <source>Show next</source>
        <translation>Show next</translation>
    </message>
    <message id="menu.tour.button.skip">
        <source>Skip the tour</source>
        <translation>Skip the tour</translation>
    </message>
    <message id="menu.tour.button.done">
        <source>Open the menu</source>
        <extracomment>Ends the tour and shows the menu.</extracomment>
        <translation>Open the menu</translation>
    </message>
    <message id="help.body">
        <source>&lt;b&gt;Help&lt;/b&gt;

/start: the main menu
/wallet: balance and history
/topup: add money to the wallet
/language: change the language
/help: this list
/cancel: leave what you have begun</source>
        <extracomment>The commands stay as they are.</extracomment>
        <translation>&lt;b&gt;Help&lt;/b&gt;

/start: the main menu
/wallet: balance and history
/topup: add money to the wallet
/language: change the language
/help: this list
/cancel: leave what you have begun</translation>
    </message>
    <message id="help.button.channel">
        <source>Open the channel</source>
        <extracomment>Opens the Telegram channel with news.</extracomment>
        <translation>Open the channel</translation>
    </message>
    <message id="help.button.terms">
        <source>Read the terms</source>
        <translation>Read the terms</translation>
    </message>
    <message id="button.back">
        <source>Back</source>
        <extracomment>One step back.</extracomment>
        <translation>Back</translation>
    </message>
    <message id="button.cancel">
        <source>Cancel</source>
        <extracomment>Leaves what was begun.</extracomment>
        <translation>Cancel</translation>
    </message>
    <message id="button.old">
        <source>That button is from an older message. Here is the menu as it is now.</source>
        <extracomment>Shown with the menu when a button of an old message was tapped. Also shown as a short notice: at most 200 characters.</extracomment>
        <translation>That button is from an older message. Here is the menu as it is now.</translation>
    </message>
    <message id="button.yes">
        <source>Yes, go on</source>
        <extracomment>Answer to message.stale: it is still wanted.</extracomment>
        <translation>Yes, go on</translation>
    </message>
    <message id="button.no">
        <source>No, leave it</source>
        <extracomment>Answer to message.stale: it is no longer wanted.</extracomment>
        <translation>No, leave it</translation>
    </message>
    <message id="cancel.done">
        <source>Cancelled. Nothing was charged.</source>
        <translation>Cancelled. Nothing was charged.</translation>
    </message>
    <message id="unknown.message">
        <source>Sorry, I did not understand that. Please use the buttons, or send /start for the menu.</source>
        <extracomment>The bot could not make anything of what was written.</extracomment>
        <translation>Sorry, I did not understand that. Please use the buttons, or send /start for the menu.</translation>
    </message>
    <message id="message.stale" numerus="yes">
        <source>You asked for that %n minutes ago. Do you still want it?</source>
        <extracomment>%n: how many minutes ago the customer asked. Buttons: yes, no.</extracomment>
        <translation>
            <numerusform>You asked for that %n minute ago. Do you still want it?</numerusform>
            <numerusform>You asked for that %n minutes ago. Do you still want it?</numerusform>
        </translation>
    </message>
    <message id="error.try_again">
        <source>Sorry, something went wrong on our side. Nothing was charged. Please try again.</source>
        <translation>Sorry, something went wrong on our side. Nothing was charged. Please try again.</translation>
    </message>
    <message id="wallet.summary">
        <source>&lt;b&gt;Wallet&lt;/b&gt;
Available: &lt;b&gt;{available}&lt;/b&gt;
Reserved: {held}</source>
        <extracomment>{available}: money that can be spent. {held}: money set aside for calls that are running.</extracomment>
        <translation>&lt;b&gt;Wallet&lt;/b&gt;
Available: &lt;b&gt;{available}&lt;/b&gt;
Reserved: {held}</translation>
    </message>
    <message id="wallet.button.topup">
        <source>Top up</source>
        <translation>Top up</translation>
    </message>
    <message id="wallet.button.history">
        <source>Show history</source>
        <translation>Show history</translation>
    </message>
    <message id="wallet.history.title">
        <source>&lt;b&gt;Latest transactions&lt;/b&gt;</source>
        <translation>&lt;b&gt;Latest transactions&lt;/b&gt;</translation>
    </message>
    <message id="wallet.history.empty">
        <source>There are no transactions yet.</source>
        <translation>There are no transactions yet.</translation>
    </message>
    <message id="wallet.history.line">
        <source>{time} · {kind} · {amount}</source>
        <extracomment>{time}: when. {kind}: one of wallet.kind.*. {amount}: with a minus sign when money left the wallet.</extracomment>
        <translation>{time} · {kind} · {amount}</translation>
    </message>
    <message id="wallet.kind.deposit">
        <source>Top-up</source>
        <translation>Top-up</translation>
    </message>
    <message id="wallet.kind.other">
        <source>Other</source>
        <translation>Other</translation>
    </message>
    <message id="topup.choose_amount">
        <source>How much would you like to add to your wallet? The minimum is {minimum}.</source>
        <extracomment>{minimum}: the smallest amount. Below: buttons with amounts.</extracomment>
        <translation>How much would you like to add to your wallet? The minimum is {minimum}.</translation>
    </message>
    <message id="topup.button.own_amount">
        <source>Type another amount</source>
        <translation>Type another amount</translation>
    </message>
    <message id="topup.ask_amount">
        <source>Please type the amount in US dollars, for example 35.</source>
        <extracomment>The customer answers with a number.</extracomment>
        <translation>Please type the amount in US dollars, for example 35.</translation>
    </message>
    <message id="topup.bad_amount">
        <source>That amount cannot be used. Please type an amount from {minimum} to {maximum}, for example 35.</source>
        <extracomment>{minimum}, {maximum}: the smallest and the largest amount.</extracomment>
        <translation>That amount cannot be used. Please type an amount from {minimum} to {maximum}, for example 35.</translation>
    </message>
    <message id="topup.choose_coin">
        <source>Which coin would you like to pay {amount} with? Please also mind its network.</source>
        <extracomment>{amount}: what will be credited. Below: a button a coin and network.</extracomment>
        <translation>Which coin would you like to pay {amount} with? Please also mind its network.</translation>
    </message>
    <message id="topup.creating">
        <source>One moment, please. We are getting a payment address for you…</source>
        <translation>One moment, please. We are getting a payment address for you…</translation>
    </message>
    <message id="topup.unavailable">
        <source>Top-ups are not available just now. Nothing was charged. Please try again in a few minutes.</source>
        <translation>Top-ups are not available just now. Nothing was charged. Please try again in a few minutes.</translation>
    </message>
    <message id="topup.coin_unavailable">
        <source>This coin is not available just now. Please choose another one.</source>
        <translation>This coin is not available just now. Please choose another one.</translation>
    </message>
    <message id="topup.below_minimum">
        <source>With this coin the minimum is {minimum}. Please choose a larger amount or another coin.</source>
        <extracomment>{minimum}: the smallest amount for the coin that was chosen.</extracomment>
        <translation>With this coin the minimum is {minimum}. Please choose a larger amount or another coin.</translation>
    </message>
    <message id="topup.address" numerus="yes">
        <source>&lt;b&gt;Top up {amount}&lt;/b&gt;

Please send exactly
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
on the network &lt;b&gt;{network}&lt;/b&gt; to
&lt;code&gt;{address}&lt;/code&gt;

• Send this exact amount, in one payment. Fees of your own wallet or exchange come on top.
• Send only this coin, on this network only. Anything else may be lost.
• Use the address for this payment only, never again later.

The address is valid for %n minutes.</source>
        <extracomment>Caption of the QR picture. {amount}: what will be credited. {crypto_amount}: digits to copy. {coin}, {network}: names such as USDT, TRON. %n: for how many minutes the address is valid.</extracomment>
        <translation>
            <numerusform>&lt;b&gt;Top up {amount}&lt;/b&gt;

Please send exactly
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
on the network &lt;b&gt;{network}&lt;/b&gt; to
&lt;code&gt;{address}&lt;/code&gt;

• Send this exact amount, in one payment. Fees of your own wallet or exchange come on top.
• Send only this coin, on this network only. Anything else may be lost.
• Use the address for this payment only, never again later.

The address is valid for %n minute.</numerusform>
            <numerusform>&lt;b&gt;Top up {amount}&lt;/b&gt;

Please send exactly
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
on the network &lt;b&gt;{network}&lt;/b&gt; to
&lt;code&gt;{address}&lt;/code&gt;

• Send this exact amount, in one payment. Fees of your own wallet or exchange come on top.
• Send only this coin, on this network only. Anything else may be lost.
• Use the address for this payment only, never again later.

The address is valid for %n minutes.</numerusform>
        </translation>
    </message>
    <message id="topup.address.tag">
        <source>Destination tag (memo): &lt;code&gt;{tag}&lt;/code&gt;
Please give this tag with the payment. Without it the payment cannot be matched to you.</source>
        <extracomment>Added to the caption for coins that need it. {tag}: the destination tag.</extracomment>
        <translation>Destination tag (memo): &lt;code&gt;{tag}&lt;/code&gt;
Please give this tag with the payment. Without it the payment cannot be matched to you.</translation>
    </message>
    <message id="topup.button.copy_address">
        <source>Copy the address</source>
        <translation>Copy the address</translation>
    </message>
    <message id="topup.status.waiting" numerus="yes">
        <source>Waiting for your payment: %n minutes left.</source>
        <extracomment>%n: minutes that are left.</extracomment>
        <translation>
            <numerusform>Waiting for your payment: %n minute left.</numerusform>
            <numerusform>Waiting for your payment: %n minutes left.</numerusform>
        </translation>
    </message>
    <message id="topup.status.detected">
        <source>We have seen your payment. Now the network has to confirm it.</source>
        <translation>We have seen your payment. Now the network has to confirm it.</translation>
    </message>
    <message id="topup.status.confirming">
        <source>The network is confirming your payment. This may take a few minutes.</source>
        <translation>The network is confirming your payment. This may take a few minutes.</translation>
    </message>
    <message id="topup.status.checking">
        <source>The payment is confirmed. We are checking it before we credit it.</source>
        <translation>The payment is confirmed. We are checking it before we credit it.</translation>
    </message>
    <message id="topup.status.expired">
        <source>The time for this payment is over. Please do not send anything to this address any more. If you have sent it already, it will still be found.</source>
        <translation>The time for this payment is over. Please do not send anything to this address any more. If you have sent it already, it will still be found.</translation>
    </message>
    <message id="topup.credited">
        <source>&lt;b&gt;{amount} credited to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;{amount} credited to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.not_given">
        <source>We have looked at your report about call {call} and closed it. There is no refund for it, or no further one.</source>
        <translation>We have looked at your report about call {call} and closed it. There is no refund for it, or no further one.</translation>
    </message>
    <message id="refund.done">
        <source>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for call {call}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was given back. {call}: number of the call. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for call {call}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.done.plan">
        <source>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for your plan {plan}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was given back. {plan}: Prime, Elite or Ultra. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for your plan {plan}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.underpaid">
        <source>Your payment has arrived, but it is too small: {received} {coin} instead of {expected} {coin}, short by {short} {coin}. Nothing has been credited yet. Please do not send the rest to this address. We are looking at it and will write to you here.</source>
        <extracomment>A person will look at it. {received}, {expected}, {short}: amounts of the coin. {coin}: its name.</extracomment>
        <translation>Your payment has arrived, but it is too small: {received} {coin} instead of {expected} {coin}, short by {short} {coin}. Nothing has been credited yet. Please do not send the rest to this address. We are looking at it and will write to you here.</translation>
    </message>
    <message id="topup.underpaid_credited">
        <source>Your payment was smaller than asked: {received} {coin} instead of {expected} {coin}. &lt;b&gt;We have credited {amount}&lt;/b&gt;, the part that arrived.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>Less was paid than was asked; the part was credited. {amount}: what was credited. {transfer}: short number of the transaction.</extracomment>
        <translation>Your payment was smaller than asked: {received} {coin} instead of {expected} {coin}. &lt;b&gt;We have credited {amount}&lt;/b&gt;, the part that arrived.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.overpaid">
        <source>You sent more than was asked. &lt;b&gt;We have credited {amount}.&lt;/b&gt; The rest, {excess}, is not lost: we are looking at it and will write to you here.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {excess}: what was sent above it.</extracomment>
        <translation>You sent more than was asked. &lt;b&gt;We have credited {amount}.&lt;/b&gt; The rest, {excess}, is not lost: we are looking at it and will write to you here.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.late">
        <source>Your payment arrived after its time was over. It is not lost. Nothing has been credited yet: we are looking at it and will write to you here.</source>
        <translation>Your payment arrived after its time was over. It is not lost. Nothing has been credited yet: we are looking at it and will write to you here.</translation>
    </message>
    <message id="topup.review">
        <source>We have received a payment that does not match what was asked. Nothing has been credited yet: we are looking at it and will write to you here.</source>
        <translation>We have received a payment that does not match what was asked. Nothing has been credited yet: we are looking at it and will write to you here.</translation>
    </message>
    <message id="topup.excess_credited">
        <source>&lt;b&gt;The {amount} you had sent beyond what was asked are now in your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;The {amount} you had sent beyond what was asked are now in your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.refused">
        <source>We have looked at your payment and could not credit it. If you think that is a mistake, please write to us here with the transaction’s hash.</source>
        <extracomment>After a person has decided about a payment that was not as asked.</extracomment>
        <translation>We have looked at your payment and could not credit it. If you think that is a mistake, please write to us here with the transaction’s hash.</translation>
    </message>
    <message id="topup.reversed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</source>
        <extracomment>A deposit that was credited is taken back. {amount}: how much. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</translation>
    </message>
    <message id="topup.reversed_owed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end. Part of it was spent already, so you owe {debt}; your next top-up pays that first.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</source>
        <extracomment>A deposit that was credited is taken back, and the wallet had no more that much. {amount}: how much. {debt}: what the customer owes now. {balance}: the new balance.</extracomment>
        <translation>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end. Part of it was spent already, so you owe {debt}; your next top-up pays that first.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</translation>
    </message>
    <message id="topup.paused">
        <source>Top-ups are paused for a short while. Your balance is safe and your calls go on as usual. Please try again later.</source>
        <extracomment>Instead of the amounts, while staff have paused deposits in all coins.</extracomment>
        <translation>Top-ups are paused for a short while. Your balance is safe and your calls go on as usual. Please try again later.</translation>
    </message>
    <message id="topup.coin_paused">
        <source>We are not taking {coin} just now. Please choose another coin, or come back a little later.</source>
        <extracomment>{coin}: the coin and its network, while staff have paused it.</extracomment>
        <translation>We are not taking {coin} just now. Please choose another coin, or come back a little later.</translation>
    </message>
    <message id="topup.provider_problem">
        <source>Your payment was received, but it is delayed at the payment provider. Your balance has not changed yet. You do not need to do anything: we will write to you here.</source>
        <translation>Your payment was received, but it is delayed at the payment provider. Your balance has not changed yet. You do not need to do anything: we will write to you here.</translation>
    </message>
    <message id="command.start">
        <source>Open the main menu</source>
        <extracomment>Description in Telegram&apos;s command list.</extracomment>
        <translation>Open the main menu</translation>
    </message>
    <message id="command.wallet">
        <source>Show balance and history</source>
        <translation>Show balance and history</translation>
    </message>
    <message id="command.topup">
        <source>Add money to the wallet</source>
        <translation>Add money to the wallet</translation>
    </message>
    <message id="command.language">
        <source>Change the language</source>
        <translation>Change the language</translation>
    </message>
    <message id="command.help">
        <source>Show all commands</source>
        <translation>Show all commands</translation>
    </message>
    <message id="command.cancel">
        <source>Leave what you have begun</source>
        <translation>Leave what you have begun</translation>
    </message>
    <message id="guard.number.good">
        <source>The number is complete and valid.</source>
        <translation>The number is complete and valid.</translation>
    </message>
    <message id="guard.number.unreadable">
        <source>This is not a complete phone number. Please write it with the plus sign and the country code.</source>
        <translation>This is not a complete phone number. Please write it with the plus sign and the country code.</translation>
    </message>
    <message id="guard.number.invalid">
        <source>As far as we can tell, this phone number does not exist. Please check it.</source>
        <translation>As far as we can tell, this phone number does not exist. Please check it.</translation>
    </message>
    <message id="guard.number.not_judged">
        <source>Not checked, because the number is not valid.</source>
        <extracomment>Stands in the list of checks for one that needs a valid number.</extracomment>
        <translation>Not checked, because the number is not valid.</translation>
    </message>
    <message id="guard.line.good">
        <source>It is a line that may be called.</source>
        <translation>It is a line that may be called.</translation>
    </message>
    <message id="guard.line.emergency">
        <source>This is an emergency number. Speechcad never calls those.</source>
        <translation>This is an emergency number. Speechcad never calls those.</translation>
    </message>
    <message id="guard.line.short">
        <source>This is a short number for a service. Only complete phone numbers can be called.</source>
        <translation>This is a short number for a service. Only complete phone numbers can be called.</translation>
    </message>
    <message id="guard.line.premium">
        <source>Calls to this number cost more than usual calls. Such numbers cannot be called.</source>
        <extracomment>Premium-rate and shared-cost numbers.</extracomment>
        <translation>Calls to this number cost more than usual calls. Such numbers cannot be called.</translation>
    </message>
    <message id="guard.line.special">
        <source>This number does not lead to an ordinary line, but to a pager, a mailbox or a forwarding service. Such numbers cannot be called.</source>
        <extracomment>Personal numbers, pagers, universal access numbers, voicemail.</extracomment>
        <translation>This number does not lead to an ordinary line, but to a pager, a mailbox or a forwarding service. Such numbers cannot be called.</translation>
    </message>
    <message id="guard.line.satellite">
        <source>This is a satellite number. Such numbers cannot be called.</source>
        <translation>This is a satellite number. Such numbers cannot be called.</translation>
    </message>
    <message id="guard.region.good">
        <source>We place calls to this country or region.</source>
        <translation>We place calls to this country or region.</translation>
    </message>
    <message id="guard.region.closed">
        <source>We do not place calls to this country or region yet.</source>
        <translation>We do not place calls to this country or region yet.</translation>
    </message>
    <message id="guard.hours.good">
        <source>People may be called there at this hour.</source>
        <translation>People may be called there at this hour.</translation>
    </message>
    <message id="guard.hours.quiet">
        <source>People there should not be disturbed at this hour. The call can be placed from {time} on.</source>
        <extracomment>{time}: date and time.</extracomment>
        <translation>People there should not be disturbed at this hour. The call can be placed from {time} on.</translation>
    </message>
    <message id="guard.hours.never">
        <source>This number may be in places so far apart that there is no hour at which all of them may be called.</source>
        <translation>This number may be in places so far apart that there is no hour at which all of them may be called.</translation>
    </message>
    <message id="guard.hours.unknown">
        <source>We cannot tell what time it is where this number is, so it cannot be called.</source>
        <translation>We cannot tell what time it is where this number is, so it cannot be called.</translation>
    </message>
    <message id="guard.do_not_call.good">
        <source>The number is on no do-not-call list.</source>
        <translation>The number is on no do-not-call list.</translation>
    </message>
    <message id="guard.do_not_call.listed">
        <source>This number must not be called: it is on our do-not-call list.</source>
        <extracomment>The person called may have asked for it, or staff may have listed it.</extracomment>
        <translation>This number must not be called: it is on our do-not-call list.</translation>
    </message>
    <message id="guard.do_not_call.customer">
        <source>This number must not be called from your account.</source>
        <extracomment>Only this customer must not call the number.</extracomment>
        <translation>This number must not be called from your account.</translation>
    </message>
    <message id="guard.tier.good">
        <source>Your account may place this call.</source>
        <translation>Your account may place this call.</translation>
    </message>
    <message id="guard.tier.destinations">
        <source>Your account has reached its limit of numbers called for the first time in one day ({limit}). You can still call numbers that you have called before.</source>
        <extracomment>{limit}: a number. A day is the last 24 hours.</extracomment>
        <translation>Your account has reached its limit of numbers called for the first time in one day ({limit}). You can still call numbers that you have called before.</translation>
    </message>
    <message id="guard.tier.no_campaigns">
        <source>Your account cannot run campaigns yet.</source>
        <translation>Your account cannot run campaigns yet.</translation>
    </message>
    <message id="guard.tier.recipients">
        <source>A campaign of your account may have at most {limit} recipients.</source>
        <extracomment>{limit}: a number, always more than one.</extracomment>
        <translation>A campaign of your account may have at most {limit} recipients.</translation>
    </message>
    <message id="guard.tier.contacts">
        <source>A campaign of your account may call only your own contacts.</source>
        <translation>A campaign of your account may call only your own contacts.</translation>
    </message>
    <message id="guard.tier.proof">
        <source>This campaign needs a file that proves that the people called have agreed.</source>
        <translation>This campaign needs a file that proves that the people called have agreed.</translation>
    </message>
    <message id="guard.tier.review">
        <source>Our staff look at your first campaign before it starts. We will write to you here.</source>
        <translation>Our staff look at your first campaign before it starts. We will write to you here.</translation>
    </message>
    <message id="guard.pace.good">
        <source>There have not been too many calls.</source>
        <translation>There have not been too many calls.</translation>
    </message>
    <message id="guard.pace.hour">
        <source>Your account has reached its limit of calls in one hour ({limit}). Please try again later.</source>
        <extracomment>{limit}: a number.</extracomment>
        <translation>Your account has reached its limit of calls in one hour ({limit}). Please try again later.</translation>
    </message>
    <message id="guard.pace.day">
        <source>Your account has reached its limit of calls in one day ({limit}). Please try again tomorrow.</source>
        <extracomment>{limit}: a number. A day is the last 24 hours.</extracomment>
        <translation>Your account has reached its limit of calls in one day ({limit}). Please try again tomorrow.</translation>
    </message>
    <message id="guard.pace.destination">
        <source>This number has been called often enough for one day. Please try again tomorrow.</source>
        <extracomment>By all customers together; do not say by whom.</extracomment>
        <translation>This number has been called often enough for one day. Please try again tomorrow.</translation>
    </message>
    <message id="guard.lines.good">
        <source>A line is free for this call.</source>
        <translation>A line is free for this call.</translation>
    </message>
    <message id="guard.lines.yours">
        <source>Your account has as many calls running as it may have at once. This call starts when one of them has ended.</source>
        <translation>Your account has as many calls running as it may have at once. This call starts when one of them has ended.</translation>
    </message>
    <message id="guard.lines.busy">
        <source>All our lines are busy. This call starts as soon as one is free.</source>
        <translation>All our lines are busy. This call starts as soon as one is free.</translation>
    </message>
    <message id="guard.money.good">
        <source>Your balance is enough. For this call, {hold} is reserved; what is not used comes back.</source>
        <extracomment>{hold}: money.</extracomment>
        <translation>Your balance is enough. For this call, {hold} is reserved; what is not used comes back.</translation>
    </message>
    <message id="guard.money.plan">
        <source>This call is paid by the minutes of your plan.</source>
        <translation>This call is paid by the minutes of your plan.</translation>
    </message>
    <message id="guard.money.short">
        <source>Your balance is too low even for a short call. Please top up at least {amount}.</source>
        <extracomment>{amount}: money.</extracomment>
        <translation>Your balance is too low even for a short call. Please top up at least {amount}.</translation>
    </message>
    <message id="guard.disclosure.good">
        <source>The call begins by saying that an AI is speaking, and how to object.</source>
        <translation>The call begins by saying that an AI is speaking, and how to object.</translation>
    </message>
    <message id="guard.disclosure.language">
        <source>Every call must say at its start that an AI is speaking. We cannot say it in the language of this call yet, so it cannot be placed.</source>
        <translation>Every call must say at its start that an AI is speaking. We cannot say it in the language of this call yet, so it cannot be placed.</translation>
    </message>
    <message id="guard.disclosure.missing">
        <source>Every call must say at its start that an AI is speaking, and this one does not. Please save the script again.</source>
        <translation>Every call must say at its start that an AI is speaking, and this one does not. Please save the script again.</translation>
    </message>
    <message id="guard.disclosure.sentence">
        <source>Hello, this is an automated call by an AI voice on behalf of {name}. To get no more such calls, say “stop calling” at any time.</source>
        <extracomment>Spoken first in every call, to the person called. {name}: who asked for the call.</extracomment>
        <translation>Hello, this is an automated call by an AI voice on behalf of {name}. To get no more such calls, say “stop calling” at any time.</translation>
    </message>
    <message id="guard.disclosure.recorded">
        <source>This call is recorded.</source>
        <extracomment>Spoken to the person called, right after guard.disclosure.sentence, in a call that is recorded.</extracomment>
        <translation>This call is recorded.</translation>
    </message>
    <message id="guard.caller_id.good">
        <source>The call shows one of our numbers.</source>
        <translation>The call shows one of our numbers.</translation>
    </message>
    <message id="guard.caller_id.foreign">
        <source>The call would show a number that is not ours, so it cannot be placed.</source>
        <translation>The call would show a number that is not ours, so it cannot be placed.</translation>
    </message>
    <message id="guard.stop.good">
        <source>Calls are being placed.</source>
        <translation>Calls are being placed.</translation>
    </message>
    <message id="guard.stop.stopped">
        <source>All calls are stopped for the moment. Nothing was charged. Please try again later.</source>
        <translation>All calls are stopped for the moment. Nothing was charged. Please try again later.</translation>
    </message>
    <message id="menu.button.call">
        <source>Make a call</source>
        <translation>Make a call</translation>
    </message>
    <message id="menu.button.scripts">
        <source>Scripts</source>
        <translation>Scripts</translation>
    </message>
    <message id="menu.button.history">
        <source>Past calls</source>
        <translation>Past calls</translation>
    </message>
    <message id="command.call">
        <source>Make a call</source>
        <translation>Make a call</translation>
    </message>
    <message id="command.scripts">
        <source>Your scripts</source>
        <translation>Your scripts</translation>
    </message>
    <message id="command.history">
        <source>Your past calls</source>
        <translation>Your past calls</translation>
    </message>
    <message id="command.stop">
        <source>Stop the call that is running</source>
        <translation>Stop the call that is running</translation>
    </message>
    <message id="script.list.title">
        <source>&lt;b&gt;Your scripts&lt;/b&gt;
Choose one to read, change or use it, or write a new one.</source>
        <translation>&lt;b&gt;Your scripts&lt;/b&gt;
Choose one to read, change or use it, or write a new one.</translation>
    </message>
    <message id="script.list.empty">
        <source>&lt;b&gt;Your scripts&lt;/b&gt;
A script tells the AI voice what to say. You have none yet: start from a template, or write one in your own words.</source>
        <translation>&lt;b&gt;Your scripts&lt;/b&gt;
A script tells the AI voice what to say. You have none yet: start from a template, or write one in your own words.</translation>
    </message>
    <message id="script.title">
        <source>&lt;b&gt;{name}&lt;/b&gt; (version {version})</source>
        <extracomment>{version}: 1, 2, 3, ...: each change makes a new one.</extracomment>
        <translation>&lt;b&gt;{name}&lt;/b&gt; (version {version})</translation>
    </message>
    <message id="script.draft">
        <source>&lt;b&gt;{name}&lt;/b&gt;
This is your script. Save it, or change what is not right yet.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt;
This is your script. Save it, or change what is not right yet.</translation>
    </message>
    <message id="script.field">
        <source>&lt;b&gt;{field}&lt;/b&gt;
{value}</source>
        <extracomment>{field}: one of the script.button.field texts.</extracomment>
        <translation>&lt;b&gt;{field}&lt;/b&gt;
{value}</translation>
    </message>
    <message id="script.button.field.name">
        <source>Name</source>
        <extracomment>A part of a script: on a button, and above its words.</extracomment>
        <translation>Name</translation>
    </message>
    <message id="script.button.field.purpose">
        <source>Purpose</source>
        <translation>Purpose</translation>
    </message>
    <message id="script.button.field.language">
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message id="script.button.field.voice">
        <source>Voice</source>
        <translation>Voice</translation>
    </message>
    <message id="script.button.field.opening">
        <source>First words</source>
        <translation>First words</translation>
    </message>
    <message id="script.button.field.goal">
        <source>Goal</source>
        <translation>Goal</translation>
    </message>
    <message id="script.button.field.facts">
        <source>Facts</source>
        <translation>Facts</translation>
    </message>
    <message id="script.button.field.questions">
        <source>Questions</source>
        <translation>Questions</translation>
    </message>
    <message id="script.button.field.stop_when">
        <source>When to stop</source>
        <translation>When to stop</translation>
    </message>
    <message id="script.ask.name">
        <source>What is the script to be called? Only you see this name.</source>
        <translation>What is the script to be called? Only you see this name.</translation>
    </message>
    <message id="script.ask.purpose">
        <source>Why is the call made? One sentence, for example: to confirm an appointment.</source>
        <translation>Why is the call made? One sentence, for example: to confirm an appointment.</translation>
    </message>
    <message id="script.ask.language">
        <source>In which language is the person called?</source>
        <translation>In which language is the person called?</translation>
    </message>
    <message id="script.ask.voice">
        <source>Which voice speaks?</source>
        <translation>Which voice speaks?</translation>
    </message>
    <message id="script.ask.opening">
        <source>What does the voice say first? Before it, each call says that an AI is calling for you; that cannot be changed.</source>
        <translation>What does the voice say first? Before it, each call says that an AI is calling for you; that cannot be changed.</translation>
    </message>
    <message id="script.ask.goal">
        <source>What is to be reached in the call? Say it as you would to an assistant.</source>
        <translation>What is to be reached in the call? Say it as you would to an assistant.</translation>
    </message>
    <message id="script.ask.facts">
        <source>Which facts may the voice tell? For example dates, places and names. Never passwords, codes or card numbers.</source>
        <translation>Which facts may the voice tell? For example dates, places and names. Never passwords, codes or card numbers.</translation>
    </message>
    <message id="script.ask.questions">
        <source>What is to be found out? One question a line, at most {maximum}. You may put a short name and a colon before each: the answer is shown under it.</source>
        <extracomment>{maximum}: a number.</extracomment>
        <translation>What is to be found out? One question a line, at most {maximum}. You may put a short name and a colon before each: the answer is shown under it.</translation>
    </message>
    <message id="script.ask.stop_when">
        <source>When is the voice to end the call? It always ends when the person wants no call.</source>
        <translation>When is the voice to end the call? It always ends when the person wants no call.</translation>
    </message>
    <message id="script.bad.text">
        <source>That does not fit here. Please write at least a word and at most {maximum} characters.</source>
        <extracomment>{maximum}: a number, at least 60.</extracomment>
        <translation>That does not fit here. Please write at least a word and at most {maximum} characters.</translation>
    </message>
    <message id="script.bad.questions">
        <source>Please write at most {maximum} questions, one a line, and each not longer than a sentence or two.</source>
        <translation>Please write at most {maximum} questions, one a line, and each not longer than a sentence or two.</translation>
    </message>
    <message id="script.button.from_template">
        <source>From a template</source>
        <translation>From a template</translation>
    </message>
    <message id="script.button.own_words">
        <source>In my own words</source>
        <translation>In my own words</translation>
    </message>
    <message id="script.button.empty">
        <source>Leave it empty</source>
        <translation>Leave it empty</translation>
    </message>
    <message id="script.button.save">
        <source>Save the script</source>
        <translation>Save the script</translation>
    </message>
    <message id="script.button.call">
        <source>Make a call with it</source>
        <translation>Make a call with it</translation>
    </message>
    <message id="script.button.show">
        <source>Show the script</source>
        <translation>Show the script</translation>
    </message>
    <message id="script.button.edit">
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message id="script.button.delete">
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message id="script.button.retry">
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message id="script.saved">
        <source>Saved. &lt;b&gt;{name}&lt;/b&gt; is being prepared, which takes a few seconds. You will hear when it can be used.</source>
        <translation>Saved. &lt;b&gt;{name}&lt;/b&gt; is being prepared, which takes a few seconds. You will hear when it can be used.</translation>
    </message>
    <message id="script.ready">
        <source>&lt;b&gt;{name}&lt;/b&gt; is ready.</source>
        <extracomment>{name}: of a script.</extracomment>
        <translation>&lt;b&gt;{name}&lt;/b&gt; is ready.</translation>
    </message>
    <message id="script.failed">
        <source>&lt;b&gt;{name}&lt;/b&gt; could not be prepared. Nothing was charged. You can try again, or change the script.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; could not be prepared. Nothing was charged. You can try again, or change the script.</translation>
    </message>
    <message id="script.making">
        <source>It is being prepared and can be used in a few seconds.</source>
        <translation>It is being prepared and can be used in a few seconds.</translation>
    </message>
    <message id="script.not_made">
        <source>It could not be prepared, so no call can be made with it.</source>
        <translation>It could not be prepared, so no call can be made with it.</translation>
    </message>
    <message id="script.edit.choose">
        <source>What is to change in &lt;b&gt;{name}&lt;/b&gt;? Calls that are over keep the words they were made with.</source>
        <translation>What is to change in &lt;b&gt;{name}&lt;/b&gt;? Calls that are over keep the words they were made with.</translation>
    </message>
    <message id="script.edit.now">
        <source>Until now: {value}</source>
        <extracomment>{value}: what the script says there.</extracomment>
        <translation>Until now: {value}</translation>
    </message>
    <message id="script.delete.sure">
        <source>Delete &lt;b&gt;{name}&lt;/b&gt;? Your past calls with it stay in your list.</source>
        <translation>Delete &lt;b&gt;{name}&lt;/b&gt;? Your past calls with it stay in your list.</translation>
    </message>
    <message id="script.limit.scripts">
        <source>You have {maximum} scripts already. Please delete one first.</source>
        <extracomment>{maximum}: a number, more than one.</extracomment>
        <translation>You have {maximum} scripts already. Please delete one first.</translation>
    </message>
    <message id="script.limit.versions">
        <source>Your scripts have changed very often today. Please go on tomorrow.</source>
        <translation>Your scripts have changed very often today. Please go on tomorrow.</translation>
    </message>
    <message id="script.template.choose">
        <source>What kind of call is it? You can change everything afterwards.</source>
        <translation>What kind of call is it? You can change everything afterwards.</translation>
    </message>
    <message id="script.template.button.reminder">
        <source>Confirm an appointment</source>
        <translation>Confirm an appointment</translation>
    </message>
    <message id="script.template.button.booking">
        <source>Book a table or a room</source>
        <translation>Book a table or a room</translation>
    </message>
    <message id="script.template.button.enquiry">
        <source>Ask for information</source>
        <translation>Ask for information</translation>
    </message>
    <message id="script.template.button.feedback">
        <source>Ask how it was</source>
        <translation>Ask how it was</translation>
    </message>
    <message id="script.template.reminder.purpose">
        <source>To confirm an appointment.</source>
        <translation>To confirm an appointment.</translation>
    </message>
    <message id="script.template.reminder.opening">
        <source>I am calling about your appointment. Do you have a moment?</source>
        <extracomment>Spoken by the AI voice, after it has said who calls.</extracomment>
        <translation>I am calling about your appointment. Do you have a moment?</translation>
    </message>
    <message id="script.template.reminder.goal">
        <source>Say when and where the appointment is, and find out whether the person will come. If not, ask which other day suits them.</source>
        <translation>Say when and where the appointment is, and find out whether the person will come. If not, ask which other day suits them.</translation>
    </message>
    <message id="script.template.reminder.questions">
        <source>Coming: Will you come to the appointment?
Other day: Which other day would suit you?</source>
        <extracomment>One question a line: a short name, a colon, the question.</extracomment>
        <translation>Coming: Will you come to the appointment?
Other day: Which other day would suit you?</translation>
    </message>
    <message id="script.template.booking.purpose">
        <source>To book a table or a room.</source>
        <translation>To book a table or a room.</translation>
    </message>
    <message id="script.template.booking.opening">
        <source>I would like to make a booking, please.</source>
        <translation>I would like to make a booking, please.</translation>
    </message>
    <message id="script.template.booking.goal">
        <source>Book as the facts say. If that is not free, ask for the nearest free time, and do not accept it but say that we call back.</source>
        <translation>Book as the facts say. If that is not free, ask for the nearest free time, and do not accept it but say that we call back.</translation>
    </message>
    <message id="script.template.booking.questions">
        <source>Booked: Is the booking confirmed?
Other time: Which time is free?
Name: Under which name is it booked?</source>
        <translation>Booked: Is the booking confirmed?
Other time: Which time is free?
Name: Under which name is it booked?</translation>
    </message>
    <message id="script.template.enquiry.purpose">
        <source>To ask a business for information.</source>
        <translation>To ask a business for information.</translation>
    </message>
    <message id="script.template.enquiry.opening">
        <source>I have a short question, if I may.</source>
        <translation>I have a short question, if I may.</translation>
    </message>
    <message id="script.template.enquiry.goal">
        <source>Ask what the facts say, and note the answer exactly. Ask again once if it is not clear.</source>
        <translation>Ask what the facts say, and note the answer exactly. Ask again once if it is not clear.</translation>
    </message>
    <message id="script.template.enquiry.questions">
        <source>Answer: What is the answer to the question?
Contact: Who can be asked for more?</source>
        <translation>Answer: What is the answer to the question?
Contact: Who can be asked for more?</translation>
    </message>
    <message id="script.template.feedback.purpose">
        <source>To ask a customer how satisfied they are.</source>
        <translation>To ask a customer how satisfied they are.</translation>
    </message>
    <message id="script.template.feedback.opening">
        <source>You were our customer lately, and we would like to know how it was. May I ask two short questions?</source>
        <translation>You were our customer lately, and we would like to know how it was. May I ask two short questions?</translation>
    </message>
    <message id="script.template.feedback.goal">
        <source>Find out how satisfied the person is and what should be better. Thank them, and do not sell anything.</source>
        <translation>Find out how satisfied the person is and what should be better. Thank them, and do not sell anything.</translation>
    </message>
    <message id="script.template.feedback.questions">
        <source>Satisfied: How satisfied are you?
Better: What should we do better?</source>
        <translation>Satisfied: How satisfied are you?
Better: What should we do better?</translation>
    </message>
    <message id="script.template.stop_when">
        <source>When the questions are answered, or the person has no time.</source>
        <translation>When the questions are answered, or the person has no time.</translation>
    </message>
    <message id="call.choose_script">
        <source>&lt;b&gt;Make a call&lt;/b&gt;
Which script is it for?</source>
        <translation>&lt;b&gt;Make a call&lt;/b&gt;
Which script is it for?</translation>
    </message>
    <message id="call.no_script">
        <source>&lt;b&gt;Make a call&lt;/b&gt;
First the AI voice needs a script. Start from a template: that takes a minute.</source>
        <translation>&lt;b&gt;Make a call&lt;/b&gt;
First the AI voice needs a script. Start from a template: that takes a minute.</translation>
    </message>
    <message id="call.script_not_ready">
        <source>&lt;b&gt;{name}&lt;/b&gt; is still being prepared. You will hear when it can be used.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; is still being prepared. You will hear when it can be used.</translation>
    </message>
    <message id="call.ask_number">
        <source>Whom shall we call? Write the number with the plus sign and the country code, share a contact, or choose one.</source>
        <translation>Whom shall we call? Write the number with the plus sign and the country code, share a contact, or choose one.</translation>
    </message>
    <message id="call.ask_number.first">
        <source>Your first call goes to your own number, so that you hear what others will hear. Please choose it.</source>
        <translation>Your first call goes to your own number, so that you hear what others will hear. Please choose it.</translation>
    </message>
    <message id="call.share_own">
        <source>Please press the button below the chat: Telegram then tells us your own number.</source>
        <translation>Please press the button below the chat: Telegram then tells us your own number.</translation>
    </message>
    <message id="call.share_own.first">
        <source>Your first call goes to your own number, so that you hear what others will hear. Please press the button below the chat: Telegram then tells us your number.</source>
        <translation>Your first call goes to your own number, so that you hear what others will hear. Please press the button below the chat: Telegram then tells us your number.</translation>
    </message>
    <message id="call.bad_number">
        <source>That is no complete phone number. Please write it with the plus sign and the country code.</source>
        <translation>That is no complete phone number. Please write it with the plus sign and the country code.</translation>
    </message>
    <message id="call.ask_consent">
        <source>Why may {number} be called by an AI voice? You answer for what you say here.</source>
        <extracomment>{number}: a phone number.</extracomment>
        <translation>Why may {number} be called by an AI voice? You answer for what you say here.</translation>
    </message>
    <message id="call.button.consent.know">
        <source>We know each other, and it is all right</source>
        <translation>We know each other, and it is all right</translation>
    </message>
    <message id="call.button.consent.written">
        <source>They agreed in writing</source>
        <translation>They agreed in writing</translation>
    </message>
    <message id="call.button.consent.own">
        <source>It is my own number</source>
        <translation>It is my own number</translation>
    </message>
    <message id="call.button.consent.none">
        <source>None of these</source>
        <translation>None of these</translation>
    </message>
    <message id="call.button.own_number">
        <source>Call my own number</source>
        <translation>Call my own number</translation>
    </message>
    <message id="call.button.share_number">
        <source>Share my number</source>
        <translation>Share my number</translation>
    </message>
    <message id="call.summary">
        <source>&lt;b&gt;{script}&lt;/b&gt; to &lt;b&gt;{number}&lt;/b&gt;</source>
        <translation>&lt;b&gt;{script}&lt;/b&gt; to &lt;b&gt;{number}&lt;/b&gt;</translation>
    </message>
    <message id="call.allowed">
        <source>This call may be placed now.</source>
        <translation>This call may be placed now.</translation>
    </message>
    <message id="call.queued">
        <source>This call can be placed, but not at once. It starts by itself as soon as it may:</source>
        <translation>This call can be placed, but not at once. It starts by itself as soon as it may:</translation>
    </message>
    <message id="call.refused">
        <source>This call cannot be placed:</source>
        <translation>This call cannot be placed:</translation>
    </message>
    <message id="call.price">
        <source>Price: {rate} a minute.
An expected {expected} min: {expected_price}.
The longest {longest} min: {longest_price}. That much is reserved, and what is not used comes back.</source>
        <extracomment>{expected} and {longest}: minutes and seconds, as 3:05. The others are money.</extracomment>
        <translation>Price: {rate} a minute.
An expected {expected} min: {expected_price}.
The longest {longest} min: {longest_price}. That much is reserved, and what is not used comes back.</translation>
    </message>
    <message id="call.recording_fee">
        <source>It is recorded for {fee}, and the person called is told so.</source>
        <translation>It is recorded for {fee}, and the person called is told so.</translation>
    </message>
    <message id="call.button.go">
        <source>Call now</source>
        <translation>Call now</translation>
    </message>
    <message id="call.button.go_later">
        <source>Call as soon as possible</source>
        <translation>Call as soon as possible</translation>
    </message>
    <message id="call.button.record.on">
        <source>Record this call</source>
        <translation>Record this call</translation>
    </message>
    <message id="call.button.record.off">
        <source>Do not record</source>
        <translation>Do not record</translation>
    </message>
    <message id="call.button.other_number">
        <source>Another number</source>
        <translation>Another number</translation>
    </message>
    <message id="call.button.again">
        <source>Check again</source>
        <translation>Check again</translation>
    </message>
    <message id="call.asked">
        <source>Confirmed: the call to {number} is on its way.</source>
        <translation>Confirmed: the call to {number} is on its way.</translation>
    </message>
    <message id="call.nothing_to_stop">
        <source>No call of yours is running.</source>
        <translation>No call of yours is running.</translation>
    </message>
    <message id="call.stopping">
        <source>The call is being stopped.</source>
        <translation>The call is being stopped.</translation>
    </message>
    <message id="history.title">
        <source>&lt;b&gt;Past calls&lt;/b&gt;</source>
        <translation>&lt;b&gt;Past calls&lt;/b&gt;</translation>
    </message>
    <message id="history.empty">
        <source>&lt;b&gt;Past calls&lt;/b&gt;
There are none yet.</source>
        <translation>&lt;b&gt;Past calls&lt;/b&gt;
There are none yet.</translation>
    </message>
    <message id="history.line">
        <source>{time}: {number}, {outcome}, {price}</source>
        <extracomment>{outcome}: one of the history.outcome texts.</extracomment>
        <translation>{time}: {number}, {outcome}, {price}</translation>
    </message>
    <message id="history.call">
        <source>&lt;b&gt;{script}&lt;/b&gt;
{time}
{number}
Outcome: {outcome}
Lasted: {duration} min
Charged: {price}</source>
        <translation>&lt;b&gt;{script}&lt;/b&gt;
{time}
{number}
Outcome: {outcome}
Lasted: {duration} min
Charged: {price}</translation>
    </message>
    <message id="history.summary">
        <source>&lt;b&gt;Summary&lt;/b&gt;
{summary}</source>
        <translation>&lt;b&gt;Summary&lt;/b&gt;
{summary}</translation>
    </message>
    <message id="history.answer">
        <source>&lt;b&gt;{question}&lt;/b&gt;: {answer}</source>
        <translation>&lt;b&gt;{question}&lt;/b&gt;: {answer}</translation>
    </message>
    <message id="history.transcript.title">
        <source>&lt;b&gt;What was said with {number}&lt;/b&gt;</source>
        <translation>&lt;b&gt;What was said with {number}&lt;/b&gt;</translation>
    </message>
    <message id="history.transcript.voice">
        <source>&lt;b&gt;Voice:&lt;/b&gt; {words}</source>
        <extracomment>The AI voice speaks.</extracomment>
        <translation>&lt;b&gt;Voice:&lt;/b&gt; {words}</translation>
    </message>
    <message id="history.transcript.person">
        <source>&lt;b&gt;Person:&lt;/b&gt; {words}</source>
        <extracomment>The person called speaks.</extracomment>
        <translation>&lt;b&gt;Person:&lt;/b&gt; {words}</translation>
    </message>
    <message id="history.transcript.cut">
        <source>The rest is too long to be shown here.</source>
        <translation>The rest is too long to be shown here.</translation>
    </message>
    <message id="history.button.older">
        <source>Older calls</source>
        <translation>Older calls</translation>
    </message>
    <message id="history.button.transcript">
        <source>What was said</source>
        <translation>What was said</translation>
    </message>
    <message id="history.button.again">
        <source>Call again</source>
        <translation>Call again</translation>
    </message>
    <message id="history.button.problem">
        <source>Report a problem</source>
        <translation>Report a problem</translation>
    </message>
    <message id="problem.ask">
        <source>What went wrong with the call to {number} ({time})? You paid {price} for it.</source>
        <translation>What went wrong with the call to {number} ({time})? You paid {price} for it.</translation>
    </message>
    <message id="problem.reason.bad_audio">
        <source>The sound was bad</source>
        <translation>The sound was bad</translation>
    </message>
    <message id="problem.reason.ai_malfunction">
        <source>The voice did not follow the script</source>
        <translation>The voice did not follow the script</translation>
    </message>
    <message id="problem.reason.not_answered_but_charged">
        <source>Nobody answered, but I paid</source>
        <translation>Nobody answered, but I paid</translation>
    </message>
    <message id="problem.reason.overcharged">
        <source>It cost too much</source>
        <translation>It cost too much</translation>
    </message>
    <message id="problem.reason.other">
        <source>Something else</source>
        <translation>Something else</translation>
    </message>
    <message id="problem.words">
        <source>Please write in one message what went wrong, in at most {characters} characters.</source>
        <translation>Please write in one message what went wrong, in at most {characters} characters.</translation>
    </message>
    <message id="problem.thanks">
        <source>Thank you. A person looks at this call and you hear from us here. Money that comes back goes to your wallet.</source>
        <translation>Thank you. A person looks at this call and you hear from us here. Money that comes back goes to your wallet.</translation>
    </message>
    <message id="problem.already">
        <source>You have reported this call. A person looks at it, and you hear from us here.</source>
        <translation>You have reported this call. A person looks at it, and you hear from us here.</translation>
    </message>
    <message id="problem.too_late">
        <source>A problem can be reported within seven days of a call. This one is older.</source>
        <translation>A problem can be reported within seven days of a call. This one is older.</translation>
    </message>
    <message id="problem.nothing_paid">
        <source>Nothing was charged for this call, so there is nothing to give back.</source>
        <translation>Nothing was charged for this call, so there is nothing to give back.</translation>
    </message>
    <message id="history.outcome.waiting">
        <source>waiting</source>
        <extracomment>How a call went, in a line of the list.</extracomment>
        <translation>waiting</translation>
    </message>
    <message id="history.outcome.dialling">
        <source>being called</source>
        <translation>being called</translation>
    </message>
    <message id="history.outcome.talking">
        <source>talking</source>
        <translation>talking</translation>
    </message>
    <message id="history.outcome.talked">
        <source>talked</source>
        <translation>talked</translation>
    </message>
    <message id="history.outcome.mailbox">
        <source>a mailbox answered</source>
        <translation>a mailbox answered</translation>
    </message>
    <message id="history.outcome.longest">
        <source>ended at its longest</source>
        <translation>ended at its longest</translation>
    </message>
    <message id="history.outcome.busy">
        <source>busy</source>
        <translation>busy</translation>
    </message>
    <message id="history.outcome.no_answer">
        <source>no answer</source>
        <translation>no answer</translation>
    </message>
    <message id="history.outcome.declined">
        <source>declined</source>
        <translation>declined</translation>
    </message>
    <message id="history.outcome.wrong_number">
        <source>the number does not exist</source>
        <translation>the number does not exist</translation>
    </message>
    <message id="history.outcome.not_connected">
        <source>not connected</source>
        <translation>not connected</translation>
    </message>
    <message id="history.outcome.failed">
        <source>failed on our side</source>
        <translation>failed on our side</translation>
    </message>
    <message id="history.outcome.refused">
        <source>not placed</source>
        <translation>not placed</translation>
    </message>
    <message id="history.outcome.cancelled">
        <source>cancelled</source>
        <translation>cancelled</translation>
    </message>
    <message id="call.live.asked">
        <source>Your call to &lt;b&gt;{number}&lt;/b&gt; is being prepared.</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>Your call to &lt;b&gt;{number}&lt;/b&gt; is being prepared.</translation>
    </message>
    <message id="call.live.queued">
        <source>Your call to &lt;b&gt;{number}&lt;/b&gt; is waiting.</source>
        <extracomment>{number}: the number called. Below it: what it waits for.</extracomment>
        <translation>Your call to &lt;b&gt;{number}&lt;/b&gt; is waiting.</translation>
    </message>
    <message id="call.live.dialling">
        <source>Calling &lt;b&gt;{number}&lt;/b&gt;…</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>Calling &lt;b&gt;{number}&lt;/b&gt;…</translation>
    </message>
    <message id="call.live.unknown">
        <source>Call to &lt;b&gt;{number}&lt;/b&gt;: the phone provider has not answered. We are checking whether the call goes through. You pay nothing for a call that was not placed.</source>
        <extracomment>The provider has not said whether it dials. {number}: the number called.</extracomment>
        <translation>Call to &lt;b&gt;{number}&lt;/b&gt;: the phone provider has not answered. We are checking whether the call goes through. You pay nothing for a call that was not placed.</translation>
    </message>
    <message id="call.live.talking">
        <source>Talking with &lt;b&gt;{number}&lt;/b&gt; for {duration}.
Cost so far: {amount} of {hold} reserved.</source>
        <extracomment>{number}: the number called. {duration}: minutes and seconds, 1:40. {amount}, {hold}: money.</extracomment>
        <translation>Talking with &lt;b&gt;{number}&lt;/b&gt; for {duration}.
Cost so far: {amount} of {hold} reserved.</translation>
    </message>
    <message id="call.live.ending">
        <source>The call to &lt;b&gt;{number}&lt;/b&gt; is being ended…</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>The call to &lt;b&gt;{number}&lt;/b&gt; is being ended…</translation>
    </message>
    <message id="call.live.cancelled">
        <source>The call to &lt;b&gt;{number}&lt;/b&gt; was cancelled before it was placed. Nothing was charged.</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>The call to &lt;b&gt;{number}&lt;/b&gt; was cancelled before it was placed. Nothing was charged.</translation>
    </message>
    <message id="call.live.over">
        <source>&lt;b&gt;Call to {number}&lt;/b&gt;</source>
        <extracomment>{number}: the number called. Below it: how it ended and what it cost.</extracomment>
        <translation>&lt;b&gt;Call to {number}&lt;/b&gt;</translation>
    </message>
    <message id="call.button.stop">
        <source>Stop the call</source>
        <translation>Stop the call</translation>
    </message>
    <message id="call.money.charged">
        <source>Charged: {amount} for {duration}. Of the reserve, {rest} came back to your balance. Reference: {transfer}.</source>
        <extracomment>{duration}: minutes and seconds that are paid. {amount}, {rest}: money. {transfer}: T-12.</extracomment>
        <translation>Charged: {amount} for {duration}. Of the reserve, {rest} came back to your balance. Reference: {transfer}.</translation>
    </message>
    <message id="call.money.released">
        <source>Nothing was charged. The reserved {amount} came back to your balance. Reference: {transfer}.</source>
        <extracomment>{amount}: money. {transfer}: T-12.</extracomment>
        <translation>Nothing was charged. The reserved {amount} came back to your balance. Reference: {transfer}.</translation>
    </message>
    <message id="call.money.nothing">
        <source>Nothing was charged.</source>
        <translation>Nothing was charged.</translation>
    </message>
    <message id="call.end.completed">
        <source>The call is over.</source>
        <translation>The call is over.</translation>
    </message>
    <message id="call.end.voicemail">
        <source>A voicemail answered.</source>
        <translation>A voicemail answered.</translation>
    </message>
    <message id="call.end.machine">
        <source>An automatic phone menu answered.</source>
        <extracomment>An automatic menu, not a person.</extracomment>
        <translation>An automatic phone menu answered.</translation>
    </message>
    <message id="call.end.silence">
        <source>The call ended because nobody spoke for a long time.</source>
        <translation>The call ended because nobody spoke for a long time.</translation>
    </message>
    <message id="call.end.longest">
        <source>The call reached the longest duration that was reserved for it.</source>
        <translation>The call reached the longest duration that was reserved for it.</translation>
    </message>
    <message id="call.end.stopped">
        <source>The call was stopped.</source>
        <translation>The call was stopped.</translation>
    </message>
    <message id="call.end.busy">
        <source>The line was busy.</source>
        <translation>The line was busy.</translation>
    </message>
    <message id="call.end.no_answer">
        <source>Nobody answered.</source>
        <translation>Nobody answered.</translation>
    </message>
    <message id="call.end.declined">
        <source>The call was declined.</source>
        <translation>The call was declined.</translation>
    </message>
    <message id="call.end.blocked">
        <source>The phone network of the person called did not let the call through.</source>
        <extracomment>By the callee's network.</extracomment>
        <translation>The phone network of the person called did not let the call through.</translation>
    </message>
    <message id="call.end.invalid">
        <source>This number does not exist or cannot be called.</source>
        <translation>This number does not exist or cannot be called.</translation>
    </message>
    <message id="call.end.unreachable">
        <source>The number could not be reached.</source>
        <translation>The number could not be reached.</translation>
    </message>
    <message id="call.end.scam">
        <source>The phone provider ended the call because of what was said in it.</source>
        <translation>The phone provider ended the call because of what was said in it.</translation>
    </message>
    <message id="call.end.provider">
        <source>The call failed at the phone provider.</source>
        <extracomment>A fault at the phone provider; nothing is charged.</extracomment>
        <translation>The call failed at the phone provider.</translation>
    </message>
    <message id="call.end.not_placed">
        <source>The call could not be placed. Please try again later.</source>
        <translation>The call could not be placed. Please try again later.</translation>
    </message>
    <message id="call.end.script">
        <source>The script could not be prepared for a call. Please save it again or choose another one.</source>
        <translation>The script could not be prepared for a call. Please save it again or choose another one.</translation>
    </message>
    <message id="call.end.waited_too_long">
        <source>The call waited for a day and was not placed.</source>
        <translation>The call waited for a day and was not placed.</translation>
    </message>
    <message id="call.end.refused">
        <source>This call cannot be placed.</source>
        <translation>This call cannot be placed.</translation>
    </message>
    <message id="call.end.summary">
        <source>&lt;b&gt;Summary&lt;/b&gt;
{summary}</source>
        <extracomment>{summary}: a few sentences by the provider's analysis.</extracomment>
        <translation>&lt;b&gt;Summary&lt;/b&gt;
{summary}</translation>
    </message>
    <message id="call.end.transcript">
        <source>&lt;b&gt;What was said&lt;/b&gt;
{transcript}</source>
        <extracomment>{transcript}: what was said, a line each.</extracomment>
        <translation>&lt;b&gt;What was said&lt;/b&gt;
{transcript}</translation>
    </message>
    <message id="wallet.kind.hold">
        <source>Reserved for a call</source>
        <translation>Reserved for a call</translation>
    </message>
    <message id="wallet.kind.charge">
        <source>Rest after a call</source>
        <extracomment>What was reserved for the call and not used comes back.</extracomment>
        <translation>Rest after a call</translation>
    </message>
    <message id="wallet.kind.release">
        <source>Reservation given back</source>
        <translation>Reservation given back</translation>
    </message>
    <message id="wallet.kind.refund">
        <source>Refund</source>
        <translation>Refund</translation>
    </message>
    <message id="call.money.plan">
        <source>Minutes of your plan: {duration}.</source>
        <extracomment>{duration}: minutes and seconds of the call that the plan paid for.</extracomment>
        <translation>Minutes of your plan: {duration}.</translation>
    </message>
    <message id="call.plan_minutes">
        <source>Of these, the first {duration} min are minutes of your plan and cost nothing.</source>
        <extracomment>Below the price. {duration}: minutes and seconds, as 2:00.</extracomment>
        <translation>Of these, the first {duration} min are minutes of your plan and cost nothing.</translation>
    </message>
    <message id="wallet.kind.plan">
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message id="menu.button.plan">
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message id="command.plan">
        <source>Your plan and its minutes</source>
        <translation>Your plan and its minutes</translation>
    </message>
    <message id="plan.bought">
        <source>&lt;b&gt;{plan} is yours until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{plan}: Prime, Elite or Ultra. {minutes}: a number. {until}: the end of what was paid. {transfer}: T-12.</extracomment>
        <translation>&lt;b&gt;{plan} is yours until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="plan.credited">
        <source>For what was left of your plan before, {amount} came back to your wallet.</source>
        <extracomment>{amount}: money that came back for the plan of before.</extracomment>
        <translation>For what was left of your plan before, {amount} came back to your wallet.</translation>
    </message>
    <message id="plan.renewed">
        <source>&lt;b&gt;{plan} was renewed until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>As plan.bought, for a further period.</extracomment>
        <translation>&lt;b&gt;{plan} was renewed until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="plan.notice.ends">
        <source>Your plan {plan} ends on {until}. After that you are on Free. To keep it, turn on renewal.</source>
        <extracomment>A day before the end, when the plan does not renew.</extracomment>
        <translation>Your plan {plan} ends on {until}. After that you are on Free. To keep it, turn on renewal.</translation>
    </message>
    <message id="plan.notice.renews">
        <source>Your plan {plan} renews on {until} for {price}, from your wallet.</source>
        <extracomment>A day before the end, when the plan renews. {price}: what will be paid.</extracomment>
        <translation>Your plan {plan} renews on {until} for {price}, from your wallet.</translation>
    </message>
    <message id="plan.notice.short">
        <source>For that, {amount} is still missing in your wallet.</source>
        <extracomment>{amount}: what is missing in the wallet.</extracomment>
        <translation>For that, {amount} is still missing in your wallet.</translation>
    </message>
    <message id="plan.short">
        <source>&lt;b&gt;Your plan {plan} could not be renewed.&lt;/b&gt;
It costs {price}, and {amount} is missing in your wallet. We try again on {time}. Until then you have no plan minutes.</source>
        <extracomment>The renewal could not be paid. {time}: the next try.</extracomment>
        <translation>&lt;b&gt;Your plan {plan} could not be renewed.&lt;/b&gt;
It costs {price}, and {amount} is missing in your wallet. We try again on {time}. Until then you have no plan minutes.</translation>
    </message>
    <message id="plan.ended.unpaid">
        <source>Your plan {plan} has ended, because it could not be paid. You are on Free now; your balance and your scripts stay.</source>
        <extracomment>After the last try.</extracomment>
        <translation>Your plan {plan} has ended, because it could not be paid. You are on Free now; your balance and your scripts stay.</translation>
    </message>
    <message id="plan.ended.expired">
        <source>Your plan {plan} has ended. You are on Free now.</source>
        <extracomment>It was not to renew.</extracomment>
        <translation>Your plan {plan} has ended. You are on Free now.</translation>
    </message>
    <message id="plan.ended.cancelled">
        <source>Your plan {plan} has ended, as you wished. You are on Free now.</source>
        <extracomment>The customer had cancelled it.</extracomment>
        <translation>Your plan {plan} has ended, as you wished. You are on Free now.</translation>
    </message>
    <message id="plan.button.mine">
        <source>My plan</source>
        <translation>My plan</translation>
    </message>
    <message id="plan.button.offers">
        <source>See all plans</source>
        <translation>See all plans</translation>
    </message>
    <message id="plan.button.renew_on">
        <source>Turn renewal on</source>
        <translation>Turn renewal on</translation>
    </message>
    <message id="plan.button.renew_off">
        <source>Turn renewal off</source>
        <translation>Turn renewal off</translation>
    </message>
    <message id="plan.button.pay_now">
        <source>Pay now</source>
        <translation>Pay now</translation>
    </message>
    <message id="plan.button.cancel">
        <source>Cancel my plan</source>
        <translation>Cancel my plan</translation>
    </message>
    <message id="plan.mine.free">
        <source>&lt;b&gt;You are on Free.&lt;/b&gt;
Calls are paid from your wallet by the minute.</source>
        <extracomment>The customer has no paid plan.</extracomment>
        <translation>&lt;b&gt;You are on Free.&lt;/b&gt;
Calls are paid from your wallet by the minute.</translation>
    </message>
    <message id="plan.mine.free_left">
        <source>Until {until} you have {left} min of free calls to the United States and Canada.</source>
        <extracomment>{left}: minutes and seconds, as 2:00.</extracomment>
        <translation>Until {until} you have {left} min of free calls to the United States and Canada.</translation>
    </message>
    <message id="plan.mine.paid">
        <source>&lt;b&gt;Your plan: {plan}&lt;/b&gt;
Minutes left for the United States and Canada: {left} of {minutes}
Paid until {until}</source>
        <extracomment>{left}: minutes and seconds, as 96:30. {minutes}: a number.</extracomment>
        <translation>&lt;b&gt;Your plan: {plan}&lt;/b&gt;
Minutes left for the United States and Canada: {left} of {minutes}
Paid until {until}</translation>
    </message>
    <message id="plan.mine.renews">
        <source>It renews then for {price}, from your wallet.</source>
        <extracomment>{price}: what is paid then.</extracomment>
        <translation>It renews then for {price}, from your wallet.</translation>
    </message>
    <message id="plan.mine.renews_not">
        <source>Renewal is off: it ends then.</source>
        <translation>Renewal is off: it ends then.</translation>
    </message>
    <message id="plan.mine.cancelled">
        <source>You have cancelled it: it ends then.</source>
        <translation>You have cancelled it: it ends then.</translation>
    </message>
    <message id="plan.mine.grace">
        <source>&lt;b&gt;Your plan {plan} waits for its payment.&lt;/b&gt;
We try again on {time}. Until then you have no plan minutes.</source>
        <extracomment>{time}: the next try to take the price from the wallet.</extracomment>
        <translation>&lt;b&gt;Your plan {plan} waits for its payment.&lt;/b&gt;
We try again on {time}. Until then you have no plan minutes.</translation>
    </message>
    <message id="plan.offers.title">
        <source>&lt;b&gt;Plans&lt;/b&gt;
Each has minutes of calls to the United States and Canada, and campaigns. Other calls are paid by the minute.</source>
        <translation>&lt;b&gt;Plans&lt;/b&gt;
Each has minutes of calls to the United States and Canada, and campaigns. Other calls are paid by the minute.</translation>
    </message>
    <message id="plan.offer" numerus="yes">
        <source>&lt;b&gt;{plan}&lt;/b&gt;, %n days: {price}, {minutes} min</source>
        <extracomment>One line of the list. %n: days. {minutes}: a number.</extracomment>
        <translation>
            <numerusform>&lt;b&gt;{plan}&lt;/b&gt;, %n day: {price}, {minutes} min</numerusform>
            <numerusform>&lt;b&gt;{plan}&lt;/b&gt;, %n days: {price}, {minutes} min</numerusform>
        </translation>
    </message>
    <message id="plan.confirm">
        <source>{price} will be taken from your wallet now. Renewal is off until you turn it on. Do you want it?</source>
        <extracomment>Before a plan is bought. The offer stands above.</extracomment>
        <translation>{price} will be taken from your wallet now. Renewal is off until you turn it on. Do you want it?</translation>
    </message>
    <message id="plan.confirm.change">
        <source>Your plan {plan} ends for it, and its minutes with it. For what is left of it, {credit} comes back to your wallet first.</source>
        <extracomment>{plan}: the plan that ends for it. {credit}: money.</extracomment>
        <translation>Your plan {plan} ends for it, and its minutes with it. For what is left of it, {credit} comes back to your wallet first.</translation>
    </message>
    <message id="plan.too_little">
        <source>Your wallet has {amount} too little for that. Please top up first.</source>
        <extracomment>{amount}: what is missing in the wallet.</extracomment>
        <translation>Your wallet has {amount} too little for that. Please top up first.</translation>
    </message>
    <message id="plan.has_it">
        <source>You have this plan already.</source>
        <translation>You have this plan already.</translation>
    </message>
    <message id="plan.cancel.ask">
        <source>Your plan stays until {until} and then ends. What was paid is not given back. Do you want to cancel it?</source>
        <extracomment>{until}: the end of what was paid.</extracomment>
        <translation>Your plan stays until {until} and then ends. What was paid is not given back. Do you want to cancel it?</translation>
    </message>
    <message id="refund.reversed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for call {call}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was taken back. {call}: number of the call. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for call {call}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.reversed.plan">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for your plan {plan}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was taken back. {plan}: Prime, Elite or Ultra. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for your plan {plan}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="adjustment.credit">
        <source>&lt;b&gt;We have added {amount} to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was added. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;We have added {amount} to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="adjustment.debit">
        <source>&lt;b&gt;We have corrected your balance: {amount} were taken from your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you have a question about it, write to support and name the reference.</source>
        <extracomment>{amount}: what was taken. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;We have corrected your balance: {amount} were taken from your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you have a question about it, write to support and name the reference.</translation>
    </message>
    <message id="wallet.kind.goodwill">
        <source>Goodwill credit</source>
        <translation>Goodwill credit</translation>
    </message>
    <message id="wallet.kind.correction">
        <source>Correction</source>
        <translation>Correction</translation>
    </message>
    <message id="wallet.kind.deposit_reversal">
        <source>Deposit taken back</source>
        <extracomment>A deposit that was credited is taken back: the payment did not reach us.</extracomment>
        <translation>Deposit taken back</translation>
    </message>
    <message id="wallet.kind.reversal">
        <source>Refund taken back</source>
        <extracomment>A refund that was given by mistake is taken back.</extracomment>
        <translation>Refund taken back</translation>
    </message>
    <message id="payout.approved">
        <source>&lt;b&gt;Your payout of {amount} is agreed.&lt;/b&gt; The amount has left your wallet; it is sent after one day at the earliest, and we will tell you when it is.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what leaves the wallet. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Your payout of {amount} is agreed.&lt;/b&gt; The amount has left your wallet; it is sent after one day at the earliest, and we will tell you when it is.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="payout.paid">
        <source>&lt;b&gt;Your payout of {amount} has been sent.&lt;/b&gt;
Transaction: &lt;code&gt;{reference}&lt;/code&gt;</source>
        <extracomment>{amount}: what was sent. {reference}: the transaction that paid it.</extracomment>
        <translation>&lt;b&gt;Your payout of {amount} has been sent.&lt;/b&gt;
Transaction: &lt;code&gt;{reference}&lt;/code&gt;</translation>
    </message>
    <message id="payout.returned">
        <source>&lt;b&gt;Your payout of {amount} could not be sent.&lt;/b&gt; The amount is back in your wallet.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what came back. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Your payout of {amount} could not be sent.&lt;/b&gt; The amount is back in your wallet.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="wallet.kind.payout">
        <source>Payout</source>
        <translation>Payout</translation>
    </message>
    <message id="wallet.kind.payout_returned">
        <source>Payout returned</source>
        <translation>Payout returned</translation>
    </message>
</context>
</TS>
